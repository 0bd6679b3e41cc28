import Quantities

/// What the figures of a discount row are.
public enum DiscountBasis: String, CaseIterable, Sendable {
  /// Share of the list price taken off; below 0 where such a buyer pays more than the list.
  case shareOfList = "share_of_list"
  /// US dollars per chip and hour, whatever the list says.
  case dollarsPerChipHour = "usd_per_chip_hour"
}

/// What a buyer of some size is expected to pay one seller, against its list.
///
/// A row of discounts.csv. Rows of a seller part sizes and sums among them; how far within its range
/// a discount lies is one and the same for all that one seller sells.
public struct DiscountRecord: Hashable, Identifiable, Sendable {
  public var id: String
  /// Sellers it speaks of; empty for any that no other row names. `own` sells servers.
  public var providers: [String]
  /// Ways of purchase it speaks of; empty for any.
  public var purchases: [Purchase]
  /// Accelerators it speaks of; empty for any.
  public var accelerators: [String]
  /// Sizes in chips, both ends among them; nil is no bound.
  public var chipsLeast: Int?
  public var chipsMost: Int?
  /// US dollars at list over the whole term, from `least` up to but not including `below`.
  public var dollarsLeast: Double?
  public var dollarsBelow: Double?
  public var basis: DiscountBasis
  public var value: Interval
  public var provenance: Provenance

  /// Whether the row speaks of a size and a sum at list.
  public func covers(chips: Int, dollars: Double) -> Bool {
    chips >= chipsLeast ?? 0 && chips <= chipsMost ?? .max && dollars >= dollarsLeast ?? 0
      && dollars < dollarsBelow ?? .infinity
  }

  /// The price expected of a list price in the same unit, low to high.
  ///
  /// - Parameter list: US dollars per chip and hour; of a basis of shares, of anything.
  public func expected(list: Double) -> Interval {
    switch basis {
    case .dollarsPerChipHour: value
    case .shareOfList:
      // The largest discount makes the lowest price.
      Interval(
        low: value.upper.map { list * (1 - $0) }, typical: value.central.map { list * (1 - $0) },
        high: value.lower.map { list * (1 - $0) })
    }
  }
}

extension DiscountRecord: CatalogTable {
  static let fileName = "discounts.csv"
  /// Checked where they are read, in ranges of their own.
  static let bounds: [String: Bounds] = [:]
  static let requiredColumns = [
    "id", "providers", "purchases", "basis", "source_url", "grade",
  ]
  static let optionalColumns =
    [
      "accelerators", "chips_least", "chips_most", "usd_least", "usd_below", "low", "typical",
      "high",
    ] + provenanceColumns

  init(row: inout TableRow) {
    let count = 1...10_000_000
    let basis = row.choice("basis", DiscountBasis.self) ?? .shareOfList
    self.init(
      id: row.requiredText("id"), providers: row.wordsOrAny("providers"),
      purchases: row.choices("purchases", Purchase.self),
      accelerators: row.wordsOrAny("accelerators"),
      chipsLeast: row.integer("chips_least", in: count),
      chipsMost: row.integer("chips_most", in: count),
      dollarsLeast: row.number("usd_least", in: 0...1e15),
      dollarsBelow: row.number("usd_below", in: 1...1e15), basis: basis,
      value: row.interval(
        "low", "typical", "high", in: basis == .shareOfList ? -1...0.99 : 0.001...10_000),
      provenance: row.provenance())
    if value.central == nil { row.fail("typical", "is empty; a value is expected") }
  }
}

/// A price as it is listed and as a buyer of some size is expected to pay it.
public struct ExpectedPrice: Hashable, Sendable {
  /// Nil where no list price is known.
  public var list: Double?
  /// In the unit of the list.
  public var expected: Interval
  /// What it rests on; nil for a quote of the user's own, which stands as it is.
  public var record: DiscountRecord?

  public init(list: Double?, expected: Interval, record: DiscountRecord? = nil) {
    self.list = list
    self.expected = expected
    self.record = record
  }
}
