import Catalog
import Quantities

/// What actual tokens and money are held against: what the chips can do at their peak, and what was
/// planned.
extension Actuals {
  /// Tokens that the chips can't have trained, and money beyond ten budgets, with the slip that
  /// explains them.
  func impossible(against option: SavedOption) -> [Fault] {
    var faults: [Fault] = []
    for week in weeks {
      if let tokens = week.tokens, let peak = option.peakTokensPerDay, tokens > peak * 7 {
        let share = Decimals.fixed(tokens / (peak * 7) * 100, 0)
        faults.append(
          Fault(
            file: file, line: week.tokensLine, column: "tokens",
            message:
              "\(Count.short(tokens)) in a week are \(share) % of what the plan's chips do at "
              + "their peak\(Self.slip(tokens, near: option.tokensPerWeek, Count.short))"))
      }
      let most = 10 * max(option.budgetDollars, option.cash.p90)
      if abs(week.dollars) > most {
        faults.append(
          Fault(
            file: file, line: week.spendLine, column: "usd",
            message: "\(Money(dollars: week.dollars).short) in a week are more than ten times the "
              + "whole plan"
              + Self.slip(abs(week.dollars), near: option.dollarsPerWeek) {
                Money(dollars: $0).short
              }))
      }
    }
    return faults
  }

  /// Weeks that can be, but are far from what was planned.
  func doubts(against option: SavedOption) -> [String] {
    var doubts: [String] = []
    let fastest = option.tokens / option.runDays.p10 * 7
    for week in weeks {
      if let tokens = week.tokens, tokens > 2 * fastest {
        doubts.append(
          "Check the week of \(week.start.iso): \(Count.short(tokens)) tokens are "
            + "\(Decimals.fixed(tokens / fastest, 1)) times the fastest that was planned"
            + Self.slip(tokens, near: option.tokensPerWeek, Count.short) + ".")
      }
      if abs(week.dollars) > 4 * option.dearestWeek {
        doubts.append(
          "Check the week of \(week.start.iso): \(Money(dollars: week.dollars).short) are "
            + "\(Decimals.fixed(abs(week.dollars) / option.dearestWeek, 1)) times the dearest week of "
            + "the plan.")
      }
    }
    doubts += unevenWeeks(fastest: fastest)
    let trained = weeks.compactMap(\.tokens).reduce(0, +)
    doubts += cheapTokens(trained, against: option)
    if trained > 1.2 * option.tokens {
      doubts.append(
        "Check the tokens: \(Count.short(trained)) are more than the \(Count.short(option.tokens)) of "
          + "the plan.")
    }
    if let first = weeks.first, let last = weeks.last {
      let early = option.start.daysSinceEpoch - first.start.daysSinceEpoch
      let late = last.start.daysSinceEpoch - option.finish.daysSinceEpoch
      if early > 730 || late > 1460 {
        doubts.append(
          "Check the dates: the weeks go from \(first.start.iso) to \(last.start.iso), the plan from "
            + "\(option.start.iso) to \(option.finish.iso).")
      }
    }
    return doubts
  }

  /// Weeks within what the plan can do, but far above the others: a slip of the decimal point looks so.
  private func unevenWeeks(fastest: Double) -> [String] {
    let trained = weeks.filter { ($0.tokens ?? 0) > 0 }
    guard trained.count > 1 else { return [] }
    return trained.enumerated().compactMap { place, week -> String? in
      guard let tokens = week.tokens, tokens <= 2 * fastest else { return nil }
      let others = trained.indices.filter { $0 != place }.compactMap { trained[$0].tokens }.sorted()
      let usual = others[others.count / 2]
      guard tokens > 5 * usual else { return nil }
      return "Check the week of \(week.start.iso): \(Count.short(tokens)) tokens are "
        + "\(Decimals.fixed(tokens / usual, 1)) times those of the other weeks"
        + Self.slip(tokens, near: usual, Count.short, "the other weeks") + "."
    }
  }

  /// Money that is far too little for what was trained: an amount, or tokens, that slipped.
  private func cheapTokens(_ trained: Double, against option: SavedOption) -> [String] {
    let spent = weeks.map(\.dollars).reduce(0, +)
    let share = min(1, trained / option.tokens)
    let planned = option.cash.p10 * share
    // What is paid in arrears comes up to two months later.
    guard share > 0.2, spent > 0, spent < planned / 20 else { return [] }
    return [
      "Check tokens and money: \(Count.short(trained)) tokens for \(Money(dollars: spent).short), "
        + "where the plan pays \(Money(dollars: planned).short) at least for as many."
    ]
  }

  /// `; 820B?` where a slip of the decimal point would explain a value.
  private static func slip(
    _ value: Double, near planned: Double, _ shown: (Double) -> String, _ what: String = "the plan"
  ) -> String {
    for factor in [10.0, 100, 1000, 1e6] where (0.3...2.5).contains(value / factor / planned) {
      return "; a slip of the decimal point? \(shown(value / factor)) would be near \(what)"
    }
    return ""
  }
}

extension SavedOption {
  /// Tokens a week of the median run.
  var tokensPerWeek: Double { tokens / runDays.p50 * 7 }

  /// US dollars a week of the median run.
  var dollarsPerWeek: Double { cash.p50 / runDays.p50 * 7 }

  /// US dollars of the week in which the plan pays most; what is paid ahead falls into one.
  var dearestWeek: Double {
    var byDay: [CalendarDate: Double] = [:]
    for payment in payments { byDay[payment.date, default: 0] += payment.dollars }
    return max(dollarsPerWeek, byDay.values.max() ?? 0)
  }
}
