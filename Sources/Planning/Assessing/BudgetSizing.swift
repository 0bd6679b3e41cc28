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
    var found: [Evaluation] = []
    var most = 0.0
    var refusal: Reason?
    for chips in ChipCounts.admissible(for: candidate, limit: mostChips(candidate)) {
      switch sized(candidate, chips: chips) {
      case .success(let evaluation):
        found.append(evaluation)
        most = max(most, evaluation.job.flops)
      case .failure(let refused): refusal = refused.reason
      }
      if let last = found.last,
        last.job.flops < most * 0.5 || (refusal?.code == "over_budget" && last.chips < chips)
      {
        break
      }
    }
    guard let best = found.min(by: { ($0.loss, $0.hours) < ($1.loss, $1.hours) }) else {
      return .nothing([refusal ?? Self.nothingForTheMoney])
    }
    return .figures(best, limits(candidate, best))
  }

  private static let nothingForTheMoney = Reason(
    code: "over_budget", message: "the budget does not pay for the smallest cluster it comes in",
    nearestChange: "a larger budget")

  private struct Refused: Error {
    var reason: Reason
  }

  private func sized(_ candidate: Candidate, chips: Int) -> Result<Evaluation, Refused> {
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let most = affordableHours(candidate, instances: instances)
    guard most > 0 else {
      let least = cash(candidate, instances: instances, hours: 1, work: nil) ?? 0
      return .failure(
        Refused(
          reason: Reason(
            code: "over_budget",
            message: "\(Decimals.grouped(Double(chips))) chips cost at least "
              + "\(Money(dollars: least).short); the budget is "
              + Money(dollars: scenario.budgetDollars).short,
            limit: scenario.budgetDollars, needed: least, unit: "USD",
            nearestChange: "a budget of \(Money(dollars: least).short)")))
    }
    // A first guess at 40 % of peak, only to know where on the ladder and on which batch to start.
    let peak = (candidate.accelerator.bf16Teraflops ?? 0) * 1e12
    let compute = most * 3600 * Double(chips) * peak * 0.4
    let optimum = law.optimum(compute: compute)
    let batch = Job.batchSequences(tokens: optimum.tokens, scenario: scenario)
    let table = speedTable(candidate, chips: chips, batch: batch)
    let careful = carefulSizing(candidate, instances: instances)
    // Tokens of each size looked at; the hours one size leaves room for are a good guess for the next.
    var tokens: [Int: Double?] = [:]
    var refused: Int?
    var hours = most
    func affordable(_ index: Int) -> Double? {
      if let known = tokens[index] { return known }
      var found: Double?
      if let speed = speed(candidate, chips: chips, size: index, batch: batch, in: table) {
        found = affordableTokens(
          candidate, instances: instances, parameters: ladder.parameters[index], at: speed,
          careful, near: hours)
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
      return .failure(Refused(reason: Self.nothingForTheMoney))
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
    _ candidate: Candidate, instances: Int, parameters: Double, at speed: Speed,
    _ careful: CarefulSizing?, near hours: Double
  ) -> Double? {
    let dear = careful?.cash.world(speed.spread) ?? .median
    let late = careful?.days?.world(speed.spread) ?? .median
    func fits(_ step: Int) -> Bool {
      let tokens = RoundTokens.value(step)
      let work = WorkSize(parameters: parameters, tokens: tokens)
      return isAffordable(
        candidate, instances: instances, hours: self.hours(tokens: tokens, at: speed), dear: dear,
        late: late, work: work)
    }
    let guess = RoundTokens.step(near: hours * speed.tokensPerHour)
    guard let last = RoundTokens.last(near: guess, where: fits) else { return nil }
    return RoundTokens.value(last)
  }

  /// Hours of a run at the median.
  private func hours(tokens: Double, at speed: Speed) -> Double {
    tokens / (speed.tokensPerHour * model.goodputFactor(tokens: tokens))
  }

  /// Hours of run that money and time leave room for, to a thousandth, before the work is known.
  private func affordableHours(_ candidate: Candidate, instances: Int) -> Double {
    let room = roomHours(candidate)
    func fits(_ hours: Double) -> Bool {
      isAffordable(
        candidate, instances: instances, hours: hours, dear: .median, late: .median, work: nil)
    }
    guard room > 0, fits(1) else { return 0 }
    if fits(room) { return room }
    var low = 1.0
    var high = room
    while high - low > 0.001 * low {
      let middle = (low + high) / 2
      if fits(middle) { low = middle } else { high = middle }
    }
    return low
  }

  /// Whether a run stays in the budget in a dear world, and in the deadline in a late one. Without a
  /// deadline the longest run considered is no promise to keep, and holds at the median.
  private func isAffordable(
    _ candidate: Candidate, instances: Int, hours: Double, dear: World, late: World,
    work: WorkSize?
  ) -> Bool {
    guard calendarHours(candidate, hours: hours) <= roomHours(candidate),
      let bill = bill(candidate, instances: instances, work: work)
    else { return false }
    if let deadline = scenario.deadline {
      let calendar = bill.amounts(hours: hours * late.slowness, late).calendarHours
      guard bill.lead.days(late) + calendar / 24 <= deadline.days else { return false }
    }
    return bill.amounts(hours: hours * dear.slowness, dear).cash <= spendingLimit(candidate)
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
