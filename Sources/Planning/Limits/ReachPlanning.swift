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
      let assessor = Assessor(
        scenario: wide, catalog: catalog, ownership: ownership, rest: rest,
        ladder: SizeLadder(architectures: []), uncertain: uncertain)
      guard let job = assessor.givenJob else { return }
      for index in groups[group] {
        let points = assessor.reach(candidates[index], job: job, limits)
        found.withLock { $0[index] = points }
      }
    }
    return found.withLock { $0.flatMap { $0 } }
  }
}

extension Assessor {
  /// Every number of chips of a candidate that the job runs on.
  fileprivate func reach(_ candidate: Candidate, job: Job, _ limits: Reach) -> [ReachPoint] {
    counts(for: candidate, job: job).compactMap { chips in
      guard case .success(let found) = evaluate(candidate, chips: chips, job: job) else {
        return nil
      }
      return point(candidate, found, limits)
    }
  }

  private func point(_ candidate: Candidate, _ found: Evaluation, _ limits: Reach) -> ReachPoint? {
    guard let bare = bill(candidate, instances: found.instances, work: nil) else { return nil }
    let careful = carefulSizing(candidate, bare)
    guard let end = careOf(candidate, found, careful), end.dollars.isFinite,
      end.days <= Reach.longestDays
    else { return nil }
    var most: Double?
    if let limit = limits.budgetDollars, let day = limits.deadlineDays {
      let last = RoundTokens.last(near: RoundTokens.step(near: found.job.tokens)) { step in
        // Anew for each length: more work in one run loses a smaller share to interruptions.
        var job = found.job
        job.tokens = RoundTokens.value(step)
        guard case .success(let other) = evaluate(candidate, chips: found.chips, job: job),
          let end = careOf(candidate, other, careful)
        else { return false }
        return end.dollars <= limit && end.days <= day
      }
      most = last.map(RoundTokens.value) ?? 0
    }
    return ReachPoint(
      id: candidate.id(chips: found.chips), route: candidate.route,
      label: "\(candidate.provider) \(candidate.offerName), "
        + "\(candidate.region.isEmpty ? "region not stated" : candidate.region), "
        + candidate.purchase.rawValue,
      accelerator: candidate.accelerator.id, chips: found.chips, budgetDollars: end.dollars,
      days: end.days,
      cashDollars: found.cash, economicDollars: found.economic,
      medianDays: leadDays(candidate) + calendarHours(candidate, hours: found.hours) / 24,
      mostTokens: most)
  }

  /// Money and days that an evaluation stays within with the chance asked for; nil without a price.
  private func careOf(
    _ candidate: Candidate, _ found: Evaluation, _ careful: CarefulSizing
  ) -> (dollars: Double, days: Double)? {
    let spread = Slowness(found.throughput)
    let dear = careful.cash.world(spread)
    let late = careful.days?.world(spread) ?? .median
    guard let bill = bill(candidate, instances: found.instances, work: found.job.size) else {
      return nil
    }
    func amounts(_ world: World) -> OptionBill.Amounts {
      bill.amounts(hours: found.hours * world.slowness, world)
    }
    return (
      amounts(dear).cash, lead(candidate).days(late) + amounts(late).calendarHours / 24
    )
  }
}
