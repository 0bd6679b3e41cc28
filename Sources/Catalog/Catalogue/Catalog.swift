import Quantities

/// One file the catalogue was read from.
public struct CatalogFile: Hashable, Sendable {
  /// `built-in/offers.csv`, or the path as the user gave it.
  public var path: String
  /// The file's bytes, as UTF-8 text; the report prints their checksum.
  public var bytes: [UInt8]
  /// Rows of it that replaced a built-in row with the same key.
  public var replaced: Int
  /// Rows of it with a new key.
  public var added: Int
}

/// Something in a user's own table that can be, but is hardly meant.
public struct CatalogDoubt: Hashable, Sendable {
  /// The table's file name in `pricing/`: `offers.csv`.
  public var table: String
  /// The row's key.
  public var id: String
  /// The place, and what is to be wondered at.
  public var fault: Fault
}

/// Everything the market decides: accelerators, prices, quotes, ownership parameters, claims.
///
/// Built into the binary from `pricing/`; a user's own tables can be laid over it.
///
///     let catalog = try Catalog.load(overlay: "my-quotes")
///     catalog.accelerator("trn2")?.bf16Teraflops
public struct Catalog: Sendable {
  public private(set) var accelerators: [Accelerator] = []
  public private(set) var offers: [Offer] = []
  public private(set) var quotes: [ServerQuote] = []
  public private(set) var ownership: [OwnershipParameter] = []
  public private(set) var services: [ServicePrice] = []
  public private(set) var claims: [Claim] = []
  /// Throughput measured on one's own runs, which the built-in catalogue has none of.
  public private(set) var measured: [MeasuredThroughput] = []
  /// How capacity of each channel is had; `obtainability` finds the row for a purchase.
  public private(set) var channels: [CapacityChannel] = []
  /// What buyers of some size are expected to pay against the lists; `expectedPrice` applies them.
  public private(set) var discounts: [DiscountRecord] = []
  /// Values that no source gives; `judgement` finds one.
  public private(set) var judgements: [Judgement] = []
  /// The files it was read from: built-in tables first, then the user's.
  public private(set) var files: [CatalogFile] = []

  /// What is implausible in the user's tables, in the order of files and lines.
  public private(set) var doubts: [CatalogDoubt] = []

  private var acceleratorIndex: [String: Int] = [:]
  private var ownershipIndex: [String: Int] = [:]

  /// The accelerator with an id, or nil.
  public func accelerator(_ id: String) -> Accelerator? {
    acceleratorIndex[id].map { accelerators[$0] }
  }

  /// The ownership parameter with an id (`pue/colo-modern`), or nil.
  public func ownership(_ id: String) -> OwnershipParameter? {
    ownershipIndex[id].map { ownership[$0] }
  }

  /// The catalogue with other figures in place of some of its own; the files it was read from stay
  /// as they are.
  ///
  /// - Parameters:
  ///   - rows: of ownership by id.
  ///   - offer: makes of each offer what it is to be.
  ///   - quote: likewise.
  public func replacing(
    ownership rows: [String: OwnershipParameter], offer: (Offer) -> Offer,
    quote: (ServerQuote) -> ServerQuote
  ) -> Catalog {
    var other = self
    other.ownership = ownership.map { rows[$0.id] ?? $0 }
    other.offers = offers.map(offer)
    other.quotes = quotes.map(quote)
    return other
  }

  /// The newest day any offer's price was seen, of full precision; empty when none is dated.
  public var asOf: String {
    offers.map(\.provenance.asOf).filter { $0.count == 10 }.max() ?? ""
  }

  /// The user's files laid over the built-in tables.
  public var overlayFiles: [CatalogFile] {
    files.filter { !$0.path.hasPrefix(Self.builtInPrefix) }
  }

  static let builtInPrefix = "built-in/"

  /// Names of the tables, in the order they are read.
  public static let tableNames = [
    Accelerator.fileName, Offer.fileName, ServerQuote.fileName, OwnershipParameter.fileName,
    ServicePrice.fileName, Claim.fileName, MeasuredThroughput.fileName,
    CapacityChannel.fileName, DiscountRecord.fileName, Judgement.fileName,
  ]

  /// Reads the built-in tables and, over them, the user's.
  ///
  /// - Parameter overlay: files to lay over the built-in ones, as (path, bytes); each is named like
  ///   the table it overlays.
  /// - Throws: `FaultList` with every fault of every file.
  public init(overlay: [(path: String, bytes: [UInt8])] = []) throws(FaultList) {
    var builder = CatalogBuilder()
    for file in EmbeddedTables.files {
      builder.read(
        name: file.name, path: Self.builtInPrefix + file.name, bytes: Array(file.text.utf8))
    }
    builder.beginOverlay()
    for file in overlay {
      let name = file.path.split(separator: "/").last.map(String.init) ?? file.path
      builder.read(name: name, path: file.path, bytes: file.bytes)
    }
    builder.checkReferences()
    guard builder.faults.isEmpty else { throw FaultList(builder.faults) }
    accelerators = builder.accelerators.records
    offers = builder.offers.records
    quotes = builder.quotes.records
    ownership = builder.ownership.records
    services = builder.services.records
    claims = builder.claims.records
    measured = builder.measured.records
    channels = builder.channels.records
    discounts = builder.discounts.records
    judgements = builder.judgements.records
    files = builder.files
    doubts = builder.doubts
    acceleratorIndex = Self.index(accelerators)
    ownershipIndex = Self.index(ownership)
  }
}

extension Catalog {
  private static func index(_ records: [some Identifiable<String>]) -> [String: Int] {
    Dictionary(
      records.indices.map { (records[$0].id, $0) }, uniquingKeysWith: { first, _ in first })
  }
}
