import Catalog

extension Planner {
  /// The planner and the scenario with the middles of the scenario's own ranges in place of the
  /// catalogue's figures, so that every bill is made with the median of every input.
  func settled(_ scenario: Scenario) -> (planner: Planner, scenario: Scenario) {
    guard !scenario.spreads.isEmpty else { return (self, scenario) }
    var given = SettledFigures(scenario: scenario, catalog: catalog)
    for (name, range) in scenario.spreads.sorted(by: { $0.key < $1.key }) {
      if let median = range.median { given.take(name, range, median) }
    }
    var planner = self
    planner.catalog = given.settledCatalog
    return (planner, given.scenario)
  }
}
