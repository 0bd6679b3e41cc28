import Quantities
import Uncertainty

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
