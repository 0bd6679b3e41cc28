import Catalog
import Quantities

extension Planner {
  /// What a claim would have to be for its route to win, and what was measured.
  ///
  /// - Parameter isWanted: where it says no, the search ends early and what it says is nothing.
  func note(
    _ claim: AppliedClaim, _ plan: Plan, while isWanted: () -> Bool = { true }
  ) -> String {
    let needed = neededOutput(claim, plan.scenario, while: isWanted)
    let win =
      switch needed {
      case .some(let factor) where factor <= 1:
        "\(claim.route.rawValue) wins without it"
      case .some(let factor):
        "\(claim.route.rawValue) wins from output × \(Decimals.fixed(factor, 2)) on"
      case .none:
        "\(claim.route.rawValue) does not win even at output × \(Decimals.shortest(Self.largest))"
      }
    let measured = measurements(claim)
    let says =
      measured.isEmpty
      ? "no independent measurement of it is in the catalogue" : measured.joined(separator: "; ")
    return "\(claim.badge) is a hypothesis (evidence \(claim.grade.rawValue)): \(win); \(says)"
  }

  /// The largest factor on output that is looked at.
  private static let largest = 8.0

  /// The least factor on the output of a claim's chips with which its route is first, to a
  /// hundredth; nil when none up to `largest` makes it so.
  private func neededOutput(
    _ claim: AppliedClaim, _ scenario: Scenario, while isWanted: () -> Bool
  ) -> Double? {
    var rivals = scenario
    rivals.samples = 0
    rivals.claims = []
    rivals.routes = scenario.routes.subtracting([claim.route])
    let sized = scenario.isSizedFromBudget
    func score(_ plan: Plan) -> Double {
      let outcome = plan.ranked.first?.outcome
      return (sized ? outcome?.predictedLoss.p50 : outcome?.costEconomic.p50) ?? .infinity
    }
    let best = score(base(rivals))
    func wins(_ factor: Double) -> Bool {
      var own = scenario
      own.samples = 0
      own.routes = [claim.route]
      var taken = claim
      taken.effect = .output(factor)
      own.claims = [taken]
      return score(base(own)) < best
    }
    if wins(1) { return 1 }
    guard wins(Self.largest) else { return nil }
    var (low, high) = (1.0, Self.largest)
    while high - low > 0.01, isWanted() {
      let middle = (low + high) / 2
      if wins(middle) { high = middle } else { low = middle }
    }
    return high
  }

  /// Independent statements about the same accelerator.
  private func measurements(_ claim: AppliedClaim) -> [String] {
    catalog.claims.filter {
      $0.independent && $0.id != claim.id && $0.accelerator == claim.accelerator
        && !claim.accelerator.isEmpty && $0.metric == "mfu_fraction"
    }.map { row in
      "\(row.id) (\(row.provenance.grade.rawValue)): \(row.wording), \(row.subject)"
    }
  }
}
