import Quantities

/// Records of one table by key, in the order first seen.
struct KeyedRecords<Record: CatalogTable> {
  private(set) var records: [Record] = []
  /// Places in `records` by key in lower case.
  private(set) var index: [String: Int] = [:]
  /// Where each record was read, for faults found later.
  private(set) var places: [(file: String, line: Int)] = []
  /// What was read of it that is implausible.
  private(set) var doubts: [CatalogDoubt] = []

  /// Reads a table over what is there: same key replaces, new key adds. Keys are compared without
  /// case and without the blanks around them.
  ///
  /// - Parameter names: by column, the names that are known so far.
  mutating func read(
    path: String, bytes: [UInt8], names: [String: KnownNames], faults: inout [Fault]
  ) -> (Int, Int) {
    let table = TableReader(
      file: path, bytes: bytes, required: Record.requiredColumns, optional: Record.optionalColumns,
      bounds: Record.bounds, names: names)
    faults += table.faults
    guard table.faults.allSatisfy({ $0.column == nil }) else { return (0, 0) }
    var seen: [String: Int] = [:]
    var (replaced, added) = (0, 0)
    for var row in table.rows {
      let record = Record(row: &row)
      let key = record.id.lowercased()
      faults += row.faults
      doubts += row.doubts.map {
        CatalogDoubt(table: Record.fileName, id: record.id, fault: $0)
      }
      if let first = seen[key] {
        faults.append(
          Fault(
            file: path, line: row.line, column: "id",
            message: "“\(Magnitude.printable(record.id))” stands on line \(first) too"))
        continue
      }
      seen[key] = row.line
      if let old = index[key] {
        records[old] = record
        places[old] = (path, row.line)
        replaced += 1
      } else {
        index[key] = records.count
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
  var channels = KeyedRecords<CapacityChannel>()
  var discounts = KeyedRecords<DiscountRecord>()
  var judgements = KeyedRecords<Judgement>()
  var files: [CatalogFile] = []
  var faults: [Fault] = []
  /// What tables laid over are compared with; nil while the built-in ones are read.
  private var builtIn: (offers: [Offer], quotes: [ServerQuote])?

  /// From here on, what is read is the user's own.
  mutating func beginOverlay() {
    builtIn = (offers.records, quotes.records)
  }

  /// What is implausible in the user's own tables.
  var doubts: [CatalogDoubt] {
    guard files.count > EmbeddedTables.files.count, let builtIn else { return [] }
    let comparison = PriceComparison(
      offers.records, quotes: quotes.records, builtIn: builtIn.offers, builtInQuotes: builtIn.quotes
    )
    // What the price of the same thing says comes before what prices are in general.
    let found =
      comparison.doubts(offers, quotes) + accelerators.doubts + offers.doubts + quotes.doubts
      + ownership.doubts + services.doubts + claims.doubts + measured.doubts + channels.doubts
      + discounts.doubts + judgements.doubts
    return found.filter { !$0.fault.file.hasPrefix(Catalog.builtInPrefix) }
  }

  /// The names that the tables read so far have, by column.
  private var names: [String: KnownNames] {
    guard builtIn != nil else { return [:] }
    return [
      "provider": KnownNames(
        offers.records.map(\.provider) + services.records.map(\.provider), newcomers: .refused),
      "region": KnownNames(
        offers.records.map(\.region) + services.records.map(\.region), newcomers: .doubted),
      "instance": KnownNames(offers.records.map(\.instance)),
      "accelerator": KnownNames(accelerators.records.map(\.id)),
      "applies_to_accelerator": KnownNames(accelerators.records.map(\.id)),
      "generation": KnownNames(accelerators.records.map(\.generation)),
      "parameter": KnownNames(ownership.records.map(\.parameter)),
      "scope": KnownNames(ownership.records.map(\.scope)),
      "unit": KnownNames(ownership.records.map(\.unit) + services.records.map(\.unit)),
      "category": KnownNames(services.records.map(\.category)),
      "metric": KnownNames(claims.records.map(\.metric)),
      "route": KnownNames(claims.records.map(\.route)),
    ]
  }

  /// The same with the keys of a table.
  private func names(_ ids: [String]) -> [String: KnownNames] {
    var names = names
    if builtIn != nil { names["id"] = KnownNames(ids) }
    return names
  }

  mutating func read(name: String, path: String, bytes: [UInt8]) {
    let counts: (Int, Int)
    switch name {
    case Accelerator.fileName:
      counts = accelerators.read(
        path: path, bytes: bytes, names: names(accelerators.records.map(\.id)), faults: &faults)
    case Offer.fileName:
      counts = offers.read(
        path: path, bytes: bytes, names: names(offers.records.map(\.id)), faults: &faults)
    case ServerQuote.fileName:
      counts = quotes.read(
        path: path, bytes: bytes, names: names(quotes.records.map(\.id)), faults: &faults)
    case OwnershipParameter.fileName:
      counts = ownership.read(
        path: path, bytes: bytes, names: names(ownership.records.map(\.id)), faults: &faults)
    case ServicePrice.fileName:
      counts = services.read(
        path: path, bytes: bytes, names: names(services.records.map(\.id)), faults: &faults)
    case Claim.fileName:
      counts = claims.read(
        path: path, bytes: bytes, names: names(claims.records.map(\.id)), faults: &faults)
    case MeasuredThroughput.fileName:
      counts = measured.read(
        path: path, bytes: bytes, names: names(accelerators.records.map(\.id)), faults: &faults)
    case CapacityChannel.fileName:
      counts = channels.read(
        path: path, bytes: bytes, names: names(channels.records.map(\.id)), faults: &faults)
    case DiscountRecord.fileName:
      counts = discounts.read(
        path: path, bytes: bytes, names: names(discounts.records.map(\.id)), faults: &faults)
    case Judgement.fileName:
      counts = judgements.read(
        path: path, bytes: bytes, names: names(judgements.records.map(\.id)), faults: &faults)
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
    func check(_ id: String, at place: (file: String, line: Int), column: String = "accelerator") {
      guard accelerators.index[id.lowercased()] == nil, !id.isEmpty else { return }
      let near = NearMiss.closest(to: id, among: known).map { "; did you mean \($0)?" } ?? ""
      faults.append(
        Fault(
          file: place.file, line: place.line, column: column,
          message: "“\(Magnitude.printable(id))” is not in accelerators.csv\(near)"))
    }
    for (offer, place) in zip(offers.records, offers.places) { check(offer.accelerator, at: place) }
    for (quote, place) in zip(quotes.records, quotes.places) { check(quote.accelerator, at: place) }
    for (row, place) in zip(measured.records, measured.places) { check(row.id, at: place) }
    for (row, place) in zip(channels.records, channels.places) {
      for id in row.accelerators { check(id, at: place, column: "accelerators") }
    }
    for (row, place) in zip(discounts.records, discounts.places) {
      for id in row.accelerators { check(id, at: place, column: "accelerators") }
    }
  }
}
