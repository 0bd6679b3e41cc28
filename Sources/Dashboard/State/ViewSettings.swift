/// How the options are listed; no part of the scenario, so nothing here asks for another plan.
struct ViewSettings: Hashable, Sendable {
  var costKind: CostKind = .economic
  /// Whether options that are ruled out have rows.
  var showsRuledOut = true
  /// Whether options that differ in place only have a row each.
  var showsPlaces = false
}
