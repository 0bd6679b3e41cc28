import Catalog
import Economics
import Quantities
import Throughput
import Workload

/// What an assessor settled on for a candidate: how many chips, and what that comes to.
enum SizingChoice {
  /// The numbers, and the limits it breaks; none when it fits.
  case figures(Evaluation, [Reason])
  /// No number of chips could be evaluated.
  case nothing([Reason])
}

extension Sizer {
  /// The best number of chips for a candidate, for a model that is given.
  ///
  /// Among the counts that fit, the cheapest. When none fits, the cheapest in time, else the fastest, with the limits it breaks.
  func choose(_ candidate: Candidate, job: TrainingJob) -> SizingChoice {
    var found: [Evaluation] = []
    var refusal: Infeasibility?
    for chips in counts(for: candidate, job: job) {
      switch evaluate(candidate, chips: chips, job: job) {
      case .success(let evaluation): found.append(evaluation)
      case .failure(let reason): refusal = refusal ?? reason
      }
    }
    guard !found.isEmpty else { return .nothing([refusal.map(Reason.init) ?? Self.noCount]) }
    let fitting = found.filter { limits(candidate, $0).isEmpty }
    if let best = fitting.min(by: { ($0.economic, $0.hours) < ($1.economic, $1.hours) }) {
      return .figures(best, [])
    }
    let inTime = found.filter { isInTime(candidate, $0) }
    let least =
      inTime.min { $0.cash < $1.cash } ?? found.min { $0.hours < $1.hours } ?? found[0]
    return .figures(least, limits(candidate, least))
  }

  private static let noCount = Reason(
    code: "no_cluster_size", message: "no number of chips it is sold in could be paid for or used",
    nearestChange: "a larger budget, or another offer")

  /// Chips worth evaluating, ascending: none that would be too slow at the chip's peak rate, unless
  /// all would be; then the largest.
  func counts(for candidate: Candidate, job: TrainingJob) -> [Int] {
    let all = ChipCounts.admissible(for: candidate, limit: mostChips(candidate))
    let peak = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let hours = bills.roomHours(candidate)
    let least = job.flops / max(peak * hours * 3600, 1)
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
    return min(most, max(1, Int(servers)) * quote.chips)
  }

  /// What so many chips of a candidate come to on a job.
  func evaluate(
    _ candidate: Candidate, chips: Int, job: TrainingJob
  ) -> Result<Evaluation, Infeasibility> {
    throughput(candidate, chips: chips, architecture: job.architecture, batch: job.batchSequences)
      .map { estimate in
        evaluation(candidate, chips: chips, job: job, estimate: estimate)
      }
  }

  func evaluation(
    _ candidate: Candidate, chips: Int, job: TrainingJob, estimate: ThroughputEstimate
  ) -> Evaluation {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let estimate = model.estimate(estimate, forTokens: job.tokens)
    let perHour =
      estimate.tokensPerSecondPerChip.p50 * Double(chips) * estimate.goodput.p50 * 3600
    let hours = job.tokens / perHour
    let work = job.size
    return Evaluation(
      chips: chips, instances: instances, job: job, throughput: estimate, hours: hours,
      cash: bills.cash(candidate, instances: instances, hours: hours, work: work) ?? .infinity,
      economic: bills.economic(candidate, instances: instances, hours: hours, work: work)
        ?? .infinity,
      loss: law.loss(parameters: job.architecture.totalParameters, tokens: job.tokens))
  }

  // MARK: Limits

  func isInTime(_ candidate: Candidate, _ evaluation: Evaluation) -> Bool {
    bills.calendarHours(candidate, hours: evaluation.hours) <= bills.roomHours(candidate)
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
    let room = bills.roomHours(candidate) / 24
    let needed = bills.calendarHours(candidate, hours: evaluation.hours) / 24
    let lead = bills.leadDays(candidate)
    let needText = Decimals.grouped(needed.rounded(.up))
    if scenario.deadline == nil {
      return Reason(
        code: "run_too_long",
        message: "\(Decimals.grouped(Double(evaluation.chips))) chips, the most it comes in, need "
          + "\(needText) days; runs longer than \(Decimals.shortest(room)) are not considered",
        limit: room, needed: needed, unit: "days",
        nearestChange: "--deadline \(needText)d, or a smaller job")
    }
    let leadText =
      lead > 0 ? " after \(Decimals.grouped(lead.rounded(.up))) days until it can start" : ""
    return Reason(
      code: "past_deadline",
      message: "needs \(needText) days\(leadText); "
        + "\(Decimals.grouped(room.rounded(.down))) are left before the deadline",
      limit: room, needed: needed, unit: "days",
      nearestChange: "--deadline \(Decimals.grouped((needed + lead).rounded(.up)))d")
  }
}
