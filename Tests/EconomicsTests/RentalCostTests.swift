import Catalog
import Economics
import Quantities
import Testing

@Suite("Rental cost")
struct RentalCostTests {
  private func quote(
    _ id: String, chips: Int, hours: Double, policy: RentalPolicy = RentalPolicy()
  ) throws -> RentalQuote {
    let offer = try #require(Fixtures.offer(id))
    return try RentalCost.quote(
      offer: offer, chips: chips, wantedHours: hours, start: Fixtures.start, policy: policy)
  }

  @Test("a Capacity Block is paid in full on the first day, its rounding as a line of its own")
  func block() throws {
    let quote = try quote("t/block", chips: 30, hours: 54 * 24)
    #expect(quote.holding.instances == 2)
    #expect(quote.cashFlow.cashDollars == 86_016)
    #expect(quote.cashFlow.cashDollars(through: Fixtures.start) == quote.cashFlow.cashDollars)
    let lines = quote.cashFlow.breakdown(.cash)
    #expect(lines.map(\.term) == [.acceleratorRent, .minimumTermRounding])
    #expect(lines.map(\.dollars) == [82_944, 3072])
    #expect(quote.cashFlow.end == Fixtures.start.adding(days: 54))
    #expect(quote.caveats.isEmpty)
  }

  @Test("a block of a whole UltraServer loses an hour, not half an hour")
  func ultraServer() throws {
    #expect(try quote("t/ultra", chips: 64, hours: 23.2).hours.billed == 48)
    #expect(try quote("t/block", chips: 16, hours: 23.2).hours.billed == 24)
  }

  @Test("on-demand use is paid by the month in arrears")
  func onDemand() throws {
    let quote = try quote("t/hour", chips: 16, hours: 45 * 24)
    let flows = quote.cashFlow.flows
    #expect(flows.map(\.date.iso) == ["2027-02-01", "2027-02-15"])
    #expect(flows.map(\.amountDollars) == [29_760, 13_440])
    #expect(quote.cashFlow.economicDollars == quote.cashFlow.cashDollars)
    #expect(flows.allSatisfy { $0.sourceIDs == ["t/hour"] })
  }

  @Test(
    "a commitment's unused rest is cash, and what others make of it lowers only the economic cost")
  func commitment() throws {
    let policy = RentalPolicy(salvageFraction: 0.5, discountRatePerYear: 0.08)
    let quote = try quote("t/year", chips: 16, hours: 2400, policy: policy)
    let cash = quote.cashFlow.cashDollars
    #expect(agree(cash, 8760 * 25.2))
    // 2.2995 on-demand rates a used hour: 25.2 is 63% of 40.
    #expect(agree(cash / 2400 / 40, 2.2995))
    let lines = quote.cashFlow.breakdown(.cash)
    #expect(lines.map(\.term) == [.acceleratorRent, .idleCommitment])
    #expect(agree(lines.last?.dollars, 6360 * 25.2))
    #expect(quote.cashFlow.end < Fixtures.start.adding(days: 365))
    #expect(quote.cashFlow.cashDollars(through: quote.cashFlow.end) < cash)
    let salvage = 0.5 * 6360 * 25.2
    #expect(quote.cashFlow.economicDollars < cash - 0.95 * salvage)
    #expect(quote.cashFlow.economicDollars > cash - salvage)
  }

  @Test("three years all up front are paid on the first day")
  func allUpfront() throws {
    let quote = try quote("t/three", chips: 16, hours: 2400)
    #expect(agree(quote.cashFlow.cashDollars(through: Fixtures.start), 26_280 * 16))
  }

  @Test("interruptions of spot are a line of their own and lengthen the calendar")
  func spot() throws {
    let spot = SpotInterruptions(
      reclaim: .wholeZone(meanHours: 6), checkpointHours: 120 / 3600.0,
      restartHours: 600 / 3600.0, reacquisitionHours: 1)
    let quote = try quote("t/spot", chips: 16, hours: 1000, policy: RentalPolicy(spot: spot))
    let lines = quote.cashFlow.breakdown(.cash)
    #expect(lines.map(\.term) == [.acceleratorRent, .interruptionLoss])
    #expect(agree(lines.first?.dollars, 16_000))
    #expect(agree(quote.cashFlow.cashDollars, 16_000 * spot.billedPerUseful))
    #expect(agree(quote.elapsedHours, 1000 * spot.elapsedPerUseful))
    let blind = try self.quote("t/spot", chips: 16, hours: 1000)
    #expect(blind.caveats.count == 1)
  }

  @Test("a chain of flex-start requests says what it doesn't know, and counts what it does")
  func flexStart() throws {
    let policy = RentalPolicy(restartHours: 1, queueWaitHours: 10)
    let quote = try quote("t/flex", chips: 200, hours: 400, policy: policy)
    #expect(quote.holding.chips == 256)
    #expect(agree(quote.cashFlow.cashDollars, 402 * 2 * 256))
    #expect(agree(quote.elapsedHours, 432))
    #expect(try self.quote("t/flex", chips: 4, hours: 4).caveats.count == 1)
  }

  @Test("calendar reservations past 90 days chain, and an unknown gap is said to be none")
  func calendar() throws {
    let quote = try quote("t/calendar", chips: 256, hours: 100 * 24)
    #expect(quote.hours.segments == 2)
    #expect(quote.caveats.count == 1)
    let violations = #expect(throws: Violations.self) {
      try self.quote(
        "t/calendar", chips: 256, hours: 100 * 24, policy: RentalPolicy(allowsChaining: false))
    }
    #expect(violations?.all.first?.code == "term_too_long")
    #expect(violations?.all.first?.limit == 2160)
  }

  @Test("a negotiated discount is a negative line, and what is paid up front has none")
  func discount() throws {
    let policy = RentalPolicy(negotiatedDiscount: 0.1)
    let hourly = try quote("t/hour", chips: 16, hours: 100, policy: policy)
    #expect(agree(hourly.cashFlow.cashDollars, 3600))
    #expect(hourly.cashFlow.breakdown(.cash).last?.dollars == -400)
    let block = try quote("t/block", chips: 16, hours: 20, policy: policy)
    #expect(block.cashFlow.cashDollars == 24 * 32)
  }

  @Test("an offer without a price, and one too small, say so and what would help")
  func refused() {
    let unpriced = #expect(throws: Violations.self) {
      try quote("t/unpriced", chips: 16, hours: 10)
    }
    #expect(unpriced?.all.first?.code == "no_price")
    let small = #expect(throws: Violations.self) { try quote("t/block", chips: 5000, hours: 10) }
    #expect(small?.all.first?.code == "too_many_chips")
    let endless = #expect(throws: Violations.self) {
      try quote("t/flex", chips: 4, hours: 400, policy: RentalPolicy(restartHours: 500))
    }
    #expect(endless?.all.first?.code == "restart_too_long")
  }

  @Test("every priced offer of the catalogue can be quoted, and its scalars agree with its flows")
  func catalog() throws {
    let catalog = try #require(Fixtures.catalog)
    var random = SeededGenerator(seed: 3)
    var wrong: [String] = []
    let policy = RentalPolicy(
      restartHours: 1, gapHours: 12, queueWaitHours: 6, salvageFraction: 0.3,
      discountRatePerYear: 0.08)
    for offer in catalog.offers where offer.usdPerInstanceHour != nil {
      for _ in 0..<3 {
        let hours = Double.random(in: 1...9000, using: &random)
        let quote = try RentalCost.quote(
          offer: offer, chips: Int.random(in: 1...16, using: &random), wantedHours: hours,
          start: Fixtures.start, policy: policy)
        guard let totals = quote.rate.totals(forHours: hours) else {
          wrong.append(offer.id)
          continue
        }
        let flow = quote.cashFlow
        if !agree(flow.cashDollars, totals.cashDollars, within: 1e-9)
          || !agree(flow.economicDollars, totals.economicDollars, within: 1e-4)
          || flow.flows.contains(where: { $0.kind == .cash && $0.amountDollars < 0 })
          || totals.cashDollars < quote.rate.dollarsPerHour * hours * 0.999_999
        {
          wrong.append(offer.id)
        }
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }

  @Test("halving a price never raises a cost, and never changes the calendar")
  func halved() throws {
    let catalog = try #require(Fixtures.catalog)
    var random = SeededGenerator(seed: 5)
    var wrong: [String] = []
    let priced = catalog.offers.filter { ($0.usdPerInstanceHour ?? 0) > 0 }
    for _ in 0..<2000 {
      guard let offer = priced.randomElement(using: &random) else { continue }
      var cheaper = offer
      cheaper.usdPerInstanceHour = offer.usdPerInstanceHour.map { $0 / 2 }
      let hours = Double.random(in: 1...20_000, using: &random)
      let policy = RentalPolicy(
        salvageFraction: Double.random(in: 0...1, using: &random), discountRatePerYear: 0.05)
      let full = try RentalCost.rate(offer: offer, chips: 8, policy: policy)
      let half = try RentalCost.rate(offer: cheaper, chips: 8, policy: policy)
      guard let first = full.totals(forHours: hours), let second = half.totals(forHours: hours)
      else { continue }
      if second.cashDollars > first.cashDollars || second.economicDollars > first.economicDollars
        || second.elapsedHours != first.elapsedHours
      {
        wrong.append(offer.id)
      }
    }
    #expect(wrong.isEmpty, "\(wrong.prefix(5))")
  }
}
