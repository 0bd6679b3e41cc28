import RealModule
import Testing

@testable import Uncertainty

@Suite struct SobolIndicesTests {
  private static func ishigami(own: Bool, seed: UInt64) throws -> Sampler {
    let inputs = try (1...3).map { (index: Int) in
      UncertainInput(
        "x\(index)", try .uniform(low: -.pi, high: .pi), dimension: own ? index - 1 : nil)
    }
    return try Sampler(inputs: inputs, seed: seed)
  }

  private static func evaluate(_ draws: Draws) -> [Double] {
    (0..<draws.count).map { draw in
      let (x1, x2, x3) = (
        draws.values[draw], draws.values[draws.count + draw], draws.values[2 * draws.count + draw]
      )
      let sine: Double = .sin(x2)
      return .sin(x1) * (1 + 0.1 * x3 * x3 * x3 * x3) + 7 * sine * sine
    }
  }

  // T. Ishigami and T. Homma, 1990, with a = 7 and b = 0.1; closed form, also documented by SALib.
  @Test(
    "Ishigami's function: every index within 0.02 at n = 4,096",
    arguments: [true, false], 0..<10 as Range<UInt64>)
  func ishigami(own: Bool, seed: UInt64) throws {
    let sampler = try Self.ishigami(own: own, seed: seed)
    let found = try #require(sampler.sobolIndices(count: 4096, of: Self.evaluate))
    let tolerance = own ? 0.02 : 0.1
    let expected = [(0.313905, 0.557589), (0.442411, 0.442411), (0, 0.243684)]
    for (share, (first, total)) in zip(found.shares, expected) {
      #expect((share.firstOrder.value - first).magnitude < tolerance)
      #expect((share.total.value - total).magnitude < tolerance)
      #expect((share.firstOrder.value - first).magnitude < 4 * share.firstOrder.standardError)
      #expect((share.total.value - total).magnitude < 4 * share.total.standardError)
    }
    #expect((found.mean - 3.5).magnitude < (own ? 0.03 : 0.1))
    #expect((found.variance - 13.844588).magnitude < (own ? 0.2 : 0.6))
  }

  @Test(
    "shares of a sum are those of its variances; a point has none; nothing varies, nothing is said")
  func additive() throws {
    let sampler = try Sampler(
      inputs: [
        UncertainInput("wide", try .normal(mean: 0, standardDeviation: 2), dimension: 0),
        UncertainInput("known", try .point(5), dimension: 1),
        UncertainInput("narrow", try .normal(mean: 0, standardDeviation: 1), dimension: 2),
      ], seed: 1)
    let found = try #require(
      sampler.sobolIndices(count: 4096) { draws in
        (0..<draws.count).map { draws.values[$0] + draws.values[2 * draws.count + $0] }
      })
    for (share, expected) in zip(found.shares, [0.8, 0, 0.2]) {
      #expect((share.firstOrder.value - expected).magnitude < 0.01)
      #expect((share.total.value - expected).magnitude < 0.01)
    }
    #expect(found.shares.map(\.input) == ["wide", "known", "narrow"])
    #expect(sampler.sobolIndices(count: 64) { Array(repeating: 1, count: $0.count) } == nil)
    #expect(sampler.sobolIndices(count: 64) { Array(repeating: .infinity, count: $0.count) } == nil)
  }

  @Test("what correlated inputs share goes to the one listed first")
  func correlated() throws {
    let normal = try Distribution.normal(mean: 0, standardDeviation: 1)
    let sampler = try Sampler(
      inputs: [
        UncertainInput("a", normal, dimension: 0), UncertainInput("b", normal, dimension: 1),
      ],
      correlations: [InputCorrelation("a", "b", 0.6)], seed: 1)
    let found = try #require(
      sampler.sobolIndices(count: 4096) { draws in
        (0..<draws.count).map { draws.values[draws.count + $0] }
      })
    #expect((found.shares[0].firstOrder.value - 0.36).magnitude < 0.01)
    #expect((found.shares[1].total.value - 0.64).magnitude < 0.01)
  }
}

@Suite struct TornadoTests {
  @Test("bars are sorted by swing, keep their sign and leave out what is certain")
  func bars() throws {
    let inputs = [
      UncertainInput("price", try .lognormal(low: 2, high: 4)),
      UncertainInput("chips", try .point(8)),
      UncertainInput("speed", try .uniform(low: 1, high: 5)),
      UncertainInput("nothing", try .uniform(low: 0, high: 1)),
    ]
    let bars = Tornado.bars(inputs) { $0[0] * $0[1] / $0[2] }
    #expect(bars.map(\.input) == ["speed", "price", "nothing"])
    let median: Double = .sqrt(8)
    #expect(isClose(bars[0].lowResult, median * 8 / 1.4, within: 1e-12))
    #expect(isClose(bars[0].highResult, median * 8 / 4.6, within: 1e-12))
    #expect(bars[0].swing < 0 && bars[1].swing > 0 && bars[2].swing == 0)
    #expect(isClose(bars[1].swing, (4.0 - 2) * 8 / 3, within: 1e-12))
    #expect(isClose(bars[1].lowInput, 2, within: 1e-12))
  }

  @Test("a bar that has no width comes last")
  func endless() throws {
    let inputs = [
      UncertainInput("a", try .uniform(low: 0, high: 1)),
      UncertainInput("b", try .uniform(low: 0, high: 1)),
    ]
    let bars = Tornado.bars(inputs) { $0[0] > 0.7 ? .infinity : $0[1] }
    #expect(bars.map(\.input) == ["b", "a"])
  }
}

@Suite struct FlipPointTests {
  // cost = n·p·T + F: the speed at which a slower option ties is p·W/(other − F).
  @Test("the speed that ties is the closed form, with its distance and the chance beyond")
  func speed() throws {
    let (price, work, fixed, other) = (1.5, 6e6, 0.4e6, 8e6)
    let belief = try Distribution.normal(mean: 1, standardDeviation: 0.1)
    let flip = try #require(
      FlipPoint(in: 0.1...10, of: belief) { price * work / $0 + fixed - other })
    let closed = price * work / (other - fixed)
    #expect(isClose(flip.value, closed, within: 1e-14))
    let distance = try #require(flip.distance)
    #expect(isClose(distance, (closed - 1) / 0.1, within: 1e-9))
    let beyond = try #require(flip.chanceBeyond)
    #expect(isClose(beyond, 1 - NormalDistribution.cumulative((closed - 1) / 0.1), within: 1e-9))
    let below = try #require(FlipPoint(in: 0.1...10, of: belief) { $0 - 0.9 })
    #expect((below.distance ?? 0) < 0)
    #expect(((below.chanceBeyond ?? 0) - NormalDistribution.cumulative(-1)).magnitude < 1e-9)
  }

  @Test("without a change of sign there is no flip; without doubt there is no distance")
  func none() throws {
    #expect(FlipPoint(in: 0...1) { $0 + 1 } == nil)
    #expect(FlipPoint(in: 0...1) { _ in .nan } == nil)
    #expect(FlipPoint(in: 1...2) { $0 - 1 }?.value == 1)
    #expect(FlipPoint(in: 0...2) { $0 < 1.5 ? -.infinity : 1 }?.value == 1.5)
    let sure = try #require(FlipPoint(in: 0...2, of: try .point(1)) { $0 - 0.5 })
    #expect(sure.distance == nil && sure.chanceBeyond == nil)
  }

  @Test("along the line of indifference the difference is nothing")
  func contour() {
    let line = IndifferencePoint.contour(first: [1, 2, 4, 100], second: 0.1...10) { $0 * $1 - 4 }
    #expect(line.map(\.second) == [4, 2, 1, nil])
  }
}
