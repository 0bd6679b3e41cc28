import Catalog
import Economics
import Quantities
import Throughput
import Workload

extension Assessor {
  /// The best model the budget buys of a candidate: size, tokens and number of chips.
  ///
  /// For each number of chips: the hours that the money pays for with the scenario's chance, then
  /// the size whose loss is least on the tokens those hours give. Among the numbers of chips, that of
  /// the least loss.
  func chooseForBudget(_ candidate: Candidate) -> Choice {
    let sizing = sizing(candidate)
    guard let best = sizing.best else { return .nothing([sizing.refusal]) }
    return .figures(best, limits(candidate, best))
  }

  /// What sizing came to: the best numbers, or why there are none.
  struct Sizing {
    var best: Evaluation?
    var refusal = Reason(
      code: "over_budget",
      message: "the budget does not pay for the smallest cluster it comes in",
      nearestChange: "a larger budget")
  }

  /// So many chips, the money and time for a run on them, and the computing they could do in it.
  private struct Cluster {
    var chips: Int
    var means: Means
    /// Hours at the median, before the work is known.
    var hours: Double
    /// FLOPs in these hours at the peak rate.
    var compute: Double
  }

  private func sizing(_ candidate: Candidate) -> Sizing {
    let counts = ChipCounts.admissible(for: candidate, limit: mostChips(candidate))
    guard let key = twinKey(candidate, counts) else { return sizing(candidate, counts) }
    if let known = twins[key] { return known }
    let found = sizing(candidate, counts)
    twins[key] = found
    return found
  }

  private func sizing(_ candidate: Candidate, _ counts: [Int]) -> Sizing {
    var sizing = Sizing()
    let clusters = counts.compactMap { cluster(candidate, chips: $0) }
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

  private func cluster(_ candidate: Candidate, chips: Int) -> Cluster? {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    guard let bill = bill(candidate, instances: instances, work: nil) else { return nil }
    let means = Means(
      bill, careful: carefulSizing(candidate, bill), dollars: spendingLimit(candidate),
      roomHours: roomHours(candidate), deadlineDays: scenario.deadline?.days)
    let hours = means.hours
    let peak = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    return Cluster(
      chips: chips, means: means, hours: hours,
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
      && scenario.spreads[InputNames.throughput(chip)] == nil
      && scenario.spreads[InputNames.goodput(chip)] == nil
  }

  private func tooDear(_ candidate: Candidate, chips: Int) -> Reason {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let least = cash(candidate, instances: instances, hours: 1, work: nil) ?? 0
    if let deadline = scenario.deadline, least <= spendingLimit(candidate) {
      let lead = leadDays(candidate)
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
    let (chips, most) = (cluster.chips, cluster.hours)
    var means = cluster.means
    // A first guess at 40 % of peak, only to know where on the ladder and on which batch to start.
    let optimum = law.optimum(compute: cluster.compute * 0.4)
    let batch = Job.batchSequences(tokens: optimum.tokens, scenario: scenario)
    let table = speedTable(candidate, chips: chips, batch: batch)
    // Tokens of each size looked at; the hours one size leaves room for are a good guess for the next.
    var tokens = [Double??](repeating: nil, count: ladder.parameters.count)
    var refused: Int?
    var hours = most
    func affordable(_ index: Int) -> Double? {
      if let known = tokens[index] { return known }
      var found: Double?
      if let speed = speed(candidate, chips: chips, size: index, batch: batch, in: table) {
        found = affordableTokens(
          candidate, &means, parameters: ladder.parameters[index], at: speed, near: hours)
        if let found { hours = self.hours(tokens: found, at: speed) }
      } else {
        refused = index
      }
      tokens[index] = .some(found)
      return found
    }
    func loss(_ index: Int) -> Double? {
      affordable(index).map { law.loss(parameters: ladder.parameters[index], tokens: $0) }
    }
    // Loss over size has dents where layouts change, so that one start can end in a wrong one: begin
    // at the best size on fewer chips and at the guess.
    let starts: [Int?] = [
      lastSize[candidate.accelerator.id], ladder.index(near: optimum.parameters),
    ]
    let best = starts.compactMap { $0.flatMap { ladder.best(near: $0, loss: loss) } }
      .min { (loss($0) ?? .infinity, $0) < (loss($1) ?? .infinity, $1) }
    lastSize[candidate.accelerator.id] = best
    func estimate(_ index: Int) -> Result<ThroughputEstimate, Infeasibility> {
      throughput(
        candidate, chips: chips, architecture: ladder.architectures[index], size: index,
        batch: batch)
    }
    guard let best, let tokens = affordable(best), case .success(let found) = estimate(best) else {
      if let refused, case .failure(let reason) = estimate(refused) {
        return .failure(Refused(reason: Reason(reason)))
      }
      return .failure(Refused(reason: Sizing().refusal))
    }
    let job = Job(
      architecture: ladder.architectures[best], tokens: tokens,
      sequenceLength: scenario.sequenceLength, batchSequences: batch)
    return .success(evaluation(candidate, chips: chips, job: job, estimate: found))
  }

  /// The most tokens, of three significant digits, that stay in budget and deadline with the
  /// scenario's confidence; nil below a million.
  ///
  /// More money or more time never gives less, because the amounts tried are always the same.
  ///
  /// - Parameter hours: of a run that is about as long; it decides where the search begins, not where
  ///   it ends.
  private func affordableTokens(
    _ candidate: Candidate, _ means: inout Means, parameters: Double, at speed: Speed,
    near hours: Double
  ) -> Double? {
    var costs = otherCosts(candidate, WorkSize(parameters: parameters, tokens: 0))
    means.prepare(speed.spread)
    func fits(_ step: Int) -> Bool {
      let tokens = RoundTokens.value(step)
      rest.setTokens(tokens, &costs)
      return means.suffice(hours: self.hours(tokens: tokens, at: speed), OtherCostRates(costs))
    }
    let guess = RoundTokens.step(near: hours * speed.tokensPerHour)
    guard let last = RoundTokens.last(near: guess, where: fits) else { return nil }
    return RoundTokens.value(last)
  }

  /// Hours of a run at the median.
  private func hours(tokens: Double, at speed: Speed) -> Double {
    let factor = min(speed.largestFactor, model.goodputFactor(tokens: tokens))
    return tokens / (speed.tokensPerHour * factor)
  }

  /// Three significant digits, rounded down, so that the job is one a person would write down.
  static func rounded(_ value: Double) -> Double {
    guard value >= 1000 else { return value.rounded(.down) }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded(.down) * unit
  }
}

/// The numbers of tokens a sized job may have: 1.00, 1.01, 1.02 … of each power of ten.
enum RoundTokens {
  /// From a million to 10^18.
  static let steps = 12 * 900

  /// The number at a step, from 0.
  static func value(_ step: Int) -> Double {
    Double(100 + step % 900) * powers[step / 900]
  }

  /// The last step not above a number, or the nearest there is.
  static func step(near tokens: Double) -> Int {
    guard tokens > value(0) else { return 0 }
    let exponent = powers.indices.last { powers[$0] * 100 <= tokens } ?? 0
    let digits = min(999, Int(min(1000, tokens / powers[exponent])))
    return min(steps - 1, exponent * 900 + max(0, digits - 100))
  }

  /// The last step that fits, where all steps before it do and none after it; nil when none does.
  ///
  /// Goes from the guess in widening strides until the end is passed, then halves: the nearer the
  /// guess, the fewer steps are tried, and every guess ends at the same step.
  static func last(near guess: Int, where fits: (Int) -> Bool) -> Int? {
    var (low, high) = (-1, steps)
    var stride = 1
    var next = guess
    while high - low > 1 {
      if fits(next) { low = next } else { high = next }
      if low < 0 {
        next = max(0, high - stride)
      } else if high == steps {
        next = min(steps - 1, low + stride)
      } else {
        next = (low + high) / 2
      }
      stride *= 2
    }
    return low < 0 ? nil : low
  }

  /// A hundredth of the powers of ten, so that every product is a whole number and exact.
  private static let powers: [Double] = (0...12).map { exponent in
    (0..<exponent).reduce(1e4) { power, _ in power * 10 }
  }
}
