/// The layout of one table of the catalogue, for those who write one.
public struct TableLayout: Sendable {
  /// The file's name in `pricing/` and in a user's own folder.
  public let fileName: String
  /// What a row stands for.
  public let row: String
  public let required: [String]
  public let optional: [String]

  /// Every table that may be laid over the built-in ones.
  public static let all: [TableLayout] = [
    layout(Accelerator.self, "a chip, with rates, memory and networks"),
    layout(
      Offer.self, "an instance or slice to rent, in one region, bought one way"),
    layout(ServerQuote.self, "a server to buy"),
    layout(
      OwnershipParameter.self, "a parameter of owning: network, power, staff, resale"),
    layout(
      ServicePrice.self, "what stands around the chips: processors, storage, transfer"),
    layout(Claim.self, "a published statement about an accelerator"),
    layout(
      MeasuredThroughput.self,
      "what your own runs showed of an accelerator; plan calibrate writes it"),
    layout(
      CapacityChannel.self, "how capacity of one channel is had: limits, wait, chance of a grant"),
    layout(DiscountRecord.self, "what a buyer of some size pays a seller, against its list"),
    layout(Judgement.self, "a value that no source gives: low, typical, high"),
  ]

  private static func layout(_ table: any CatalogTable.Type, _ row: String) -> TableLayout {
    TableLayout(
      fileName: table.fileName, row: row, required: table.requiredColumns,
      optional: table.optionalColumns)
  }
}
