import Catalog
import Economics
import Quantities
import Throughput
import Workload

extension Sizer {
  /// Chips worth evaluating, ascending: none that would be too slow at the chip's peak rate, unless
  /// all would be; then the largest.
  func counts(for candidate: Candidate, job: TrainingJob) -> [Int] {
    let all = ChipCounts.admissible(for: candidate, limit: mostChips(candidate))
    let peak = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let least = job.flops / max(peak * scenario.end.hours * 3600, 1)
    // More chips than a batch can be spread over, at 64 chips a sequence, only wait for each other.
    let most = job.batchSequences * 64
    let useful = all.filter { Double($0) >= least && $0 <= most }
    return useful.isEmpty ? Array(all.filter { $0 <= most }.suffix(1)) : useful
  }

  /// Chips worth considering: no more than the scenario's largest cluster and its quota, and of
  /// servers no more than the budget pays for bare; one server is always looked at.
  func mostChips(_ candidate: Candidate) -> Int {
    let quota = scenario.policy.quotas[candidate.accelerator.id] ?? .max
    let most = min(scenario.largestCluster, quota)
    guard case .buy(let quote) = candidate.source, let price = quote.capex.central else {
      return most
    }
    let servers = min(scenario.budgetDollars / price, Double(scenario.largestCluster))
    let powered = poweredServers(candidate) ?? .max
    return min(most, min(max(1, Int(servers)), powered) * quote.chips)
  }

  /// Servers that the power there is feeds, spares and switches counted at their rated draw; nil without a
  /// limit, or where no draw is known.
  func poweredServers(_ candidate: Candidate) -> Int? {
    guard case .buy(let quote) = candidate.source,
      let megawatts = scenario.owning.powerMegawatts,
      let kilowatts = kilowattsPerServer(quote, candidate)
    else { return nil }
    return Int(min(1e9, megawatts * 1000 / kilowatts))
  }

  private func kilowattsPerServer(_ quote: ServerQuote, _ candidate: Candidate) -> Double? {
    let figures = bills.figures(quote, candidate, chips: quote.chips)
    return figures.kilowattsPerServer.map {
      $0 * (1 + (figures.otherPowerFraction ?? 0)) * (1 + (figures.spareFraction ?? 0))
    }
  }

  /// Why not one server has power; nil where one has.
  func powerReason(_ candidate: Candidate) -> Reason? {
    guard poweredServers(candidate) == 0, case .buy(let quote) = candidate.source,
      let kilowatts = kilowattsPerServer(quote, candidate)
    else { return nil }
    let megawatts = scenario.owning.powerMegawatts ?? 0
    let needed: Double = kilowatts / 1000
    return Reason(
      code: "power",
      message:
        "one server takes \(Decimals.significant(needed, 3)) MW with its switches and spares; "
        + "\(Decimals.shortest(megawatts)) MW are there",
      limit: megawatts, needed: needed, unit: "MW",
      nearestChange:
        "owning.power_mw = \(Decimals.significant(needed * 1.01, 2)), or smaller servers")
  }

  /// What so many chips of a candidate come to on a job.
  func evaluate(
    _ candidate: Candidate, chips: Int, job: TrainingJob
  ) -> Result<Evaluation, Infeasibility> {
    let job = job.shared(by: chips, scenario)
    return throughput(
      candidate, chips: chips, architecture: job.architecture, batch: job.batchSequences
    )
    .map { estimate in
      evaluation(candidate, chips: chips, job: job, estimate: estimate)
    }
  }

  /// Why even the most chips of a candidate can't train what is asked, or the least model of the ladder;
  /// nil where they can.
  func refusal(_ candidate: Candidate) -> Infeasibility? {
    let all = ChipCounts.admissible(for: candidate, limit: mostChips(candidate))
    guard let chips = all.last else { return nil }
    let found: Result<ThroughputEstimate, Infeasibility>
    if let job = givenJob {
      found = evaluate(candidate, chips: chips, job: job).map(\.throughput)
    } else {
      let smallest = shapes?.choices.all.enumerated().min {
        $0.element.rung.totalParameters < $1.element.rung.totalParameters
      }
      guard let smallest else { return nil }
      found = throughput(
        candidate, chips: chips, architecture: smallest.element.rung.shape,
        size: smallest.offset, batch: chips)
    }
    if case .failure(let refusal) = found { return refusal }
    return nil
  }

  func evaluation(
    _ candidate: Candidate, chips: Int, job: TrainingJob, estimate: ThroughputEstimate
  ) -> Evaluation {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let estimate = model.estimate(estimate, forTokens: job.tokens)
    // Machines are held for whole hours, experiments and run together.
    let multiple = bills.experimentsMultiplier
    let perHour: Double = tokensPerChipDay(candidate, estimate) * Double(chips) / 24
    let hours: Double = (job.tokens * multiple / perHour).rounded(.up) / multiple
    let work = job.size
    return Evaluation(
      chips: chips, instances: instances, job: job, throughput: estimate, hours: hours,
      cash: bills.cash(candidate, instances: instances, hours: hours, work: work) ?? .infinity,
      economic: bills.economic(candidate, instances: instances, hours: hours, work: work)
        ?? .infinity,
      loss: law.loss(parameters: job.architecture.totalParameters, tokens: job.tokens))
  }

  // MARK: Limits

  /// Days from the scenario's start to the end of the final run, at the median.
  func plannedDays(_ candidate: Candidate, _ evaluation: Evaluation) -> Double {
    bills.leadDays(candidate, chips: evaluation.chips)
      + bills.calendarHours(candidate, chips: evaluation.chips, hours: evaluation.hours) / 24
  }

  /// Days that are kept between the end of the run and the end that is asked for.
  func keptDays(_ candidate: Candidate, chips: Int) -> Double {
    let phases = bills.phases(candidate, chips: chips)
    return phases.evaluation.days + phases.margin
  }

  func isInTime(_ candidate: Candidate, _ evaluation: Evaluation) -> Bool {
    plannedDays(candidate, evaluation) + keptDays(candidate, chips: evaluation.chips)
      <= scenario.end.days
  }

  /// The limits an evaluation breaks, each with by how much and the nearest change.
  func limits(_ candidate: Candidate, _ evaluation: Evaluation) -> [Reason] {
    var reasons: [Reason] = []
    if evaluation.cash > scenario.budgetDollars {
      let needed = Money(dollars: evaluation.cash)
      reasons.append(
        Reason(
          code: "over_budget",
          message: "costs \(needed.short) in cash; the budget is "
            + Money(dollars: scenario.budgetDollars).short,
          limit: scenario.budgetDollars, needed: evaluation.cash, unit: "USD",
          nearestChange: "a budget of \(needed.short), or a smaller job"))
    }
    if let limit = shareLimit(candidate), evaluation.cash > limit {
      let share = scenario.policy.shareLimits[candidate.provider] ?? 1
      reasons.append(
        Reason(
          code: "share_limit",
          message:
            "\(candidate.provider) may get \(Decimals.fixed(share * 100, 0)) % of the budget; "
            + "this costs \(Money(dollars: evaluation.cash).short)",
          limit: limit, needed: evaluation.cash, unit: "USD",
          nearestChange: "a share of "
            + "\(Decimals.fixed((evaluation.cash / scenario.budgetDollars * 100).rounded(.up), 0)) % "
            + "for \(candidate.provider)"))
    }
    if !isInTime(candidate, evaluation) { reasons.append(lateness(candidate, evaluation)) }
    return reasons
  }

  /// US dollars that one provider may get; nil when the scenario sets no share.
  func shareLimit(_ candidate: Candidate) -> Double? {
    scenario.policy.shareLimits[candidate.provider].map { $0 * scenario.budgetDollars }
  }

  /// The most that may be spent on a candidate.
  func spendingLimit(_ candidate: Candidate) -> Double {
    min(scenario.budgetDollars, shareLimit(candidate) ?? .infinity)
  }

  private func lateness(_ candidate: Candidate, _ evaluation: Evaluation) -> Reason {
    let kept = keptDays(candidate, chips: evaluation.chips)
    let needed: Double = plannedDays(candidate, evaluation) + kept
    let lead = bills.leadDays(candidate, chips: evaluation.chips)
    let limit = scenario.end.days
    let parts =
      "\(Decimals.grouped(lead.rounded(.up))) until the machines work, "
      + "\(Decimals.grouped((needed - lead - kept).rounded(.up))) of experiments and run, "
      + "\(Decimals.grouped(kept.rounded(.up))) after it"
    let asked = scenario.deadline == nil ? "the end 18 months away" : "the deadline"
    return Reason(
      code: "past_deadline",
      message: "needs \(Decimals.grouped(needed.rounded(.up))) days (\(parts)); "
        + "\(Decimals.grouped(limit.rounded(.down))) are left before \(asked)",
      limit: limit, needed: needed, unit: "days",
      nearestChange: "--deadline \(Decimals.grouped(needed.rounded(.up)))d")
  }
}
