import Quantities

/// One dated, labelled movement of money.
public struct Flow: Hashable, Sendable {
  /// Whether the amount leaves (or enters) the account, or is worth that remains.
  public enum Kind: String, Sendable {
    /// Money paid (positive) or received (negative).
    case cash
    /// What is still owned at that date (negative): it lowers the economic cost, not the cash.
    case valueLeft
  }

  public var date: CalendarDate
  public var term: CostTerm
  public var kind: Kind
  /// US dollars; positive costs, negative comes back.
  public var amountDollars: Double
  /// How the amount came to be, for `plan explain`.
  public var note: String
  /// Catalogue ids of the figures it rests on.
  public var sourceIDs: [String]

  public init(
    _ date: CalendarDate, _ term: CostTerm, _ amountDollars: Double, kind: Kind = .cash,
    note: String = "", sourceIDs: [String] = []
  ) {
    self.date = date
    self.term = term
    self.kind = kind
    self.amountDollars = amountDollars
    self.note = note
    self.sourceIDs = sourceIDs
  }
}

/// Which of the two costs is meant; they are never mixed.
public enum CostBasis: String, CaseIterable, Sendable {
  /// What leaves the account because of the job.
  case cash
  /// What the job uses up: cash less the discounted value of what is left.
  case economic
}

/// One term of a breakdown in whole cents.
public struct CostLine: Hashable, Sendable {
  public var term: CostTerm
  public var cents: Int64

  /// US dollars.
  public var dollars: Double { Double(cents) / 100 }
}

/// Every dated flow of a job, from which all its costs derive.
///
/// Cash counts every payment the job binds the payer to, those that fall due after the job's end
/// (the rest of a commitment) included; `cashDollars(through:)` is what has left the account by a
/// day. The economic cost is cash at face value less the value left, discounted from the day it can
/// be realised to the flow's start.
///
///     var flow = CashFlow(start: today, end: today.adding(days: 30), tenure: .rent)
///     flow.add(Flow(today, .acceleratorRent, 1_000_000))
///     flow.cents(.cash)  // 100000000
public struct CashFlow: Hashable, Sendable {
  /// The day money starts to be counted from.
  public var start: CalendarDate
  /// The day the job ends.
  public var end: CalendarDate
  public var tenure: Tenure
  /// Per year, as a fraction: 0.08.
  public var discountRatePerYear: Double
  /// In the order added.
  public private(set) var flows: [Flow] = []
  /// Terms looked for and left out, with the reason.
  public private(set) var omissions: [OmittedTerm] = []

  public init(
    start: CalendarDate, end: CalendarDate, tenure: Tenure, discountRatePerYear: Double = 0
  ) {
    self.start = start
    self.end = end
    self.tenure = tenure
    self.discountRatePerYear = discountRatePerYear
  }

  /// Adds a flow; an amount of exactly zero is dropped, because it says nothing.
  public mutating func add(_ flow: Flow) {
    guard flow.amountDollars != 0 else { return }
    flows.append(flow)
  }

  /// Adds flows in order.
  public mutating func add(_ added: some Sequence<Flow>) {
    for flow in added { add(flow) }
  }

  /// Records a term that has no figure; the first reason given stays.
  public mutating func omit(_ omitted: OmittedTerm) {
    guard !omissions.contains(where: { $0.term == omitted.term }) else { return }
    omissions.append(omitted)
  }

  /// Adds the flows and omissions of another part of the same job.
  public mutating func merge(_ other: CashFlow) {
    add(other.flows)
    for omitted in other.omissions { omit(omitted) }
    end = max(end, other.end)
  }
}

extension CashFlow {
  /// All payments of the job, US dollars.
  public var cashDollars: Double {
    flows.reduce(0) { $1.kind == .cash ? $0 + $1.amountDollars : $0 }
  }

  /// What has left the account by the end of a day, US dollars.
  public func cashDollars(through day: CalendarDate) -> Double {
    flows.reduce(0) { $1.kind == .cash && $1.date <= day ? $0 + $1.amountDollars : $0 }
  }

  /// Cash less the discounted value of what is left, US dollars.
  public var economicDollars: Double {
    flows.reduce(0) { $0 + amount($1, .economic) }
  }

  /// Either cost, US dollars.
  public func dollars(_ basis: CostBasis) -> Double {
    basis == .cash ? cashDollars : economicDollars
  }

  /// Either cost in whole cents, rounded once at the end of the sum.
  public func cents(_ basis: CostBasis) -> Int64 {
    Money(dollars: dollars(basis)).cents
  }

  /// Present value at the start of every flow, value left included, at an annual rate.
  ///
  /// `Σ CF / (1 + r)^t` with t in years of 365.25 days.
  public func presentValueDollars(ratePerYear: Double) -> Double {
    flows.reduce(0) { sum, flow in
      let factor = Finance.discountFactor(ratePerYear: ratePerYear, years: years(to: flow.date))
      return sum + flow.amountDollars * factor
    }
  }

  /// The cost by term, in the order of `CostTerm`, in whole cents that sum exactly to `cents`.
  ///
  /// Each term is rounded down and the missing cents go to the terms with the largest remainders
  /// (Hamilton's method), so that no line is off by more than one cent.
  public func breakdown(_ basis: CostBasis) -> [CostLine] {
    var sums: [CostTerm: Double] = [:]
    for flow in flows where basis == .economic || flow.kind == .cash {
      sums[flow.term, default: 0] += amount(flow, basis)
    }
    let terms = sums.keys.sorted()
    let amounts = terms.map { sums[$0] ?? 0 }
    let cents = CentAllocation.largestRemainder(amounts, totalCents: self.cents(basis))
    return zip(terms, cents).map { CostLine(term: $0, cents: $1) }
  }

  /// Payments by calendar month, every month from the first flow to the last, gaps as zero.
  public func monthlyCash() -> [(year: Int, month: Int, dollars: Double)] {
    let cash = flows.filter { $0.kind == .cash }
    func index(_ date: CalendarDate) -> Int {
      let parts = date.parts
      return parts.year * 12 + parts.month - 1
    }
    guard let first = cash.map(\.date).min(), let last = cash.map(\.date).max() else { return [] }
    let base = index(first)
    var sums = [Double](repeating: 0, count: index(last) - base + 1)
    for flow in cash { sums[index(flow.date) - base] += flow.amountDollars }
    return sums.enumerated().map { offset, dollars in
      ((base + offset) / 12, (base + offset) % 12 + 1, dollars)
    }
  }

  /// Every term of the checklist without a figure here, each with its reason: those left out on
  /// purpose, then those nobody gave a figure for.
  public var notIncluded: [OmittedTerm] {
    let present = Set(flows.map(\.term))
    let named = Set(omissions.map(\.term))
    let silent = CostTerm.allCases.filter {
      $0.applies(to: tenure) && !present.contains($0) && !named.contains($0)
    }
    let rest = silent.compactMap { term in
      term.standingOmission.map { OmittedTerm(term, $0) }
    }
    return (omissions.filter { !present.contains($0.term) } + rest).sorted { $0.term < $1.term }
  }

  private func amount(_ flow: Flow, _ basis: CostBasis) -> Double {
    guard flow.kind == .valueLeft else { return flow.amountDollars }
    guard basis == .economic else { return 0 }
    let years = years(to: flow.date)
    return flow.amountDollars
      * Finance.discountFactor(ratePerYear: discountRatePerYear, years: years)
  }

  private func years(to date: CalendarDate) -> Double {
    Double(date.daysSinceEpoch - start.daysSinceEpoch) / Finance.daysPerYear
  }
}

/// Splits a rounded total over terms so that the parts sum to it exactly.
enum CentAllocation {
  /// Whole cents for amounts in dollars: each rounded down, the rest by largest remainder, ties to
  /// the earlier term.
  static func largestRemainder(_ dollars: [Double], totalCents: Int64) -> [Int64] {
    guard !dollars.isEmpty else { return [] }
    let exact = dollars.map { $0 * 100 }
    var cents = exact.map { Int64($0.rounded(.down)) }
    let missing = Int(totalCents - cents.reduce(0, +))
    let ranked = exact.indices.sorted { left, right in
      let leftRest = exact[left] - exact[left].rounded(.down)
      let rightRest = exact[right] - exact[right].rounded(.down)
      return leftRest == rightRest ? left < right : leftRest > rightRest
    }
    // Missing lies in 0...count up to the rounding of sums of doubles; cycling covers even that.
    let step: Int64 = missing >= 0 ? 1 : -1
    for turn in 0..<abs(missing) {
      let place = turn % ranked.count
      cents[step > 0 ? ranked[place] : ranked[ranked.count - 1 - place]] += step
    }
    return cents
  }
}
