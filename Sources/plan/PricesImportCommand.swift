import ArgumentParser
import Catalog
import PriceFeeds
import Quantities
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Lays the prices of a provider's file into the user's own tables.
struct PricesImportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "import",
    abstract: "Lays the prices of a provider's file into your own offers.csv.",
    usage: """
      plan prices import us-east-2.csv --output my-prices
      gzip -dc us-east-2.csv.gz | plan prices import - --output my-prices
      plan prices import skus-1.json skus-2.json --output my-prices --dry-run
      plan --budget 50M --pricing my-prices
      """,
    discussion: """
      Layouts, told apart by what is in the file: the EC2 offer file (CSV or JSON) and the Savings \
      Plans list of the AWS Price List, the answers of aws ec2 describe-spot-price-history and \
      describe-capacity-block-offerings (also shaped by --query) and of aws pricing get-products, pages \
      of SKUs of the Google Cloud Billing Catalog, SKUs and prices of its Pricing API v2, vms.csv of the \
      SkyPilot catalog (clouds other than aws and gcp by their folder's name), gpuhunt's CSV, and \
      instances.json of Vantage. Packed by gzip or not.

      Only prices of instances the catalogue knows are taken. What is passed over is counted on \
      stderr by kind. Rows of grade A (your own) and rows of a later day stay as they are. A file \
      that is cut off or mangled changes nothing; a price that changes more than threefold is named \
      and taken with --accept only.
      """)

  @Argument(
    help: ArgumentHelp("Price files; - is standard input.", valueName: "file"),
    completion: .file())
  var files: [String]

  @Option(
    help: ArgumentHelp(
      "Layout of the files: auto, \(FeedFormat.allCases.map(\.rawValue).joined(separator: ", ")).",
      valueName: "layout"))
  var format = "auto"

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder of the tables to lay prices into; $XDG_DATA_HOME/plan/pricing when not given.",
      valueName: "dir"), completion: .directory)
  var output: String?

  @Option(
    help: ArgumentHelp(
      "The day the prices were true, for files that name none.", valueName: "date"))
  var asOf: String?

  @Option(help: ArgumentHelp("The address to note as the prices' source.", valueName: "url"))
  var source: String?

  @Flag(help: "Replace rows of a later day and rows of grade A too.")
  var replaceAll = false

  @Flag(help: "Take prices more than three times, or less than a third of, those known so far.")
  var accept = false

  @Flag(name: [.customShort("n"), .long], help: "Show what would change and write nothing.")
  var dryRun = false

  @Option(
    help: "How changes are shown: table, plain, csv, json or markdown.",
    completion: choices(ReportFormat.self), transform: { try choice($0) })
  var report = ReportFormat.table

  @OptionGroup var common: CommonOptions

  func run() throws {
    let layout = try chosenFormat()
    let day = try asOf.map { try CalendarDate(parsing: $0).iso } ?? ""
    let folder = try output ?? UserFolders.pricing()
    let own = try OwnTables(folder: folder)
    let catalog = try Catalog(overlay: own.files)
    let feed = PriceFeed(
      catalog: catalog, settings: FeedSettings(asOf: day, source: source ?? ""))
    let readings = try files.map { try read($0, feed, layout) }
    for reading in readings {
      for line in PriceSheets.account(of: reading) { note(line) }
    }
    let overlay = try OfferOverlay(
      prices: readings.flatMap(\.prices), existing: own.offers, catalog: catalog,
      replacesAll: replaceAll)
    try check(overlay.changes)
    if overlay.isChanged && !dryRun { try own.replaceOffers(with: overlay.text) }
    try StandardOutput.write(
      PriceSheets.changes(overlay.changes).render(report, style: common.style(output: nil)))
    guard !overlay.changes.isEmpty else {
      complain("no price of an offer the catalogue knows was found; nothing is written")
      throw ExitStatus.nothingFits
    }
    if overlay.isChanged && !dryRun {
      note("wrote \(own.offersPath); plan with it: --pricing \(folder)")
    }
  }

  /// Names prices that change more than threefold; they are more often slips than news.
  private func check(_ changes: [OfferOverlay.Change]) throws {
    let leaps = changes.filter { change in
      guard change.outcome == .changed, let before = change.before, before > 0 else { return false }
      return change.after > 3 * before || change.after * 3 < before
    }
    guard !leaps.isEmpty, !accept else { return }
    let faults = leaps.prefix(20).map { change in
      Fault(
        file: change.price.id,
        message:
          "from \(Decimals.shortest(change.before ?? 0)) to \(Decimals.shortest(change.after)) USD an "
          + "hour is more than threefold; look at the file, then add --accept")
    }
    guard dryRun else { throw FaultList(Array(faults)) }
    for fault in faults { complain(fault.description) }
  }

  private func read(
    _ path: String, _ feed: PriceFeed, _ layout: FeedFormat?
  ) throws -> FeedReading {
    let reading = try feed.read(
      Gunzip.unpacking(InputFile.stream(at: path)), format: layout)
    guard !reading.isUndated else {
      throw UsageError(
        "\(path): the file names no day its prices were true on; "
          + "add --as-of with the day it was fetched")
    }
    return reading
  }

  private func chosenFormat() throws -> FeedFormat? {
    guard format != "auto" else { return nil }
    if let found = FeedFormat(rawValue: format) { return found }
    let names = ["auto"] + FeedFormat.allCases.map(\.rawValue)
    let near = NearMiss.closest(to: format, among: names).map { "; did you mean \($0)?" } ?? ""
    throw UsageError(
      "“\(Magnitude.printable(format))” is none of \(names.joined(separator: ", "))\(near)")
  }
}

/// The tables in a folder of the user's, of which offers.csv is rewritten.
struct OwnTables {
  let folder: String
  let files: [(path: String, bytes: [UInt8])]

  /// Reads the folder, which need not be there yet.
  init(folder: String) throws {
    self.folder = folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
    files =
      FileManager.default.fileExists(atPath: folder)
      ? try Catalog.overlayFiles(in: folder) : []
  }

  var offersPath: String { "\(folder)/offers.csv" }

  /// The offers.csv that stands there.
  var offers: (path: String, bytes: [UInt8])? { files.first { $0.path == offersPath } }

  /// Writes offers.csv in one step, once the catalogue is known to read well with it.
  func replaceOffers(with text: String) throws {
    let others = files.filter { $0.path != offersPath }
    _ = try Catalog(overlay: others + [(path: offersPath, bytes: Array(text.utf8))])
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError(
        status: ExitStatus.cannotCreate, message: "\(folder): can't be made a folder")
    }
    try AtomicFile.write(text, to: offersPath)
  }
}
