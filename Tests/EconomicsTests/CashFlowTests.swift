import Quantities
import Testing

@testable import Economics

@Suite("Cash flows")
struct CashFlowTests {
  @Test("what is left lowers economic cost, discounted, and never cash")
  func recovery() {
    let flow = CashFlow(flows: [
      Flow(date: day(1), term: .servers, dollars: 1000),
      Flow(date: day(400), term: .staff, dollars: 200),
      Flow(
        date: CalendarDate(daysSinceEpoch: day(1).daysSinceEpoch + 1461), term: .residualValue,
        dollars: 500, isRecovery: true),
    ])
    #expect(flow.cash == 1200)
    #expect(flow.economic(discountRate: 0, from: day(1)) == 700)
    // Four years at 10%: 1461 days are exactly 4 x 365.25.
    #expect(near(flow.economic(discountRate: 0.1, from: day(1)), 1200 - 500 / 1.4641))
  }

  @Test("the cents of a breakdown sum exactly to the rounded total, each within a cent of its term")
  func exactSum() {
    var random = Seeded(state: 42)
    for _ in 0..<5000 {
      let count = Int.random(in: 1...26, using: &random)
      let scale = [0.01, 1, 1e4, 5e7][Int.random(in: 0...3, using: &random)]
      let flow = CashFlow(
        flows: (0..<count).map { _ in
          Flow(
            date: day(1), term: CostTerm.allCases.randomElement(using: &random) ?? .servers,
            dollars: Double.random(in: 0...scale, using: &random),
            isRecovery: Int.random(in: 0...9, using: &random) == 0)
        })
      let breakdown = flow.breakdown
      #expect(breakdown.reduce(0) { $0 + $1.cents } == Money(dollars: flow.cash).cents)
      #expect(breakdown.map(\.term) == breakdown.map(\.term).sorted())
      for (term, cents) in breakdown {
        let exact = flow.flows.filter { $0.term == term && !$0.isRecovery }.map(\.dollars)
        #expect(abs(exact.reduce(0, +) * 100 - Double(cents)) <= 1.0001)
      }
    }
  }

  @Test("missing cents go to the terms that lost most, the earlier one first")
  func largestRemainder() {
    let flow = CashFlow(flows: [
      Flow(date: day(1), term: .egress, dollars: 0.333_3),
      Flow(date: day(1), term: .servers, dollars: 0.333_3),
      Flow(date: day(1), term: .energy, dollars: 0.333_4),
    ])
    #expect(flow.breakdown.map(\.term) == [.servers, .energy, .egress])
    #expect(flow.breakdown.map(\.cents) == [33, 34, 33])
    #expect(CashFlow().breakdown.isEmpty)
  }

  @Test("months are summed in order, whatever the order of the flows")
  func monthly() {
    let flow = CashFlow(flows: [
      Flow(date: day(365), term: .staff, dollars: 4),
      Flow(date: day(366), term: .staff, dollars: 5),
      Flow(date: day(1), term: .staff, dollars: 1), Flow(date: day(31), term: .staff, dollars: 2),
      Flow(date: day(32), term: .servers, dollars: 3, isRecovery: true),
    ])
    #expect(flow.monthly.map(\.year) == [2026, 2026, 2027])
    #expect(flow.monthly.map(\.month) == [1, 12, 1])
    #expect(flow.monthly.map(\.dollars) == [3, 4, 5])
  }
}
