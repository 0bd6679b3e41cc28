/// How many times its own compute a mixture of experts is worth of a dense model's (Tian et al.,
/// arXiv 2507.17702, the scaling laws of the Ling models): over 300 models up to 28B parameters,
/// fitted to budgets of 3e20 operations, shown to 1e22.
///
///     EL(A, G, C) = Â^(α + γ·(log2 G)² + β·log2 G),   α = a + d·log10 C
///     1/Â = 1/(A + (1/A_start − 1/A_max)^−1) + 1/A_max
///
/// The constants are recalled (unverified), grade D; they give the paper's best granularity of 8 to
/// 12, its leverage of about 7 for 8 of 256 experts and one shared at 1e22, and 1 for a dense model.
public enum EfficiencyLeverage {
  /// The largest compute in operations at which the law was shown to hold.
  public static let largestShownCompute = 1e22
  /// The compute around which the range of the leverage is taken: what the law says at the low and
  /// at the high end, two decades either side of the largest shown.
  public static let rangeOfCompute: ClosedRange<Double> = 1e20...1e24

  private static let start = 1.63e-2
  private static let most = 5.28e16

  /// The exponent of Â by log10 of compute.
  static let slope = -7.61e-2

  /// ln Â: saturating in the share of experts that are active.
  static func logarithmOfShare(_ share: Double) -> Double {
    let offset: Double = 1 / (1 / start - 1 / most)
    return -naturalLogarithm(1 / (share + offset) + 1 / most)
  }

  /// The exponent of Â but for the part that compute moves.
  static func exponent(granularity: Double) -> Double {
    let grain: Double = naturalLogarithm(granularity) / naturalLogarithm(2)
    return 1.23 + 1.67e-2 * grain * grain - 1.17e-1 * grain
  }

  /// Compute of the dense model over that of the mixture with the same loss, each at its own best.
  ///
  /// - Parameters:
  ///   - activeShare: share of experts that a token visits, shared ones counted in both; 1 is dense.
  ///   - granularity: twice the model's width over an expert's, positive; best at 8 to 12.
  ///   - compute: operations that train the mixture. The law is not capped here.
  public static func value(activeShare: Double, granularity: Double, compute: Double) -> Double {
    let decades: Double = naturalLogarithm(compute) / naturalLogarithm(10)
    let exponent: Double = exponent(granularity: granularity) + slope * decades
    return exponential(logarithmOfShare(activeShare) * exponent)
  }
}
