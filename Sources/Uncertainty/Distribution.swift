import Quantities
import RealModule

/// What is believed about one uncertain number: a shape and its parameters, checked when made.
///
/// A value is taken from a standard normal score, so that correlated scores give correlated values
/// whatever the shapes (a Gaussian copula), and a score of 0 is always the median.
///
///     let price = try Distribution.lognormal(low: 2, high: 5)  // 10th and 90th percentile
///     price.quantile(0.5)  // 3.162…
public struct Distribution: Hashable, Sendable {
  enum Form: Hashable, Sendable {
    case point(Double)
    /// Median, and the standard deviation of either side.
    case normal(median: Double, below: Double, above: Double)
    /// Of the natural logarithm: median, and the standard deviation of either side.
    case lognormal(logMedian: Double, below: Double, above: Double)
    case triangular(low: Double, mode: Double, high: Double)
    case uniform(low: Double, high: Double)
    /// Ascending values, and the chance of each or a lower one.
    case discrete(values: [Double], cumulative: [Double])
  }

  let form: Form

  /// Whether only one value is possible.
  public var isPoint: Bool {
    if case .point = form { return true }
    return false
  }

  // MARK: Values

  /// The value at a standard normal score: `quantile(Φ(score))`.
  public func value(score: Double) -> Double {
    switch form {
    case .point(let value): value
    case .normal(let median, let below, let above):
      median + score * (score < 0 ? below : above)
    case .lognormal(let logMedian, let below, let above):
      .exp(logMedian + score * (score < 0 ? below : above))
    case .triangular, .uniform, .discrete: quantile(NormalDistribution.cumulative(score))
    }
  }

  /// The value that a chance, from 0 to 1, lies below.
  public func quantile(_ chance: Double) -> Double {
    switch form {
    case .point, .normal, .lognormal:
      return value(score: NormalDistribution.quantile(chance))
    case .triangular(let low, let mode, let high):
      let range: Double = high - low
      if chance * range < mode - low { return low + .sqrt(chance * range * (mode - low)) }
      return high - .sqrt((1 - chance) * range * (high - mode))
    case .uniform(let low, let high):
      return low + chance * (high - low)
    case .discrete(let values, let cumulative):
      var index = 0
      while index < values.count - 1 && cumulative[index] < chance { index += 1 }
      return values[index]
    }
  }

  /// The chance of a value of at most `value`.
  public func cumulative(_ value: Double) -> Double {
    switch form {
    case .point(let point):
      return value >= point ? 1 : 0
    case .normal(let median, let below, let above):
      return NormalDistribution.cumulative((value - median) / (value < median ? below : above))
    case .lognormal(let logMedian, let below, let above):
      guard value > 0 else { return 0 }
      let offset: Double = .log(value) - logMedian
      return NormalDistribution.cumulative(offset / (offset < 0 ? below : above))
    case .triangular(let low, let mode, let high):
      if value <= low { return 0 }
      if value >= high { return 1 }
      let range: Double = high - low
      if value < mode { return (value - low) * (value - low) / (range * (mode - low)) }
      return 1 - (high - value) * (high - value) / (range * (high - mode))
    case .uniform(let low, let high):
      return min(1, max(0, (value - low) / (high - low)))
    case .discrete(let values, let cumulative):
      return values.lastIndex { $0 <= value }.map { cumulative[$0] } ?? 0
    }
  }

  /// Turns standard normal scores into values, in place.
  public func transform(_ scores: UnsafeMutableBufferPointer<Double>) {
    switch form {
    case .point(let value):
      scores.update(repeating: value)
    case .normal(let median, let below, let above):
      for index in scores.indices {
        let score = scores[index]
        scores[index] = median + score * (score < 0 ? below : above)
      }
    case .lognormal(let logMedian, let below, let above):
      for index in scores.indices {
        let score = scores[index]
        scores[index] = .exp(logMedian + score * (score < 0 ? below : above))
      }
    case .triangular, .uniform, .discrete:
      for index in scores.indices { scores[index] = value(score: scores[index]) }
    }
  }

  // MARK: Moments

  /// The expected value, in closed form.
  public var mean: Double {
    switch form {
    case .point(let value): value
    // E[max(z, 0)] = φ(0).
    case .normal(let median, let below, let above):
      median + (above - below) * NormalDistribution.density(0)
    case .lognormal(let logMedian, let below, let above):
      .exp(logMedian) * Self.exponentialMoment(below, above)
    case .triangular(let low, let mode, let high): (low + mode + high) / 3
    case .uniform(let low, let high): (low + high) / 2
    case .discrete(let values, let cumulative):
      zip(values, Self.weights(cumulative)).reduce(0) { $0 + $1.0 * $1.1 }
    }
  }

  /// The standard deviation, in closed form.
  public var standardDeviation: Double { .sqrt(max(0, variance)) }

  private var variance: Double {
    switch form {
    case .point:
      return 0
    case .normal(_, let below, let above):
      let shift: Double = (above - below) * NormalDistribution.density(0)
      return (below * below + above * above) / 2 - shift * shift
    case .lognormal(let logMedian, let below, let above):
      let first = Self.exponentialMoment(below, above)
      let second = Self.exponentialMoment(2 * below, 2 * above)
      return .exp(2 * logMedian) * (second - first * first)
    case .triangular(let low, let mode, let high):
      let (left, right): (Double, Double) = (mode - low, high - mode)
      return (left * left + left * right + right * right) / 18
    case .uniform(let low, let high):
      return (high - low) * (high - low) / 12
    case .discrete(let values, let cumulative):
      let middle = mean
      return zip(values, Self.weights(cumulative)).reduce(0) {
        $0 + $1.1 * ($1.0 - middle) * ($1.0 - middle)
      }
    }
  }

  /// E[exp(below·min(z, 0) + above·max(z, 0))] of a standard normal z.
  private static func exponentialMoment(_ below: Double, _ above: Double) -> Double {
    let left: Double = .exp(below * below / 2) * NormalDistribution.cumulative(-below)
    return left + .exp(above * above / 2) * NormalDistribution.cumulative(above)
  }

  private static func weights(_ cumulative: [Double]) -> [Double] {
    cumulative.indices.map { $0 == 0 ? cumulative[0] : cumulative[$0] - cumulative[$0 - 1] }
  }
}
