import Catalog
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
    var reach = Reach(
      chance: wide.confidence, scenario: scenario,
      budgetDollars: hasBudget ? scenario.budgetDollars : nil,
      deadlineDays: scenario.deadline?.days, points: [])
    reach.points = planner.points(wide, reach)
    return reach
  }

  private func points(_ wide: Scenario, _ limits: Reach) -> [ReachPoint] {
    let candidates = Candidate.all(in: catalog, scenario: wide).filter(\.reasons.isEmpty)
    let chips = candidates.map(\.accelerator.id)
    let groups = Set(chips).sorted().map { id in candidates.indices.filter { chips[$0] == id } }
    let ownership = OwnershipAssumptions.standard(from: catalog).at(wide.owning, catalog)
    let rest = RestOfBill(wide, catalog: catalog)
    let uncertain = uncertain(candidates, wide)
    let found = Mutex([[ReachPoint]](repeating: [], count: candidates.count))
    DispatchQueue.concurrentPerform(iterations: groups.count) { [catalog] group in
      let bills = BillMaker(scenario: wide, catalog: catalog, ownership: ownership, rest: rest)
      let sizer = Sizer(
        bills, shapes: nil, uncertain: uncertain)
      guard let job = sizer.givenJob else { return }
      for index in groups[group] {
        let points = sizer.reach(candidates[index], job: job, limits)
        found.withLock { $0[index] = points }
      }
    }
    return found.withLock { $0.flatMap { $0 } }
  }
}

extension Sizer {
  /// Every number of chips of a candidate that the job runs on.
  fileprivate func reach(_ candidate: Candidate, job: TrainingJob, _ limits: Reach) -> [ReachPoint]
  {
    var buyer = scenario
    buyer.budgetDollars = limits.scenario.budgetDollars
    return counts(for: candidate, job: job).compactMap { chips in
      let priced = candidate.at(candidate.expectedPrice(chips: chips, in: catalog, buyer))
      guard case .success(let found) = evaluate(priced, chips: chips, job: job) else {
        return nil
      }
      return point(priced, found, limits)
    }
  }

  private func point(_ candidate: Candidate, _ found: Evaluation, _ limits: Reach) -> ReachPoint? {
    guard let bare = bills.bill(candidate, instances: found.instances, work: nil),
      case .success(let usual) = throughput(
        candidate, chips: found.chips, architecture: found.job.architecture,
        batch: found.job.batchSequences)
    else { return nil }
    let points = designPoints(designPointInputs(candidate), bare)
    let lead = bills.lead(candidate, chips: found.chips)
    let perHour: Double =
      usual.tokensPerSecondPerChip.p50 * team(candidate).lag * Double(found.chips) * 3600
    /// Money of so many tokens in a dear world and days in a late one.
    func needs(tokens: Double) -> (dollars: Double, days: Double) {
      let work = WorkSize(parameters: found.job.size.parameters, tokens: tokens)
      guard let bill = bills.bill(candidate, instances: found.instances, work: work) else {
        return (.infinity, .infinity)
      }
      // The more work in one run, the smaller the share lost to interruptions.
      let estimate = model.estimate(usual, forTokens: tokens)
      let hours = tokens / (perHour * estimate.goodput.p50)
      let spread = Slowness(team(candidate).range.map { estimate.after($0) } ?? estimate)
      let (dear, late) = (
        points.cash.world(spread), points.days?.world(spread) ?? .median
      )
      let calendar = bill.amounts(hours: hours * late.slowness, late).calendarHours
      return (
        bill.amounts(hours: hours * dear.slowness, dear).cash, lead.days(late) + calendar / 24
      )
    }
    let (budget, end) = needs(tokens: found.job.tokens)
    guard budget.isFinite, end <= Reach.longestDays else { return nil }
    var most: Double?
    if let limit = limits.budgetDollars, let day = limits.deadlineDays {
      let last = RoundTokens.last(near: RoundTokens.step(near: found.job.tokens)) { step in
        let needs = needs(tokens: RoundTokens.value(step))
        return needs.dollars <= limit && needs.days <= day
      }
      most = last.map(RoundTokens.value) ?? 0
    }
    return ReachPoint(
      id: candidate.id(chips: found.chips), route: candidate.route,
      label: "\(candidate.provider) \(candidate.offerName), "
        + "\(candidate.region.isEmpty ? "region not stated" : candidate.region), "
        + candidate.purchase.rawValue,
      accelerator: candidate.accelerator.id, chips: found.chips, budgetDollars: budget, days: end,
      cashDollars: found.cash, economicDollars: found.economic,
      medianDays: plannedDays(candidate, found),
      mostTokens: most)
  }
}
