import Catalog
import Economics
import Quantities
import Testing
import Workload

@testable import Planning

@Suite("A bill in closed form")
struct OptionBillTests {
  @Test("comes to what the dated flows come to, for every offer and quote under hard terms")
  func flows() throws {
    let catalog = try Catalog()
    var scenario = Scenario(budgetDollars: 1e9, start: CalendarDate(daysSinceEpoch: 20_736))
    scenario.overheads.stacksInUse = [.gpu]
    scenario.overheads.supportFraction = 0.05
    scenario.overheads.cloudTaxFraction = 0.1
    scenario.overheads.checkpointsKept = 3
    scenario.renting.spotMeanHours = 40
    scenario.renting.spotGapHours = 5
    scenario.renting.idleValueFraction = 0.4
    scenario.renting.gapHours = 12
    scenario.renting.promisedDollars = ["aws": 3e6]
    let maker = BillMaker(
      scenario: scenario, catalog: catalog, ownership: .standard(from: catalog),
      rest: RestOfBill(scenario, catalog: catalog))
    let work = WorkSize(parameters: 7e9, tokens: 2e12)
    var compared = 0
    for candidate in Candidate.all(in: catalog, scenario: scenario) {
      guard let bill = maker.bill(candidate, instances: 4, work: work) else { continue }
      for hours in [3.0, 170, 1000, 5000, 9000, 30_000] {
        let flows = try #require(
          maker.flows(candidate, instances: 4, hours: hours, work: work))
        let amounts = bill.amounts(hours: hours)
        let economic = flows.economic(
          discountRate: scenario.discountRate, from: scenario.start)
        let what: Comment = "\(candidate.id(chips: 1)) \(hours)"
        #expect(abs(amounts.cash / flows.cash - 1) < 1e-9, what)
        #expect(abs(amounts.economic / economic - 1) < 1e-9, what)
        let calendar = maker.calendarHours(
          candidate, chips: 4 * candidate.chipsPerInstance, hours: hours)
        #expect(abs(amounts.calendarHours / calendar - 1) < 1e-12, what)
        compared += 1
      }
    }
    #expect(compared > 1500)
  }
}
