import RealModule
import Testing
import Uncertainty

@testable import Decisions

/// The chances recomputed by a loop that walks the calendar and pays bills term by term, with a
/// generator of its own and no function of the planner.
@Suite struct PlainLoop {
  private static let outcomes = 8_000
  private let deadline = 540.0
  private let chance = 0.8

  /// The common figures of all kinds: two shared parts of speed, price, start.
  private struct Draw {
    var speed: Double
    var price: Double
    var start: Double

    init(_ random: inout PlainRandom) {
      speed = .exp(0.2 * random.normal() + 0.25 * random.normal())
      price = .exp(0.12 * random.normal())
      start = 60 * .exp(0.35 * random.normal()) + 30
    }
  }

  private func outcomeSets() throws -> OutcomeSets {
    try scores(["team", "chip", "price", "start", "channel", "B"] + (0..<40).map { "link \($0)" })
  }

  private func base(_ id: String, _ sets: OutcomeSets, _ terms: Terms) -> Candidate {
    let chips = ClusterSize.units(most: 512).map { Double($0 * 8) }
    var candidate = plainCandidate(
      id, sizes: chips, terms: [terms],
      speed: .logLinear(
        median: 1, [Loading(sets.at("team"), 0.2), Loading(sets.at("chip"), 0.25)]),
      startDays: .logLinear(median: 60, [Loading(sets.at("start"), 0.35)]) + 30)
    candidate.keptDays = .constant(10)
    candidate.experimentsShare = .constant(0.25)
    candidate.fixedUsd = .constant(100_000)
    return candidate
  }

  /// Sizes, reports, and compares with the share of the loop's outcomes that keep both limits.
  private func check(
    _ candidate: Candidate, budget: Double, _ sets: OutcomeSets,
    _ pay: (_ chips: Double, _ hours: Double, inout PlainRandom, Draw) -> (
      usd: Double, hours: Double
    )
  ) throws {
    let question = Question(budgetUsd: budget, deadlineDays: deadline, chance: chance)
    let decider = Decider(outcomes: sets, question: question, candidates: [candidate])
    let standing = try #require(decider.decide().standings.first)
    let report = try #require(decider.report(standing))
    let chips = candidate.sizes[report.choice.size].chips
    var random = PlainRandom(77)
    var kept = 0
    for _ in 0..<Self.outcomes {
      let draw = Draw(&random)
      // Experiments take a quarter of the run besides it, on the same machines.
      let hours = report.work * 1.25 / (chips * draw.speed) * 24
      let (usd, used) = pay(chips, hours, &random, draw)
      let end = draw.start + used / 24 + 10
      kept += usd + 100_000 <= budget && end <= deadline ? 1 : 0
    }
    let share = Double(kept) / Double(Self.outcomes)
    let error: Double =
      3 * .sqrt(chance * (1 - chance) * (1 / 65_536 + 1 / Double(Self.outcomes)))
    #expect(abs(share - report.both.value) < error, "\(candidate.id): \(share)")
    #expect(report.both.value > chance - 0.01)
  }

  @Test func `by use`() throws {
    let sets = try outcomeSets()
    var candidate = base("by use", sets, Terms("by use", .byTheHour))
    candidate.usdPerChipHour = .logLinear(median: 2, [Loading(sets.at("price"), 0.12)])
    candidate.useUsdPerHour = .constant(50)
    try check(candidate, budget: 10e6, sets) { chips, hours, _, draw in
      var (usd, walked) = (0.0, 0.0)
      while walked < hours {
        usd += chips * 2 * draw.price + 50
        walked += 1
      }
      return (usd, walked)
    }
  }

  @Test func `a commitment with extensions by the month`() throws {
    let sets = try outcomeSets()
    var candidate = base(
      "commitment", sets, Terms("6 months", .term(hours: 4_380, extendedBy: 730)))
    candidate.usdPerChipHour = .logLinear(median: 1.5, [Loading(sets.at("price"), 0.12)])
    try check(candidate, budget: 15e6, sets) { chips, hours, _, draw in
      var (usd, paidTo) = (chips * 1.5 * draw.price * 4_380, 4_380.0)
      while paidTo < hours {
        usd += chips * 1.5 * draw.price * 730
        paidTo += 730
      }
      return (usd, hours.rounded(.up))
    }
  }

  @Test func `a block, by days and then weeks`() throws {
    let sets = try outcomeSets()
    var candidate = base("block", sets, Terms("block", .blocks))
    candidate.usdPerChipHour = .logLinear(median: 3, [Loading(sets.at("price"), 0.12)])
    try check(candidate, budget: 8e6, sets) { chips, hours, _, draw in
      var days = 0.0
      while days * 24 < hours { days += days < 14 ? 1 : 7 }
      // No block is longer than 182 days.
      return days <= 182
        ? (chips * 3 * draw.price * days * 24, hours.rounded(.up)) : (.infinity, .infinity)
    }
  }

  @Test func `a purchase in colocation with a minimum term`() throws {
    let sets = try outcomeSets()
    var candidate = base("purchase", sets, Terms("rent", .term(hours: 6_570, extendedBy: 24)))
    candidate.unitUsd = .logLinear(median: 25_000, [Loading(sets.at("price"), 0.12)])
    candidate.depositUsd = .constant(1_500)
    candidate.usdPerChipHour = .constant(0.2)
    candidate.useUsdPerChipHour = .constant(0.08)
    candidate.pricedBy = .units
    try check(candidate, budget: 12e6, sets) { chips, hours, _, draw in
      var usd = chips * (25_000 * draw.price + 1_500)
      var rented = 6_570.0
      while rented < hours { rented += 24 }
      usd += chips * 0.2 * rented + chips * 0.08 * hours.rounded(.up)
      return (usd, hours.rounded(.up))
    }
  }

  @Test func `a chain of weeks, then a contract`() throws {
    let sets = try outcomeSets()
    var contract = base("contract", sets, Terms("90 days", .term(hours: 2_160, extendedBy: 24)))
    contract.sizes = [ClusterSize(chips: 400)]
    contract.startDays = .constant(20)
    contract.fixedUsd = .constant(50_000)
    contract.usdPerChipHour = .constant(2.5)
    var chain = base("chain", sets, Terms("by use", .byTheHour))
    chain.obtaining = .request
    chain.usdPerChipHour = .logLinear(median: 1, [Loading(sets.at("price"), 0.12)])
    chain.grant = Grant(channel: "flex", chance: 0.8, score: [Loading(sets.at("channel"), 1)])
    chain.chain = Chain(
      linkHours: 168, gapDays: 1, correlation: 0.5, own: (0..<40).map { sets.at("link \($0)") },
      rungs: [Chain.Rung(contract, size: 0, terms: 0)])
    let half: Double = .sqrt(0.5)
    try check(chain, budget: 6e6, sets) { chips, hours, random, draw in
      let channel = random.normal()
      var (usd, calendar, left) = (0.0, 0.0, hours)
      for _ in 0..<40 where left > 0 {
        if half * channel + half * random.normal() >= 0.841_621_233_572_914_2 { break }
        let used = min(168, left.rounded(.up))
        usd += chips * draw.price * used
        left -= used
        // A day passes before the next request, or before plan B, can start.
        calendar += left > 0 ? used + 24 : used
      }
      guard left > 0 else { return (usd, calendar) }
      let rest = (left * chips / 400).rounded(.up)
      var rented = 2_160.0
      while rented < rest { rented += 24 }
      // What is fixed is paid once for the chain if any of it ran, and once for plan B.
      usd += 400 * 2.5 * rented + 50_000 - (calendar == 0 ? 100_000 : 0)
      return (usd, calendar + 20 * 24 + rest)
    }
  }
}
