import Catalog
import Economics

/// Puts the middles of given ranges where the figures they replace are read from.
struct SettledFigures {
  var scenario: Scenario
  let catalog: Catalog
  /// What owning is reckoned from without them.
  let usual: OwnershipAssumptions
  private var rows: [String: OwnershipParameter] = [:]
  var priceFactors: [String: Double] = [:]
  var serverPrices: [String: Interval] = [:]
  var generations: Set<String> = []

  init(scenario: Scenario, catalog: Catalog) {
    self.scenario = scenario
    self.catalog = catalog
    usual = .standard(from: catalog)
  }

  mutating func take(_ name: String, _ range: SettledRange, _ median: Double) {
    guard let (declaration, item) = InputDeclaration.named(name) else { return }
    let value = Interval(low: range.low, typical: median, high: range.high)
    declaration.settle(&self, item, value, median)
  }

  /// Gives a row of the catalogue another value.
  mutating func replace(_ id: String?, _ value: Interval) {
    guard let id, var row = catalog.ownership(id) else { return }
    row.value = value
    row.provenance = .yours
    rows[id] = row
  }

  /// The catalogue with them.
  var settledCatalog: Catalog {
    catalog.replacing(ownership: rows) { listed in
      guard let factor = priceFactors[listed.provider] else { return listed }
      var offer = listed
      offer.usdPerInstanceHour = listed.usdPerInstanceHour.map { $0 * factor }
      offer.provenance.note =
        "times your \(InputDeclaration.price.name(of: listed.provider)); " + offer.provenance.note
      return offer
    } quote: { listed in
      var quote = listed
      if let price = serverPrices[listed.id] {
        quote.capex = price
        quote.provenance.source = "price given in the scenario ; " + listed.provenance.source
      }
      if let chip = catalog.accelerator(listed.accelerator), generations.contains(chip.generation) {
        quote.leadTimeWeeks = nil
      }
      return quote
    }
  }
}
