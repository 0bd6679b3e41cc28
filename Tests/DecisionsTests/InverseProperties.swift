import Testing

@testable import Decisions

/// Hours for money and money for hours are exact inverses of each other.
@Suite struct InverseProperties {
  private func grid(_ random: inout PlainRandom) -> BillingGrid {
    switch random.whole(0...6) {
    case 0: .byTheHour
    case 1: .term(hours: Double(random.whole(1...9_000)))
    case 2: .term(hours: Double(random.whole(1...9_000)), extendedBy: Double(random.whole(1...900)))
    case 3: .blocks
    case 4: .blocks(renewing: true)
    case 5: .owed(share: random.uniform(), ofTermHours: Double(random.whole(10...9_000)))
    default:
      BillingGrid(
        first: Double(random.whole(0...200)), step: Double(random.whole(1...50)),
        longest: Double(random.whole(210...900)), renews: true)
    }
  }

  @Test func `a grid covers exactly what fits it`() {
    var random = PlainRandom(1)
    for _ in 0..<4_000 {
      let grid = grid(&random)
      let most = min(20_000, grid.mostHours)
      let used = (random.uniform() * most).rounded(.down)
      let limit = (random.uniform() * most).rounded(.down)
      #expect(
        (grid.billed(used) <= limit) == (used <= grid.whole(limit)), "\(grid) \(used) \(limit)")
      #expect(grid.billed(grid.billed(used)) == grid.billed(used))
    }
  }

  @Test func `an amount buys exactly the hours whose bill it covers`() {
    var random = PlainRandom(2)
    for _ in 0..<4_000 {
      let grid = grid(&random)
      let hasExtension = !grid.renews && random.uniform() < 0.3
      let bill = Bill(
        gridUsdPerHour: random.uniform() < 0.1 ? 0 : random.uniform(0.1, 5_000),
        useUsdPerHour: random.uniform() < 0.5 ? 0 : random.uniform(0.1, 500),
        grid: grid, extensionRatio: hasExtension ? random.uniform(0.5, 2) : 1)
      let most = (random.uniform() * min(15_000, grid.mostHours)).rounded(.down)
      // Half of the amounts are exactly a bill: the edge on which rounding flips.
      let drawn = (random.uniform() * min(15_000, grid.mostHours)).rounded(.down)
      let usd = bill.amount(drawn) * (random.uniform() < 0.5 ? 1 : random.uniform(0.2, 1.5))
      let hours = bill.hours(within: usd, most: most)
      #expect(hours >= 0 && hours <= most && hours == hours.rounded())
      if hours > 0 { #expect(bill.amount(hours) <= usd, "\(bill) \(usd)") }
      if hours < most { #expect(bill.amount(hours + 1) > usd, "\(bill) \(usd) \(hours)") }
    }
  }

  @Test func `blocks are one to fourteen days, then weeks`() {
    let days = [0.5, 1, 13.2, 14, 14.1, 21, 100, 182].map {
      BillingGrid.blocks.billed($0 * 24) / 24
    }
    #expect(days == [1, 1, 14, 14, 21, 21, 105, 182])
    #expect(BillingGrid.blocks.whole(20.9 * 24) == 14 * 24)
  }

  @Test func `selection is what sorting gives`() {
    var random = PlainRandom(4)
    for _ in 0..<300 {
      let count = random.whole(1...3_000)
      let ties = random.uniform() < 0.4
      var values = (0..<count).map { _ in
        ties ? Double(random.whole(0...5)) : random.uniform(-5, 5)
      }
      if random.uniform() < 0.3 { values[0] = -.infinity }
      let rank = random.whole(0...(count - 1))
      let sorted = values.sorted()
      #expect(Selection.smallest(rank, &values, count: count) == sorted[rank])
    }
  }

  @Test func `hours needed are the least that do the work`() {
    var random = PlainRandom(5)
    for _ in 0..<2_000 {
      let rate = random.uniform(1e-6, 1e20)
      let work =
        rate * (random.uniform() < 0.5 ? Double(random.whole(0...9_000)) : random.uniform(0, 9_000))
      let hours = CandidateColumns.hoursNeeded(work, rate: rate)
      #expect(rate * hours >= work && (hours == 0 || rate * (hours - 1) < work))
    }
  }

  @Test func `the list of sizes has every unit to thirty, then steps of 3 %`() {
    let units = ClusterSize.units(most: 1_000)
    #expect(Array(units.prefix(30)) == Array(1...30))
    #expect(zip(units, units.dropFirst()).allSatisfy { Double($1) / Double($0) < 1.06 || $1 <= 31 })
    #expect(units.last.map { $0 <= 1_000 && $0 > 965 } == true)
    #expect(ClusterSize.units(most: 500) == units.filter { $0 <= 500 })
  }
}
