import Quantities

/// How the options are listed; no part of the scenario, so nothing here asks for another plan.
struct ViewSettings: Hashable, Sendable {
  var costKind: CostKind = .economic
  /// What stands for values that are not known exactly.
  var percentile: Percentile = .p50
  var unit: CostUnit = .total
  /// Whether options that are ruled out have rows.
  var showsRuledOut = true
  /// Whether options that differ in place only have a row each.
  var showsPlaces = false
  var sort: SortKey = .rank
  /// Whether the order is the other way round.
  var isReversed = false
  /// Words that options must have to be shown.
  var filter = Filter("")
}

/// What a cost is divided by.
enum CostUnit: String, Hashable, Sendable, CaseIterable {
  case total, compute, tokens, day

  /// The next one, round and round.
  var next: CostUnit {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// What it is called in titles.
  var title: String {
    switch self {
    case .total: "total"
    case .compute: "per 1e21 FLOP"
    case .tokens: "per billion tokens"
    case .day: "per day"
    }
  }

  /// The heading of its column.
  var heading: String {
    switch self {
    case .total: "COST"
    case .compute: "$/1e21FLOP"
    case .tokens: "$/B TOKENS"
    case .day: "$/DAY"
    }
  }
}

/// What options are ordered by.
enum SortKey: String, Hashable, Sendable, CaseIterable {
  case rank, cost, days, loss, chips, mfu, fits, evidence, name

  /// The next one, round and round.
  var next: SortKey {
    let all = Self.allCases
    return all[((all.firstIndex(of: self) ?? 0) + 1) % all.count]
  }

  /// The order of two options, ties by rank; what is not known comes last either way.
  func precedes(
    _ left: PlanFace.Option, _ right: PlanFace.Option, _ view: ViewSettings
  ) -> Bool {
    func byRank() -> Bool { (left.rank ?? .max) < (right.rank ?? .max) }
    if self == .name || self == .evidence {
      let (first, second) = (text(left), text(right))
      guard first != second else { return byRank() }
      return view.isReversed ? first > second : first < second
    }
    switch (value(left, view), value(right, view)) {
    case (let first?, let second?):
      guard first != second else { return byRank() }
      return view.isReversed ? first > second : first < second
    case (.some, nil): return true
    case (nil, .some): return false
    case (nil, nil): return byRank()
    }
  }

  private func text(_ option: PlanFace.Option) -> String {
    self == .name ? option.title.lowercased() : option.evidence
  }

  /// What is compared: the better the smaller.
  private func value(_ option: PlanFace.Option, _ view: ViewSettings) -> Double? {
    switch self {
    case .rank: option.rank.map(Double.init)
    case .cost: option.cost(view)?[view.percentile].dollars
    case .days: option.days?[view.percentile]
    case .loss: option.loss?[view.percentile]
    case .chips: option.chips.map(Double.init)
    case .mfu: option.utilization.map { -$0[view.percentile] }
    case .fits: option.chance.map { -$0 }
    case .name, .evidence: nil
    }
  }
}

/// Words an option must have, in any order and case; a word after `!` it must not have.
struct Filter: Hashable, Sendable {
  let text: String
  private let wanted: [String]
  private let unwanted: [String]

  init(_ text: String) {
    self.text = text
    let words = text.lowercased().split(separator: " ").map(String.init)
    wanted = words.filter { !$0.hasPrefix("!") }
    unwanted = words.filter { $0.hasPrefix("!") }.map { String($0.dropFirst()) }
      .filter { !$0.isEmpty }
  }

  var isEmpty: Bool { wanted.isEmpty && unwanted.isEmpty }

  func matches(_ option: PlanFace.Option) -> Bool {
    guard !isEmpty else { return true }
    let words = [
      option.id, option.route.rawValue, option.title, option.evidence, option.reason ?? "",
    ]
    let text = words.joined(separator: " ").lowercased()
    return wanted.allSatisfy { text.contains($0) } && !unwanted.contains { text.contains($0) }
  }
}

extension PlanFace.Option {
  /// The cost of the kind and in the unit that are looked at; nil where either is not known.
  func cost(_ view: ViewSettings) -> PlanFace.CostRange? {
    guard let cost = cost(view.costKind) else { return nil }
    let divisor: Double?
    switch view.unit {
    case .total: return cost
    case .compute: divisor = flops.map { $0 / 1e21 }
    case .tokens: divisor = tokens.map { $0 / 1e9 }
    case .day: divisor = days?.p50
    }
    guard let divisor, divisor > 0 else { return nil }
    func divided(_ amount: Money) -> Money { Money(dollars: amount.dollars / divisor) }
    return PlanFace.CostRange(
      p10: divided(cost.p10), p50: divided(cost.p50), p90: divided(cost.p90))
  }
}
