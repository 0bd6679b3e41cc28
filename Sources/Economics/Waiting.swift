/// The worth of waiting for cheaper compute.
///
/// Deterministic: the cost of the job falls by a constant rate while every year of delay costs the
/// same. Prices do not fall so in fact (rents of the H100 rose in 2026): show with the chance of a
/// rise, `RentDrift`.
public struct WaitingForCheaper: Hashable, Sendable {
  /// Cost of the job today, US dollars.
  public var costTodayDollars: Double
  /// Years in which compute for the money doubles; 2.07 for machine-learning GPUs 2006-2021 (Epoch,
  /// "Trends in GPU price-performance", 2022).
  public var doublingYears: Double
  /// What a year of delay costs, US dollars.
  public var delayDollarsPerYear: Double

  public init(costTodayDollars: Double, doublingYears: Double, delayDollarsPerYear: Double) {
    self.costTodayDollars = costTodayDollars
    self.doublingYears = doublingYears
    self.delayDollarsPerYear = delayDollarsPerYear
  }

  /// `λ = ln 2 / T_d`, per year.
  public var decayPerYear: Double { Elementary.log(2) / doublingYears }

  /// Cost of a delay at and above which nobody should wait: `C₀ λ`, US dollars a year.
  public var breakEvenDelayDollarsPerYear: Double { costTodayDollars * decayPerYear }

  /// `t* = max(0, ln(C₀ λ / q) / λ)`, years; nil when delay is free and waiting never ends.
  public var optimalYears: Double? {
    guard delayDollarsPerYear > 0 else { return nil }
    let ratio = breakEvenDelayDollarsPerYear / delayDollarsPerYear
    return max(0, Elementary.log(ratio) / decayPerYear)
  }

  /// Cost of running after some years: `C₀ e^(−λt) + q t`, US dollars.
  public func costDollars(afterYears years: Double) -> Double {
    costTodayDollars * Elementary.exp(-decayPerYear * years) + delayDollarsPerYear * years
  }
}

/// A rent that drifts and wanders: `ln p(t) = ln p(0) + drift t + σ √t z`.
public struct RentDrift: Hashable, Sendable {
  /// Of the logarithm, per year; −0.3 falls by about a quarter.
  public var driftPerYear: Double
  /// Standard deviation of the logarithm after a year.
  public var logDeviationPerRootYear: Double

  public init(driftPerYear: Double, logDeviationPerRootYear: Double) {
    self.driftPerYear = driftPerYear
    self.logDeviationPerRootYear = logDeviationPerRootYear
  }

  /// Rent after some years over the rent today, in the world of a standard normal score.
  public func factor(afterYears years: Double, score: Double) -> Double {
    let spread = logDeviationPerRootYear * years.squareRoot() * score
    return Elementary.exp(driftPerYear * years + spread)
  }

  /// Chance that the rent is higher after some years than today.
  public func chanceOfRise(afterYears years: Double) -> Double {
    guard years > 0, logDeviationPerRootYear > 0 else { return driftPerYear > 0 ? 1 : 0 }
    let score = driftPerYear * years.squareRoot() / logDeviationPerRootYear
    return Elementary.normalDistribution(score)
  }
}
