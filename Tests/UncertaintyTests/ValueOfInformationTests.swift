import RealModule
import Testing

@testable import Uncertainty

@Suite struct DiscreteDecisionTests {
  // Trainium costs 6 (chance 0.6) or 11 (0.4), GPUs 9 for sure; exact arithmetic.
  private let decision = DiscreteDecision(prior: [0.6, 0.4], costs: [[6, 11], [9, 9]])

  @Test("knowing the state beforehand is worth 0.8")
  func perfect() {
    #expect(decision.expectedCost == 8)
    #expect((decision.valueOfPerfectInformation - 0.8).magnitude < 1e-12)
  }

  @Test("a trial that is right 85 times in 100 is worth 0.41")
  func sample() {
    let right = 0.85
    let value = decision.valueOfSample(likelihood: [[right, 1 - right], [1 - right, right]])
    #expect((value - 0.41).magnitude < 1e-12)
    #expect(decision.valueOfSample(likelihood: [[0.5, 0.5], [0.5, 0.5]]).magnitude < 1e-12)
    let oracle = decision.valueOfSample(likelihood: [[1, 0], [0, 1]])
    #expect((oracle - decision.valueOfPerfectInformation).magnitude < 1e-12)
  }

  @Test("a trial is run only when its gain pays for it and for the delay")
  func worth() {
    #expect(TrialWorth(gain: 0.41, cost: 0.3).isWorthRunning)
    let late = TrialWorth(gain: 0.41, cost: 0.3, delayCost: 0.2)
    #expect(!late.isWorthRunning)
    #expect((late.net + 0.09).magnitude < 1e-12)
  }
}

@Suite struct ValueOfInformationTests {
  @Test("the same two states drawn at random give the same value of perfect information")
  func drawn() throws {
    let state = UncertainInput("state", try .discrete([(6, 0.6), (11, 0.4)]), dimension: 0)
    let draws = try Sampler(inputs: [state], seed: 3).draws(65_536)
    let costs = Array(draws[0])
    var tally = BestTally(draws: draws.count)
    tally.add(0, costs)
    tally.add(1, Array(repeating: 9, count: draws.count))
    let means = [Estimate.mean(of: costs).value, 9]
    let value = try #require(ValueOfInformation.perfect(means: means, best: tally.best))
    #expect((value - 0.8).magnitude < 1e-3)
    // With one input only, knowing it is knowing everything.
    let partition = try #require(InputPartition(draws[0]))
    #expect(partition.count == 2)
    var conditional = ConditionalCosts(options: 2, partition: partition)
    conditional.add(0, costs)
    conditional.add(1, Array(repeating: 9, count: draws.count))
    #expect(((conditional.valueOfKnowing ?? 0) - 0.8).magnitude < 1e-3)
    #expect(ValueOfInformation.perfect(means: [.infinity], best: tally.best) == nil)
  }

  /// Options whose costs are 10 + 2·θ + noise and 10.8 for sure.
  private static func conditional(
    draws: Int, idle: Int, seed: UInt64
  ) throws -> (known: ConditionalCosts, noise: ConditionalCosts) {
    let normal = try Distribution.normal(mean: 0, standardDeviation: 1)
    let sampler = try Sampler(
      inputs: [
        UncertainInput("theta", normal, dimension: 0),
        UncertainInput("noise", normal, dimension: 1),
      ], seed: seed)
    let draws = sampler.draws(draws)
    let uncertain = zip(draws[0], draws[1]).map { 10 + 2 * $0 + 1.5 * $1 }
    let columns = try (0..<2).map { input in
      let partition = try #require(InputPartition(draws[input]))
      var costs = ConditionalCosts(options: 2 + idle, partition: partition)
      costs.add(0, uncertain)
      costs.add(1, Array(repeating: 10.8, count: draws.count))
      for option in 0..<idle {
        let others = PercentileTests.normals(draws.count, seed: UInt64(option))
        costs.add(2 + option, others.map { 10.8 + 3 * $0 })
      }
      return costs
    }
    return (columns[0], columns[1])
  }

  // Raiffa and Schlaifer 1961: the unit normal loss integral.
  @Test("a trial of a normal input with linear costs is worth the closed form")
  func linear() throws {
    let (theta, noise) = try Self.conditional(draws: 65_536, idle: 0, seed: 8)
    let known = ValueOfInformation.normal(difference: 0.8, deviation: 2)
    #expect(isClose(known, 2 * 0.230_439_3, within: 1e-5))
    #expect(isClose(try #require(theta.valueOfKnowing), known, within: 0.01))
    let knownNoise = ValueOfInformation.normal(difference: 0.8, deviation: 1.5)
    #expect(isClose(try #require(noise.valueOfKnowing), knownNoise, within: 0.01))
    for trial in [0.2, 0.5, 1, 2, 5] {
      let update = TrialUpdate(priorDeviation: 1, trialDeviation: trial)
      let posterior: Double = 1 / .sqrt(1 + 1 / (trial * trial))
      #expect(isClose(update.posteriorDeviation, posterior, within: 1e-12))
      let share = update.informativeness
      #expect(isClose(share * share, 1 - posterior * posterior, within: 1e-12))
      let closed = ValueOfInformation.normal(difference: 0.8, deviation: 2 * share)
      let found = try #require(theta.valueOfTrial(informativeness: share))
      #expect((found - closed).magnitude < 0.004 * known + 0.005 * closed)
    }
    #expect(theta.valueOfTrial(informativeness: 0) == 0)
    #expect(theta.valueOfTrial(informativeness: 1) == theta.valueOfKnowing)
    #expect(ValueOfInformation.normal(difference: 1, deviation: 0) == 0)
  }

  // F. Black, 1976: E[min(cap, X)] of a lognormal X, with what the trial explains of its spread.
  @Test(
    "a trial of a lognormal input is worth its closed form, though cost is no line in the score")
  func lognormal() throws {
    let (mean, cap, sigma) = (10.0, 10.5, 0.4)
    let input = UncertainInput(
      "mfu", try .lognormal(median: mean * .exp(-sigma * sigma / 2), logDeviation: sigma),
      dimension: 0)
    let draws = try Sampler(inputs: [input], seed: 2).draws(65_536)
    var costs = ConditionalCosts(options: 2, partition: try #require(InputPartition(draws[0])))
    costs.add(0, Array(draws[0]))
    costs.add(1, Array(repeating: cap, count: draws.count))
    for share in [0.3, 0.6, 0.9] {
      let spread = sigma * share
      let upper: Double = .log(cap / mean) / spread + spread / 2
      let least: Double =
        mean * NormalDistribution.cumulative(upper - spread)
        + cap * NormalDistribution.cumulative(-upper)
      let found = try #require(costs.valueOfTrial(informativeness: share))
      #expect((found - (mean - least)).magnitude < 0.01)
    }
  }

  @Test("options that differ by noise alone add no worth to knowing an input")
  func noise() throws {
    let (_, alone) = try Self.conditional(draws: 4096, idle: 0, seed: 1)
    let (theta, crowd) = try Self.conditional(draws: 4096, idle: 30, seed: 1)
    let before = try #require(alone.valueOfKnowing)
    #expect((try #require(crowd.valueOfKnowing)) < before + 0.02)
    let known = ValueOfInformation.normal(difference: 0.8, deviation: 2)
    let found = try #require(theta.valueOfKnowing)
    #expect(found < known && found > 0.8 * known, "\(found)")
  }

  @Test("an option that may cost without limit is never chosen; with no other nothing is said")
  func endless() throws {
    let draws = (0..<1000).map(Double.init)
    var costs = ConditionalCosts(options: 2, partition: try #require(InputPartition(draws[...])))
    costs.add(0, draws.map { $0 < 500 ? 0 : .infinity })
    costs.add(1, Array(repeating: 1, count: 1000))
    #expect(costs.valueOfKnowing == 0)
    var none = ConditionalCosts(options: 1, partition: try #require(InputPartition(draws[...])))
    none.add(0, Array(repeating: .infinity, count: 1000))
    #expect(none.valueOfKnowing == nil)
    #expect(none.valueOfTrial(informativeness: 0.5) == nil)
    #expect(InputPartition([]) == nil)
  }
}
