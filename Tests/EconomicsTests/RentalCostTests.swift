import Catalog
import Quantities
import Testing

@testable import Economics

@Suite("Rental cost")
struct RentalCostTests {
  private func dollars(_ flow: CashFlow, _ term: CostTerm) -> Double {
    flow.flows.filter { $0.term == term }.map(\.dollars).reduce(0, +)
  }

  @Test("a block is paid on its first day, work and rounding apart")
  func block() throws {
    let flow = try #require(
      RentalCost.cashFlow(
        offer: offer(.capacityBlock, payment: .upfront), instances: 4, usefulHours: 15 * 24,
        start: day(10)))
    // 15 days and half an hour become 16, sold as 21 days: 504 h at 40 dollars an hour.
    #expect(flow.cash == 20_160)
    #expect(dollars(flow, .acceleratorRent) == 14_400)
    #expect(dollars(flow, .minimumTermRounding) == 5760)
    #expect(flow.flows.allSatisfy { $0.date == day(10) })
  }

  @Test("chained blocks are each paid when they start")
  func chain() throws {
    let flow = try #require(
      RentalCost.cashFlow(
        offer: offer(.capacityBlock, payment: .upfront, maxTermHours: 4368), instances: 1,
        usefulHours: 5000, start: day(1)))
    #expect(Set(flow.flows.map(\.date)) == [day(1), day(183)])
    #expect(near(dollars(flow, .acceleratorRent), 50_000))
    // 632.5 h are left for the second: 27 days, sold as 28.
    #expect(near(flow.cash, 10 * (4368 + 28 * 24)))
  }

  @Test("a commitment is owed for its whole term, month by month, its unused rest apart")
  func commitment() throws {
    let flow = try #require(
      RentalCost.cashFlow(
        offer: offer(.commitment, payment: .monthly, minTermHours: 8760), instances: 1,
        usefulHours: 100 * 24, start: day(1)))
    #expect(near(flow.cash, 87_600))
    #expect(near(dollars(flow, .acceleratorRent), 24_000))
    #expect(near(dollars(flow, .idleCommitment), 63_600))
    #expect(flow.monthly.count == 12)
    #expect(near(flow.monthly[1].dollars, 28 * 240))
  }

  @Test("hours used are paid in arrears, on the month's last day or the job's")
  func arrears() throws {
    let flow = try #require(
      RentalCost.cashFlow(
        offer: offer(.none), instances: 2, usefulHours: 40 * 24, start: day(20)))
    #expect(flow.flows.map(\.date) == [day(31), day(59)])
    #expect(flow.flows.map(\.term) == [.acceleratorRent, .acceleratorRent])
    #expect(flow.flows.map(\.dollars) == [12 * 480, 28 * 480])
  }

  @Test("an offer without a price has no cost, and neither have hours out of reach")
  func unpriced() {
    let unpriced = offer(.none, price: nil)
    #expect(RentalCost.cashDollars(offer: unpriced, instances: 1, usefulHours: 1) == nil)
    for hours in [-1, Double.nan, 1e9] {
      #expect(
        RentalCost.cashFlow(offer: offer(.none), instances: 1, usefulHours: hours, start: day(1))
          == nil)
      #expect(
        RentalCost.cashDollars(offer: offer(.none), instances: 1, usefulHours: hours) == nil)
    }
  }

  @Test("the closed form equals the sum of the flows, for every offer of the catalogue")
  func closedForm() throws {
    let offers = try Catalog().offers
    var random = Seeded(state: 1)
    var compared = 0
    for round in 0..<12 {
      for offer in offers {
        let hours = Double.random(in: 0...1, using: &random)
        // Short runs, runs of months, runs of years.
        let useful = hours * [30.0, 2500, 30_000][round % 3]
        let instances = Int.random(in: 1...400, using: &random)
        let closed = RentalCost.cashDollars(
          offer: offer, instances: instances, usefulHours: useful)
        let flow = RentalCost.cashFlow(
          offer: offer, instances: instances, usefulHours: useful, start: day(round * 37))
        #expect((closed == nil) == (flow == nil))
        guard let closed, let flow else { continue }
        compared += 1
        #expect(near(closed, flow.cash))
        let worked = (offer.usdPerInstanceHour ?? 0) * Double(instances) * useful
        #expect(near(dollars(flow, .acceleratorRent), worked, relative: 1e-3))
        #expect(dollars(flow, .minimumTermRounding) >= 0)
      }
    }
    #expect(compared > 3000)
  }
}
