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
  /// Operations per token: 6 per weight that multiplies activations, plus core attention, plus the
  /// modules that predict further tokens (each one layer, a projection of 2h to h and the head).
  public func flopsPerToken(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    linearFlopsPerToken
      + attentionFlopsPerToken(sequenceLength: sequenceLength, convention: convention)
  }

  /// The part of `flopsPerToken` that does not depend on the sequence length.
  public var linearFlopsPerToken: Double {
    let hidden = Double(hiddenSize)
    let module: Double = lastLayerMatmulWeights + 2 * hidden * hidden + Double(embeddingWeights)
    return 6 * (matmulWeightsPerToken + Double(multiTokenPredictionDepth) * module)
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
    let whole = Self.keysPerQuery(sequenceLength, window: nil, convention)
    let windowed = Self.keysPerQuery(sequenceLength, window: slidingWindow, convention)
    let globals = Double(globalAttentionLayers + multiTokenPredictionDepth)
    let keys: Double = globals * whole + Double(layers - globalAttentionLayers) * windowed
    let widths = latentAttention.map {
      $0.nopeHeadDimension + $0.ropeHeadDimension + $0.valueHeadDimension
    }
    return 6 * keys * Double(attentionHeads * (widths ?? 2 * headDimension))
  }

  /// Layers whose queries see the whole sequence.
  public var globalAttentionLayers: Int {
    guard slidingWindow != nil else { return layers }
    return globalAttentionEvery > 0 ? layers / globalAttentionEvery : 0
  }

  /// Mean keys per query. Under a causal window w shorter than the sequence s it is w − w²/(2s):
  /// the first w queries see w/2 on average, the others w.
  private static func keysPerQuery(
    _ sequenceLength: Int, window: Int?, _ convention: AttentionFlopsConvention
  ) -> Double {
    let sequence = Double(max(0, sequenceLength))
    let window = min(window.map(Double.init) ?? sequence, sequence)
    switch convention {
    case .none: return 0
    case .full: return window
    case .causal: return sequence > 0 ? window - window * window / (2 * sequence) : 0
    }
  }
}
