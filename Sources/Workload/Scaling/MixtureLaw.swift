/// Loss of a mixture of experts from its active parameters, tokens and experts (Ludziejewski et al.
/// 2025, arXiv 2502.05172, tables 3 and 4). Fitted over about 10^8 to 10^9.5 active parameters and
/// up to 32 experts; its losses compare only with one another.
public enum MixtureLaw {
  private static let fewest = 2.0732
  private static let most = 290.4521

  /// Ê, experts as they count: 1/Ê = 1/(E − 1 + (1/E_s − 1/E_m)^−1) + 1/E_m.
  static func effectiveExperts(_ experts: Double) -> Double {
    let offset: Double = 1 / (1 / fewest - 1 / most)
    return 1 / (1 / (experts - 1 + offset) + 1 / most)
  }

  /// The law for one number of experts: L = m·N^μ + n·D^ν + c (table 4).
  static func coefficients(
    experts: Double
  ) -> (m: Double, mu: Double, n: Double, nu: Double) {
    let counted = effectiveExperts(experts)
    let logarithm = naturalLogarithm(counted)
    let m: Double = 35.91 * power(counted, -0.2285)
    let n: Double = 35.98 * power(counted, 0.5529)
    return (m, -0.1889 + 0.0098 * logarithm, n, -0.1775 - 0.0259 * logarithm)
  }

  /// L = a·Ê^δ·N^(α+γ·ln Ê) + b·Ê^ω·D^(β+ζ·ln Ê) + c in nats per token.
  ///
  /// - Parameter experts: 1 for a dense model.
  public static func loss(activeParameters: Double, tokens: Double, experts: Int) -> Double {
    let law = coefficients(experts: Double(max(1, experts)))
    let sizeTerm: Double = law.m * power(activeParameters, law.mu)
    return sizeTerm + law.n * power(tokens, law.nu) + 1.3637
  }
}
