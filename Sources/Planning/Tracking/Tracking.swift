import Economics
import Quantities
import Uncertainty

/// Actual spend and tokens against a saved plan: where the run stands, and what it comes to.
///
/// Speed is forecast by a normal prior, the plan's own range of days turned into tokens a day,
/// updated with the mean of the weeks observed (conjugate normal model; Gelman et al., Bayesian Data
/// Analysis, 3rd ed., section 2.5). How far weeks scatter is taken from the weeks themselves, with
/// the plan's range as one more of them. Costs that grow with time follow the speed, costs that are
/// paid once are at least what the plan says.
public struct Tracking: Sendable {
  public var option: SavedOption
  public var hasTerms: Bool
  public var weeks: [TrackedWeek]
  /// The first day that is not known yet.
  public var asOf: CalendarDate
  public var tokens: Double
  public var tokensPlanned: Double
  public var dollars: Double
  public var dollarsPlanned: Double
  /// Tokens a day as the plan has it, so far, and in time to come.
  public var plannedRate: Double
  public var actualRate: Double?
  public var rate: Percentiles
  /// The last day of training; nil at a percentile at which it never ends.
  public var finish: (p10: CalendarDate, p50: CalendarDate, p90: CalendarDate?)
  /// The run's cash when it ends, US dollars; a nil percentile has no bound.
  public var cash: (p10: Double, p50: Double, p90: Double?)
  /// By term in the order of the bill; empty when actual spend has no terms.
  public var terms: [TrackedTerm]
  public var notes: [String]

  /// Days the median forecast lies behind the plan; negative when ahead.
  public var daysLate: Int { finish.p50.daysSinceEpoch - option.finish.daysSinceEpoch }
}

/// One week, planned and actual.
public struct TrackedWeek: Hashable, Sendable {
  public var start: CalendarDate
  public var plannedDollars: Double
  public var dollars: Double
  public var plannedTokens: Double
  /// Nil before training began.
  public var tokens: Double?
}

/// One cost term, US dollars.
public struct TrackedTerm: Hashable, Sendable {
  public var term: CostTerm
  /// The plan's median for the whole run, and by now.
  public var planned: Double
  public var plannedToDate: Double
  public var actual: Double
  /// What it comes to when the run ends.
  public var forecast: Double
  public var forecastLow: Double
  /// Nil when there is no bound.
  public var forecastHigh: Double?

  /// What was spent more than planned by now.
  public var variance: Double { actual - plannedToDate }
}

extension Tracking {
  /// Compares what happened with an option of a saved plan.
  public init(_ actuals: Actuals, against option: SavedOption) {
    let asOf = actuals.weeks.last?.end ?? option.start
    self.option = option
    self.asOf = asOf
    hasTerms = actuals.hasTerms
    weeks = actuals.weeks.map { week in
      TrackedWeek(
        start: week.start,
        plannedDollars: option.dollars(until: week.end) - option.dollars(until: week.start),
        dollars: week.dollars,
        plannedTokens: option.tokens(until: week.end) - option.tokens(until: week.start),
        tokens: week.tokens)
    }
    tokens = actuals.weeks.compactMap(\.tokens).reduce(0, +)
    tokensPlanned = option.tokens(until: asOf)
    dollars = actuals.weeks.map(\.dollars).reduce(0, +)
    dollarsPlanned = option.dollars(until: asOf)
    let speed = RunSpeed(actuals, option)
    plannedRate = speed.planned.p50
    actualRate = speed.observed
    rate = speed.forecast
    let left = max(0, option.tokens - tokens)
    let begin = max(asOf, tokens > 0 ? asOf : option.start)
    func end(_ rate: Double) -> CalendarDate? {
      guard left > 0 else { return actuals.weeks.last { ($0.tokens ?? 0) > 0 }?.end }
      guard rate > 0, left / rate < 100_000 else { return nil }
      return begin.adding(days: left / rate)
    }
    let middle = end(rate.p50) ?? begin.adding(days: 100_000)
    finish = (end(rate.p90) ?? middle, middle, end(rate.p10))
    let bill = TrackedBill(actuals, option, tokens: tokens, asOf: asOf)
    terms = actuals.hasTerms ? bill.terms(at: rate) : []
    cash = bill.total(at: rate)
    notes = []
    notes = actuals.doubts(against: option) + self.remarks
  }

  /// What to know beside the figures.
  private var remarks: [String] {
    var remarks: [String] = []
    if tokens == 0 { remarks.append("No tokens yet: the speed is the plan's.") }
    if tokens >= option.tokens { remarks.append("All tokens are trained: the run is at its end.") }
    if cash.p50 > option.budgetDollars {
      remarks.append(
        "The forecast is over the budget of \(Money(dollars: option.budgetDollars).short).")
    } else if cash.p90.map({ $0 > option.budgetDollars }) ?? true {
      remarks.append(
        "The upper end of the forecast is over the budget of "
          + "\(Money(dollars: option.budgetDollars).short).")
    }
    if let deadline = option.deadline, finish.p50 > deadline {
      remarks.append("The forecast is past the deadline, \(deadline.iso).")
    }
    if option.purchase.committedHours != nil, finish.p50 > option.finish {
      remarks.append(
        "Commitments are forecast as planned; a run that outlasts them needs more capacity.")
    }
    return remarks
  }
}

extension SavedOption {
  /// US dollars a term has cost by a day in the plan: what grows with the run's days as the run has
  /// gone, whenever its bill is paid, and every other term as it is paid.
  func dollars(_ term: CostTerm, until day: CalendarDate) -> Double {
    if TrackedBill.growth(term, self) == .daily {
      return breakdown[term, default: 0] * tokens(until: day) / tokens
    }
    return payments.filter { $0.term == term && $0.date < day }.map(\.dollars).reduce(0, +)
  }

  /// US dollars of all terms.
  func dollars(until day: CalendarDate) -> Double {
    breakdown.keys.sorted().map { dollars($0, until: day) }.reduce(0, +)
  }

  /// Tokens the plan has trained before a day, evenly over the median run.
  func tokens(until day: CalendarDate) -> Double {
    let days = Double(day.daysSinceEpoch - start.daysSinceEpoch)
    return tokens * min(1, max(0, days / runDays.p50))
  }
}

/// How fast the run goes, tokens a day.
struct RunSpeed {
  var planned: Percentiles
  /// Mean of the weeks since training began; nil before.
  var observed: Double?
  /// Mean of the days to come.
  var forecast: Percentiles

  /// Standard deviations from the middle of a normal distribution to its 90th percentile.
  static let deviationsToP90 = 1.281_551_565_544_600_4

  init(_ actuals: Actuals, _ option: SavedOption) {
    let planned = Percentiles(
      p10: option.tokens / option.runDays.p90, p50: option.tokens / option.runDays.p50,
      p90: option.tokens / option.runDays.p10)
    let prior = max(
      (planned.p90 - planned.p10) / (2 * Self.deviationsToP90), planned.p50 * 0.001)
    let began = actuals.weeks.firstIndex { ($0.tokens ?? 0) > 0 } ?? actuals.weeks.count
    let rates = actuals.weeks.dropFirst(began).map { ($0.tokens ?? 0) / 7 }
    self.planned = planned
    guard !rates.isEmpty else {
      forecast = planned
      return
    }
    let count = Double(rates.count)
    let mean = rates.reduce(0, +) / count
    observed = mean
    let squares = rates.map { ($0 - mean) * ($0 - mean) }.reduce(0, +)
    let scatter = (squares + prior * prior) / count
    let precision = 1 / (prior * prior) + count / scatter
    let middle = (planned.p50 / (prior * prior) + mean * count / scatter) / precision
    let left = max(0, option.tokens - actuals.weeks.compactMap(\.tokens).reduce(0, +))
    let weeksLeft = max(1, left / max(middle, planned.p50 * 1e-6) / 7)
    forecast = Self.percentiles(
      mean: middle, deviation: (1 / precision + scatter / weeksLeft).squareRoot(),
      most: option.peakTokensPerDay)
  }
  /// Percentiles of a normal distribution cut off at standstill, and at the chips' peak where that is
  /// known: a range that holds what can't be would make costs and dates that can't be.
  static func percentiles(mean: Double, deviation: Double, most: Double?) -> Percentiles {
    let low = NormalDistribution.cumulative(-mean / deviation)
    let high = most.map { NormalDistribution.cumulative(($0 - mean) / deviation) } ?? 1
    func at(_ chance: Double) -> Double {
      let score = NormalDistribution.quantile(low + chance * (high - low))
      return min(most ?? .infinity, max(mean * 1e-6, mean + deviation * score))
    }
    return Percentiles(p10: at(0.1), p50: at(0.5), p90: at(0.9))
  }
}
