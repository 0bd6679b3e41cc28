/// How large a batch can grow before more chips buy no more time (Zhang et al. 2024, arXiv
/// 2410.21676; the trade of steps against tokens after McCandlish et al. 2018, arXiv 1812.06162).
public enum CriticalBatchSize {
  /// Zhang's sequences are 512 tokens long; the law is in sequences.
  private static let sequenceLength = 512.0

  /// The batch, in tokens, against which Zhang's 20% are measured: 256 sequences of 512.
  public static let referenceBatchTokens = 256 * 512.0

  /// The batch in tokens at which a run needs 20% more tokens than at the reference batch:
  /// 512·22.91·(D/10⁶)^0.47. Fitted up to 1.2B parameters and about 24B tokens; it depends on the
  /// data, hardly on the model.
  public static func tokens(trainingTokens: Double) -> Double {
    sequenceLength * 22.91 * power(trainingTokens / 1e6, 0.47)
  }

  /// The same in the form for N parameters trained on 20·N tokens: 512·93.1968·(N/10⁶)^0.46828.
  public static func tokens(chinchillaParameters: Double) -> Double {
    sequenceLength * 93.1968 * power(chinchillaParameters / 1e6, 0.46828)
  }

  /// B_n = T_min/S_min in tokens, the batch that takes twice the least tokens and twice the least
  /// steps: (B20 − 1.2·B0)/0.2. nil where the law puts B20 below 1.2 reference batches, which
  /// happens under about 250M training tokens.
  public static func noiseScaleTokens(trainingTokens: Double) -> Double? {
    let excess: Double = tokens(trainingTokens: trainingTokens) - 1.2 * referenceBatchTokens
    return excess > 0 ? excess / 0.2 : nil
  }

  /// Tokens needed at a batch over those needed at the critical batch, never under 1: what a batch
  /// beyond the critical one wastes. T(B) = T_min·(1 + B/B_n).
  ///
  /// - Returns: nil where the noise scale is unknown.
  public static func overheadBeyondCritical(
    batchTokens: Double, trainingTokens: Double
  ) -> Double? {
    guard let noise = noiseScaleTokens(trainingTokens: trainingTokens) else { return nil }
    let critical: Double = 1 + tokens(trainingTokens: trainingTokens) / noise
    return max(1, (1 + batchTokens / noise) / critical)
  }

  /// Tokens needed at a batch over those needed at the reference batch; 1.2 at the critical batch.
  ///
  /// - Returns: nil where the noise scale is unknown.
  public static func overhead(batchTokens: Double, trainingTokens: Double) -> Double? {
    guard let noise = noiseScaleTokens(trainingTokens: trainingTokens) else { return nil }
    return max(1, (1 + batchTokens / noise) / (1 + referenceBatchTokens / noise))
  }

  /// The batch in tokens with the least loss, which is less than the critical one: 0.58·D^0.571
  /// (Step Law, arXiv 2503.04715, 3,700 runs; from a secondary write-up).
  public static func optimalTokens(trainingTokens: Double) -> Double {
    0.58 * power(trainingTokens, 0.571)
  }
}
