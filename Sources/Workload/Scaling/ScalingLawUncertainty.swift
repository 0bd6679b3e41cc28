import Quantities

/// How uncertain the constants of Besiroglu et al. 2024 (arXiv 2404.10102) leave a prediction.
///
/// The constants θ = (ln A, ln B, ln E, α, β) are nearly collinear in pairs, so a spread must be
/// taken from their joint covariance, never from five separate intervals. Centre and covariance
/// come from 600 bootstrap refits of the 240 published points
/// (https://github.com/epoch-research/analyzing-chinchilla); their standard deviations agree with
/// the published ones. Spreads are first-order: variance gᵀ·Σ·g of the gradient g in θ. They leave
/// out that another paper's law may be the right one, which is the larger doubt.
public enum ScalingLawUncertainty {
  /// ln A, ln B, ln E, α, β.
  static let centre: [Double] = [6.1780, 7.6427, 0.59711, 0.34781, 0.36585]

  static let covariance: [[Double]] = [
    [6.529e-2, -2.784e-2, 2.103e-3, 3.898e-3, -1.397e-3],
    [-2.784e-2, 1.613e-1, 3.168e-3, -1.722e-3, 7.894e-3],
    [2.103e-3, 3.168e-3, 1.868e-4, 1.245e-4, 1.542e-4],
    [3.898e-3, -1.722e-3, 1.245e-4, 2.330e-4, -8.645e-5],
    [-1.397e-3, 7.894e-3, 1.542e-4, -8.645e-5, 3.865e-4],
  ]

  /// Standard deviations from the middle to the 10th or 90th percentile of a normal variable.
  private static let deviationsToDecile = 1.281_551_565_5

  /// Loss of a given model on given data, in nats per token, about the default law's value.
  public static func loss(parameters: Double, tokens: Double) -> Percentiles {
    let law = AdditiveScalingLaw.besiroglu
    let parameterTerm = law.parameterTerm(parameters)
    let tokenTerm = law.tokenTerm(tokens)
    let gradient: [Double] = [
      parameterTerm, tokenTerm, law.irreducibleLoss,
      -naturalLogarithm(parameters) * parameterTerm, -naturalLogarithm(tokens) * tokenTerm,
    ]
    let middle: Double = law.irreducibleLoss + parameterTerm + tokenTerm
    let reach: Double = deviationsToDecile * deviation(gradient)
    return Percentiles(p10: middle - reach, p50: middle, p90: middle + reach)
  }

  /// The least loss for a compute, in nats per token, each set of constants at its own optimum.
  ///
  /// By the envelope theorem the gradient is that of the loss at the optimum itself.
  public static func optimalLoss(compute: Double) -> Percentiles {
    let best = AdditiveScalingLaw.besiroglu.optimum(compute: compute)
    return loss(parameters: best.parameters, tokens: best.tokens)
  }

  /// The best number of parameters for a compute. It is log-normal: ln N* = ln G + a·ln(C/6).
  public static func optimalParameters(compute: Double) -> Percentiles {
    let best = AdditiveScalingLaw.besiroglu.optimum(compute: compute)
    let reach: Double =
      deviationsToDecile * deviation(optimalParameterGradient(compute: compute))
    return Percentiles(
      p10: best.parameters * exponential(-reach), p50: best.parameters,
      p90: best.parameters * exponential(reach))
  }

  /// The best tokens per parameter for a compute: C/(6·N*²).
  public static func optimalTokensPerParameter(compute: Double) -> Percentiles {
    let parameters = optimalParameters(compute: compute)
    func ratio(_ count: Double) -> Double { compute / (6 * count * count) }
    return Percentiles(
      p10: ratio(parameters.p90), p50: ratio(parameters.p50), p90: ratio(parameters.p10))
  }

  /// Gradient of ln N* in θ, with ln G = (ln α + ln A − ln β − ln B)/(α+β) and a = β/(α+β).
  private static func optimalParameterGradient(compute: Double) -> [Double] {
    let law = AdditiveScalingLaw.besiroglu
    let (alpha, beta) = (law.parameterExponent, law.tokenExponent)
    let sum: Double = alpha + beta
    let logBalance: Double = naturalLogarithm(law.balance)
    let logProduct: Double = naturalLogarithm(compute / 6)
    let byAlpha: Double = (1 / alpha - logBalance - beta / sum * logProduct) / sum
    let byBeta: Double = (-1 / beta - logBalance + alpha / sum * logProduct) / sum
    return [1 / sum, -1 / sum, 0, byAlpha, byBeta]
  }

  /// Standard deviation of a quantity with this gradient in θ. Rounding of the printed covariance
  /// can leave a tiny negative variance, which stands for none.
  private static func deviation(_ gradient: [Double]) -> Double {
    var variance = 0.0
    for (left, row) in zip(gradient, covariance) {
      for (right, value) in zip(gradient, row) { variance += left * value * right }
    }
    return max(0, variance).squareRoot()
  }
}
