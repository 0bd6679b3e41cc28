import Catalog
import Quantities

/// Puts assessments in order and says what the order means.
enum Ranking {
  /// Indices of those that fit, best first: what can be contracted or is in hand on the routes asked
  /// about, then the yardstick's contracts, then requests that nobody promises to grant.
  ///
  /// A model sized from the budget is judged by its predicted loss, because every option spends
  /// about the same money; a given model by economic cost, because every option trains the same.
  /// Ties go to the cheaper, then the sooner, then by id, so that the order never depends on chance.
  static func order(_ assessments: [Assessment], scenario: Scenario) -> [Int] {
    let byLoss = scenario.isSizedFromBudget
    let keys = assessments.map { key($0, byLoss: byLoss) }
    let groups = assessments.map(\.orderOfObtaining)
    return assessments.indices.filter { assessments[$0].isFeasible }.sorted { left, right in
      if groups[left] != groups[right] { return groups[left] < groups[right] }
      guard let first = keys[left], let second = keys[right] else { return left < right }
      for (a, b) in zip(first, second) where a != b { return a < b }
      return assessments[left].id < assessments[right].id
    }
  }

  private static func key(_ assessment: Assessment, byLoss: Bool) -> [Double]? {
    assessment.outcome.map { outcome in
      let cost = outcome.costEconomic.p50
      let days = outcome.schedule.totalDays.p50
      return byLoss ? [outcome.predictedLoss.p50, cost, days] : [cost, days]
    }
  }
}
