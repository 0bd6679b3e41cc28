import RealModule
import Uncertainty

@testable import Decisions

/// A generator of its own: PCG-like, no part of what is tested.
struct PlainRandom {
  private var state: UInt64

  init(_ seed: UInt64) { state = seed &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407 }

  /// Between 0 and 1.
  mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    let mixed = (state ^ (state >> 33)) &* 0xff51_afd7_ed55_8ccd
    return (Double((mixed ^ (mixed >> 29)) >> 11) + 0.5) * 0x1p-53
  }

  mutating func uniform(_ low: Double, _ high: Double) -> Double {
    low + (high - low) * uniform()
  }

  mutating func whole(_ range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(uniform() * Double(range.count))
  }

  /// Standard normal (G. E. P. Box and M. E. Muller, 1958).
  mutating func normal() -> Double {
    (-2 * Double.log(uniform())).squareRoot() * Double.cos(6.283_185_307_179_586 * uniform())
  }
}

/// A candidate of one chip or a few sizes, paid by the hour at nothing unless changed.
func plainCandidate(
  _ id: String, route: String = "a", obtaining: Obtaining = .contract, sizes: [Double] = [1],
  terms: [Terms] = [Terms("by use", .byTheHour)], speed: Figure = .constant(1),
  startDays: Figure = .zero
) -> Candidate {
  Candidate(
    id: id, route: route, obtaining: obtaining, sizes: sizes.map { ClusterSize(chips: $0) },
    terms: terms, speed: speed, startDays: startDays)
}

/// Standard normal scores by name.
func scores(
  _ names: [String], _ correlations: [InputCorrelation] = [], seed: UInt64 = 7,
  samples: Int = 65_536, choosing: Int = 16_384
) throws -> OutcomeSets {
  let inputs = try names.enumerated().map { place, name in
    try OutcomeSets.score(name, dimension: place < 24 ? place : nil)
  }
  return try OutcomeSets(
    inputs: inputs, correlations: correlations, seed: seed, samples: samples, choosing: choosing)
}

extension OutcomeSets {
  /// A column that a test has named itself.
  func at(_ name: String) -> Column { column(name) ?? Column(index: 0) }
}

/// Six kinds of options with made-up prices, as a market that random pairs are drawn from.
struct ToyMarket {
  var budget = 20e6
  var deadline = 540.0
  var chance = 0.8
  var grantChance = 0.6
  var waitFactor = 1.0
  var mostChips = 4_096
  var speeds: [Double]

  init(_ random: inout PlainRandom) {
    speeds = (0..<7).map { _ in random.uniform(0.5, 2) }
  }

  static let names =
    [
      "team", "chip 1", "chip 2", "chip 3", "maker 1", "maker 2", "own 1", "own 2", "own 3",
      "price",
    ]
    + ["wait", "doubt"] + (0..<12).map { "link \($0)" }

  private func sizes(_ unit: Int) -> [ClusterSize] {
    ClusterSize.units(most: 4_096 / unit).map { $0 * unit }.filter { $0 <= mostChips }
      .map { ClusterSize(chips: Double($0), scale: 1 / (1 + Double($0) / 20_000)) }
  }

  func candidates(_ sets: OutcomeSets) -> [Candidate] {
    func speed(_ place: Int, _ chip: String) -> Figure {
      .logLinear(
        median: speeds[place],
        Loading.shared(sets.at("team"), own: sets.at(chip), correlation: 0.5, deviation: 0.3))
    }
    func wait(_ days: Double) -> Figure {
      .logLinear(median: days * waitFactor, [Loading(sets.at("wait"), 0.4)])
    }
    func price(_ usd: Double) -> Figure {
      .logLinear(median: usd, [Loading(sets.at("price"), 0.1), Loading(sets.at("maker 1"), 0.1)])
    }
    func grant(_ channel: String, _ chance: Double, _ maker: String, _ own: String) -> Grant {
      Grant(
        channel: channel, chance: chance,
        score: Loading.shared(sets.at(maker), own: sets.at(own), correlation: 0.6),
        doubt: [Loading(sets.at("doubt"), 0.3)])
    }
    func made(
      _ id: String, _ route: String, _ place: Int, _ chip: String, unit: Int, _ terms: [Terms],
      days: Double
    ) -> Candidate {
      var candidate = Candidate(
        id: id, route: route, obtaining: .contract, sizes: sizes(unit), terms: terms,
        speed: speed(place, chip), startDays: wait(days) + 30)
      candidate.keptDays = .constant(14)
      candidate.experimentsShare = .constant(0.2)
      candidate.fixedUsd = .constant(200_000)
      candidate.overheadShare = .constant(0.05)
      candidate.refusalDays = 45
      return candidate
    }
    var demand = made(
      "on demand", "a", 0, "chip 1", unit: 16, [Terms("by use", .byTheHour)], days: 20)
    demand.usdPerChipHour = price(4)
    demand.useUsdPerHour = .constant(30)
    var year = made(
      "one year", "a", 1, "chip 1", unit: 16,
      [Terms("12 months", .term(hours: 8_760, extendedBy: 8_760))], days: 60)
    year.usdPerChipHour = price(2)
    year.grant = grant("a", grantChance, "maker 1", "own 1")
    var block = made("block", "a", 2, "chip 1", unit: 16, [Terms("blocks", .blocks)], days: 40)
    block.usdPerChipHour = price(2.6)
    block.grant = grant("blocks", grantChance, "maker 1", "own 2")
    var owned = made(
      "purchase", "b", 3, "chip 2", unit: 8,
      [Terms("colocation", .term(hours: 2_160, extendedBy: 24))], days: 200)
    owned.unitUsd = price(30_000)
    owned.depositUsd = .constant(2_000)
    owned.usdPerChipHour = .constant(0.3)
    owned.useUsdPerChipHour = .constant(0.1)
    owned.pricedBy = .units
    var quote = made(
      "quote", "c", 4, "chip 3", unit: 64,
      [Terms("take or pay", .owed(share: 0.7, ofTermHours: 4_380))], days: 10)
    quote.obtaining = .inHand
    quote.usdPerChipHour = price(1.8)
    quote.idleDays = .constant(7)
    var flex = made("flex", "c", 5, "chip 3", unit: 256, [Terms("by use", .byTheHour)], days: 5)
    flex.obtaining = .request
    flex.usdPerChipHour = price(1.2)
    flex.grant = grant("flex", grantChance, "maker 2", "own 3")
    flex.chain = Chain(
      linkHours: 168, gapDays: 1, correlation: 0.5,
      own: (0..<12).map { sets.at("link \($0)") },
      rungs: [Chain.Rung(demand, size: 9, terms: 0)])
    return [demand, year, block, owned, quote, flex]
  }

  var question: Question {
    Question(budgetUsd: budget, deadlineDays: deadline, chance: chance)
  }
}
