import RealModule
import Testing

@testable import Uncertainty

/// A world whose workings are known: what is believed of its inputs is how they really fall. The
/// truths come from independent random numbers, not from the sampler.
@Suite struct CoverageTests {
  private static let correlation = -0.4

  /// Beliefs of one planning case; each case has its own medians and spreads.
  private static func inputs(_ stream: inout StreamSeed) throws -> [UncertainInput] {
    func between(_ low: Double, _ high: Double) -> Double {
      low + (high - low) * Scramble.point(stream.nextHalf())
    }
    let utilization = between(0.25, 0.5)
    let price = between(1, 6)
    let delay = between(1, 6)
    return [
      UncertainInput(
        "utilization",
        try .lognormal(median: utilization, logDeviation: between(0.05, 0.3)), dimension: 0),
      UncertainInput(
        "price",
        try .lognormal(low: price, typical: price * 1.1, high: price * between(1.3, 2)),
        dimension: 1),
      UncertainInput(
        "delay", try .triangular(low: delay, typical: delay * 1.5, high: delay * 4), dimension: 2),
      UncertainInput("loss of time", try .uniform(low: 1.02, high: 1.2)),
    ]
  }

  /// Days until the end and cost of 1e21 operations on 64 chips of 1e15 a second.
  private static func outcome(
    _ utilization: Double, _ price: Double, _ delay: Double, _ lost: Double
  ) -> (days: Double, cost: Double) {
    let hours: Double = 1e21 * lost / (64 * 1e13 * utilization) / 3600
    return (delay * 7 + hours / 24, hours * 64 * price)
  }

  @Test("80% intervals hold the truth in 78 to 82 cases of 100, of cost and of date")
  func coverage() throws {
    let cases = 3000
    var stream = StreamSeed(2, name: "truth")
    func score() -> Double {
      NormalDistribution.quantile(Scramble.point(stream.nextHalf()))
    }
    var finder = PercentileFinder()
    var (cost, days) = (0, 0)
    for seed in 0..<UInt64(cases) {
      let inputs = try Self.inputs(&stream)
      let draws = try Sampler(
        inputs: inputs,
        correlations: [InputCorrelation("utilization", "delay", Self.correlation)], seed: seed
      ).draws(128)
      let outcomes = (0..<128).map { draw in
        Self.outcome(
          draws.values[draw], draws.values[128 + draw], draws.values[256 + draw],
          draws.values[384 + draw])
      }
      let scores = (0..<4).map { _ in score() }
      let linked: Double =
        Self.correlation * scores[0]
        + .sqrt(1 - Self.correlation * Self.correlation) * scores[2]
      let truth = Self.outcome(
        inputs[0].distribution.value(score: scores[0]),
        inputs[1].distribution.value(score: scores[1]),
        inputs[2].distribution.value(score: linked),
        inputs[3].distribution.value(score: scores[3]))
      let costRange = try required(finder.percentiles([0.1, 0.9], of: outcomes.map(\.cost)))
      let dayRange = try required(finder.percentiles([0.1, 0.9], of: outcomes.map(\.days)))
      if truth.cost >= costRange[0].value && truth.cost <= costRange[1].value { cost += 1 }
      if truth.days >= dayRange[0].value && truth.days <= dayRange[1].value { days += 1 }
    }
    #expect((0.78...0.82).contains(Double(cost) / Double(cases)))
    #expect((0.78...0.82).contains(Double(days) / Double(cases)))
  }

  @Test("of what is said to have a chance of 70% seven in ten come true")
  func calibrated() throws {
    // Chances to keep a limit, binned to tenths, against how often the limit is kept.
    let cases = 3000
    var stream = StreamSeed(5, name: "chances")
    var said = [Double](repeating: 0, count: 10)
    var kept = [Double](repeating: 0, count: 10)
    var count = [Double](repeating: 0, count: 10)
    for seed in 0..<UInt64(cases) {
      let inputs = try Self.inputs(&stream)
      let draws = try Sampler(inputs: inputs, seed: seed).draws(128)
      let limit =
        Self.outcome(
          draws.values[0], draws.values[128], draws.values[256], draws.values[384]
        ).cost * (0.7 + 0.6 * Scramble.point(stream.nextHalf()))
      let costs = (0..<128).map { draw in
        Self.outcome(
          draws.values[draw], draws.values[128 + draw], draws.values[256 + draw],
          draws.values[384 + draw]
        ).cost
      }
      let chance = Chance.atMost(limit, costs).value
      let truth = inputs.map { input in
        input.distribution.value(
          score: NormalDistribution.quantile(Scramble.point(stream.nextHalf())))
      }
      let bin = min(9, Int(chance * 10))
      said[bin] += chance
      count[bin] += 1
      if Self.outcome(truth[0], truth[1], truth[2], truth[3]).cost <= limit { kept[bin] += 1 }
    }
    for bin in 0..<10 where count[bin] > 100 {
      let error: Double = 3.5 * .sqrt(0.25 / count[bin])
      #expect((kept[bin] - said[bin]).magnitude / count[bin] < error)
    }
  }
}
