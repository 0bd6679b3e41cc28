import RealModule

/// The standard normal distribution.
enum NormalDistribution {
  /// The chance of a value below `z`.
  static func cumulative(_ z: Double) -> Double {
    0.5 * .erfc(-z / Double.sqrt(2))
  }

  /// The value that a chance lies below, by bisection on `cumulative`; exact to 1e-12.
  static func quantile(_ chance: Double) -> Double {
    guard chance > 0 else { return -.infinity }
    guard chance < 1 else { return .infinity }
    var low = -10.0
    var high = 10.0
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if cumulative(middle) < chance { low = middle } else { high = middle }
    }
    return (low + high) / 2
  }
}
