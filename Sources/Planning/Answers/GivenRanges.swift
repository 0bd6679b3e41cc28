import Catalog
import Economics
import Throughput

extension Planner {
  /// The planner and the scenario with the middles of the scenario's own ranges in place of the
  /// catalogue's figures, so that every bill is made with the median of every input.
  func settled(_ scenario: Scenario) -> (planner: Planner, scenario: Scenario) {
    guard !scenario.spreads.isEmpty else { return (self, scenario) }
    var given = GivenRanges(scenario: scenario, catalog: catalog)
    for (name, range) in scenario.spreads.sorted(by: { $0.key < $1.key }) {
      if let median = range.median { given.take(name, range, median) }
    }
    var planner = self
    planner.catalog = given.settledCatalog
    return (planner, given.scenario)
  }
}

/// Puts the middles of given ranges where the figures they replace are read from.
private struct GivenRanges {
  var scenario: Scenario
  let catalog: Catalog
  private let usual: OwnershipAssumptions
  private var rows: [String: OwnershipParameter] = [:]
  private var priceFactors: [String: Double] = [:]
  private var serverPrices: [String: Interval] = [:]
  private var generations: Set<String> = []

  init(scenario: Scenario, catalog: Catalog) {
    self.scenario = scenario
    self.catalog = catalog
    usual = .standard(from: catalog)
  }

  mutating func take(_ name: String, _ range: SettledRange, _ median: Double) {
    let value = Interval(low: range.low, typical: median, high: range.high)
    switch name {
    case InputNames.experiments: scenario.overheads.experiments = .times(max(1, median))
    case InputNames.residualValue: scenario.owning.residualFraction = min(1, max(0, median))
    case InputNames.electricity: scenario.owning.dollarsPerKilowattHour = median
    case InputNames.queueWait: scenario.renting.queueWaitHours = median
    case InputNames.colocation: replace(usual.colocation?.id, value)
    case InputNames.staff: replace(usual.staff?.id, value)
    case InputNames.maintenance: replace(usual.maintenance?.id, value)
    case InputNames.installationTime: replace(usual.installWeeks?.id, value)
    case InputNames.burnInTime: replace(usual.burnInWeeks?.id, value)
    case InputNames.portingTime: replace("porting_time/new-stack", value)
    default: takeOfOne(name, value, median)
    }
  }

  /// Inputs of one accelerator, provider, quote or generation.
  private mutating func takeOfOne(_ name: String, _ value: Interval, _ median: Double) {
    let parts = name.split(separator: ".", maxSplits: 1).map(String.init)
    guard parts.count == 2 else { return }
    switch parts[0] {
    case "price": priceFactors[parts[1]] = median
    case "server_price": serverPrices[parts[1]] = value
    case "lead_time":
      replace(usual.leadWeeks[parts[1]]?.id, value)
      generations.insert(parts[1])
    default: break
    }
  }

  private mutating func replace(_ id: String?, _ value: Interval) {
    guard let id, var row = catalog.ownership(id) else { return }
    row.value = value
    row.provenance = .yours
    rows[id] = row
  }

  var settledCatalog: Catalog {
    catalog.replacing(ownership: rows) { listed in
      guard let factor = priceFactors[listed.provider] else { return listed }
      var offer = listed
      offer.usdPerInstanceHour = listed.usdPerInstanceHour.map { $0 * factor }
      offer.provenance.note =
        "times your \(InputNames.price(listed.provider)); " + offer.provenance.note
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
