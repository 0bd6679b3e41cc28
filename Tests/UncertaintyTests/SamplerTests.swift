import Testing

@testable import Uncertainty

@Suite struct SamplerTests {
  private func standard(_ name: String, dimension: Int? = nil) throws -> UncertainInput {
    UncertainInput(name, try .normal(mean: 0, standardDeviation: 1), dimension: dimension)
  }

  private func correlation(_ left: ArraySlice<Double>, _ right: ArraySlice<Double>) -> Double {
    let count = Double(left.count)
    let (meanLeft, meanRight) = (left.reduce(0, +) / count, right.reduce(0, +) / count)
    var (product, squaresLeft, squaresRight) = (0.0, 0.0, 0.0)
    for (first, second) in zip(left, right) {
      product += (first - meanLeft) * (second - meanRight)
      squaresLeft += (first - meanLeft) * (first - meanLeft)
      squaresRight += (second - meanRight) * (second - meanRight)
    }
    return product / (squaresLeft * squaresRight).squareRoot()
  }

  @Test("another input changes no other draw, wherever it is listed")
  func byName() throws {
    let speed = try standard("speed", dimension: 3)
    let price = try standard("price")
    let wait = try standard("wait", dimension: 0)
    let alone = try Sampler(inputs: [speed, price], seed: 9).draws(256)
    let more = try Sampler(inputs: [wait, price, speed], seed: 9).draws(256)
    #expect(alone[0] == more[2])
    #expect(alone[1].elementsEqual(more[1]))
    let linked = try Sampler(
      inputs: [speed, wait, price], correlations: [InputCorrelation("speed", "wait", 0.5)], seed: 9
    ).draws(256)
    #expect(alone[0].elementsEqual(linked[0]))
    #expect(alone[1].elementsEqual(linked[2]))
    #expect(!more[0].elementsEqual(linked[1]))
  }

  @Test("seed and name each change the stream; an equal seed gives equal bytes")
  func seeds() throws {
    let input = try standard("speed", dimension: 1)
    let first = try Sampler(inputs: [input], seed: 1).draws(64)
    #expect(try Sampler(inputs: [input], seed: 1).draws(64).values == first.values)
    #expect(try Sampler(inputs: [input], seed: 2).draws(64).values != first.values)
    let other = try standard("spead", dimension: 1)
    #expect(try Sampler(inputs: [other], seed: 1).draws(64).values != first.values)
  }

  @Test("any split of the draws gives the same bytes")
  func splits() throws {
    let sampler = try Sampler(
      inputs: [standard("a", dimension: 5), standard("b"), standard("c", dimension: 31)],
      correlations: [InputCorrelation("a", "c", -0.4)], seed: 77)
    let whole = sampler.draws(1000)
    for size in [1, 7, 333] {
      for start in stride(from: 0, to: 1000, by: size) {
        let part = sampler.draws(start..<min(1000, start + size))
        for input in 0..<3 {
          #expect(part[input].elementsEqual(whole[input][(input * 1000 + start)...].prefix(size)))
        }
      }
    }
  }

  @Test("on every machine the same seed gives these points")
  func golden() throws {
    let inputs = [
      UncertainInput("mfu", try .uniform(low: 0, high: 1), dimension: 0),
      UncertainInput("price", try .uniform(low: 0, high: 1), dimension: 1),
      UncertainInput("wait", try .uniform(low: 0, high: 1)),
    ]
    let draws = try Sampler(inputs: inputs, seed: 42).draws(4)
    let millionths = draws.values.map { ($0 * 1e6).rounded() }
    #expect(
      millionths == [
        898_315, 109_823, 440_262, 747_559, 9446, 547_152, 270_112, 756_833, 853_172, 219_587,
        359_411, 597_116,
      ])
  }

  @Test("streams of different inputs are unrelated, in both kinds and across both sets")
  func independent() throws {
    var inputs: [UncertainInput] = []
    for index in 0..<6 {
      inputs.append(try standard("sobol \(index)", dimension: index))
      inputs.append(try standard("latin \(index)"))
    }
    let sampler = try Sampler(inputs: inputs, seed: 5)
    let first = sampler.scores(0..<4096, set: .first)
    let second = sampler.scores(0..<4096, set: .second)
    for left in 0..<12 {
      for right in 0..<12 {
        if left < right { #expect(correlation(first[left], first[right]).magnitude < 0.07) }
        #expect(correlation(first[left], second[right]).magnitude < 0.07)
      }
    }
  }

  @Test("averages settle many times faster than over random draws")
  func efficient() throws {
    // A product of twelve factors of mean 1; random draws would err by 0.0045 at n = 4,096.
    func error(own: Bool) throws -> Double {
      let inputs = try (0..<12).map { (index: Int) in
        UncertainInput(
          "x\(index)", try .uniform(low: 0.85, high: 1.15), dimension: own ? index : nil)
      }
      var squares = 0.0
      for seed in 0..<20 as Range<UInt64> {
        let draws = try Sampler(inputs: inputs, seed: seed).draws(4096)
        var sum = 0.0
        for draw in 0..<4096 {
          sum += (0..<12).reduce(1.0) { $0 * draws.values[$1 * 4096 + draw] }
        }
        squares += (sum / 4096 - 1) * (sum / 4096 - 1)
      }
      return (squares / 20).squareRoot()
    }
    #expect(try error(own: true) < 4e-5)
    #expect(try error(own: false) < 1.3e-3)
  }

  @Test("correlated inputs have the stated correlation and their own distributions")
  func copula() throws {
    let sampler = try Sampler(
      inputs: [
        standard("mfu", dimension: 0),
        UncertainInput("delay", try .lognormal(low: 2, high: 12), dimension: 1),
        standard("failures", dimension: 2),
      ],
      correlations: [
        InputCorrelation("mfu", "delay", -0.4), InputCorrelation("failures", "mfu", -0.3),
      ], seed: 11)
    #expect(sampler.correlationShare == 1)
    var draws = sampler.draws(16_384)
    let sorted = draws[1].sorted()
    #expect(isClose(sorted[1638], 2, within: 0.02))
    #expect(isClose(sorted[14_745], 12, within: 0.02))
    // Back to scores.
    for draw in 16_384..<32_768 {
      let chance = sampler.inputs[1].distribution.cumulative(draws.values[draw])
      draws.values[draw] = NormalDistribution.quantile(chance)
    }
    #expect((correlation(draws[0], draws[1]) + 0.4).magnitude < 0.01)
    #expect((correlation(draws[0], draws[2]) + 0.3).magnitude < 0.01)
    #expect(correlation(draws[1], draws[2]).magnitude < 0.01)
  }

  @Test("correlations that can't hold together are all shrunk by the same share")
  func shrunk() throws {
    let inputs = [try standard("a"), try standard("b"), try standard("c")]
    func pairs(_ value: Double) -> [InputCorrelation] {
      [("a", "b"), ("a", "c"), ("b", "c")].map { InputCorrelation($0, $1, value) }
    }
    // Three equal correlations are possible down to -1/2.
    let sampler = try Sampler(inputs: inputs, correlations: pairs(-0.8), seed: 1)
    #expect(isClose(sampler.correlationShare, 0.5 / 0.8, within: 1e-6))
    #expect(try Sampler(inputs: inputs, correlations: pairs(1), seed: 1).correlationShare == 1)
  }

  @Test("clashing or unknown names are refused with the cure")
  func refused() throws {
    func message(_ inputs: [UncertainInput], _ correlations: [InputCorrelation] = []) -> String {
      do {
        _ = try Sampler(inputs: inputs, correlations: correlations, seed: 0)
        return ""
      } catch { return "\(error)" }
    }
    let price = try standard("price", dimension: 1)
    let speed = try standard("speed", dimension: 1)
    #expect(message([price, price]).hasPrefix("two inputs are named price"))
    #expect(message([price, speed]).hasPrefix("price and speed share dimension 1"))
    #expect(message([try standard("x", dimension: 32)]).contains("not between 0 and 31"))
    let plain = try standard("speed")
    #expect(
      message([price, plain], [InputCorrelation("prise", "speed", 0.1)])
        == "a correlation names prise, which is no input; did you mean price?")
    #expect(message([price, plain], [InputCorrelation("price", "speed", 1.2)]).contains("1.2"))
    #expect(
      message([price, plain], [InputCorrelation("price", "price", 1)]).contains("two inputs"))
  }

  // Besiroglu et al. 2024 (arXiv 2404.10102), the covariance of their five constants.
  @Test("constants of one law are drawn with their nearly singular covariance")
  func joint() throws {
    let covariance = [
      [6.529e-2, -2.784e-2, 2.103e-3, 3.898e-3, -1.397e-3],
      [-2.784e-2, 1.613e-1, 3.168e-3, -1.722e-3, 7.894e-3],
      [2.103e-3, 3.168e-3, 1.868e-4, 1.245e-4, 1.542e-4],
      [3.898e-3, -1.722e-3, 1.245e-4, 2.330e-4, -8.645e-5],
      [-1.397e-3, 7.894e-3, 1.542e-4, -8.645e-5, 3.865e-4],
    ]
    let means = [6.1780, 7.6427, 0.59711, 0.34781, 0.36585]
    let law = try JointNormal(means: means, covariance: covariance)
    let inputs = try (0..<5).map { (index: Int) in try standard("law \(index)", dimension: index) }
    var draws = try Sampler(inputs: inputs, seed: 4).draws(65_536)
    let count = draws.count
    draws.values.withUnsafeMutableBufferPointer { law.transform($0, count: count) }
    for row in 0..<5 {
      let mean = draws[row].reduce(0, +) / Double(count)
      #expect((mean - means[row]).magnitude < 1e-4)
      for column in 0..<row {
        let stated =
          covariance[row][column] / (covariance[row][row] * covariance[column][column]).squareRoot()
        #expect((correlation(draws[row], draws[column]) - stated).magnitude < 2e-3)
      }
    }
    #expect(throws: DistributionError.self) {
      try JointNormal(means: [0, 0], covariance: [[1, 2], [2, 1]])
    }
    #expect(throws: DistributionError.self) {
      try JointNormal(means: [0, 0], covariance: [[1, 0.5], [0.4, 1]])
    }
    #expect(throws: DistributionError.self) { try JointNormal(means: [0, 0], covariance: [[1]]) }
  }
}
