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
      let sampling = try? Sampling(
        plan.options, scenario: scenario, catalog: catalog, threads: threads)
    else { return plan }
    let leaders = plan.options.leaders
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
