import Catalog
import Economics
import Quantities
import Throughput
import Workload

extension Assessor {
  /// The best model the budget buys of a candidate: size, tokens and number of chips.
  ///
  /// For each number of chips: the hours that the money pays for with the scenario's chance, then
  /// the size whose loss is least on the tokens those hours give. Among the numbers of chips, that of
  /// the least loss.
  func chooseForBudget(_ candidate: Candidate) -> Choice {
    var found: [Evaluation] = []
    var refusal: Reason?
    for chips in ChipCounts.admissible(for: candidate, limit: mostChips(candidate)) {
      switch sized(candidate, chips: chips) {
      case .success(let evaluation): found.append(evaluation)
      case .failure(let refused): refusal = refused.reason
      }
      if let most = found.map(\.job.flops).max(), let last = found.last,
        last.job.flops < most * 0.5 || (refusal?.code == "over_budget" && last.chips < chips)
      {
        break
      }
    }
    guard let best = found.min(by: { ($0.loss, $0.hours) < ($1.loss, $1.hours) }) else {
      return .nothing([refusal ?? Self.nothingForTheMoney])
    }
    return .figures(best, limits(candidate, best))
  }

  private static let nothingForTheMoney = Reason(
    code: "over_budget", message: "the budget does not pay for the smallest cluster it comes in",
    nearestChange: "a larger budget")

  private struct Refused: Error {
    var reason: Reason
  }

  private func sized(_ candidate: Candidate, chips: Int) -> Result<Evaluation, Refused> {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let most = affordableHours(candidate, instances: instances, slowness: 1, work: nil)
    guard most > 0 else {
      let least = cash(candidate, instances: instances, hours: 1, work: nil) ?? 0
      return .failure(
        Refused(
          reason: Reason(
            code: "over_budget",
            message: "\(Decimals.grouped(Double(chips))) chips cost at least "
              + "\(Money(dollars: least).short); the budget is "
              + Money(dollars: scenario.budgetDollars).short,
            limit: scenario.budgetDollars, needed: least, unit: "USD",
            nearestChange: "a budget of \(Money(dollars: least).short)")))
    }
    // A first guess at 40 % of peak, only to know where on the ladder and on which batch to start.
    let peak = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let compute = most * 3600 * Double(chips) * peak * 0.4
    let optimum = law.optimum(compute: compute)
    let batch = Job.batchSequences(tokens: optimum.tokens, scenario: scenario)
    var refusal: Infeasibility?
    func job(_ index: Int) -> (Job, ThroughputEstimate)? {
      let architecture = ladder.architectures[index]
      switch throughput(candidate, chips: chips, architecture: architecture, batch: batch) {
      case .failure(let reason):
        refusal = reason
        return nil
      case .success(let estimate):
        let slow = Slowness(estimate).factor(chance: scenario.confidence)
        let perHour =
          estimate.tokensPerSecondPerChip.p50 * Double(chips) * estimate.goodput.p50 * 3600
        let hours = affordableHours(candidate, instances: instances, slowness: slow) {
          WorkSize(parameters: architecture.totalParameters, tokens: perHour * $0)
        }
        let tokens = Self.rounded(perHour * hours)
        guard tokens >= 1e6 else { return nil }
        return (
          Job(
            architecture: architecture, tokens: tokens, sequenceLength: scenario.sequenceLength,
            batchSequences: batch), estimate
        )
      }
    }
    // The same money buys about the same model on more of the same chips.
    let known = lastSize[candidate.accelerator.id]
    let start = known ?? ladder.index(near: optimum.parameters)
    let best = ladder.best(near: start, reach: known == nil ? 8 : 2) { index in
      job(index).map {
        law.loss(parameters: $0.0.architecture.totalParameters, tokens: $0.0.tokens)
      }
    }
    lastSize[candidate.accelerator.id] = best
    guard let best, let (chosen, estimate) = job(best) else {
      return .failure(Refused(reason: refusal.map(Reason.init) ?? Self.nothingForTheMoney))
    }
    return .success(evaluation(candidate, chips: chips, job: chosen, estimate: estimate))
  }

  /// Hours of run, at the median, such that a run slower by the factor still stays in the budget,
  /// and the run itself in the time there is.
  ///
  /// - Parameter work: done in so many hours; nil leaves out what depends on it.
  private func affordableHours(
    _ candidate: Candidate, instances: Int, slowness: Double, work: ((Double) -> WorkSize)?
  ) -> Double {
    let room = roomHours(candidate)
    let limit = spendingLimit(candidate)
    func fits(_ hours: Double) -> Bool {
      guard calendarHours(candidate, hours: hours) <= room else { return false }
      let slow = hours * slowness
      guard
        let cash = cash(candidate, instances: instances, hours: slow, work: work.map { $0(hours) })
      else { return false }
      return cash <= limit
    }
    guard room > 0, fits(1) else { return 0 }
    if fits(room) { return room }
    var low = 1.0
    var high = room
    for _ in 0..<40 {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  /// Three significant digits, rounded down, so that the job is one a person would write down.
  static func rounded(_ value: Double) -> Double {
    guard value >= 1000 else { return value.rounded(.down) }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded(.down) * unit
  }
}
