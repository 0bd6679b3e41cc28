import Catalog
import Economics
import Quantities
import Throughput
import Workload

extension Sizer {
  /// The best model the budget buys of a candidate: size, tokens and number of chips.
  ///
  /// For each number of chips: the hours that the money pays for with the scenario's chance, then
  /// the size whose loss is least on the tokens those hours give. Among the numbers of chips, that of
  /// the least loss.
  func chooseForBudget(_ candidate: Candidate) -> SizingChoice {
    let sizing = sizing(candidate)
    guard let best = sizing.best else { return .nothing([sizing.refusal]) }
    return .figures(best, limits(candidate, best))
  }

  /// What sizing came to: the best numbers, or why there are none.
  struct BudgetSizing {
    var best: Evaluation?
    var refusal = Reason(
      code: "over_budget",
      message: "the budget does not pay for the smallest cluster it comes in",
      nearestChange: "a larger budget")
  }

  /// So many chips, the money and time for a run on them, and the computing they could do in it.
  private struct Cluster {
    var chips: Int
    var limits: RunLimits
    /// Hours at the median, before the work is known.
    var hours: Double
    /// FLOPs in these hours at the peak rate.
    var compute: Double
  }

  private func sizing(_ candidate: Candidate) -> BudgetSizing {
    let counts = ChipCounts.admissible(for: candidate, limit: mostChips(candidate))
    guard let key = twinKey(candidate, counts) else { return sizing(candidate, counts) }
    if let known = twins[key] { return known }
    let found = sizing(candidate, counts)
    twins[key] = found
    return found
  }

  private func sizing(_ candidate: Candidate, _ counts: [Int]) -> BudgetSizing {
    var sizing = BudgetSizing()
    let inputs = designPointInputs(candidate)
    ratesOfSizes = Array(repeating: nil, count: ladder.parameters.count)
    let clusters = counts.compactMap { cluster(candidate, chips: $0, inputs) }
    guard let largest = clusters.max(by: { $0.compute < $1.compute }), largest.hours > 0 else {
      if let smallest = counts.first { sizing.refusal = tooDear(candidate, chips: smallest) }
      return sizing
    }
    func take(_ cluster: Cluster) {
      switch sized(candidate, cluster) {
      case .success(let found):
        let isBetter = sizing.best.map { (found.loss, found.hours) < ($0.loss, $0.hours) } ?? true
        if isBetter { sizing.best = found }
      case .failure(let refused): sizing.refusal = refused.reason
      }
    }
    // What could do the most comes first: then most of the others can't do better whatever they do.
    take(largest)
    let canPrune = isWithinPeak(candidate)
    for cluster in clusters where cluster.chips != largest.chips && cluster.hours > 0 {
      if canPrune, let best = sizing.best, leastLoss(cluster) > best.loss { continue }
      take(cluster)
    }
    return sizing
  }

  private func cluster(
    _ candidate: Candidate, chips: Int, _ inputs: DesignPointInputs
  ) -> Cluster? {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    guard let bill = bills.bill(candidate, instances: instances, work: nil) else { return nil }
    let limits = RunLimits(
      bill, designPoints: designPoints(inputs, bill), dollars: spendingLimit(candidate),
      roomHours: bills.roomHours(candidate), deadlineDays: scenario.deadline?.days)
    let hours = limits.hours
    let peak = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    return Cluster(
      chips: chips, limits: limits, hours: hours,
      compute: hours * 3600 * Double(chips) * peak)
  }

  /// The loss that a cluster could reach at its peak rate, were all of its time computing.
  private func leastLoss(_ cluster: Cluster) -> Double {
    // The hours are known to a thousandth.
    let optimum = law.optimum(compute: cluster.compute * 1.002)
    return law.loss(parameters: optimum.parameters, tokens: optimum.tokens)
  }

  /// Whether nothing makes a candidate's chips faster than their peak, or its runs cheaper than at
  /// the median.
  private func isWithinPeak(_ candidate: Candidate) -> Bool {
    let chip = candidate.accelerator.id
    return candidate.claims.isEmpty && scenario.confidence >= 0.5
      && !catalog.measured.contains { $0.id == chip }
      && scenario.spreads[InputDeclaration.throughput.name(of: chip)] == nil
      && scenario.spreads[InputDeclaration.goodput.name(of: chip)] == nil
  }

  private func tooDear(_ candidate: Candidate, chips: Int) -> Reason {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let least = bills.cash(candidate, instances: instances, hours: 1, work: nil) ?? 0
    if let deadline = scenario.deadline, least <= spendingLimit(candidate) {
      let lead = bills.leadDays(candidate)
      let needed = Decimals.grouped((lead + 1).rounded(.up))
      return Reason(
        code: "past_deadline",
        message:
          "can start after \(Decimals.grouped(lead.rounded(.up))) days; the deadline is after "
          + Decimals.grouped(deadline.days.rounded(.down)),
        limit: deadline.days, needed: lead, unit: "days", nearestChange: "--deadline \(needed)d")
    }
    let budget = Money(dollars: scenario.budgetDollars).short
    return Reason(
      code: "over_budget",
      message: "\(Decimals.grouped(Double(chips))) chips, the fewest it comes in, cost at least "
        + "\(Money(dollars: least).short); the budget is \(budget)",
      limit: scenario.budgetDollars, needed: least, unit: "USD",
      nearestChange: "a budget of \(Money(dollars: least).short)")
  }

  private struct Refused: Error {
    var reason: Reason
  }

  private func sized(
    _ candidate: Candidate, _ cluster: Cluster
  ) -> Result<Evaluation, Refused> {
    // A first guess at 40 % of peak, only to know where on the ladder and on which batch to start.
    let optimum = law.optimum(compute: cluster.compute * 0.4)
    let batch = TrainingJob.batchSequences(tokens: optimum.tokens, scenario: scenario)
    var sizes = SizesOfCluster(
      candidate, chips: cluster.chips, batch: batch,
      table: speedTable(candidate, chips: cluster.chips, batch: batch), limits: cluster.limits,
      hours: cluster.hours, count: ladder.parameters.count)
    // Loss over size has dents where layouts change, so that one start can end in a wrong one: begin
    // at the best size on fewer chips and at the guess.
    let starts: [Int?] = [
      lastSize[candidate.accelerator.id], ladder.index(near: optimum.parameters),
    ]
    let best = starts.compactMap { $0 }
      .compactMap { ladder.best(near: $0) { sizes.loss(of: $0, below: $1, self) } }
      .min { (sizes.known($0), $0) < (sizes.known($1), $1) }
    lastSize[candidate.accelerator.id] = best
    func estimate(_ index: Int) -> Result<ThroughputEstimate, Infeasibility> {
      throughput(
        candidate, chips: cluster.chips, architecture: ladder.architectures[index], size: index,
        batch: batch)
    }
    guard let best, case .success(let throughput) = estimate(best) else {
      if let refused = sizes.refused, case .failure(let reason) = estimate(refused) {
        return .failure(Refused(reason: Reason(reason)))
      }
      return .failure(Refused(reason: BudgetSizing().refusal))
    }
    let job = TrainingJob(
      architecture: ladder.architectures[best], tokens: sizes.tokens(best),
      sequenceLength: scenario.sequenceLength, batchSequences: batch)
    return .success(evaluation(candidate, chips: cluster.chips, job: job, estimate: throughput))
  }

  /// Three significant digits, rounded down, so that the job is one a person would write down.
  static func rounded(_ value: Double) -> Double {
    guard value >= 1000 else { return value.rounded(.down) }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded(.down) * unit
  }
}
