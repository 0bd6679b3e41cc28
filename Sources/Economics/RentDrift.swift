/// A rent that drifts and wanders: `ln p(t) = ln p(0) + drift t + σ √t z`.
///
/// What a plan that waits must show beside `Waiting`: rents of the H100 rose by 38% in the half year
/// to March 2026.
public struct RentDrift: Hashable, Sendable {
  /// Of the logarithm, a year; -0.28 falls by about a quarter.
  public var driftPerYear: Double
  /// Standard deviation of the logarithm after a year; the catalogue's row is
  /// `rent_price_log_sd/per-sqrt-year`.
  public var logDeviation: Double

  public init(driftPerYear: Double, logDeviation: Double) {
    self.driftPerYear = driftPerYear
    self.logDeviation = logDeviation
  }

  /// Rent after some years over the rent today.
  ///
  /// - Parameter score: standard normal score of the world.
  public func factor(afterYears years: Double, score: Double) -> Double {
    let spread = logDeviation * years.squareRoot() * score
    return Elementary.exponential(driftPerYear * years + spread)
  }

  /// Chance that the rent is higher after some years than today: `Φ(drift √t / σ)`.
  public func chanceOfRise(afterYears years: Double) -> Double {
    guard years > 0, logDeviation > 0 else { return driftPerYear > 0 ? 1 : 0 }
    return Elementary.normalDistribution(driftPerYear * years.squareRoot() / logDeviation)
  }
}
