import Catalog
import Testing

@testable import Economics

@Suite("Commitments, finance, rent or buy")
struct FinanceTests {
  @Test("a commitment pays off above the share of its term that its discount leaves")
  func commitment() {
    let toy = Commitment(committedRate: 0.63, onDemandRate: 1, termHours: 8760)
    #expect(near(toy.breakEvenUtilisation, 0.63))
    #expect(abs(toy.dollarsPerUsedHour(usedHours: 2400) - 2.2995) < 1e-9)
    // Trillium at launch: 2.70, 1.89 and 1.22 dollars a chip-hour.
    let year = Commitment(committedRate: 1.89, onDemandRate: 2.70, termHours: 8760)
    let years = Commitment(committedRate: 1.22, onDemandRate: 2.70, termHours: 26_280)
    #expect(abs(year.breakEvenUtilisation - 0.700) < 5e-4)
    #expect(abs(years.breakEvenUtilisation - 0.452) < 5e-4)
    #expect(abs(years.breakEvenHours / 24 - 495) < 0.5)
    #expect(near(toy.dollars(usedHours: 2400, idleHourValue: 0.5), 0.63 * 8760 - 0.5 * 6360))
  }

  @Test("a take-or-pay bill is the promise or the discounted use, whichever is more")
  func agreement() throws {
    let deal = EnterpriseAgreement(commitDollars: 5e6, discount: 0.1)
    #expect(deal.bill(eligibleListDollars: 4e6, otherDollars: 1e6) == 6e6)
    #expect(near(deal.shortfall(eligibleListDollars: 4e6), 1.4e6))
    #expect(near(deal.bill(eligibleListDollars: 10e6, otherDollars: 0), 9e6))
    #expect(deal.shortfall(eligibleListDollars: 10e6) == 0)
    let catalog = try Catalog()
    func low(_ dollars: Double) -> Double? {
      EnterpriseAgreement.discountBand(commitDollars: dollars, catalog: catalog)?.value.low
    }
    #expect([9e5, 1e6, 5e6, 25e6, 26e6].map(low) == [nil, 0.05, 0.1, 0.1, 0.2])
  }

  @Test("equivalent annual cost, annuity and present value agree with textbook sums")
  func annualCost() {
    let cost = Finance.equivalentAnnualCost(
      price: 10e6, resale: 1e6, years: 5, rate: 0.1, yearlyUpkeep: 1.2e6)
    #expect(abs(cost - 3_674_177) < 1)
    #expect(abs(Finance.annuity(rate: 0.036, years: 5) - 4.50229) < 5e-6)
    #expect(Finance.annuity(rate: 0, years: 7) == 7)
    let flows = [10e6, 1.2e6, 1.2e6, 1.2e6, 1.2e6, 0.2e6]
    let value = Finance.netPresentValue(rate: 0.1, flows: flows)
    #expect(near(value / Finance.annuity(rate: 0.1, years: 5), cost))
    let payment = Finance.loanPayment(principal: 1000, rate: 0.05, periods: 3)
    #expect(
      near(Finance.netPresentValue(rate: 0.05, flows: [0, payment, payment, payment]), 1000))
    #expect(Finance.straightLineDepreciation(price: 10, resale: 1, years: 3) == 3)
    #expect(near(Finance.decliningBalance(price: 100, rate: 0.2, years: 2), 64))
  }

  @Test("an owned chip at 70% costs 2.136 dollars a useful hour and ties with rent at 59.25%")
  func ownedChip() throws {
    // 40,000 dollars, 4 years, a fifth left, 8%, maintenance 5%, 1.3 kW, PUE 1.25, 0.08 a kWh.
    let annual = Finance.equivalentAnnualCost(
      price: 40_000, resale: 8000, years: 4, rate: 0.08, yearlyUpkeep: 2000)
    #expect(abs(annual - 12_301) < 1)
    let chip = OwnedChip(
      fixedDollarsPerYear: annual, busyKilowatts: 1.3, powerUsageEffectiveness: 1.25, tariff: 0.08)
    #expect(abs(chip.fixedDollarsPerHour - 1.4043) < 5e-5)
    #expect(abs(chip.dollarsPerUsefulHour(utilisation: 0.7) - 2.136) < 5e-4)
    let tie = try #require(chip.breakEvenUtilisation(rentPerHour: 2.5))
    #expect(abs(tie - 0.5925) < 5e-5)
    #expect(near(chip.dollarsPerUsefulHour(utilisation: tie), 2.5))
    #expect(chip.breakEvenUtilisation(rentPerHour: 0.1) == nil)
    let idling = OwnedChip(
      fixedDollarsPerYear: 8760, busyKilowatts: 1, idleKilowatts: 0.5, powerUsageEffectiveness: 1,
      tariff: 0.1)
    #expect(near(idling.dollarsPerUsefulHour(utilisation: 0.5), 2.15))
  }

  @Test("net advantage to leasing is that of two textbook cases")
  func lease() {
    // After-tax cost of debt 5%: 5% / (1 - 34%) before tax.
    let small = LeaseComparison(
      price: 10_000, yearlyLease: 2500, years: 5, taxRate: 0.34, debtRate: 0.05 / 0.66)
    #expect(abs(small.netAdvantage + 87.68) < 0.01)
    var large = LeaseComparison(
      price: 5e6, yearlyLease: 600_000, years: 5, taxRate: 0.4, debtRate: 0.06)
    #expect(abs(large.netAdvantage - 1_578_257) < 5)
    large.salvage = 161_051
    large.salvageRate = 0.1
    large.avoidedUpkeep = 1000
    #expect(abs(large.netAdvantage - (1_578_257 - 100_000 + 600 * 4.50229)) < 5)
  }

  static let falls: [(Double, Double)] = [(2.07, 0.285), (2.46, 0.246), (2.95, 0.209)]

  @Test("a doubling time is a yearly fall in the price of the same work", arguments: falls)
  func fall(doubling: Double, yearly: Double) {
    let waiting = Waiting(costNow: 1, delayDollarsPerYear: 0.1, doublingYears: doubling)
    // 2.07 years give 28.46%.
    #expect(abs(waiting.yearlyFall - yearly) < 6e-4)
  }

  @Test("waiting pays for 1.539 years in the worked case, and not when delay is dear")
  func waiting() {
    var case1 = Waiting(costNow: 10e6, delayDollarsPerYear: 2e6, doublingYears: 2.07)
    #expect(abs(case1.bestYears - 1.539) < 5e-4)
    #expect(abs(case1.delayIsDear - 3.349e6) < 1e3)
    let best = case1.dollars(afterYears: case1.bestYears)
    #expect(best < case1.dollars(afterYears: case1.bestYears - 0.05))
    #expect(best < case1.dollars(afterYears: case1.bestYears + 0.05))
    case1.delayDollarsPerYear = 3.35e6
    #expect(case1.bestYears == 0)
  }
}
