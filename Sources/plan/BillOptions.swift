import ArgumentParser
import Catalog
import Economics
import Planning
import PriceFeeds
import Quantities

/// Which charges of a bill are of the run, and which of the plan's terms they are.
struct BillOptions: ParsableArguments {
  /// Which cost of FOCUS is summed.
  enum Cost: String, CaseIterable {
    case billed, effective
  }

  @Option(
    help: ArgumentHelp("The plan's terms of charges: column,value,term.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var map: String?
  @Option(
    help: ArgumentHelp(
      "Only charges with this tag or label; several must all be there.", valueName: "key=value"))
  var tag: [String] = []
  @Option(
    help: ArgumentHelp("Only charges of this account, subscription or project.", valueName: "id"))
  var account: [String] = []
  @Option(
    help: ArgumentHelp("Only charges whose SKU or usage type holds this.", valueName: "text"))
  var sku: [String] = []
  @Option(help: ArgumentHelp("The first day that counts.", valueName: "date"))
  var from: String?
  @Option(help: ArgumentHelp("The first day that no longer counts.", valueName: "date"))
  var until: String?
  @Option(
    help: "billed (what leaves the account) or effective (what is used up), of FOCUS.",
    completion: choices(Cost.self), transform: { try choice($0) })
  var cost: Cost = .billed
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What an hour of a chip costs, for sacct.", valueName: "usd"))
  var usdPerChipHour: Double?
  @Option(
    help: ArgumentHelp("A table with week and tokens, beside a bill.", valueName: "file"),
    completion: .file(extensions: ["csv"]))
  var tokens: String?

  private var isGiven: Bool {
    map != nil || !tag.isEmpty || !account.isEmpty || !sku.isEmpty || from != nil || until != nil
      || usdPerChipHour != nil || tokens != nil
  }

  /// What the file says: a table of weeks, or a bill.
  func actuals(at path: String, against option: SavedOption) throws -> (Actuals, notes: [String]) {
    let source = try Gunzip.unpacking(try InputFile.stream(at: path))
    guard try BillFormat.recognise(source) != nil else {
      if isGiven {
        throw Fault(
          file: path, line: 1,
          message:
            "is no bill, so that the options of a bill say nothing; its header is none of FOCUS, "
            + "AWS CUR, a Google Cloud billing export or sacct")
      }
      let bytes = try source.rest()
      try InputFile.checkEnd(of: bytes, file: path)
      return (try Actuals.read(file: path, bytes: bytes, against: option), [])
    }
    let terms = CostTerm.allCases.map(\.rawValue)
    let map = try self.map.map { file in
      try BillMap(file: file, bytes: InputFile.bytes(at: file), terms: terms)
    }
    let feed = BillFeed(filter: try filter(), map: map, terms: terms)
    let reading = try feed.read(source)
    let trained = try tokens.map { file in
      let bytes = try InputFile.bytes(at: file)
      try InputFile.checkEnd(of: bytes, file: file)
      return try Actuals.read(file: file, bytes: bytes, against: option)
    }
    let actuals = try Actuals.billed(
      file: path, days: reading.days, hasTerms: reading.hasTerms, tokens: trained, against: option)
    return (actuals, Self.notes(reading))
  }

  private func filter() throws -> BillFilter {
    var filter = BillFilter()
    for pair in tag {
      guard let mark = pair.firstIndex(of: "="), mark != pair.startIndex else {
        throw UsageError("--tag \(Magnitude.printable(pair)): write key=value")
      }
      filter.tags.append((String(pair[..<mark]), String(pair[pair.index(after: mark)...])))
    }
    (filter.accounts, filter.skus) = (account, sku)
    filter.from = try from.map { text throws(QuantityError) in try CalendarDate(parsing: text) }
    filter.until = try until.map { text throws(QuantityError) in try CalendarDate(parsing: text) }
    if let from = filter.from, let until = filter.until, until <= from {
      throw UsageError("--until \(until.iso) isn't after --from \(from.iso)")
    }
    filter.isEffective = cost == .effective
    if let usdPerChipHour {
      guard (0.001...10_000).contains(usdPerChipHour) else {
        throw UsageError("--usd-per-chip-hour \(usdPerChipHour): give 0.001 to 10000 dollars")
      }
      filter.dollarsPerChipHour = usdPerChipHour
    }
    return filter
  }

  /// What was counted and what wasn't.
  private static func notes(_ reading: BillReading) -> [String] {
    func money(_ dollars: Double) -> String {
      abs(dollars) < 1000 ? "$\(Decimals.fixed(dollars, 2))" : Money(dollars: dollars).short
    }
    var notes = [
      "Read as \(reading.format.title): \(Decimals.grouped(Double(reading.charges))) charges, "
        + "\(money(reading.dollars))."
    ]
    for row in reading.leftOut.prefix(8) {
      notes.append(
        "Left out: \(Decimals.grouped(Double(row.charges))) charges, \(money(row.dollars)), "
          + "\(row.name.isEmpty ? "" : Magnitude.printable(row.name) + ", ")\(row.reason).")
    }
    let rest = reading.leftOut.dropFirst(8)
    if !rest.isEmpty {
      let (charges, dollars) = rest.reduce((0, 0.0)) { ($0.0 + $1.charges, $0.1 + $1.dollars) }
      notes.append(
        "Left out besides: \(Decimals.grouped(Double(charges))) charges of \(rest.count) further "
          + "kinds, \(money(dollars)).")
    }
    return notes + reading.notes
  }
}
