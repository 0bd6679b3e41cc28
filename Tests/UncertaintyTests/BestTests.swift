import RealModule
import Testing

@testable import Uncertainty

@Suite struct BestTallyTests {
  @Test("any order and any split over threads give the same winners")
  func order() {
    let columns = (0..<20).map { option in
      PercentileTests.normals(512, seed: UInt64(option % 15)).map { ($0 * 4).rounded() }
    }
    var forward = BestTally(draws: 512)
    for option in 0..<20 { forward.add(option, columns[option]) }
    var (left, right) = (BestTally(draws: 512), BestTally(draws: 512))
    for option in (0..<20).reversed() {
      if option % 3 == 0 {
        left.add(option, columns[option])
      } else {
        right.add(option, columns[option])
      }
    }
    right.merge(left)
    for draw in 0..<512 {
      let least = columns.map { $0[draw] }.min() ?? .nan
      #expect(forward.best[draw] == least && right.best[draw] == least)
      let first = columns.firstIndex { $0[draw] == least }
      #expect(forward.winner(draw: draw) == first && right.winner(draw: draw) == first)
    }
    let sum = forward.chances(options: 20).reduce(0) { $0 + $1.value }
    #expect((sum - 1).magnitude < 1e-12)
  }

  @Test("where nothing is possible nothing wins")
  func impossible() {
    var tally = BestTally(draws: 3)
    tally.add(1, [.infinity, 4, .nan])
    tally.add(0, [.infinity, 5, .nan])
    #expect(tally.winner(draw: 0) == nil)
    #expect(tally.winner(draw: 1) == 1)
    #expect(tally.winner(draw: 2) == nil)
    #expect(tally.chances(options: 2).map(\.value) == [0, 1.0 / 3])
  }
}

@Suite struct RegretTests {
  // Three scenarios, exact arithmetic: regrets (0,0,6), (2,1,3), (7,0,0).
  @Test("the least of the worst regrets is neither the cheapest on average nor the safest")
  func minimax() throws {
    let costs: [[Double]] = [[8, 9, 14], [10, 10, 11], [15, 9, 8]]
    let choice = try #require(Regret.minimax(costs))
    #expect(choice.option == 1)
    #expect(choice.regret == 3)
    var tally = BestTally(draws: 3)
    for (option, row) in costs.enumerated() { tally.add(option, row) }
    #expect(costs.map { Regret.worst(of: $0, best: tally.best) } == [6, 3, 7])
    #expect(costs.map { Estimate.mean(of: $0).value * 3 } == [31, 31, 32])
    #expect(Regret.mean(of: costs[0], best: tally.best).value == 2)
    #expect(Regret.minimax([]) == nil)
  }

  // Netflix, service-capacity-modeling: (1.0·over)^1.2, (1.25·under)^1.2.
  @Test("falling short by some is worse than going over by as much")
  func asymmetric() {
    let penalty = AsymmetricPenalty()
    #expect(isClose(penalty(10), 15.848_931_924_611_14, within: 1e-12))
    #expect(isClose(penalty(-8), 15.848_931_924_611_14, within: 1e-12))
    #expect(penalty(0) == 0)
    let mean = Regret.mean(of: [20, 2], needed: [10, 10], penalty: penalty)
    #expect(isClose(mean.value, 15.848_931_924_611_14, within: 1e-12))
    #expect(mean.standardError < 1e-12)
  }
}

/// Two options that share a price level: cost_i = level·own_i, time_i = slowness_i, all lognormal.
@Suite struct TwoOptionTests {
  private static let (level, ownA, ownB, slowness) = (0.35, 0.25, 0.15, 0.2)
  private static let (medianA, medianB, medianDays) = (9.0, 10.0, 80.0)

  private static func draws(_ count: Int, seed: UInt64, correlation: Double) throws -> Draws {
    func factor(_ name: String, _ sigma: Double, _ dimension: Int) throws -> UncertainInput {
      UncertainInput(
        name, try .lognormal(median: 1, logDeviation: sigma), dimension: dimension)
    }
    return try Sampler(
      inputs: [
        factor("price level", level, 0), factor("a", ownA, 1), factor("b", ownB, 2),
        factor("days of a", slowness, 3),
      ], correlations: [InputCorrelation("a", "days of a", correlation)], seed: seed
    ).draws(count)
  }

  /// Chance that two standard normals of a correlation both lie below limits, by integrating over
  /// the first.
  private static func both(_ first: Double, _ second: Double, _ correlation: Double) -> Double {
    let steps = 20_000
    let width: Double = (first + 9) / Double(steps)
    let spread: Double = (1 - correlation * correlation).squareRoot()
    return (0..<steps).reduce(0) { sum, step in
      let x: Double = -9 + (Double(step) + 0.5) * width
      let inner = NormalDistribution.cumulative((second - correlation * x) / spread)
      return sum + NormalDistribution.density(x) * inner * width
    }
  }

  @Test("every chance is its closed form within the Monte Carlo error", arguments: 0..<10)
  func closedForm(seed: UInt64) throws {
    let correlation = 0.6
    let draws = try Self.draws(16_384, seed: seed, correlation: correlation)
    let levels = draws[0]
    let costA = zip(levels, draws[1]).map { Self.medianA * $0 * $1 }
    let costB = zip(levels, draws[2]).map { Self.medianB * $0 * $1 }
    let days = draws[3].map { Self.medianDays * $0 }

    var tally = BestTally(draws: draws.count)
    tally.add(0, costA)
    tally.add(1, costB)
    let gap: Double = .log(Self.medianB / Self.medianA)
    let spreadOfGap: Double = .hypot(Self.ownA, Self.ownB)
    expect(tally.chances(options: 2)[0], NormalDistribution.cumulative(gap / spreadOfGap))

    let spreadA: Double = .hypot(Self.level, Self.ownA)
    let budget: Double = .log(12 / Self.medianA) / spreadA
    expect(Chance.atMost(12, costA), NormalDistribution.cumulative(budget))
    let deadline: Double = .log(90 / Self.medianDays) / Self.slowness
    expect(Chance.atMost(90, days), NormalDistribution.cumulative(deadline))
    expect(
      Chance.bothAtMost(12, costA, 90, days),
      Self.both(budget, deadline, correlation * Self.ownA / spreadA))

    var finder = PercentileFinder()
    let found = try required(finder.percentiles([0.1, 0.5, 0.9], of: costA))
    for (estimate, chance) in zip(found, [0.1, 0.5, 0.9]) {
      expect(
        estimate, Self.medianA * .exp(spreadA * NormalDistribution.quantile(chance)))
    }

    // E[min] of two lognormals with a common factor, by conditioning on the winner (C. E. Clark,
    // Operations Research 9, 1961, in logarithms).
    let rise: Double = .exp((Self.level * Self.level) / 2)
    func part(_ median: Double, _ own: Double, _ offset: Double) -> Double {
      let shift: Double = (offset - own * own) / spreadOfGap
      return median * rise * .exp(own * own / 2) * NormalDistribution.cumulative(shift)
    }
    let least = part(Self.medianA, Self.ownA, gap) + part(Self.medianB, Self.ownB, -gap)
    expect(.mean(of: tally.best), least)
  }

  /// Errors are stated for independent draws; these err less.
  private func expect(_ estimate: Estimate, _ closed: Double) {
    #expect((estimate.value - closed).magnitude < 2 * estimate.standardError)
    #expect((estimate.value - closed).magnitude < 0.01 * closed)
  }
}
