import RealModule

/// A number that was estimated from draws, with how far chance may have moved it.
public struct Estimate: Hashable, Sendable {
  public var value: Double
  /// Standard deviation of `value` over seeds, as for independent draws. Draws that were spread
  /// evenly scatter less, so this errs on the safe side.
  public var standardError: Double

  public init(_ value: Double, standardError: Double) {
    self.value = value
    self.standardError = standardError
  }

  /// A share of draws as an estimate of a chance.
  ///
  /// The error is that of a binomial, from the share (hits + 1)/(draws + 2) so that no draw out of
  /// many doesn't pass for impossible (Laplace's rule of succession). Of no draws it is unknown: NaN.
  public static func chance(hits: Int, draws: Int) -> Estimate {
    let count = Double(draws)
    let share: Double = (Double(hits) + 1) / (count + 2)
    return Estimate(Double(hits) / count, standardError: .sqrt(share * (1 - share) / count))
  }

  /// The average of draws.
  public static func mean(of values: [Double]) -> Estimate {
    let count = Double(values.count)
    let mean = values.reduce(0, +) / count
    let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
    return Estimate(mean, standardError: .sqrt(squares / (count - 1) / count))
  }
}

/// Chances to keep one or two limits.
public enum Chance {
  /// The chance that a value stays at or under a limit.
  public static func atMost(_ limit: Double, _ values: [Double]) -> Estimate {
    var hits = 0
    for value in values where value <= limit { hits += 1 }
    return .chance(hits: hits, draws: values.count)
  }

  /// The chance that both values of a world stay at or under their limits; not the product of two
  /// chances, since what costs more often takes longer too.
  public static func bothAtMost(
    _ firstLimit: Double, _ first: [Double], _ secondLimit: Double, _ second: [Double]
  ) -> Estimate {
    var hits = 0
    for index in 0..<min(first.count, second.count)
    where first[index] <= firstLimit && second[index] <= secondLimit {
      hits += 1
    }
    return .chance(hits: hits, draws: min(first.count, second.count))
  }
}
