import Economics
import Quantities

/// What each cost term comes to when a run ends.
struct TrackedBill {
  /// How a term grows when a run goes slower than planned.
  enum Growth {
    /// With every day: paid as it is used.
    case daily
    /// In terms paid ahead: what is planned, and more of it for a longer run.
    case ahead
    /// Not at all.
    case once
  }

  private let option: SavedOption
  private let actuals: Actuals
  private let tokens: Double
  private let asOf: CalendarDate

  init(_ actuals: Actuals, _ option: SavedOption, tokens: Double, asOf: CalendarDate) {
    (self.actuals, self.option, self.tokens, self.asOf) = (actuals, option, tokens, asOf)
  }

  static func growth(_ term: CostTerm, _ option: SavedOption) -> Growth {
    switch term {
    case .acceleratorRent, .minimumTermRounding, .idleCommitment:
      option.purchase.committedHours != nil
        ? .once : term.isPaidAhead(option.purchase) ? .ahead : .daily
    case .colocation, .energy, .staff, .maintenance, .software, .objectStorage,
      .checkpointStorage, .supportPlan, .taxes:
      .daily
    default: .once
    }
  }

  /// The share of the tokens that is still to be trained.
  private var left: Double { max(0, 1 - tokens / option.tokens) }

  /// US dollars a term comes to at a speed; nil where the run never ends.
  ///
  /// - Parameters:
  ///   - actual: spent by now.
  ///   - planned: of the whole run.
  private func forecast(
    _ growth: Growth, actual: Double, planned: Double, rate: Double
  ) -> Double? {
    if growth == .once { return max(actual, planned) }
    guard left > 0 else { return growth == .ahead ? max(actual, planned) : actual }
    guard rate > 0 else { return nil }
    let slowness = option.tokens / option.runDays.p50 / rate
    switch growth {
    case .daily: return actual + planned * left * slowness
    case .ahead, .once: return max(actual, planned * max(1, lengthening(rate)))
    }
  }

  /// How many times as long as planned the run takes.
  private func lengthening(_ rate: Double) -> Double {
    let began = actuals.weeks.first { ($0.tokens ?? 0) > 0 }?.start
    let gone = began.map { Double(asOf.daysSinceEpoch - $0.daysSinceEpoch) } ?? 0
    return (gone + left * option.tokens / rate) / option.runDays.p50
  }

  /// Every term planned or spent on.
  func terms(at rate: Percentiles) -> [TrackedTerm] {
    CostTerm.allCases.compactMap { term in
      let planned = option.breakdown[term]
      let spent = actuals.weeks.compactMap { $0.spend[term] }
      guard planned != nil || !spent.isEmpty else { return nil }
      let actual = spent.reduce(0, +)
      let growth = Self.growth(term, option)
      func at(_ rate: Double) -> Double? {
        forecast(growth, actual: actual, planned: planned ?? 0, rate: rate)
      }
      return TrackedTerm(
        term: term, planned: planned ?? 0,
        plannedToDate: option.dollars(term, until: asOf), actual: actual,
        forecast: at(rate.p50) ?? .infinity, forecastLow: at(rate.p90) ?? .infinity,
        forecastHigh: at(rate.p10))
    }
  }

  /// The whole bill. Without terms, what is paid once is taken to have been paid as planned.
  func total(at rate: Percentiles) -> (p10: Double, p50: Double, p90: Double?) {
    if actuals.hasTerms {
      let terms = terms(at: rate)
      let highs = terms.compactMap(\.forecastHigh)
      return (
        terms.map(\.forecastLow).reduce(0, +), terms.map(\.forecast).reduce(0, +),
        highs.count == terms.count ? highs.reduce(0, +) : nil
      )
    }
    let actual = actuals.weeks.map(\.dollars).reduce(0, +)
    func at(_ rate: Double) -> Double? {
      var sum = actual
      for (term, planned) in option.breakdown.sorted(by: { $0.key < $1.key }) {
        let paid = option.dollars(term, until: asOf)
        let growth = Self.growth(term, option)
        let spent = growth == .daily ? 0 : paid
        guard let whole = forecast(growth, actual: spent, planned: planned, rate: rate) else {
          return nil
        }
        sum += whole - spent
      }
      return sum
    }
    return (at(rate.p90) ?? .infinity, at(rate.p50) ?? .infinity, at(rate.p10))
  }
}
