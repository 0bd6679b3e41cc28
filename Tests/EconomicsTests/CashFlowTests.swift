import Economics
import Quantities
import Testing

@Suite("Cash flow")
struct CashFlowTests {
  private func flow(_ amounts: [(CostTerm, Double)]) -> CashFlow {
    var flow = CashFlow(
      start: Fixtures.start, end: Fixtures.start.adding(days: 90), tenure: .own,
      discountRatePerYear: 0.08)
    for (term, amount) in amounts { flow.add(Flow(Fixtures.start, term, amount)) }
    return flow
  }

  @Test("a breakdown shares out the cents so that its lines sum to the total")
  func thirds() {
    let third = 1.0 / 3
    let flow = flow([(.servers, third), (.network, third), (.spares, third)])
    #expect(flow.cents(.cash) == 100)
    #expect(flow.breakdown(.cash).map(\.cents) == [34, 33, 33])
    #expect(flow.breakdown(.cash).map(\.term) == [.servers, .spares, .network])
  }

  @Test("breakdowns of thousands of random flows sum to their totals to the cent")
  func sums() {
    var random = SeededGenerator(seed: 11)
    let sizes: [Double] = [1e-3, 1, 1e4, 1e9]
    var wrong: [Int] = []
    for trial in 0..<4000 {
      var flow = flow([])
      for _ in 0..<Int.random(in: 1...12, using: &random) {
        let term = CostTerm.allCases.randomElement(using: &random) ?? .servers
        let size = sizes.randomElement(using: &random) ?? 1
        let amount = Double.random(in: -1...3, using: &random) * size
        let day = Fixtures.start.adding(days: Double.random(in: 0...700, using: &random))
        let kind: Flow.Kind = Bool.random(using: &random) ? .cash : .valueLeft
        flow.add(Flow(day, term, amount, kind: kind))
      }
      for basis in CostBasis.allCases {
        let lines = flow.breakdown(basis)
        let sum = lines.reduce(0) { $0 + $1.cents }
        if sum != flow.cents(basis) && !lines.isEmpty { wrong.append(trial) }
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("value left lowers the economic cost by its discounted worth and never the cash")
  func valueLeft() {
    var flow = flow([(.servers, 1000)])
    let year = CalendarDate(daysSinceEpoch: Fixtures.start.daysSinceEpoch + 1461)
    flow.add(Flow(year, .residualValue, -400, kind: .valueLeft))
    #expect(flow.cashDollars == 1000)
    // Four years of 365.25 days: 400 / 1.08⁴ = 294.012.
    #expect(prints(flow.economicDollars, as: "705.988"))
    #expect(flow.breakdown(.cash).map(\.term) == [.servers])
    #expect(flow.breakdown(.economic).map(\.cents) == [100_000, -29_401])
  }

  @Test("monthly series and cash through a day agree with the flows")
  func monthly() {
    var flow = flow([(.servers, 10)])
    flow.add(Flow(Fixtures.start.adding(days: 70), .energy, 5))
    let months = flow.monthlyCash()
    #expect(months.map(\.dollars) == [10, 0, 5])
    #expect(months.map(\.month) == [1, 2, 3])
    #expect(months.first?.year == 2027)
    #expect(flow.cashDollars(through: Fixtures.start.adding(days: 69)) == 10)
    #expect(flow.cashDollars(through: Fixtures.start.adding(days: 70)) == 15)
  }

  @Test("present value discounts every flow: 1,200 a year hence at 10% is 1,090.84")
  func presentValue() {
    var flow = flow([])
    let days = CalendarDate(daysSinceEpoch: Fixtures.start.daysSinceEpoch + 366)
    flow.add(Flow(days, .staff, 1200))
    // 366 days are 1.002053 years: 1200 / 1.1^1.002053 = 1090.696.
    #expect(prints(flow.presentValueDollars(ratePerYear: 0.1), as: "1090.70"))
    #expect(flow.presentValueDollars(ratePerYear: 0) == 1200)
  }

  @Test("a term without a figure is named with a reason, and only where it can occur")
  func notIncluded() {
    var owned = flow([(.servers, 1)])
    owned.omit(OmittedTerm(.energy, "no tariff"))
    owned.omit(OmittedTerm(.energy, "second reason"))
    let named = owned.notIncluded
    #expect(named.first { $0.term == .energy }?.reason == "no tariff")
    #expect(named.contains { $0.term == .decommissioning })
    #expect(!named.contains { $0.term == .servers || $0.term == .acceleratorRent })
    #expect(named.allSatisfy { !$0.reason.isEmpty })
    let rented = CashFlow(start: Fixtures.start, end: Fixtures.start, tenure: .rent)
    #expect(!rented.notIncluded.contains { $0.term == .servers })
  }

  @Test("machine names of terms are unique words in snake case")
  func names() {
    let isSnake = CostTerm.allCases.allSatisfy { term in
      term.rawValue.allSatisfy { $0 == "_" || ($0.isLetter && $0.isLowercase) }
    }
    #expect(isSnake)
    #expect(Set(CostTerm.allCases.map(\.label)).count == CostTerm.allCases.count)
    #expect(CostTerm.acceleratorRent.rawValue == "accelerator_rent")
  }
}
