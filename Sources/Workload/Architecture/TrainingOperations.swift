/// How the operations of core attention (scores and weighted values) are counted.
public enum AttentionFlopsConvention: String, CaseIterable, Hashable, Sendable {
  /// Not at all.
  case none
  /// Half the score matrix, the half that a causal mask leaves (Megatron-LM since its support of
  /// packed sequences).
  case causal
  /// The whole score matrix (PaLM, arXiv 2204.02311, appendix B; Narayanan et al., arXiv
  /// 2104.04473).
  case full
}

/// Floating-point operations of training, one multiply-add counted as 2, forward and backward,
/// nothing recomputed.
extension TransformerArchitecture {
  /// Operations per token: 6 per weight that multiplies activations, plus core attention and
  /// recurrences, plus the modules that predict further tokens (each one layer, a projection of 2h
  /// to h and the head).
  public func flopsPerToken(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    linearFlopsPerToken
      + attentionFlopsPerToken(sequenceLength: sequenceLength, convention: convention)
  }

  /// The part of `flopsPerToken` that does not depend on the sequence length.
  public var linearFlopsPerToken: Double {
    let hidden = Double(hiddenSize)
    let layer = Double(predictionLayer?.matmulWeightsPerToken ?? 0)
    let module: Double = layer + 2 * hidden * hidden + Double(embeddingWeights)
    let recurrences = layerStack.total { $0.recurrence?.flopsPerToken ?? 0 }
    return 6 * (matmulWeightsPerToken + Double(multiTokenPredictionDepth) * module) + recurrences
  }

  /// Operations of core attention per token over all layers: 12·keys·heads·width per layer, where
  /// `keys` is the mean number of keys counted per query; latent attention
  /// 6·keys·heads·(nope + rope + value).
  ///
  /// - Parameter sequenceLength: tokens that attend to one another. For packed documents that do
  ///   not, the mean length weighted by length, Σlen²/Σlen.
  public func attentionFlopsPerToken(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    func flops(_ layer: ModelLayer?) -> Double {
      layer?.attention?.flopsPerToken(sequenceLength: sequenceLength, convention: convention) ?? 0
    }
    let further: Double =
      multiTokenPredictionDepth > 0 ? Double(multiTokenPredictionDepth) * flops(predictionLayer) : 0
    return layerStack.total(flops) + further
  }
}
