import Catalog
import Decisions
import Dispatch
import Economics
import Quantities
import Synchronization
import Throughput
import Workload

extension Planner {
  /// Money and time that a job which is given takes on every option and number of chips.
  ///
  /// - Parameters:
  ///   - scenario: its model or tokens must be given; its deadline is a limit where it has one.
  ///   - hasBudget: whether its budget is a limit; without, any amount is looked at.
  ///   - chance: with which a budget and a day are kept; nil takes the scenario's confidence.
  /// - Throws: `ScenarioFault` when the budget is what decides on the job.
  public func reach(
    of scenario: Scenario, hasBudget: Bool = true, chance: Double? = nil
  ) throws(ScenarioFault) -> Reach {
    var scenario = scenario
    // What a model takes is asked of the tokens that the law finds best where none are given.
    if scenario.asksForTokens { scenario.tokens = scenario.lawTokens }
    guard !scenario.isSizedFromBudget else {
      throw ScenarioFault(
        "what a job takes can be asked of a job: give --model, --params or --tokens")
    }
    let (planner, settled) = settled(scenario)
    var wide = settled
    // Neither limit may hide the numbers of chips that break it.
    wide.budgetDollars = 1e15
    wide.policy.shareLimits = [:]
    wide.deadline = TimeSpan(days: Reach.longestDays)
    wide.confidence = chance ?? scenario.confidence
    wide.samples = min(max(settled.samples, 1), Reach.mostOutcomes)
    var reach = Reach(
      chance: wide.confidence, scenario: scenario,
      budgetDollars: hasBudget ? scenario.budgetDollars : nil,
      deadlineDays: scenario.deadline?.days, points: [])
    // Sellers give more off to who spends more: without a budget, to who spends the least that is found.
    if !hasBudget { reach.scenario.budgetDollars = 0 }
    reach.points = planner.points(wide, reach)
    if !hasBudget, let least = reach.leastBudget(byDay: reach.deadlineDays ?? .infinity) {
      reach.scenario.budgetDollars = reach.budget(least, byDay: reach.deadlineDays ?? .infinity)
      reach.points = planner.points(wide, reach)
    }
    return reach
  }

  /// What holds each route's best option back when the budget says what is trained: the answer's
  /// route first, then the others asked about, then the yardstick.
  public func limits(of scenario: Scenario) -> (plan: Plan, found: [LimitsOfOption]) {
    let (planner, settled) = settled(scenario)
    let candidates = Candidate.all(in: planner.catalog, scenario: settled)
    let (plan, answering) = planner.assessed(candidates, settled)
    guard let answering else { return (plan, []) }
    let first = answering.leader
    let others = (answering.routes + [.rentGPU]).compactMap { answering.bestOption($0) }
    let order = [first].compactMap { $0 } + others.filter { $0 != first }
    return (plan, order.compactMap { answering.limits($0) })
  }

  private func points(_ wide: Scenario, _ limits: Reach) -> [ReachPoint] {
    let candidates = Candidate.all(in: catalog, scenario: wide)
    let (sizers, sizerOf) = sizers(candidates, wide)
    guard
      let (classes, classesOf, draws) = try? classes(
        candidates, sizers, sizerOf: sizerOf, wide, buyer: limits.scenario)
    else { return [] }
    let places = candidates.indices.flatMap { index in classesOf[index].map { (index, $0) } }
    let found = Mutex([[ReachPoint]](repeating: [], count: candidates.count))
    DispatchQueue.concurrentPerform(iterations: sizers.count) { place in
      let maker = ReachMaker(sizers[place], draws, limits)
      // Twins in other places share what was worked out for the first.
      var known: [Int: [ReachPoint]] = [:]
      for (index, class_) in places where sizerOf[index] == place {
        let points = known[class_] ?? maker.points(classes[class_])
        known[class_] = points
        let own = points.map { maker.named($0, candidates[index]) }
        found.withLock { $0[index] += own }
      }
    }
    return found.withLock { $0.flatMap { $0 } }
  }
}

/// Works out what a job takes of one class at each of its sizes: order statistics over outcomes that
/// all options share.
private struct ReachMaker {
  let sizer: Sizer
  let draws: OutcomeDraws
  let limits: Reach
  let table: OutcomeTable
  /// The limits asked, where there are both.
  let asked: Question?

  init(_ sizer: Sizer, _ draws: OutcomeDraws, _ limits: Reach) {
    self.sizer = sizer
    self.draws = draws
    self.limits = limits
    table = draws.sets.reporting
    if let budget = limits.budgetDollars, let days = limits.deadlineDays {
      asked = Question(budgetUsd: budget, deadlineDays: days, chance: limits.chance)
    } else {
      asked = nil
    }
  }

  func points(_ part: DecisionClass) -> [ReachPoint] {
    guard let job = sizer.givenJob else { return [] }
    var found = part.speeds.indices.compactMap { size in
      point(part, size, job).map { (size, $0) }
    }
    guard let asked else { return found.map(\.1) }
    // Where the rest of the bill is that of the job the most tokens are known to a hundredth or so: those
    // that may be the most are worked out.
    let most = found.compactMap(\.1.mostTokens).max() ?? 0
    for (place, (size, point)) in found.enumerated()
    where point.mostTokens ?? 0 > 0 && point.mostTokens ?? 0 >= most * 0.95 {
      found[place].1.mostTokens = mostTokens(part, size, job, near: most, asked)
    }
    return found.map(\.1)
  }

  /// The point of a twin elsewhere.
  func named(_ point: ReachPoint, _ candidate: Candidate) -> ReachPoint {
    var own = point
    own.id = candidate.id(chips: point.chips)
    let place = candidate.region.isEmpty ? "region not stated" : candidate.region
    own.label =
      "\(candidate.provider) \(candidate.offerName), \(place), \(candidate.purchase.rawValue)"
    return own
  }

  private func point(_ part: DecisionClass, _ size: Int, _ job: TrainingJob) -> ReachPoint? {
    let chips = part.chips(size)
    guard
      case .success(let found) = sizer.evaluate(part.candidate, chips: chips, job: job),
      found.hours / 24 <= Reach.longestDays
    else { return nil }
    let option = self.option(part, size, found.throughput, job)
    let runs = self.runs(option, job.tokens, unlimited)
    let kept = option.keptDays.values(in: table)
    // A run that overstays the longest term that is sold is done at no price.
    let isSold = runs.isByDeadline
    let days = isSold.indices.map { isSold[$0] ? runs.days[$0] + kept[$0] : .infinity }
    let cash = isSold.indices.map { isSold[$0] ? runs.cashUsd[$0] : .infinity }
    let budget = quantile(cash)
    let end = quantile(days)
    guard budget.isFinite, end <= Reach.longestDays else { return nil }
    var point = ReachPoint(
      id: "", route: part.candidate.route, label: "", accelerator: part.candidate.accelerator.id,
      chips: chips, budgetDollars: budget, days: end, cashDollars: found.cash,
      economicDollars: found.economic,
      medianDays: sizer.plannedDays(part.candidate, found)
        + sizer.keptDays(part.candidate, chips: chips))
    // One chance that both are kept: outcomes that are late need money without end, and dear ones time.
    point.budgetInTimeDollars = budget
    if let limit = limits.deadlineDays {
      let both = quantile(zip(cash, days).map { $1 <= limit ? $0 : .infinity })
      if both.isFinite { point.budgetInTimeDollars = both }
    }
    point.daysInBudget = end
    if let limit = limits.budgetDollars {
      let both = quantile(zip(cash, days).map { $0 <= limit ? $1 : .infinity })
      if both.isFinite { point.daysInBudget = both }
    }
    if let asked {
      var works = Decisions.Sizer(table).works(option, Choice(size: 0, terms: 0), asked)
      let most = Selection.reached(by: limits.chance, &works, count: works.count)
      point.mostTokens =
        most >= RoundTokens.value(0) ? RoundTokens.value(RoundTokens.step(near: most)) : 0
    }
    return point
  }

  /// No limits: how long and how dear it gets is what is asked.
  private var unlimited: Question {
    Question(budgetUsd: 1e15, deadlineDays: Reach.longestDays, chance: limits.chance)
  }

  /// The class at one size, with its speed, at the job's tokens, and the rest of its bill for a job.
  private func option(
    _ part: DecisionClass, _ size: Int, _ estimate: ThroughputEstimate, _ job: TrainingJob
  ) -> Decisions.Candidate {
    var option = part.option
    let speed = part.speeds[size].workPerChipDay
    let ratio: Double = sizer.tokensPerChipDay(part.candidate, estimate) / speed
    let known = option.sizes[size]
    option.sizes = [
      ClusterSize(
        chips: known.chips, billedChips: known.billedChips, scale: known.scale * ratio)
    ]
    // A longer run's goodput is surer too; spot capacity has its own calendar in the speed.
    if part.candidate.purchase != .spot {
      let doubt = SpeedDoubt(estimate, sizer.team(part.candidate))
      option.speed = .logLinear(
        median: part.speeds[0].workPerChipDay, doubt.loadings(part.candidate.accelerator, draws))
    }
    DecisionClassMaker(sizer.bills, buyer: limits.scenario)
      .setOther(&option, part.candidate, job.size, draws)
    return option
  }

  private func runs(
    _ option: Decisions.Candidate, _ tokens: Double, _ question: Question
  ) -> Runs {
    Decisions.Sizer(table).runs(option, Choice(size: 0, terms: 0), work: tokens, question)
  }

  private func quantile(_ values: [Double]) -> Double {
    var scratch = values
    return Selection.kept(by: limits.chance, &scratch, count: scratch.count)
  }

  /// The most tokens of the model that keep both limits: 0 when none do.
  private func mostTokens(
    _ part: DecisionClass, _ size: Int, _ job: TrainingJob, near about: Double,
    _ question: Question
  ) -> Double {
    guard
      case .success(let usual) = sizer.throughput(
        part.candidate, chips: part.chips(size), architecture: job.architecture,
        batch: TrainingJob.shared(job.batchSequences, by: part.chips(size), sizer.scenario))
    else { return 0 }
    let last = RoundTokens.last(near: RoundTokens.step(near: about)) { step in
      var other = job
      other.tokens = RoundTokens.value(step)
      // The more work in one run, the smaller the share lost to interruptions.
      let estimate = sizer.model.estimate(usual, forTokens: other.tokens)
      let runs = runs(option(part, size, estimate, other), other.tokens, question)
      let needed = Selection.rank(limits.chance, of: runs.cashUsd.count)
      return runs.chanceOfBoth * Double(runs.cashUsd.count) >= Double(needed) - 0.5
    }
    return last.map(RoundTokens.value) ?? 0
  }
}
