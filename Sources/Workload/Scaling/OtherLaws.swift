/// Kaplan et al. 2020 (arXiv 2001.08361): for history only. Parameters leave out embeddings, there
/// is no irreducible loss; constants from a secondary write-up.
public enum KaplanLaw {
  /// L(N,D) = [(8.8e13/N)^(0.076/0.095) + 5.4e13/D]^0.095 in nats per token.
  public static func loss(nonEmbeddingParameters: Double, tokens: Double) -> Double {
    let sizeTerm: Double = power(8.8e13 / nonEmbeddingParameters, 0.076 / 0.095)
    return power(sizeTerm + 5.4e13 / tokens, 0.095)
  }

  /// The critical batch in tokens at a loss: 2e8/L^(1/0.21).
  public static func criticalBatchTokens(loss: Double) -> Double {
    2e8 / power(loss, 1 / 0.21)
  }
}

/// The choice of size for Llama 3 (arXiv 2407.21783, section 3.2.1), anchored on its stated pair of
/// 402B parameters and 16.55T tokens at 3.8e25 operations. The printed constants (0.29, 0.53) are
/// rounded so far that they give 10.5T tokens there; anchoring keeps the exponent only.
public enum Llama3Law {
  /// D*(C) = 16.55e12·(C/3.8e25)^0.53.
  public static func tokens(compute: Double) -> Double {
    16.55e12 * power(compute / 3.8e25, 0.53)
  }

  /// C/(6·D*), 5% under the paper's own pair because its operations are not 6·N·D exactly.
  public static func parameters(compute: Double) -> Double {
    compute / (6 * tokens(compute: compute))
  }
}

/// DeepSeek LLM (arXiv 2401.02954, section 3). The model's scale M is its operations per token
/// without embeddings, in place of 6·N; fitted at 1e17 to 3e20 operations; constants from two
/// secondary write-ups that agree.
public enum DeepSeekLaw {
  /// M_opt = 0.1715·C^0.5243 operations per token.
  public static func flopsPerToken(compute: Double) -> Double { 0.1715 * power(compute, 0.5243) }

  /// D_opt = 5.8316·C^0.4757 tokens.
  public static func tokens(compute: Double) -> Double { 5.8316 * power(compute, 0.4757) }

  /// 0.3118·C^−0.1250.
  public static func learningRate(compute: Double) -> Double { 0.3118 * power(compute, -0.1250) }

  /// 0.2920·C^0.3271 tokens.
  public static func batchTokens(compute: Double) -> Double { 0.2920 * power(compute, 0.3271) }
}

/// What low-precision training takes from a model's effective size (Kumar et al. 2024, arXiv
/// 2411.04330): integer-like formats, up to 1.7B parameters. FP8 with block scales does far better,
/// so this is a pessimistic scenario.
public enum PrecisionLaw {
  private static let weightScale = 2.6745
  private static let activationScale = 2.2102
  private static let cacheScale = 0.9578

  /// The share of the parameters that count: Π(1 − exp(−P/γ)) over weights, activations and the
  /// key-value cache, where nil stands for a part kept exact.
  public static func effectiveShare(
    weightBits: Double?, activationBits: Double? = nil, cacheBits: Double? = nil
  ) -> Double {
    func share(_ bits: Double?, _ scale: Double) -> Double {
      bits.map { 1 - exponential(-$0 / scale) } ?? 1
    }
    let weights: Double = share(weightBits, weightScale)
    return weights * share(activationBits, activationScale) * share(cacheBits, cacheScale)
  }

  /// Loss added by quantising to so many bits after training:
  /// 0.0598·exp(−P/0.5907)·D^0.5068·N^−0.3439.
  public static func postTrainingLoss(
    bits: Double, effectiveParameters: Double, tokens: Double
  ) -> Double {
    let decay: Double = exponential(-bits / 0.5907)
    return 0.0598 * decay * power(tokens, 0.5068) * power(effectiveParameters, -0.3439)
  }
}
