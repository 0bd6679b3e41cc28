import ArgumentParser
import Catalog
import PriceFeeds
import Quantities
import Reports

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Says which prices are old, missing or implausible.
struct PricesCheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check",
    abstract: "Says which prices are old, missing or implausible.",
    usage: """
      plan prices check
      plan prices check --older-than 30d --pricing my-prices
      plan prices check --all --format csv
      """,
    discussion: """
      A price is old when the day it was seen lies further back than --older-than. It is implausible \
      when it is far from the same offer in other regions or from the built-in price (twice or half; \
      on spot five times or a fifth), or dearer than a purchase in the same region that asks less of \
      the buyer. Offers that may be had without a price, and chips without any, are missing.

      Exit status: 0 nothing was found; 3 something was.
      """)

  @Option(help: ArgumentHelp("The age from which a price is old.", valueName: "span"))
  var olderThan = "90d"

  @Option(
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"),
    completion: .directory)
  var pricing: String?

  @Option(help: ArgumentHelp("Count ages to this day instead of today.", valueName: "date"))
  var today: String?

  @Flag(help: "List every price with its age, not only findings.")
  var all = false

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let limit = try TimeSpan(parsing: olderThan, as: "an age")
    let day = try Today.day(today)
    let check = PriceCheck(
      try Catalog.load(overlay: pricing), today: day, limitDays: limit.days,
      builtIn: try Catalog())
    let rows = all ? check.rows : check.findings
    try output.emit(PriceSheets.check(rows))
    note(PriceSheets.account(of: check))
    if !check.findings.isEmpty { throw ExitStatus.nothingFits }
  }
}

/// Compares two sets of offers.
struct PricesDiffCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "diff",
    abstract: "Says which offers two sets of prices differ in, and by how much.",
    usage: """
      plan prices diff built-in my-prices
      plan prices diff my-prices-october my-prices --format csv
      plan prices diff old/offers.csv new/offers.csv
      """,
    discussion: """
      A set is a folder, which is laid over the built-in tables as --pricing does; a file in the \
      layout of offers.csv, which stands for its own rows alone; or built-in.
      """)

  @Argument(help: ArgumentHelp("The earlier set: a folder, a file or built-in.", valueName: "a"))
  var earlier: String

  @Argument(help: ArgumentHelp("The later set.", valueName: "b"))
  var later: String

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let difference = OfferDifference(
      from: try Self.offers(of: earlier), to: try Self.offers(of: later))
    try output.emit(PriceSheets.difference(difference))
  }

  private static func offers(of set: String) throws -> [Offer] {
    if set == "built-in" { return try Catalog().offers }
    var status = stat()
    let exists = stat(set, &status) == 0
    guard exists, status.st_mode & S_IFMT != S_IFDIR else {
      return try Catalog.load(overlay: set).offers
    }
    let bytes = try InputFile.bytes(at: set)
    let table = TableReader(file: set, bytes: bytes, required: ["id"], optional: nil)
    var rows = table.rows
    let ids = Set(rows.indices.map { rows[$0].text("id") })
    do {
      return try Catalog(overlay: [(path: "offers.csv", bytes: bytes)]).offers
        .filter { ids.contains($0.id) }
    } catch {
      throw FaultList(
        error.faults.map {
          Fault(file: set, line: $0.line, column: $0.column, message: $0.message)
        })
    }
  }
}
