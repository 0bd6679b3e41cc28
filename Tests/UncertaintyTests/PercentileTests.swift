import Testing

@testable import Uncertainty

@Suite struct PercentileTests {
  /// Independent standard normal draws, unlike the sampler's, from a seed.
  static func normals(_ count: Int, seed: UInt64) -> [Double] {
    var stream = StreamSeed(seed, name: "independent")
    return (0..<count).map { _ in
      NormalDistribution.quantile(Scramble.point(stream.nextHalf()))
    }
  }

  /// Draws of every awkward kind.
  private static let columns: [[Double]] = {
    let normals = Self.normals(20_000, seed: 1)
    var outlier = normals
    outlier[7] = 1e12
    var infinite = normals
    for index in 0..<9000 { infinite[2 * index] = .infinity }
    infinite[1] = -.infinity
    return [
      normals, outlier, infinite, normals.map { 1e300 * $0 }, normals.map { ($0 * 2).rounded() },
      normals.map { $0 * 1e-12 + 1 }, Array(repeating: 3, count: 5000),
      Array(repeating: .infinity, count: 5000), Array(normals.prefix(10)), [5],
      normals.map { $0 > 0 ? .infinity : -1 }, normals.sorted(),
    ]
  }()

  @Test("order statistics are those of the sorted values", arguments: 0..<12)
  func selects(column: Int) throws {
    let values = Self.columns[column]
    let sorted = values.sorted()
    var order = OrderStatistics()
    let last = values.count - 1
    for ranks in [[0], [last], [last / 10, last / 2, last * 9 / 10], [0, 0, last / 3, last / 3]] {
      #expect(order.select(ranks, from: values) == ranks.map { sorted[$0] })
    }
    let every = Array(0...last)
    #expect(order.select(every, from: values) == sorted)
    #expect(order.select([0], from: values + [.nan]) == nil)
  }

  // Rockafellar and Uryasev; ten equally likely costs, exact arithmetic.
  @Test("the average of the worst fifth is 250, of the worst 15% 266.667")
  func tail() throws {
    let costs: [Double] = [160, 100, 300, 105, 110, 140, 115, 120, 200, 130]
    var finder = PercentileFinder()
    let fifth = try required(finder.conditionalValueAtRisk(0.8, of: costs))
    #expect((fifth - 250).magnitude < 1e-9)
    let less = try required(finder.conditionalValueAtRisk(0.85, of: costs))
    #expect((less - 266.667).magnitude < 4e-4)
    let all = try required(finder.conditionalValueAtRisk(0, of: costs))
    #expect((all - 148).magnitude < 1e-9)
    #expect(finder.percentiles([0.8], of: costs)?.first?.value == 160)
    #expect(finder.percentiles([0.1, 0.9], of: costs)?.map(\.value) == [100, 200])
    #expect(finder.percentiles([0.5], of: []) == nil)
    #expect(finder.percentiles([0.5], of: [1, .nan]) == nil)
    #expect(finder.conditionalValueAtRisk(1, of: costs) == nil)
  }

  // CVaR of a standard normal: φ(z)/(1 − level), a textbook identity.
  @Test("the tail of a normal is its closed form")
  func normalTail() throws {
    var finder = PercentileFinder()
    let input = UncertainInput("x", try .normal(mean: 0, standardDeviation: 1), dimension: 0)
    let draws = Array(try Sampler(inputs: [input], seed: 1).draws(65_536)[0])
    for level in [0.5, 0.8, 0.95] {
      let closed: Double =
        NormalDistribution.density(NormalDistribution.quantile(level)) / (1 - level)
      let found = try required(finder.conditionalValueAtRisk(level, of: draws))
      #expect((found - closed).magnitude < 2e-4)
    }
  }

  @Test("of independent draws, two standard errors hold the true percentile 95 times in 100")
  func standardError() throws {
    var finder = PercentileFinder()
    let chances = [0.1, 0.5, 0.9]
    var hits = [0, 0, 0]
    let repeats = 2000
    for seed in 0..<repeats {
      let draws = Self.normals(1024, seed: UInt64(seed))
      let found = try required(finder.percentiles(chances, of: draws))
      for (index, chance) in chances.enumerated() {
        let miss = (found[index].value - NormalDistribution.quantile(chance)).magnitude
        if miss <= 1.96 * found[index].standardError { hits[index] += 1 }
      }
    }
    for count in hits { #expect((0.935...0.965).contains(Double(count) / Double(repeats))) }
  }

  @Test("of the sampler's draws the error is stated too large, never too small")
  func conservative() throws {
    var finder = PercentileFinder()
    let inputs = try (0..<4).map { (index: Int) in
      UncertainInput("x\(index)", try .normal(mean: 0, standardDeviation: 1), dimension: index)
    }
    var (squares, stated) = (0.0, 0.0)
    for seed in 0..<50 as Range<UInt64> {
      let draws = try Sampler(inputs: inputs, seed: seed).draws(4096)
      let sums = (0..<4096).map { draw in
        (0..<4).reduce(0) { $0 + draws.values[$1 * 4096 + draw] } / 2
      }
      let p90 = try required(finder.percentiles([0.9], of: sums)?.first)
      let error = p90.value - 1.281_551_565_544_6
      squares += error * error / 50
      stated += p90.standardError / 50
    }
    #expect(squares.squareRoot() < 0.5 * stated)
    #expect(isClose(stated, 0.3 / (64 * 0.175_498_331_932_487), within: 0.05))
  }

  @Test("a chance carries the binomial error, and no hit is not impossible")
  func chances() {
    #expect(Chance.atMost(3, [1, 2, 3, 4]).value == 0.75)
    #expect(Chance.bothAtMost(3, [1, 2, 3, 4], 5, [9, 5, 1, 1]).value == 0.5)
    let half = Estimate.chance(hits: 5000, draws: 10_000)
    #expect(isClose(half.standardError, 0.005, within: 1e-3))
    let never = Estimate.chance(hits: 0, draws: 4096)
    #expect(never.value == 0)
    #expect(never.standardError > 0)
    let mean = Estimate.mean(of: [1, 2, 3, 4])
    #expect(mean.value == 2.5)
    #expect(isClose(mean.standardError, (5.0 / 3 / 4).squareRoot(), within: 1e-12))
  }
}
