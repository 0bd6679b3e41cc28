import RealModule

/// How much of a result's variance each input explains (I. M. Sobol, 1993).
public struct SobolIndices: Hashable, Sendable {
  /// One input's part.
  public struct Share: Hashable, Sendable {
    public var input: String
    /// The share that goes away once the input is known, all else left uncertain.
    public var firstOrder: Estimate
    /// The share that is left once everything but the input is known; what it exceeds the first
    /// order by, it does together with others.
    public var total: Estimate
  }

  /// In the order of the sampler's inputs.
  public var shares: [Share]
  public var mean: Double
  public var variance: Double
}

extension Sampler {
  /// Sobol indices of a result: first order by Saltelli et al. 2010 (Computer Physics Communications
  /// 181, table 2 (b)), total by Jansen 1999 (table 2 (f)), standard errors by bootstrap.
  ///
  /// Shares are those of the inputs' independent scores: of two correlated inputs, what they have in
  /// common is ascribed to the one listed first. Points are left out at no cost.
  ///
  /// - Parameters:
  ///   - count: draws of each of the two base sets, a power of two; the result is asked for
  ///     count × (inputs + 2) worlds.
  ///   - result: its values in the worlds of some draws, all finite.
  /// - Returns: nil when the result does not vary, or is infinite or not a number somewhere.
  public func sobolIndices(
    count: Int, of result: (Draws) throws -> [Double]
  ) rethrows -> SobolIndices? {
    let first = scores(0..<count, set: .first)
    let second = scores(0..<count, set: .second)
    var base = try result(values(fromScores: first))
    var other = try result(values(fromScores: second))
    let mean = (base.reduce(0, +) + other.reduce(0, +)) / Double(2 * count)
    // The estimators are exact for any constant taken off, and scatter least near the mean.
    var squares = 0.0
    for draw in 0..<count {
      base[draw] -= mean
      other[draw] -= mean
      squares += base[draw] * base[draw] + other[draw] * other[draw]
    }
    let variance: Double = squares / Double(2 * count)
    guard variance > 0, variance.isFinite else { return nil }
    var shares: [SobolIndices.Share] = []
    for (index, input) in inputs.enumerated() {
      guard !input.distribution.isPoint else {
        let none = Estimate(0, standardError: 0)
        shares.append(.init(input: input.name, firstOrder: none, total: none))
        continue
      }
      var mixed = first
      mixed.replace(index, by: second)
      var crossed = try result(values(fromScores: mixed))
      for draw in 0..<count { crossed[draw] -= mean }
      let terms = SobolTerms(base: base, other: other, crossed: crossed)
      guard terms.isFinite else { return nil }
      shares.append(terms.share(of: input.name, seed: seed))
    }
    return SobolIndices(shares: shares, mean: mean, variance: variance)
  }
}

/// The summands of one input's indices, draw by draw.
private struct SobolTerms {
  var first: [Double]
  var total: [Double]
  var squares: [Double]

  init(base: [Double], other: [Double], crossed: [Double]) {
    let draws = base.indices
    first = draws.map { other[$0] * (crossed[$0] - base[$0]) }
    total = draws.map { (base[$0] - crossed[$0]) * (base[$0] - crossed[$0]) / 2 }
    squares = draws.map { (base[$0] * base[$0] + other[$0] * other[$0]) / 2 }
  }

  var isFinite: Bool { (first.reduce(0, +) + total.reduce(0, +)).isFinite }

  func share(of input: String, seed: UInt64) -> SobolIndices.Share {
    let variance = squares.reduce(0, +)
    let errors = bootstrap(seed: seed)
    return SobolIndices.Share(
      input: input,
      firstOrder: Estimate(first.reduce(0, +) / variance, standardError: errors.first),
      total: Estimate(total.reduce(0, +) / variance, standardError: errors.total))
  }

  private static let resamples = 100

  /// Standard deviations of the two shares over resamples of the draws with replacement (B. Efron,
  /// 1979).
  private func bootstrap(seed: UInt64) -> (first: Double, total: Double) {
    var stream = StreamSeed(seed, name: "bootstrap")
    let count = UInt64(first.count)
    var firsts: [Double] = []
    var totals: [Double] = []
    for _ in 0..<Self.resamples {
      var (firstSum, totalSum, squareSum) = (0.0, 0.0, 0.0)
      for _ in 0..<count {
        let draw = Int((UInt64(stream.nextHalf()) * count) >> 32)
        firstSum += first[draw]
        totalSum += total[draw]
        squareSum += squares[draw]
      }
      firsts.append(firstSum / squareSum)
      totals.append(totalSum / squareSum)
    }
    // The error of the mean of so many is their deviation over √resamples.
    let scale = Double.sqrt(Double(Self.resamples))
    return (
      Estimate.mean(of: firsts).standardError * scale,
      Estimate.mean(of: totals).standardError * scale
    )
  }
}

extension Draws {
  /// Takes one input's draws from another set.
  mutating func replace(_ input: Int, by other: Draws) {
    values.replaceSubrange(input * count..<(input + 1) * count, with: other[input])
  }
}
