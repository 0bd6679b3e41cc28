import Quantities

@testable import Planning

extension Assessor {
  /// An assessment of a size that somebody gives, with nothing drawn: for tests that draw themselves.
  func certain(_ candidate: Candidate, _ found: Evaluation) -> Assessment {
    let capacity = bills.capacity(candidate, chips: found.chips)
    let drawn = DrawnFigures(
      cash: Percentiles(certain: found.cash),
      days: Percentiles(certain: sizer.plannedDays(candidate, found)),
      runDays: Percentiles(certain: found.hours / 24),
      chances: Chances(withinBudget: 1, byDeadline: 1, both: 1, best: nil), rank: found.cash)
    let facts = CapacityFacts(
      capacity: capacity, chance: 1, waitDays: nil, requests: 1,
      isRented: candidate.route != .buyGPU, list: nil, expected: nil)
    return assessment(candidate, evaluation: found, drawn, facts, reasons: [])
  }
}
