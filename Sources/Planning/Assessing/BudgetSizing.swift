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
    let most = affordableHours(candidate, instances: instances)
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
      let found = throughput(
        candidate, chips: chips, architecture: architecture, size: index, batch: batch)
      switch found {
      case .failure(let reason):
        refusal = reason
        return nil
      case .success(let estimate):
        let perHour =
          estimate.tokensPerSecondPerChip.p50 * Double(chips) * estimate.goodput.p50 * 3600
        guard
          let tokens = affordableTokens(
            candidate, instances: instances, parameters: ladder.parameters[index],
            perHour: perHour, slowness: Slowness(estimate).factor(score: confidenceScore))
        else { return nil }
        return (
          Job(
            architecture: architecture, tokens: tokens, sequenceLength: scenario.sequenceLength,
            batchSequences: batch), estimate
        )
      }
    }
    // Loss over size has dents where layouts change, so that one start can end in a wrong one: begin
    // at the best size on fewer chips and at the guess.
    let starts: [Int?] = [
      lastSize[candidate.accelerator.id], ladder.index(near: optimum.parameters),
    ]
    var losses: [Int: Double?] = [:]
    func loss(_ index: Int) -> Double? {
      if let known = losses[index] { return known }
      let loss = job(index).map {
        law.loss(parameters: ladder.parameters[index], tokens: $0.0.tokens)
      }
      losses[index] = .some(loss)
      return loss
    }
    let best = starts.compactMap { $0.flatMap { ladder.best(near: $0, loss: loss) } }
      .min { (loss($0) ?? .infinity, $0) < (loss($1) ?? .infinity, $1) }
    lastSize[candidate.accelerator.id] = best
    guard let best, let (chosen, estimate) = job(best) else {
      return .failure(Refused(reason: refusal.map(Reason.init) ?? Self.nothingForTheMoney))
    }
    return .success(evaluation(candidate, chips: chips, job: chosen, estimate: estimate))
  }

  /// The most tokens, of three significant digits, such that a run slower by the factor still stays
  /// in the budget, and the run itself in the time there is; nil below a million.
  ///
  /// More money or more time never gives less, because the amounts tried are always the same.
  private func affordableTokens(
    _ candidate: Candidate, instances: Int, parameters: Double, perHour: Double, slowness: Double
  ) -> Double? {
    func fits(_ tokens: Double) -> Bool {
      let work = WorkSize(parameters: parameters, tokens: tokens)
      return isAffordable(
        candidate, instances: instances, hours: tokens / perHour, slowness: slowness, work: work)
    }
    return RoundTokens.most(fits)
  }

  /// Hours of run that money and time leave room for, to a thousandth, before the work is known.
  private func affordableHours(_ candidate: Candidate, instances: Int) -> Double {
    let room = roomHours(candidate)
    func fits(_ hours: Double) -> Bool {
      isAffordable(candidate, instances: instances, hours: hours, slowness: 1, work: nil)
    }
    guard room > 0, fits(1) else { return 0 }
    if fits(room) { return room }
    var low = 1.0
    var high = room
    while high - low > 0.001 * low {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  private func isAffordable(
    _ candidate: Candidate, instances: Int, hours: Double, slowness: Double, work: WorkSize?
  ) -> Bool {
    guard calendarHours(candidate, hours: hours) <= roomHours(candidate) else { return false }
    let cash = cash(candidate, instances: instances, hours: hours * slowness, work: work)
    return cash.map { $0 <= spendingLimit(candidate) } ?? false
  }

  /// Three significant digits, rounded down, so that the job is one a person would write down.
  static func rounded(_ value: Double) -> Double {
    guard value >= 1000 else { return value.rounded(.down) }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded(.down) * unit
  }
}

/// The numbers of tokens a sized job may have: 1.00, 1.01, 1.02 … of each power of ten.
enum RoundTokens {
  /// From a million to 10^18.
  static let steps = 12 * 900

  /// The number at a step, from 0.
  static func value(_ step: Int) -> Double {
    Double(100 + step % 900) * powers[step / 900]
  }

  /// The most tokens that keep a limit which more tokens can only break; nil when none do.
  static func most(_ keeps: (Double) -> Bool) -> Double? {
    guard keeps(value(0)) else { return nil }
    var (low, high) = (0, steps)
    while high - low > 1 {
      let middle = (low + high) / 2
      if keeps(value(middle)) { low = middle } else { high = middle }
    }
    return value(low)
  }

  /// A hundredth of the powers of ten, so that every product is a whole number and exact.
  private static let powers: [Double] = (0...12).map { exponent in
    (0..<exponent).reduce(1e4) { power, _ in power * 10 }
  }
}
