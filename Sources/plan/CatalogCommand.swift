import ArgumentParser
import Catalog
import Reports
import Workload

/// What `plan catalog` can list.
enum CatalogListing: String, CaseIterable {
  case accelerators, offers, servers, models, laws, ownership, services, claims
  case obtainability, discounts, judgement
}

/// Lists the catalogue: every figure with its date, grade and source.
struct CatalogCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "catalog",
    abstract: "Lists what is sold, how it is had, what it may cost, and what was claimed.",
    usage: """
      plan catalog offers
      plan catalog accelerators --format csv
      plan catalog claims --pricing my-quotes
      """)

  @Argument(
    help: """
      accelerators, offers, servers, models, laws, ownership, services, claims, obtainability, discounts \
      or judgement.
      """,
    completion: choices(CatalogListing.self), transform: { try choice($0) })
  var listing: CatalogListing

  @Option(
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"),
    completion: .directory)
  var pricing: String?

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let catalog = try Catalog.load(overlay: pricing)
    let sheet =
      switch listing {
      case .accelerators: CatalogSheets.accelerators(catalog)
      case .offers: CatalogSheets.offers(catalog)
      case .servers: CatalogSheets.servers(catalog)
      case .models: CatalogSheets.models()
      case .laws: CatalogSheets.laws()
      case .ownership: CatalogSheets.ownership(catalog)
      case .services: CatalogSheets.services(catalog)
      case .claims: CatalogSheets.claims(catalog)
      case .obtainability: CatalogSheets.obtainability(catalog)
      case .discounts: CatalogSheets.discounts(catalog)
      case .judgement: CatalogSheets.judgement(catalog)
      }
    try output.emit(sheet)
  }
}
