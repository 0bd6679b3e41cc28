import RealModule

/// What knowing more before choosing is worth.
public enum ValueOfInformation {
  /// Of knowing everything: min E[cost] − E[min cost] over the same worlds.
  ///
  /// - Parameters:
  ///   - means: the expected cost of each option.
  ///   - best: the least cost in each world, of `BestTally`.
  /// - Returns: nil when no option has a finite expected cost.
  public static func perfect(means: [Double], best: [Double]) -> Double? {
    guard let chosen = means.filter(\.isFinite).min(), !best.isEmpty else { return nil }
    return max(0, chosen - best.reduce(0, +) / Double(best.count))
  }

  /// Of learning a normal difference between two options: the unit normal loss integral,
  /// s·φ(d/s) − |d|·Φ(−|d|/s) (Raiffa and Schlaifer 1961, section 5.4).
  ///
  /// - Parameters:
  ///   - difference: how much the options' expected costs differ, d.
  ///   - deviation: the standard deviation of what is going to be learned about it, s.
  public static func normal(difference: Double, deviation: Double) -> Double {
    guard deviation > 0 else { return 0 }
    let distance: Double = difference.magnitude / deviation
    let loss: Double =
      NormalDistribution.density(distance) - distance * NormalDistribution.cumulative(-distance)
    return deviation * loss
  }
}

/// What a trial does to the doubt about one input, both normal: the conjugate update.
///
/// For a lognormal input both are deviations of its natural logarithm.
public struct TrialUpdate: Hashable, Sendable {
  /// Standard deviation of the input before the trial.
  public var priorDeviation: Double
  /// Standard deviation of what the trial measures about the truth.
  public var trialDeviation: Double

  public init(priorDeviation: Double, trialDeviation: Double) {
    self.priorDeviation = priorDeviation
    self.trialDeviation = trialDeviation
  }

  /// Standard deviation of the input after the trial: 1/√(1/s₀² + 1/s²).
  public var posteriorDeviation: Double {
    priorDeviation * trialDeviation / .hypot(priorDeviation, trialDeviation)
  }

  /// Correlation between what the trial shows and the truth, from 0 to 1: √(1 − (s₁/s₀)²), which is
  /// also the deviation of the posterior mean as a share of the prior's.
  public var informativeness: Double {
    guard priorDeviation > 0 else { return 0 }
    return priorDeviation / .hypot(priorDeviation, trialDeviation)
  }
}

/// Whether to run a trial before choosing, all in the same money.
public struct TrialWorth: Hashable, Sendable {
  /// Expected saving by choosing after it.
  public var gain: Double
  public var cost: Double
  /// What the time it takes costs.
  public var delayCost: Double

  public init(gain: Double, cost: Double, delayCost: Double = 0) {
    self.gain = gain
    self.cost = cost
    self.delayCost = delayCost
  }

  /// What is left of the gain.
  public var net: Double { gain - cost - delayCost }
  public var isWorthRunning: Bool { net > 0 }
}
