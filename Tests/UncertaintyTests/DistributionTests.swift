import Testing
import Uncertainty

@Suite struct DistributionTests {
  // μ = (ln q10 + ln q90)/2, σ = ln(q90/q10)/2.563103; exact arithmetic.
  @Test(
    "a lognormal between its 10th and 90th percentile",
    arguments: [
      (0.30, 0.45, 0.158193, 0.367423, 0.372050, 0.476620),
      (8, 40, 0.627926, 17.888544, 21.786832, 50.249776),
      (2, 5, 0.357493, 3.162278, 3.370945, 5.693446),
    ])
  func lognormal(
    low: Double, high: Double, sigma: Double, median: Double, mean: Double, p95: Double
  ) throws {
    let made = try Distribution.lognormal(low: low, high: high)
    #expect((made.quantile(0.1) - low).magnitude < 1e-12 * high)
    #expect((made.quantile(0.9) - high).magnitude < 1e-12 * high)
    #expect((made.quantile(0.5) - median).magnitude < 6e-7)
    #expect((made.mean - mean).magnitude < 6e-7)
    #expect((made.quantile(0.95) - p95).magnitude < 6e-7)
    let same = try Distribution.lognormal(median: median, logDeviation: sigma)
    #expect(isClose(same.mean, mean, within: 2e-6))
    // A textbook identity: variance = mean²·(exp(σ²) − 1).
    #expect(isClose(made.standardDeviation, mean * spread(sigma), within: 5e-6))
  }

  private func spread(_ sigma: Double) -> Double {
    // exp(x) − 1 by its series, which is short for these.
    var (term, sum) = (1.0, 0.0)
    for power in 1...30 {
      term *= sigma * sigma / Double(power)
      sum += term
    }
    return sum.squareRoot()
  }

  /// One of every shape.
  private static func shapes() throws -> [Distribution] {
    [
      try .normal(low: -1, high: 3), try .normal(low: 2, typical: 3, high: 7, confidence: 0.9),
      try .lognormal(low: 2, high: 12), try .lognormal(low: 1, typical: 1.2, high: 3),
      try .triangular(low: 1, typical: 2, high: 6),
      try .triangular(low: 1, typical: 2, high: 6, confidence: 0.8),
      try .uniform(low: 0.3, high: 1), try .uniform(low: 0.3, high: 1, confidence: 0.8),
      try .discrete([(6, 0.6), (11, 0.4)]), try .point(4),
    ]
  }

  @Test("mean and standard deviation agree with the quantiles they summarise", arguments: 0..<10)
  func moments(index: Int) throws {
    let shape = try Self.shapes()[index]
    let count = 200_000
    var (sum, squares) = (0.0, 0.0)
    for step in 0..<count {
      let value = shape.quantile((Double(step) + 0.5) / Double(count))
      sum += value
      squares += value * value
    }
    let mean = sum / Double(count)
    let variance = squares / Double(count) - mean * mean
    #expect(isClose(shape.mean, mean, within: 2e-4))
    #expect((shape.standardDeviation - max(0, variance).squareRoot()).magnitude < 2e-3)
  }

  @Test("chance and quantile undo each other in every continuous shape", arguments: 0..<8)
  func cumulative(index: Int) throws {
    let shape = try Self.shapes()[index]
    for chance in [0.001, 0.1, 0.3, 0.5, 0.77, 0.9, 0.999] {
      #expect((shape.cumulative(shape.quantile(chance)) - chance).magnitude < 1e-12)
    }
    #expect(shape.cumulative(-1e9) == 0)
    #expect(shape.cumulative(1e9) == 1)
  }

  @Test("scores turn into the same values one by one and all at once", arguments: 0..<10)
  func transform(index: Int) throws {
    let shape = try Self.shapes()[index]
    let scores = (0..<101).map { Double($0) * 0.07 - 3.5 }
    var values = scores
    values.withUnsafeMutableBufferPointer { shape.transform($0) }
    for (score, value) in zip(scores, values) {
      #expect(value == shape.value(score: score))
      let expected = shape.quantile(NormalDistribution.cumulative(score))
      #expect((value - expected).magnitude < 1e-9)
    }
  }

  @Test("low, typical and high are met at the confidence stated")
  func stated() throws {
    let split = try Distribution.lognormal(low: 1, typical: 1.2, high: 3, confidence: 0.9)
    for (chance, value) in [(0.05, 1.0), (0.5, 1.2), (0.95, 3)] {
      #expect(isClose(split.quantile(chance), value, within: 1e-12))
    }
    let triangle = try Distribution.triangular(low: 1, typical: 2, high: 6, confidence: 0.8)
    #expect((triangle.cumulative(1) - 0.1).magnitude < 1e-12)
    #expect((triangle.cumulative(6) - 0.9).magnitude < 1e-12)
    let even = try Distribution.uniform(low: 0.3, high: 1, confidence: 0.8)
    #expect((even.cumulative(0.3) - 0.1).magnitude < 1e-12)
    #expect((even.cumulative(1) - 0.9).magnitude < 1e-12)
  }

  @Test("a discrete quantity takes each value with its weight")
  func discrete() throws {
    let costs = try Distribution.discrete([(11, 4), (6, 6), (99, 0)])
    #expect(costs.quantile(0.59) == 6)
    #expect(costs.quantile(0.61) == 11)
    #expect(costs.quantile(1) == 11)
    #expect(costs.cumulative(6) == 0.6)
    #expect((costs.mean - 8).magnitude < 1e-12)
    #expect(try Distribution.point(3).isPoint)
    #expect(!costs.isPoint)
  }

  @Test("numbers that contradict each other are refused with the cure")
  func refused() {
    func message(_ make: () throws -> Distribution) -> String {
      do {
        _ = try make()
        return ""
      } catch { return "\(error)" }
    }
    #expect(
      message { try .lognormal(low: 5, high: 2) }
        == "low (5) must be less than high (2); give a single value for what is certain")
    #expect(message { try .normal(low: 1, typical: 7, high: 5) }.hasPrefix("typical (7)"))
    #expect(message { try .lognormal(low: 0, high: 2) }.hasSuffix("choose normal"))
    #expect(message { try .normal(low: 1, high: 2, confidence: 1) }.contains("such as 0.8"))
    #expect(message { try .normal(low: 1, high: 2, confidence: 80) }.hasSuffix("not 80"))
    #expect(message { try .uniform(low: 1, high: .infinity) }.contains("finite"))
    #expect(message { try .discrete([]) }.contains("weights"))
    #expect(message { try .discrete([(1, -1), (2, 3)]) }.contains("weights"))
    #expect(message { try .normal(mean: 1, standardDeviation: 0) }.contains("above 0"))
    #expect(message { try .point(.nan) }.contains("finite"))
  }
}
