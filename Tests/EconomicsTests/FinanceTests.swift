import Economics
import Testing

@Suite("Time value of money")
struct FinanceTests {
  @Test("equivalent annual cost: 10M over 5 years, 1M left, 10%, 1.2M a year is 3,674,177")
  func annualCost() {
    let cost = Finance.equivalentAnnualCost(
      price: 10e6, salvage: 1e6, years: 5, ratePerYear: 0.10, opexPerYear: 1.2e6)
    #expect(prints(cost, as: "3674177"))
  }

  @Test("net advantage to leasing is −87.68 in the textbook case")
  func leasing() {
    // A. J. Jacobson, "NPV analysis": 10,000 against 2,500 × 5, tax 34%, 5% after tax.
    let terms = Finance.LeaseTerms(
      price: 10_000, leasePerYear: 2500, years: 5, taxRate: 0.34, debtRatePerYear: 0.05 / 0.66)
    #expect(prints(Finance.netAdvantageToLeasing(terms), as: "-87.68"))
  }

  @Test("net advantage to leasing is 1,578,257 for 5M against 600,000 a year")
  func leasingLarge() {
    // tutorsglobe.com, question 52298317: tax 40%, debt 6%.
    let terms = Finance.LeaseTerms(
      price: 5e6, leasePerYear: 600_000, years: 5, taxRate: 0.4, debtRatePerYear: 0.06)
    #expect(prints(Finance.netAdvantageToLeasing(terms), as: "1578257"))
  }

  @Test("owner's costs and salvage move the advantage as they should")
  func leasingParts() {
    var terms = Finance.LeaseTerms(
      price: 100, leasePerYear: 20, years: 2, taxRate: 0, debtRatePerYear: 0)
    #expect(Finance.netAdvantageToLeasing(terms) == 60)
    terms.ownerOpexPerYear = 5
    #expect(Finance.netAdvantageToLeasing(terms) == 70)
    terms.salvageAfterTax = 30
    #expect(Finance.netAdvantageToLeasing(terms) == 40)
  }

  @Test("annuities, loans, present values and declining balances are the textbook's")
  func identities() {
    #expect(prints(Finance.annuityFactor(ratePerYear: 0.036, years: 5), as: "4.50229"))
    #expect(Finance.annuityFactor(ratePerYear: 0, years: 5) == 5)
    let payment = Finance.loanPayment(principal: 1000, ratePerPeriod: 0.01, periods: 12)
    #expect(prints(payment, as: "88.85"))
    #expect(Finance.loanPayment(principal: 1200, ratePerPeriod: 0, periods: 12) == 100)
    // 100 now and 110 a year on at 10% are 200 now.
    #expect(agree(Finance.netPresentValue([100, 110], ratePerYear: 0.1), 200))
    #expect(agree(Finance.decliningBalance(ratePerYear: 0.5, years: 3), 0.125))
  }

  @Test(
    "a chip of 40,000 kept 4 years costs 1.4043 an hour, 2.136 at 70% use, and rent 2.50 at 59%")
  func ownedHour() {
    // 20% left, 8%, maintenance 5% a year; 1.3 kW, PUE 1.25, 0.08 USD/kWh.
    let fixed = Finance.equivalentAnnualCost(
      price: 40_000, salvage: 8000, years: 4, ratePerYear: 0.08, opexPerYear: 2000)
    let owned = OwnedHour(fixedPerYear: fixed, busyEnergyPerHour: 1.3 * 1.25 * 0.08)
    #expect(prints(owned.fixedPerHour, as: "1.4043"))
    #expect(prints(owned.costPerUsefulHour(utilisation: 0.70), as: "2.136"))
    #expect(prints(owned.breakEvenUtilisation(rentPerHour: 2.5), as: "0.5925"))
    let tie = owned.breakEvenUtilisation(rentPerHour: 2.5) ?? 0
    #expect(agree(owned.costPerUsefulHour(utilisation: tie), 2.5))
    #expect(owned.breakEvenUtilisation(rentPerHour: 0.1) == nil)
  }

  @Test("idle power moves the break-even by what it costs, and the tie stays a tie")
  func idlePower() {
    let owned = OwnedHour(fixedPerYear: 8760, busyEnergyPerHour: 0.2, idleEnergyPerHour: 0.1)
    let tie = owned.breakEvenUtilisation(rentPerHour: 2.5, speedRatio: 0.9) ?? 0
    #expect(agree(owned.costPerUsefulHour(utilisation: tie), 2.5 * 0.9))
  }

  @Test("a one-year commitment at 37% off for 100 days costs 2.2995 on-demand rates an hour")
  func commitment() {
    let plan = CommitmentEconomics(committedRate: 0.63, onDemandRate: 1, termHours: 8760)
    #expect(agree(plan.relativeCost(usedHours: 2400), 2.2995))
    #expect(plan.breakEvenUtilisation == 0.63)
  }

  @Test("Trillium at launch: break-even use 0.700 and 0.452, three years pay after 495 days")
  func trillium() {
    // List at launch 2.70, 1.89 (1 year), 1.22 (3 years) USD a chip-hour (neowin.net, 2024-12).
    let one = CommitmentEconomics(committedRate: 1.89, onDemandRate: 2.70, termHours: 8760)
    let three = CommitmentEconomics(committedRate: 1.22, onDemandRate: 2.70, termHours: 26_280)
    #expect(prints(one.breakEvenUtilisation, as: "0.700"))
    #expect(prints(three.breakEvenUtilisation, as: "0.452"))
    #expect(prints(three.breakEvenHours / 24, as: "495"))
  }

  @Test("a spend commitment is paid whether reached or not")
  func takeOrPay() {
    let deal = SpendCommitment(committedDollars: 5e6, discount: 0.1)
    #expect(deal.bill(eligibleDollars: 4e6, otherDollars: 1e6) == 6e6)
    #expect(agree(deal.shortfall(eligibleDollars: 4e6), 1.4e6))
    #expect(deal.bill(eligibleDollars: 10e6) == 9e6)
    #expect(deal.shortfall(eligibleDollars: 10e6) == 0)
  }

  @Test("waiting pays until delay costs 3.349M a year; at 2M the best wait is 1.539 years")
  func waiting() {
    // 10M today, doubling in 2.07 years (Epoch 2022, machine-learning GPUs).
    var case1 = WaitingForCheaper(
      costTodayDollars: 10e6, doublingYears: 2.07, delayDollarsPerYear: 2e6)
    #expect(prints(case1.optimalYears, as: "1.539"))
    #expect(prints(case1.breakEvenDelayDollarsPerYear / 1e6, as: "3.349"))
    let best = case1.costDollars(afterYears: 1.539)
    #expect(case1.costDollars(afterYears: 1.4) > best && case1.costDollars(afterYears: 1.7) > best)
    case1.delayDollarsPerYear = 3.4e6
    #expect(case1.optimalYears == 0)
    case1.delayDollarsPerYear = 0
    #expect(case1.optimalYears == nil)
  }

  @Test("a rent that drifts down may rise all the same, and the chance says how likely")
  func drift() {
    let rent = RentDrift(driftPerYear: -0.28, logDeviationPerRootYear: 0.35)
    // Φ(−0.28/0.35) = Φ(−0.8) = 0.2119 (tables of the normal distribution).
    #expect(prints(rent.chanceOfRise(afterYears: 1), as: "0.2119"))
    #expect(agree(rent.factor(afterYears: 1, score: 0.8), 1))
    #expect(
      RentDrift(driftPerYear: 0.1, logDeviationPerRootYear: 0).chanceOfRise(afterYears: 1) == 1)
  }
}
