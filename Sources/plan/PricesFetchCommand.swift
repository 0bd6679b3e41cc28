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

/// Fetches price lists into a folder, for `plan prices import`.
struct PricesFetchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fetch",
    abstract: "Fetches price lists that need no login, with curl.",
    usage: """
      plan prices fetch ec2 --region us-east-2
      plan prices fetch ec2 --region us-east-2 | xargs plan prices import
      GOOGLE_API_KEY=… plan prices fetch gcp-skus --output lists
      """,
    discussion: """
      Lists: ec2 and savings-plans (of a region), spot-advisor, gcp-skus (with an API key in \
      GOOGLE_API_KEY), skypilot-aws and skypilot-gcp. This is the only command that uses the network.

      Prints the files' names, one a line. A fetch that was cut off goes on where it stopped; each \
      file has its SHA-256 beside it. Exit status 69: curl or the server failed.
      """)

  @Argument(
    help: "ec2, savings-plans, spot-advisor, gcp-skus, skypilot-aws or skypilot-gcp.",
    completion: choices(FetchTarget.self), transform: { try choice($0) })
  var what: FetchTarget

  @Option(
    name: .customLong("region"),
    help: ArgumentHelp("AWS region; may be given several times.", valueName: "region"))
  var regions: [String] = []

  @Option(
    help: "Of the EC2 offer file: csv or json.", completion: choices(OfferFileFormat.self),
    transform: { try choice($0) })
  var format = OfferFileFormat.csv

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder for the files; $XDG_CACHE_HOME/plan/prices when not given.", valueName: "dir"))
  var output: String?

  @Option(
    help: ArgumentHelp("Fetch from this server instead of the provider's.", valueName: "url"))
  var from: String?

  @OptionGroup var common: CommonOptions

  /// The forms of the EC2 offer file.
  enum OfferFileFormat: String, CaseIterable {
    case csv, json
  }

  func run() throws {
    guard what.isRegional == !regions.isEmpty else {
      throw UsageError(
        what.isRegional
          ? "--region is missing; try plan prices fetch \(what.rawValue) --region us-east-1"
          : "\(what.rawValue) is one list for all regions; leave --region away")
    }
    let folder = try makeFolder()
    switch what {
    case .ec2, .savingsPlans: try fetchRegions(into: folder)
    case .gcpSKUs: try fetchPages(into: folder)
    default:
      let suffix = what == .spotAdvisor ? "json" : "csv"
      try fetch(
        Download(allowsPlainHTTP: from != nil), what.fixedPath ?? "",
        to: "\(folder)/\(what.rawValue).\(suffix)", canResume: false)
    }
  }

  private func makeFolder() throws -> String {
    let folder = try output ?? UserFolders.prices()
    do {
      try FileManager.default.createDirectory(
        atPath: folder, withIntermediateDirectories: true,
        attributes: [.posixPermissions: 0o700])
    } catch {
      throw OutputError(
        status: ExitStatus.cannotCreate, message: "\(folder): can't be made a folder")
    }
    return folder.count > 1 && folder.hasSuffix("/") ? String(folder.dropLast()) : folder
  }

  /// The address of a path at the provider's server, or at the one given.
  private func address(_ path: String) -> String {
    var base = from ?? what.host
    while base.hasSuffix("/") { base.removeLast() }
    return base + path
  }

  /// Fetches a file, checks that it is a price list, and prints its name.
  private func fetch(
    _ download: Download, _ path: String, to file: String, canResume: Bool
  ) throws {
    try download.fetch(address(path), to: file, canResume: canResume)
    do {
      if what != .spotAdvisor { _ = try FeedFormat.recognise(try InputFile.stream(at: file)) }
    } catch {
      // A login page or the like, which must not pass for a list the next time.
      for path in [file, "\(file).sha256"] { try? FileManager.default.removeItem(atPath: path) }
      throw error
    }
    try StandardOutput.write(file + "\n")
  }

  private func fetchRegions(into folder: String) throws {
    let download = Download(allowsPlainHTTP: from != nil)
    let index = "\(folder)/\(what.rawValue)-regions.json"
    try download.fetch(address(what.regionIndexPath ?? ""), to: index, canResume: false)
    let suffix = what == .ec2 ? format.rawValue : "csv"
    for region in regions {
      let path = try FetchedDocument.path(
        ofRegion: region, format: suffix, in: try InputFile.stream(at: index))
      let version = FetchedDocument.version(ofPath: path)
      let name = [what.rawValue, region, version].filter { !$0.isEmpty }.joined(separator: "-")
      // A path with its version always means the same bytes.
      try fetch(
        download, path, to: "\(folder)/\(name).\(suffix)", canResume: !version.isEmpty)
    }
  }

  private func fetchPages(into folder: String) throws {
    let key = ProcessInfo.processInfo.environment["GOOGLE_API_KEY"] ?? ""
    let isPlain = key.allSatisfy {
      $0.isASCII && ($0.isLetter || $0.isNumber || "-_.".contains($0))
    }
    guard !key.isEmpty, isPlain else {
      throw UsageError(
        "GOOGLE_API_KEY is \(key.isEmpty ? "not set" : "no API key"); the list of Google Cloud needs one"
      )
    }
    let download = Download(
      allowsPlainHTTP: from != nil, secretHeader: "X-Goog-Api-Key: \(key)")
    for service in FetchTarget.googleCloudServices {
      var (page, token) = (1, "")
      repeat {
        let file = "\(folder)/gcp-skus-\(service)-\(page).json"
        try fetch(
          download, FetchTarget.skuPath(service: service, token: token), to: file,
          canResume: false)
        token = try FetchedDocument.nextPageToken(in: try InputFile.stream(at: file))
        page += 1
        guard page <= 1000 else { throw FetchError(message: "\(file): the pages don't end") }
      } while !token.isEmpty
    }
  }
}
