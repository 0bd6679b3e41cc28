import Quantities

/// One amount of money on one day.
public struct Flow: Hashable, Sendable {
  public var date: CalendarDate
  public var term: CostTerm
  /// US dollars; positive is paid. For a recovery, positive is the value left.
  public var dollars: Double
  /// What it is for, in a few words.
  public var note: String
  /// Value left after the job, such as servers that can be sold or used again: it lowers the
  /// economic cost and never the cash, because the job's budget has spent it.
  public var isRecovery: Bool

  public init(
    date: CalendarDate, term: CostTerm, dollars: Double, note: String = "", isRecovery: Bool = false
  ) {
    self.date = date
    self.term = term
    self.dollars = dollars
    self.note = note
    self.isRecovery = isRecovery
  }
}

/// Everything a job pays, and what it has left afterwards, each on its day.
public struct CashFlow: Hashable, Sendable {
  public var flows: [Flow]

  public init(flows: [Flow] = []) {
    self.flows = flows
  }

  /// US dollars that leave the account; what is left after the job does not count against it.
  public var cash: Double {
    var sum = 0.0
    for flow in flows where !flow.isRecovery { sum += flow.dollars }
    return sum
  }

  /// US dollars the job uses up: cash less the discounted value of what is left.
  ///
  /// Amounts paid are *not* discounted, so that cash and economic cost differ only by what is left
  /// and a plan is not made to look cheap by paying late.
  ///
  /// - Parameters:
  ///   - discountRate: a year, as a fraction (0.09 is 9%); above -1.
  ///   - from: the day value is discounted to; years are of 365.25 days.
  public func economic(discountRate: Double, from: CalendarDate) -> Double {
    var sum = cash
    for flow in flows where flow.isRecovery {
      let days = Double(flow.date.daysSinceEpoch - from.daysSinceEpoch)
      sum -= flow.dollars / Elementary.power(1 + discountRate, days / HoursOf.daysAYear)
    }
    return sum
  }

  /// Cash by term in whole cents, in the order of `CostTerm`; the cents sum exactly to the total
  /// rounded to cents.
  ///
  /// Largest remainder (Hamilton's method): every term is rounded down, and the cents still missing
  /// go to the terms that lost most, the earlier term first when two lost the same.
  public var breakdown: [(term: CostTerm, cents: Int64)] {
    var sums = [Double?](repeating: nil, count: CostTerm.allCases.count)
    for flow in flows where !flow.isRecovery {
      sums[flow.term.position] = (sums[flow.term.position] ?? 0) + flow.dollars
    }
    let terms = CostTerm.allCases.filter { sums[$0.position] != nil }
    guard !terms.isEmpty else { return [] }
    let exact = terms.map { (sums[$0.position] ?? 0) * 100 }
    var cents = exact.map { Int64($0.rounded(.down)) }
    let lost = zip(exact, cents).map { $0 - Double($1) }
    let byLoss = terms.indices.sorted { (lost[$1], $0) < (lost[$0], $1) }
    var missing = Money(dollars: cash).cents - cents.reduce(0, +)
    var turn = 0
    while missing > 0 {
      cents[byLoss[turn % byLoss.count]] += 1
      missing -= 1
      turn += 1
    }
    // Sums in another order can differ in the last bit, so that a cent may be too many.
    while missing < 0 {
      cents[byLoss[byLoss.count - 1 - turn % byLoss.count]] -= 1
      missing += 1
      turn += 1
    }
    return Array(zip(terms, cents)).map { (term: $0.0, cents: $0.1) }
  }

  /// Cash by calendar month, ascending; months without a payment are left out.
  public var monthly: [(year: Int, month: Int, dollars: Double)] {
    var months: [(key: Int, dollars: Double)] = []
    for flow in flows.filter({ !$0.isRecovery }).sorted(by: { $0.date < $1.date }) {
      let parts = flow.date.parts
      let key = parts.year * 12 + parts.month - 1
      if let last = months.last, last.key == key {
        months[months.count - 1].dollars += flow.dollars
      } else {
        months.append((key, flow.dollars))
      }
    }
    return months.map { (year: $0.key / 12, month: $0.key % 12 + 1, dollars: $0.dollars) }
  }

  /// The flows of both.
  public static func + (left: CashFlow, right: CashFlow) -> CashFlow {
    CashFlow(flows: left.flows + right.flows)
  }
}
