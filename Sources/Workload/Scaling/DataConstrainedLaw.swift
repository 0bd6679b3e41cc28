/// What repeating data is worth (Muennighoff et al. 2023, arXiv 2305.16264; constants from
/// https://github.com/huggingface/datablations). Fitted up to 9B parameters and 900B tokens with
/// ordinary weight decay; strong weight decay tolerates more passes.
public enum DataConstrainedLaw {
  /// R_D*: passes beyond the first after which repetition has spent 1 − 1/e of its worth.
  static let tokenDecay = 15.387756
  /// R_N*: the same for parameters in excess of what the unique data can use.
  static let parameterDecay = 5.309743
  /// G: the data's optimal parameters are G²·U_D, 19.613 tokens per parameter.
  static let balance = 0.225802

  /// D′, the unique tokens that a run over repeated data is worth.
  ///
  /// - Parameters:
  ///   - tokens: tokens trained on, repeats counted.
  ///   - uniqueTokens: different tokens at hand.
  public static func effectiveTokens(tokens: Double, uniqueTokens: Double) -> Double {
    let unique: Double = min(tokens, uniqueTokens)
    guard unique > 0 else { return 0 }
    return saturate(tokens, unit: unique, decay: tokenDecay)
  }

  /// N′, the parameters that unique data can make use of.
  public static func effectiveParameters(
    parameters: Double, tokens: Double, uniqueTokens: Double
  ) -> Double {
    let unit: Double = balance * balance * min(tokens, uniqueTokens)
    guard parameters > unit, unit > 0 else { return parameters }
    return saturate(parameters, unit: unit, decay: parameterDecay)
  }

  /// What the next pass is worth of a first one: exp(−(epochs − 1)/R_D*).
  public static func marginalValue(epochs: Double) -> Double {
    exponential(-max(0, epochs - 1) / tokenDecay)
  }

  /// Loss in nats per token, under the law fitted together with these decays.
  public static func loss(parameters: Double, tokens: Double, uniqueTokens: Double) -> Double {
    AdditiveScalingLaw.muennighoff.loss(
      parameters: effectiveParameters(
        parameters: parameters, tokens: tokens, uniqueTokens: uniqueTokens),
      tokens: effectiveTokens(tokens: tokens, uniqueTokens: uniqueTokens))
  }

  /// U + U·R*·(1 − exp(−R/R*)) with R = amount/U − 1.
  private static func saturate(_ amount: Double, unit: Double, decay: Double) -> Double {
    let repeats: Double = amount / unit - 1
    let worth: Double = 1 - exponential(-repeats / decay)
    return unit + unit * decay * worth
  }
}
