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
  /// The files it was read from: built-in tables first, then the user's.
  public private(set) var files: [CatalogFile] = []

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
  ///   - ownership: rows by id.
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
    files = builder.files
    acceleratorIndex = builder.accelerators.index
    ownershipIndex = builder.ownership.index
  }
}

/// Records of one table by key, in the order first seen.
struct KeyedRecords<Record: CatalogTable> {
  private(set) var records: [Record] = []
  private(set) var index: [String: Int] = [:]
  /// Where each record was read, for faults found later.
  private(set) var places: [(file: String, line: Int)] = []

  /// Reads a table over what is there: same key replaces, new key adds.
  mutating func read(path: String, bytes: [UInt8], faults: inout [Fault]) -> (Int, Int) {
    let table = TableReader(
      file: path, bytes: bytes, required: Record.requiredColumns, optional: Record.optionalColumns)
    faults += table.faults
    guard table.faults.allSatisfy({ $0.column == nil }) else { return (0, 0) }
    var seen: [String: Int] = [:]
    var (replaced, added) = (0, 0)
    for var row in table.rows {
      let record = Record(row: &row)
      faults += row.faults
      if let first = seen[record.id] {
        faults.append(
          Fault(
            file: path, line: row.line, column: "id",
            message: "“\(Magnitude.printable(record.id))” stands on line \(first) too"))
        continue
      }
      seen[record.id] = row.line
      if let old = index[record.id] {
        records[old] = record
        places[old] = (path, row.line)
        replaced += 1
      } else {
        index[record.id] = records.count
        records.append(record)
        places.append((path, row.line))
        added += 1
      }
    }
    return (replaced, added)
  }
}

/// Reads tables one after the other and collects what is wrong with them.
struct CatalogBuilder {
  var accelerators = KeyedRecords<Accelerator>()
  var offers = KeyedRecords<Offer>()
  var quotes = KeyedRecords<ServerQuote>()
  var ownership = KeyedRecords<OwnershipParameter>()
  var services = KeyedRecords<ServicePrice>()
  var claims = KeyedRecords<Claim>()
  var measured = KeyedRecords<MeasuredThroughput>()
  var files: [CatalogFile] = []
  var faults: [Fault] = []

  mutating func read(name: String, path: String, bytes: [UInt8]) {
    let counts: (Int, Int)
    switch name {
    case Accelerator.fileName: counts = accelerators.read(path: path, bytes: bytes, faults: &faults)
    case Offer.fileName: counts = offers.read(path: path, bytes: bytes, faults: &faults)
    case ServerQuote.fileName: counts = quotes.read(path: path, bytes: bytes, faults: &faults)
    case OwnershipParameter.fileName:
      counts = ownership.read(path: path, bytes: bytes, faults: &faults)
    case ServicePrice.fileName: counts = services.read(path: path, bytes: bytes, faults: &faults)
    case Claim.fileName: counts = claims.read(path: path, bytes: bytes, faults: &faults)
    case MeasuredThroughput.fileName:
      counts = measured.read(path: path, bytes: bytes, faults: &faults)
    default:
      let names = Catalog.tableNames
      let near = NearMiss.closest(to: name, among: names).map { "; did you mean \($0)?" } ?? ""
      faults.append(
        Fault(
          file: path,
          message: "is no table of the catalogue (\(names.joined(separator: ", ")))\(near)"))
      return
    }
    files.append(CatalogFile(path: path, bytes: bytes, replaced: counts.0, added: counts.1))
  }

  /// Checks that every offer and quote names an accelerator that is in the catalogue.
  mutating func checkReferences() {
    let known = accelerators.records.map(\.id)
    func check(_ id: String, at place: (file: String, line: Int)) {
      guard accelerators.index[id] == nil, !id.isEmpty else { return }
      let near = NearMiss.closest(to: id, among: known).map { "; did you mean \($0)?" } ?? ""
      faults.append(
        Fault(
          file: place.file, line: place.line, column: "accelerator",
          message: "“\(Magnitude.printable(id))” is not in accelerators.csv\(near)"))
    }
    for (offer, place) in zip(offers.records, offers.places) { check(offer.accelerator, at: place) }
    for (quote, place) in zip(quotes.records, quotes.places) { check(quote.accelerator, at: place) }
    for (row, place) in zip(measured.records, measured.places) { check(row.id, at: place) }
  }
}
