import Testing

@testable import Catalog
@testable import Economics

@Suite("Owning over a life")
struct OwnershipLifeTests {
  /// A chip of 40,000 dollars with 20% left after 4 years, as in the worked case of rent or buy:
  /// maintenance 2,000 a year of 8,766 hours, 0.13 dollars of energy an hour, 8%.
  private var worked: OwnershipLife? {
    get throws {
      let catalog = try Catalog()
      let quote = try #require(catalog.quotes.first { $0.id == "hgx-h100-8gpu" })
      let chip = try #require(catalog.accelerator("h100-sxm"))
      var figures = OwnershipFigures(
        quote: quote, accelerator: chip, chips: 8, assumptions: OwnershipAssumptions())
      figures.dollarsPerServer = 320_000
      figures.leadWeeks = nil
      figures.residualFractions = ResidualCurve([nil, nil, nil, 0.2])
      var life = OwnershipLife(figures: figures, chips: 8, discountRate: 0.08)
      life?.standingPerHour = 2000 / 8766
      life?.energyPerHour = 0.13
      return life
    }
  }

  @Test(
    "a chip of 40,000 dollars costs 12,301 a year, and ties with a rent of 2.50 near 59% of use")
  func workedCase() throws {
    let life = try #require(try worked)
    // EAC 10,301 and 2,000 (facts of rent or buy: fixed 1.4043 an hour of a year of 8,760 hours).
    let yearly = life.fixedDollarsPerYear(lifeYears: 4)
    #expect(near(yearly, 1.4043 * 8760, relative: 1e-4))
    #expect(
      near(life.dollarsPerUsefulHour(utilisation: 0.7, lifeYears: 4), 2.136, relative: 1e-3))
    let tie = try #require(life.breakEvenUtilisation(rentPerHour: 2.5, lifeYears: 4))
    #expect(near(tie, 0.5925, relative: 1e-3))
    #expect(near(life.dollarsPerUsefulHour(utilisation: tie, lifeYears: 4), 2.5))
    #expect(life.breakEvenUtilisation(rentPerHour: 0.1, lifeYears: 4) == nil)
    let chargeAtTie = life.usageDollars(chipHours: 1000, utilisation: tie, lifeYears: 4)
    #expect(near(chargeAtTie, 2500))
  }

  @Test("at the utilisation that ties over four years, buying breaks even after four years")
  func years() throws {
    let life = try #require(try worked)
    let tie = try #require(life.breakEvenUtilisation(rentPerHour: 2.5, lifeYears: 4))
    let years = try #require(life.breakEvenYears(rentPerHour: 2.5, utilisation: tie))
    #expect(near(years, 4, relative: 1e-6))
    let busier = try #require(life.breakEvenYears(rentPerHour: 2.5, utilisation: 0.95))
    #expect(busier < years)
    #expect(life.breakEvenYears(rentPerHour: 0.3, utilisation: 0.5) == nil)
  }

  @Test("what is paid before the first hour of work counts against buying")
  func ramp() throws {
    let catalog = try Catalog()
    let quote = try #require(catalog.quotes.first { $0.id == "hgx-h100-8gpu" })
    let chip = try #require(catalog.accelerator("h100-sxm"))
    var figures = OwnershipFigures(
      quote: quote, accelerator: chip, chips: 1024, assumptions: .standard(from: catalog))
    let slow = try #require(OwnershipLife(figures: figures, chips: 1024, discountRate: 0.08))
    figures.installWeeks = 0
    figures.burnInWeeks = 0
    let fast = try #require(OwnershipLife(figures: figures, chips: 1024, discountRate: 0.08))
    #expect(near(slow.rampYears, 12.5 * 168 / 8766))
    #expect(fast.rampYears == 0)
    #expect(fast.onceDollars < slow.onceDollars)
    let late = try #require(slow.breakEvenYears(rentPerHour: 5, utilisation: 0.8))
    let soon = try #require(fast.breakEvenYears(rentPerHour: 5, utilisation: 0.8))
    #expect(soon < late)
  }
}

@Suite("Chains of terms")
struct ChainTests {
  private let conditions = ChainConditions(restartHours: 2, gapHours: 36, queueWaitHours: 10)

  @Test("a second block waits out the gap and pays its restart")
  func blocks() {
    let offer = offer(.capacityBlock, payment: .upfront)
    let term = TermRule.capacityBlock.billed(
      usefulHours: 4377.5, offer: offer, conditions: conditions)
    #expect(term.segments == 2)
    #expect(term.restartHours == 2)
    #expect(term.billedHours == 4392)
    #expect(term.calendarHours == 4416)
    let flow = RentalCost.cashFlow(
      offer: offer, instances: 1, usefulHours: 4377.5, start: day(0), conditions: conditions)
    #expect(flow?.flows.map(\.date).max() == day(183))
    #expect(flow?.cash == 43_920)
    let rent = flow?.flows.filter { $0.term == .acceleratorRent }.map(\.dollars).reduce(0, +)
    #expect(near(rent ?? 0, 43_795))
  }

  @Test("each flex-start request waits, and each after the first pays a restart")
  func requests() {
    let term = TermRule.flexStart.billed(
      usefulHours: 400, offer: offer(.flexStart), conditions: conditions)
    #expect(term.segments == 3)
    #expect(term.billedHours == 404)
    #expect(term.calendarHours == 434)
  }

  @Test("a commitment runs on into the next without gap or restart")
  func commitment() {
    let offer = offer(.commitment, purchase: .commit1Year, minTermHours: 8760)
    let term = TermRule.commitment.billed(usefulHours: 9000, offer: offer, conditions: conditions)
    #expect(term.billedHours == 17_520)
    #expect(term.heldHours == 9000)
  }

  @Test("work whose restarts fill every term has no price, and a single term needs no restart")
  func endless() {
    let slow = ChainConditions(restartHours: 200)
    let offer = offer(.flexStart)
    #expect(
      RentalCost.cashDollars(offer: offer, instances: 1, usefulHours: 400, conditions: slow) == nil)
    #expect(
      RentalCost.cashDollars(offer: offer, instances: 1, usefulHours: 100, conditions: slow)
        == 1000)
  }

  @Test("under any conditions longer work is never billed less, ends no sooner, and flows sum up")
  func properties() {
    var random = Seeded(state: 19)
    var wrong: [String] = []
    for _ in 0..<4000 {
      let rule = TermRule.allCases.randomElement(using: &random) ?? .none
      let payment: PaymentSchedule = Bool.random(using: &random) ? .upfront : .monthly
      let offer = offer(rule, payment: payment, purchase: .commit1Year)
      let conditions = ChainConditions(
        restartHours: Double.random(in: 0...12, using: &random),
        gapHours: Double.random(in: 0...100, using: &random),
        queueWaitHours: Double.random(in: 0...100, using: &random))
      let hours = Double.random(in: 0.1...9000, using: &random)
      let longer = hours + Double.random(in: 0...200, using: &random)
      let first = rule.billed(usefulHours: hours, offer: offer, conditions: conditions)
      let second = rule.billed(usefulHours: longer, offer: offer, conditions: conditions)
      if second.billedHours < first.billedHours - 1e-6 { wrong.append("\(rule) bills less") }
      if second.calendarHours < first.calendarHours - 1e-6 { wrong.append("\(rule) ends sooner") }
      if first.billedHours < first.heldHours - 1e-6 { wrong.append("\(rule) bills too little") }
      let flow = RentalCost.cashFlow(
        offer: offer, instances: 2, usefulHours: hours, start: day(0), conditions: conditions)
      if !near(flow?.cash ?? 0, 20 * first.billedHours) { wrong.append("\(rule) flows") }
      if flow?.flows.contains(where: { $0.dollars < 0 }) != false { wrong.append("\(rule) sign") }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(3))")
  }
}

@Suite("Spot with a deadline")
struct SpotFallbackTests {
  private let spot = SpotRun(
    interruptions: Interruptions(meanHours: 2, stallHours: 120 / 3600, restartHours: 600 / 3600),
    gapHours: 1)

  private func run(_ deadline: Double) -> SpotRun.WithFallback? {
    spot.withFallback(
      cleanHours: 1000, onDemandWallPerUsefulHour: 1.02, setupHours: 3, hoursToDeadline: deadline)
  }

  @Test("the change-over comes just in time: no slack is left, and the work is all done")
  func justInTime() throws {
    let split = try #require(run(1300))
    #expect(near(split.calendarHours, 1300))
    let done = split.hoursOnSpot / spot.calendarPerCleanHour
    #expect(near((1000 - done) * 1.02 + 3, split.onDemandBilledHours))
    #expect(near(done * spot.billedPerCleanHour, split.spotBilledHours))
    let left = 1000 - done
    let due = SpotRun.mustFallBack(
      remainingHours: left + 1e-6, onDemandWallPerUsefulHour: 1.02, setupHours: 3,
      hoursToDeadline: 1300 - split.hoursOnSpot)
    #expect(due)
  }

  @Test("a late deadline needs no change-over, a deadline too early can't be met")
  func ends() {
    #expect(run(5000)?.onDemandBilledHours == 0)
    #expect(run(1022) == nil)
    #expect(run(1023)?.hoursOnSpot == 0)
  }

  @Test("a rent that drifts down may rise all the same, and the chance says how likely")
  func drift() {
    let rent = RentDrift(driftPerYear: -0.28, logDeviation: 0.35)
    // Φ(-0.8) = 0.2119, from tables of the normal distribution.
    #expect(near(rent.chanceOfRise(afterYears: 1), 0.2119, relative: 1e-4))
    #expect(near(rent.factor(afterYears: 1, score: 0.8), 1))
    #expect(RentDrift(driftPerYear: 0.1, logDeviation: 0).chanceOfRise(afterYears: 1) == 1)
    #expect(RentDrift(driftPerYear: -0.1, logDeviation: 0).chanceOfRise(afterYears: 1) == 0)
  }
}

@Suite("Share of the time at which owning ties with renting")
struct BreakEvenUseTests {
  // F / (s·p − e), with F = 2.71 and e = 0.156 US dollars an owned chip-hour, worked by hand.
  @Test(
    "is the fixed cost over what an hour's work would rent for less its energy",
    arguments: [
      (1.22, 4.40, 0.52), (1.89, 3.50, 0.42), (2.587, 2.68, 0.40), (5.40, 0.99, 0.52),
      (7.09, 1.15, 0.34),
    ])
  func share(_ rent: Double, _ speed: Double, _ expected: Double) throws {
    let chip = OwnedChip(
      fixedDollarsPerYear: 2.71 * 8760, busyKilowatts: 0.156, powerUsageEffectiveness: 1,
      tariff: 1)
    let found = try #require(chip.breakEvenUtilisation(rentPerHour: rent, speedRatio: speed))
    #expect(abs(found - 2.71 / (speed * rent - 0.156)) < 1e-12)
    #expect((found * 100).rounded() == expected * 100)
  }
}
