import RealModule

/// Why no amount, or no price, is an answer.
public enum NoAnswer: String, Hashable, Sendable, CaseIterable {
  /// The largest cluster in its longest term ends too late at any money.
  case tooSlow = "too_slow"
  /// More than twenty budgets.
  case beyondTwentyBudgets = "beyond_20_budgets"
  /// What a refusal loses would have to be made up by more work than its caps allow.
  case grant
}

/// Least cash for given work: an amount, or why there is none.
public enum LeastBudget: Hashable, Sendable {
  case usd(Double)
  case none(NoAnswer)

  public var usd: Double? {
    if case .usd(let amount) = self { return amount }
    return nil
  }
}

/// Questions with the work given, solved per outcome the other way round.
extension Sizer {
  /// Beyond so many budgets an amount is no answer.
  public static let mostBudgets = 20.0

  /// The least budget that keeps the chance for some work, given the grant: over sizes and terms the
  /// least of the `⌈chance · outcomes⌉`-th smallest bill. The budget asked is not a limit here.
  ///
  /// - Parameter value: the work, in the measure that options are compared in.
  public func leastBudget(
    _ candidate: Candidate, value: Double, _ question: Question
  ) -> LeastBudget {
    let work = candidate.curve.work(value)
    guard let (_, cash) = best(.cash(work: work), candidate, question), cash > -.infinity
    else { return .none(.tooSlow) }
    return -cash <= Self.mostBudgets * question.budgetUsd
      ? .usd(-cash) : .none(.beyondTwentyBudgets)
  }

  /// The factor on the candidate's price up to which it does some work for the budget at the chance
  /// asked, given the grant: 0 when it can't at any price.
  public func priceFactor(_ candidate: Candidate, value: Double, _ question: Question) -> Double {
    best(.priceFactor(work: candidate.curve.work(value)), candidate, question)?.1 ?? 0
  }

  /// Of sizes and terms that keep the chance for some work, that with the least mean cash. For
  /// chains requests are followed until one is refused.
  ///
  /// Nil when none keeps it; `closest` then says how near it comes.
  public func cheapest(
    _ candidate: Candidate, value: Double, _ question: Question
  ) -> Cheapest? {
    let needed = Selection.rank(question.chance, of: table.count)
    return tried(candidate, candidate.curve.work(value), question)
      .filter { $0.chance * Double(table.count) >= Double(needed) - 0.5 }
      .min { $0.meanCashUsd < $1.meanCashUsd }
  }

  /// The size and terms with the greatest chance of keeping budget and deadline for some work.
  public func closest(
    _ candidate: Candidate, value: Double, _ question: Question
  ) -> Cheapest? {
    // It only says how near an option comes that won't be chosen: a tile of outcomes finds the size.
    let few = trials(
      candidate, Self.choices(candidate), candidate.curve.work(value), question,
      first: min(table.count, Shortlist.rounds[0]))
    let near = few.map(\.summary).max {
      ($0.chance, -$0.meanCashUsd) < ($1.chance, -$1.meanCashUsd)
    }
    guard let near else { return nil }
    return trials(
      candidate, [near.choice], candidate.curve.work(value), question, first: table.count
    ).first?.summary
  }

  private func tried(
    _ candidate: Candidate, _ work: Double, _ question: Question
  ) -> [Cheapest] {
    var left = Self.choices(candidate)
    for count in Shortlist.rounds where count * 2 <= table.count && left.count > 1 {
      let trials = trials(candidate, left, work, question, first: count)
      left = Self.likely(trials, question.chance, count)
    }
    var found: [Cheapest] = []
    for group in stride(from: 0, to: left.count, by: 16) {
      let choices = Array(left[group..<min(group + 16, left.count)])
      found += trials(candidate, choices, work, question, first: table.count).map(\.summary)
    }
    return found
  }

  private struct Trial {
    var summary: Cheapest
    var errorUsd: Double
  }

  private func trials(
    _ candidate: Candidate, _ choices: [Choice], _ work: Double, _ question: Question, first: Int
  ) -> [Trial] {
    var sums = choices.map { _ in RunSums() }
    var columns = LoadedColumns(candidate, question, table)
    var runs = Runs()
    for range in tiles where range.lowerBound < first {
      columns.load(candidate, question, table, range.clamped(to: 0..<first))
      for (place, choice) in choices.enumerated() {
        runs.clear()
        columns.append(work, candidate, choice, to: &runs)
        sums[place].add(runs)
      }
    }
    return zip(choices, sums).map { choice, sums in
      Trial(
        summary: Cheapest(choice: choice, meanCashUsd: sums.meanUsd, chance: sums.chance),
        errorUsd: sums.errorUsd)
    }
  }

  /// Those that may keep the chance, without those surely dearer than one that surely keeps it.
  private static func likely(_ trials: [Trial], _ chance: Double, _ count: Int) -> [Choice] {
    let ends = Selection.bracket(chance, of: count, deviations: Shortlist.deviations)
    let error = Shortlist.deviations
    let dearest =
      trials.filter { $0.summary.chance >= ends.high && ends.high < 1 }
      .map { $0.summary.meanCashUsd + error * $0.errorUsd }.min() ?? .infinity
    return trials.filter {
      $0.summary.chance >= ends.low
        && !($0.summary.meanCashUsd - error * $0.errorUsd > dearest)
    }.map(\.summary.choice)
  }
}
