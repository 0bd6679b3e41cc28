/// Chances of being the best route, counted on the outcomes that report, grants in.
public struct RouteChances: Sendable {
  /// Each route asked about with its chance, in the order of their best options. They sum to 1 unless
  /// no route ever does anything.
  public let chances: [(route: String, chance: Double)]
  /// Share of outcomes in which no route does anything; left out of the chances.
  public let nothing: Double
  /// Share of outcomes in which the leading option isn't granted.
  public let leaderRefused: Double
  /// False where another route is best more often than the leader's: then say "not told apart".
  public let isToldApart: Bool

  /// The chance of a route; 0 for one that wasn't asked about.
  public func chance(_ route: String) -> Double {
    chances.first { $0.route == route }?.chance ?? 0
  }
}

/// An option to fall back on, with the chance that it is granted when the one before wasn't.
public struct PlanB: Sendable {
  public let standing: Standing
  /// Size and terms when begun on the day of the refusal.
  public let choice: Choice
  /// Days from today to the refusal.
  public let delayDays: Double
  /// Chance of its grant given that all before it were refused; its plain chance when they never are.
  public let chance: Double
}

extension Decider {
  /// The rungs below an option: the next by rank that can be signed, each of a channel of its own,
  /// until one needs nobody's grant.
  ///
  /// Chosen on the outcomes that choose, chances counted on the others. All rungs are asked together,
  /// as asking is free, so each begins on the latest day of a refusal before it.
  ///
  /// - Parameters:
  ///   - route: only options of one route; all routes when nil.
  ///   - most: rungs at most.
  public func plansB(
    _ first: Standing, _ decision: Decision, route: String? = nil, most: Int = 3
  ) -> [PlanB] {
    guard let grant = candidates[first.candidate].grant, candidates[first.candidate].chain == nil
    else { return [] }
    var channels: Set<String> = [grant.channel]
    var refused = grant.granted(in: outcomes.reporting).map { !$0 }
    var delay = candidates[first.candidate].refusalDays
    var rungs: [PlanB] = []
    for standing in decision.standings where standing.group == .sign && rungs.count < most {
      let candidate = candidates[standing.candidate]
      guard standing.candidate != first.candidate, route.map({ $0 == standing.route }) ?? true,
        candidate.grant.map({ !channels.contains($0.channel) }) ?? true,
        let choice = late(candidate, delay)
      else { continue }
      guard let own = candidate.grant else {
        rungs.append(PlanB(standing: standing, choice: choice, delayDays: delay, chance: 1))
        break
      }
      channels.insert(own.channel)
      let granted = own.granted(in: outcomes.reporting)
      let open = refused.lazy.filter { $0 }.count
      let hits = zip(refused, granted).lazy.filter { $0 && $1 }.count
      let chance = open > 0 ? Double(hits) / Double(open) : standing.assessment.grantChance
      rungs.append(PlanB(standing: standing, choice: choice, delayDays: delay, chance: chance))
      for index in refused.indices where granted[index] { refused[index] = false }
      delay = max(delay, candidate.refusalDays)
    }
    return rungs
  }

  /// Size and terms of a candidate begun late; nil when it can't keep the chance then.
  private func late(_ candidate: Candidate, _ delay: Double) -> Choice? {
    let later = question.delayed(delay)
    if let value = question.work {
      return sizer.cheapest(candidate, value: value, later)?.choice
    }
    return sizer.most(candidate, later)?.choice
  }

  /// How often each route is best: its chosen option and its plan B within the route, grants in.
  ///
  /// - Parameter grantsIn: false counts every first choice as granted.
  public func routeChances(_ decision: Decision, grantsIn: Bool = true) -> RouteChances {
    let leaders = decision.bestOfRoute
    let columns = Parallel.map(leaders.count) {
      routeValues(leaders[$0], decision, grantsIn: grantsIn)
    }
    let count = outcomes.reporting.count
    var wins = [Double](repeating: 0, count: leaders.count)
    var nothing = 0
    for index in 0..<count {
      var best = 0.0
      for column in columns { best = max(best, column[index]) }
      guard best > 0 else {
        nothing += 1
        continue
      }
      var sharing = 0.0
      for column in columns where column[index] == best { sharing += 1 }
      for (place, column) in columns.enumerated() where column[index] == best {
        wins[place] += 1 / sharing
      }
    }
    let counted = Double(max(1, count - nothing))
    let chances = zip(leaders, wins).map { (route: $0.route, chance: $1 / counted) }
    let most = chances.map(\.chance).max() ?? 0
    let leader = decision.sign?.route
    let refused =
      decision.sign.flatMap { candidates[$0.candidate].grant }?
      .granted(in: outcomes.reporting).lazy.filter { !$0 }.count ?? 0
    return RouteChances(
      chances: chances, nothing: Double(nothing) / Double(count),
      leaderRefused: Double(refused) / Double(count),
      isToldApart: chances.allSatisfy { $0.chance < most || $0.route == leader })
  }

  /// What a route is worth in each outcome: the first rung granted; 0 where it does nothing.
  private func routeValues(_ best: Standing, _ decision: Decision, grantsIn: Bool) -> [Double] {
    let candidate = candidates[best.candidate]
    guard best.group <= .request, let choice = best.assessment.choice else {
      return [Double](repeating: 0, count: outcomes.reporting.count)
    }
    var values = worth(candidate, choice, after: 0)
    guard grantsIn, candidate.chain == nil, let grant = candidate.grant else { return values }
    var open = grant.granted(in: outcomes.reporting).map { !$0 }
    for index in open.indices where open[index] { values[index] = 0 }
    for rung in plansB(best, decision, route: best.route) {
      let fallback = candidates[rung.standing.candidate]
      let granted = fallback.grant?.granted(in: outcomes.reporting)
      let late = worth(fallback, rung.choice, after: rung.delayDays)
      for index in open.indices where open[index] && granted?[index] ?? true {
        values[index] = late[index]
        open[index] = false
      }
    }
    return values
  }

  /// The most work that fits, in the measure compared; with given work one over its cash where
  /// budget and deadline are kept.
  private func worth(_ candidate: Candidate, _ choice: Choice, after days: Double) -> [Double] {
    let later = question.delayed(days)
    let sizer = Sizer(outcomes.reporting)
    guard let value = question.work else {
      return sizer.works(candidate, choice, later).map(candidate.curve.value)
    }
    let runs = sizer.runs(candidate, choice, work: candidate.curve.work(value), later)
    return runs.cashUsd.indices.map {
      runs.isWithinBudget[$0] && runs.isByDeadline[$0] ? 1 / runs.cashUsd[$0] : 0
    }
  }
}
