import Catalog
import Economics
import Quantities
import Testing

@Suite("Ownership cost")
struct OwnershipTests {
  private func outcome(
    chips: Int = 1024, hours: Double = 2160, choices: OwnershipChoices = OwnershipChoices()
  ) throws -> OwnershipOutcome {
    let (quote, assumptions) = try #require(Fixtures.h100(chips: chips, choices: choices))
    return try OwnershipCost.outcome(
      quote: quote, chips: chips, usefulHours: hours, start: Fixtures.start,
      assumptions: assumptions)
  }

  @Test(
    "a cluster of 1,024 H100 is 128 servers, 7 spares, its network, storage, tax and installation")
  func purchase() throws {
    let bill = try outcome().bill
    #expect(bill.servers == 128)
    #expect(bill.spares == 7)
    #expect(bill.serversDollars == 128 * 255_237)
    #expect(bill.sparesDollars == 7 * 255_237)
    #expect(bill.networkDollars == 1024 * 4248)
    #expect(bill.storageDollars == 1024 * 1783)
    #expect(agree(bill.salesTaxDollars, bill.hardwareDollars * 0.075))
    #expect(agree(bill.installationDollars, bill.hardwareDollars * 0.02))
    // 135 servers of 10.2 kW and 10% for the rest; load 0.75 on 128 of them, PUE 1.25.
    #expect(agree(bill.itKilowatts, 135 * 10.2 * 1.1))
    #expect(agree(bill.loadKilowatts, 128 * 10.2 * 1.1 * 0.75 * 1.25))
    #expect(agree(bill.colocationPerHour, 135 * 10.2 * 1.1 * 194.95 * 12 / 8760))
    #expect(agree(bill.staffPerHour, 1.024 * 11.7 * 200_000 / 8760))
  }

  @Test(
    "delivery, installation and burn-in come before the first useful hour, and the last two are paid"
  )
  func calendar() throws {
    let owned = try outcome()
    // 44 weeks, the middle of 4 to 12, and the middle of 3 to 6.
    #expect(agree(owned.bill.readyHours, (44 + 8 + 4.5) * 168))
    #expect(owned.readyDate == Fixtures.start.adding(days: 56.5 * 7))
    let space = owned.cashFlow.flows.filter { $0.term == .colocation }
    let paid = space.reduce(0) { $0 + $1.amountDollars }
    #expect(agree(paid, owned.bill.colocationPerHour * (12.5 * 168 + 2160)))
    #expect((space.map(\.date).min() ?? Fixtures.start) > Fixtures.start.adding(days: 44 * 7))
    let sooner = try outcome(choices: OwnershipChoices(leadTimeWeeks: 2))
    #expect(sooner.readyDate == owned.readyDate.adding(days: -42 * 7))
  }

  @Test("dated flows and scalars agree, and the breakdown sums to both")
  func agreement() throws {
    var random = SeededGenerator(seed: 21)
    var wrong: [Int] = []
    for trial in 0..<60 {
      let choices = OwnershipChoices(
        facility: Bool.random(using: &random) ? .colocation : .ownHall(lifeYears: 20),
        buysSoftware: Bool.random(using: &random),
        financedShare: Double.random(in: 0...1, using: &random), decommissioningDollars: 1e5,
        expectedUtilisation: 0.7)
      let hours = Double.random(in: 1...15_000, using: &random)
      let owned = try outcome(
        chips: Int.random(in: 1...40_000, using: &random), hours: hours, choices: choices)
      let flow = owned.cashFlow
      let bill = owned.bill
      for basis in CostBasis.allCases {
        let sum = flow.breakdown(basis).reduce(0) { $0 + $1.cents }
        if sum != flow.cents(basis) { wrong.append(trial) }
      }
      if !agree(flow.cashDollars, bill.cashDollars(usefulHours: hours))
        || !agree(flow.economicDollars, bill.incrementalDollars(usefulHours: hours), within: 1e-3)
        || flow.economicDollars > flow.cashDollars
        || flow.flows.contains(where: { $0.sourceIDs.isEmpty && $0.term != .decommissioning })
      {
        wrong.append(trial)
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("the price of the network follows the tiers a fabric of that size needs")
  func network() throws {
    let sizes = [16: 810.0, 17: 1883, 512: 1883, 513: 4248, 16_384: 4248, 16_385: 6613]
    for (chips, price) in sizes {
      let (_, assumptions) = try #require(Fixtures.h100(chips: chips))
      #expect(assumptions.networkDollarsPerChip?.value == price, "\(chips)")
    }
    #expect(ClosFabric.tiers(chips: 16) == 0)
    #expect(ClosFabric.switches(chips: 65_536) == 5120)
  }

  @Test("a term without a figure is left out by name with its reason, never taken as zero")
  func omissions() throws {
    let catalog = try #require(Fixtures.catalog)
    let quote = try #require(Fixtures.quote("mi300x-8gpu"))
    var chip = try #require(catalog.accelerator("mi300x"))
    chip.powerWatts = nil
    let choices = OwnershipChoices(electricityScope: "germany")
    let assumptions = OwnershipAssumptions(
      catalog: catalog, quote: quote, accelerator: chip, chips: 64, choices: choices)
    let owned = try OwnershipCost.outcome(
      quote: quote, chips: 64, usefulHours: 100, start: Fixtures.start, assumptions: assumptions)
    let named = owned.cashFlow.notIncluded
    #expect(named.contains { $0.term == .energy && $0.reason.contains("tariff") })
    #expect(named.contains { $0.term == .colocation && $0.reason.contains("power") })
    #expect(named.contains { $0.term == .integration })
    #expect(owned.energyKilowattHours == nil)
    #expect(owned.caveats.contains { $0.contains("delivery") })
    let dollars = OwnershipChoices(electricityScope: "germany", dollarsPerEuro: 1.1)
    let priced = OwnershipAssumptions(
      catalog: catalog, quote: quote, accelerator: chip, chips: 64, choices: dollars)
    #expect(agree(priced.electricityDollarsPerKilowattHour?.value, 0.233 * 1.1))
  }

  @Test("a quote without a price is refused")
  func unpriced() throws {
    let catalog = try #require(Fixtures.catalog)
    let quote = try #require(Fixtures.quote("mi355x-8gpu"))
    let chip = try #require(catalog.accelerator(quote.accelerator))
    let assumptions = OwnershipAssumptions(
      catalog: catalog, quote: quote, accelerator: chip, chips: 8)
    let refused = #expect(throws: Violations.self) {
      try OwnershipBill(quote: quote, chips: 8, assumptions: assumptions)
    }
    #expect(refused?.all.first?.code == "no_price")
  }

  @Test("the charge by usage over a whole life is the annuity's total, and halves at twice the use")
  func usage() throws {
    let choices = OwnershipChoices(expectedUtilisation: 0.35)
    let owned = try outcome(choices: choices)
    let usage = try #require(owned.usage)
    let double = try #require(
      owned.bill.usageCharge(usefulHours: 2160, utilisation: 0.7, lifeYears: usage.lifeYears))
    #expect(agree(usage.capitalDollars, 2 * double.capitalDollars))
    #expect(agree(usage.energyDollars, double.energyDollars))
    let life = owned.bill.usageCharge(usefulHours: 5 * 8760, utilisation: 1, lifeYears: 5)
    #expect(agree(life?.capitalDollars, 5 * owned.bill.capitalPerYear(lifeYears: 5)))
    // A single run of three months pays for far less by usage than if the cluster is then sold.
    #expect(usage.totalDollars < owned.cashFlow.economicDollars)
    // The chip's cost per useful hour is the same charge, spread.
    let hour = OwnedHour(owned.bill, lifeYears: 5).costPerUsefulHour(utilisation: 0.35)
    #expect(agree(hour * 1024 * 2160, usage.totalDollars))
  }

  @Test(
    "buying breaks even with a rent after some years, later at a lower rent, never at a low one")
  func breakEven() throws {
    let bill = try outcome().bill
    let high = try #require(
      OwnVersusRent.breakEvenYears(bill: bill, rentPerHour: 1024 * 5, utilisation: 0.8))
    let lower = try #require(
      OwnVersusRent.breakEvenYears(bill: bill, rentPerHour: 1024 * 3.5, utilisation: 0.8))
    #expect(high < lower)
    #expect(OwnVersusRent.breakEvenYears(bill: bill, rentPerHour: 900, utilisation: 0.8) == nil)
  }

  @Test("buying costs less when a server does, and the worth left never exceeds the price")
  func monotone() throws {
    let (quote, assumptions) = try #require(Fixtures.h100(chips: 256))
    var random = SeededGenerator(seed: 9)
    var wrong: [Double] = []
    for _ in 0..<2000 {
      var first = assumptions
      first.serverDollars?.value = Double.random(in: 1e4...1e6, using: &random)
      var second = first
      second.serverDollars?.value /= 2
      let hours = Double.random(in: 0...40_000, using: &random)
      let full = try OwnershipBill(quote: quote, chips: 256, assumptions: first)
      let half = try OwnershipBill(quote: quote, chips: 256, assumptions: second)
      if half.cashDollars(usefulHours: hours) > full.cashDollars(usefulHours: hours)
        || half.incrementalDollars(usefulHours: hours) > full.incrementalDollars(usefulHours: hours)
        || full.valueLeftDollars(usefulHours: hours) > full.hardwareDollars
      {
        wrong.append(hours)
      }
    }
    #expect(wrong.isEmpty)
  }

  @Test("residual value passes through the rows, falls between them, and keeps falling past them")
  func residual() throws {
    let catalog = try #require(Fixtures.catalog)
    let curve = try #require(ResidualValue(catalog: catalog))
    #expect(curve.fraction(ageYears: 0) == 1)
    #expect(agree(curve.fraction(ageYears: 1), 0.65))
    #expect(agree(curve.fraction(ageYears: 3), 0.35))
    // The middle of a geometric fall is the geometric mean.
    #expect(agree(curve.fraction(ageYears: 2.5), (0.45 * 0.35).squareRoot()))
    // From 0.20 to 0.15 in the fifth year, so to 0.1125 in the sixth.
    #expect(agree(curve.fraction(ageYears: 6), 0.1125))
    #expect(agree(curve.fraction(ageYears: 3, score: -1.2815515655), 0.25))
    #expect(agree(curve.fraction(ageYears: 3, score: 1.2815515655), 0.38))
    let decay = ResidualValue(ordersOfMagnitudePerYear: 0.14)
    #expect(prints(decay.fraction(ageYears: 1), as: "0.7244"))
    #expect(agree(decay.fraction(ageYears: 2.5), decay.fraction(ageYears: 5).squareRoot()))
  }
}
