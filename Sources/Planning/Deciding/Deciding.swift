import Catalog
import Quantities
import RealModule
import Uncertainty

extension Planner {
  /// The plan with ranges and chances from the scenario's number of worlds; as it is when there are
  /// none.
  ///
  /// - Parameters:
  ///   - threads: at most so many; the result doesn't depend on it.
  ///   - isWanted: where it says no in the end, the plan is returned as it was.
  func sampled(
    _ plan: Plan, _ scenario: Scenario, threads: Int? = nil,
    while isWanted: @escaping @Sendable () -> Bool = { true }
  ) -> Plan {
    guard scenario.samples > 0,
      let sampling = try? Sampling(plan, scenario: scenario, catalog: catalog, threads: threads)
    else { return plan }
    let leaders = plan.leaders
    let (samples, contenders) = sampling.run(contenders: Set(leaders), while: isWanted)
    guard isWanted() else { return plan }
    var plan = plan
    for (index, sample) in samples {
      plan.assessments[index].outcome?.take(
        sample, draws: scenario.samples, hasDeadline: scenario.deadline != nil)
    }
    let choice = Choosing(
      leaders.compactMap { contenders[$0] }, judgement: sampling.judgement)
    plan.take(choice, leaders: leaders, sampling)
    return plan
  }
}

extension Outcome {
  /// Puts sampled ranges and chances in place of those of the run's length alone.
  mutating func take(_ sample: Sampling.Sample, draws: Int, hasDeadline: Bool) {
    func range(_ low: Estimate, _ middle: Double, _ high: Estimate) -> Percentiles {
      // The middle is the world in which all is at its median, which need not be the median world.
      Percentiles(p10: min(low.value, middle), p50: middle, p90: max(high.value, middle))
    }
    func errors(_ range: [Estimate]) -> Percentiles {
      Percentiles(p10: range[0].standardError, p50: 0, p90: range[1].standardError)
    }
    let cash = [sample.cash[0], sample.cash[2]]
    costCash = range(cash[0], costCash.p50, cash[1])
    costEconomic = range(sample.economic[0], costEconomic.p50, sample.economic[1])
    contingencyDollars = max(0, sample.cash[1].value - costCash.p50)
    let total = schedule.totalDays.p50
    schedule.runDays = range(sample.runDays[0], schedule.runDays.p50, sample.runDays[1])
    schedule.totalDays = range(sample.totalDays[0], total, sample.totalDays[1])
    samplingErrors = SamplingErrors(
      cash: errors(cash), economic: errors(sample.economic), totalDays: errors(sample.totalDays))
    func chance(_ hits: Int) -> Double { Estimate.chance(hits: hits, draws: draws).value }
    chances = Chances(
      withinBudget: chance(sample.withinBudget),
      byDeadline: hasDeadline ? chance(sample.byDeadline) : nil, both: chance(sample.both),
      best: nil)
  }
}

/// Chances of being best and regrets of options that stand to be chosen, best-ranked first.
struct Choosing {
  var chances: [Estimate]
  var regrets: [Regrets]
  /// The mean of what the second is worse than the first by; nil without a second.
  var gap: Estimate?

  init(_ contenders: [Sampling.Contender], judgement: Judgement) {
    var tally = BestTally(draws: contenders.first?.scores.count ?? 0)
    for (option, contender) in contenders.enumerated() { tally.add(option, contender.scores) }
    chances = tally.chances(options: contenders.count)
    let weighed = contenders.first?.dollars.count ?? 0
    let best = tally.best.prefix(weighed).map(judgement.dollars)
    regrets = contenders.map { Self.regrets($0, best: best) }
    if contenders.count > 1 {
      gap = .mean(of: zip(contenders[1].dollars, contenders[0].dollars).map { $0 - $1 })
    }
  }

  /// Beyond the best counts as spent too much; beyond budget and deadline as provided too little.
  private static func regrets(_ contender: Sampling.Contender, best: [Double]) -> Regrets {
    let penalty = AsymmetricPenalty()
    var sum = 0.0
    for draw in best.indices {
      let beyond: Double = 100 * (contender.dollars[draw] / best[draw] - 1)
      if beyond > 0 { sum += penalty(beyond) }
      if contender.overruns[draw] > 0 { sum += penalty(-contender.overruns[draw]) }
    }
    return Regrets(
      dollars: Regret.mean(of: contender.dollars, best: best),
      penalty: sum / Double(max(1, best.count)))
  }
}

extension Plan {
  /// Doubt about the model of speed itself, over and above its scatter.
  static let modelError = 0.1
  /// Below this chance of being best the first option is not clearly the best.
  static let clearChance = 0.7

  mutating func take(_ choice: Choosing, leaders: [Int], _ sampling: Sampling) {
    let middles = leaders.map { index in
      assessments[index].outcome.map { sampling.judgement.value($0.inWorlds, .median) } ?? .infinity
    }
    // Another region of the same offer is at best as good as the leader, and ties go to the leader:
    // the chances of all options add up to 1.
    for index in ranking { assessments[index].outcome?.chances.best = 0 }
    for (place, leader) in leaders.enumerated() {
      assessments[leader].outcome?.chances.best = choice.chances[place].value
      assessments[leader].outcome?.regrets = choice.regrets[place]
    }
    let least = choice.regrets.indices.min {
      (choice.regrets[$0].penalty, $0) < (choice.regrets[$1].penalty, $1)
    }
    decision = Decision(
      samples: sampling.worlds.count, seed: sampling.scenario.seed,
      inputs: sampling.maker.inputs, correlationShare: sampling.maker.sampler.correlationShare,
      confidence: choice.chances.first, leastRegretID: least.map { assessments[leaders[$0]].id },
      tooCloseToCall: closeness(choice, middles, leaders))
  }

  /// Why the first two can't be told apart, as a sentence.
  private func closeness(_ choice: Choosing, _ middles: [Double], _ leaders: [Int]) -> String? {
    guard middles.count > 1, let chance = choice.chances.first?.value, let gap = choice.gap else {
      return nil
    }
    let second = assessments[leaders[1]].label
    let percent = Decimals.fixed(chance * 100, 0)
    if chance < Self.clearChance {
      return "too close to call: the first option is the best in \(percent) % of the worlds, "
        + "the next is \(second)"
    }
    let margin: Double = middles[1] - middles[0]
    guard margin < gap.standardError + Self.modelError * middles[0] else { return nil }
    return "too close to call: \(second) comes within "
      + "\(Decimals.fixed(margin / middles[0] * 100, 1)) % of the first option, and the model of "
      + "speed is not better than \(Decimals.fixed(Self.modelError * 100, 0)) %"
  }
}
