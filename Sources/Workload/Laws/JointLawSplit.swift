/// The joint law of mixtures as one additive law a number of experts, and the one ratio that is
/// taken from it.
extension MixtureLaw {
  /// The largest active size the law was fitted on.
  public static let largestActiveParameters = 2.7e9
  /// The most experts the law was fitted on.
  public static let mostExperts = 32.0

  /// L = m·N^μ + n·D^ν + c at a number of experts, in active parameters and tokens.
  ///
  /// - Parameter experts: at least 1, dense; need not be whole.
  public static func additive(experts: Double) -> AdditiveScalingLaw {
    let law = coefficients(experts: max(1, experts))
    return AdditiveScalingLaw(
      id: "joint", irreducibleLoss: 1.3637, parameterCoefficient: law.m,
      tokenCoefficient: law.n, parameterExponent: -law.mu, tokenExponent: -law.nu)
  }

  /// How many times the tokens per active parameter of the best dense model the best mixture of the
  /// same compute takes: 1 for a dense model, about 4 for 32 experts.
  ///
  /// Read at the compute for which the largest model the law was fitted on is the best mixture, and
  /// held there above: further out the law would have mixtures take fewer tokens than dense models,
  /// against what larger experiments found (Tian et al., arXiv 2507.17702: at equal compute the best
  /// mixture has fewer active parameters and more tokens).
  public static func tokenShift(experts: Double) -> Double {
    let mixture = additive(experts: experts)
    let tokens = mixture.tokens(for: largestActiveParameters)
    let dense = additive(experts: 1).optimum(compute: 6 * largestActiveParameters * tokens)
    return max(1, tokens / largestActiveParameters / dense.tokensPerParameter)
  }

  /// The share of a mixture's compute that its own best split would need for the same loss, by the
  /// joint law at an equal number of experts: 1 at the best split. Far above the sizes the law was
  /// fitted on it puts the best split at a few tokens a parameter; used for the range alone.
  public static func shareOfCompute(
    activeParameters: Double, tokens: Double, experts: Double
  ) -> Double {
    1 / additive(experts: experts).computeFactor(parameters: activeParameters, tokens: tokens)
  }
}
