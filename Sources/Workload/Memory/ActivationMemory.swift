/// What of the forward pass is computed again in the backward pass instead of being kept.
public enum ActivationRecompute: String, CaseIterable, Hashable, Sendable {
  case none
  /// The core of attention only (Korthikanti et al. 2022, arXiv 2205.05198, section 5); attention
  /// kernels that never store the scores do this of themselves.
  case selective
  /// Every layer; only its input is kept.
  case full
}

/// Bytes of activations per layer.
public enum ActivationMemory {
  /// One layer of the classic block (multi-head attention, 4h wide GELU block, dropout, scores
  /// stored), 16-bit, one micro-batch: Korthikanti et al. 2022, table 2.
  ///
  /// - Parameters:
  ///   - sequenceLength: s, tokens.
  ///   - microBatch: b, sequences.
  ///   - tensorParallel: t, at least 1.
  ///   - sequenceParallel: whether the parts outside tensor parallelism divide by t too.
  public static func classicBlockBytes(
    hiddenSize: Int, attentionHeads: Int, sequenceLength: Int, microBatch: Int,
    tensorParallel: Int, sequenceParallel: Bool, recompute: ActivationRecompute
  ) -> Double {
    let base: Double = Double(sequenceLength) * Double(microBatch) * Double(hiddenSize)
    let t = Double(max(1, tensorParallel))
    guard recompute != .full else { return 2 * base / (sequenceParallel ? t : 1) }
    let scores: Double =
      recompute == .selective
      ? 0 : 5 * Double(attentionHeads) * Double(sequenceLength) / Double(hiddenSize)
    return base * ((sequenceParallel ? 10 / t : 10) + (24 + scores) / t)
  }
}

extension TransformerArchitecture {
  /// Bytes kept per token of one layer by today's block: norms without bias, no dropout, scores
  /// never stored, everything else kept in 16 bits. Derived: 8h for the two norms' inputs and
  /// outputs, 2 bytes for each element of queries, keys, values and attention output, twice, 4 per
  /// head for the softmax sums, and the feed-forward block.
  ///
  /// - Parameters:
  ///   - isMixture: whether the layer holds experts.
  ///   - imbalance: the busiest chip's routed tokens over the mean, 1 to about 1.5.
  public func activationBytesPerTokenLayer(isMixture: Bool, imbalance: Double = 1) -> Double {
    let attention = attentionActivationElements
    let base: Double = Double(8 * hiddenSize + 2 * attention + 4 * attentionHeads)
    // Gate, up-projection and their product, or a plain block's input and output of the activation.
    let bytesPerWidth: Double = gatedFeedForward ? 6 : 4
    guard isMixture, let mixture = mixtureOfExperts else {
      return base + bytesPerWidth * Double(feedForwardSize)
    }
    let visited: Double = Double(mixture.expertsPerToken) * imbalance
    let blocks: Double =
      Double(mixture.expertFeedForwardSize) * (visited + Double(mixture.sharedExperts))
    // Copies of the token as dispatched to and combined from its experts.
    let copies: Double = Double(4 * hiddenSize * mixture.expertsPerToken)
    return base + bytesPerWidth * blocks + copies
  }

  /// Elements that attention keeps per token: queries and output, keys and values, each as input of
  /// two products; with latent attention its compressed forms once more.
  private var attentionActivationElements: Int {
    guard let latent = latentAttention else {
      return 2 * headDimension * (attentionHeads + keyValueHeads)
    }
    let queryKey = latent.nopeHeadDimension + latent.ropeHeadDimension
    let compressed = latent.queryRank + latent.keyValueRank + latent.ropeHeadDimension
    return 2 * attentionHeads * (queryKey + latent.valueHeadDimension) + compressed
  }

  /// Bytes kept per token over the heaviest stage's layers for one micro-batch.
  ///
  /// - Parameter layers: layers of the stage; as many as there are count as mixtures.
  public func activationBytesPerToken(
    layers stageLayers: Int, recompute: ActivationRecompute, imbalance: Double = 1
  ) -> Double {
    guard recompute != .full else { return Double(2 * hiddenSize * stageLayers) }
    let interleave = max(1, mixtureOfExperts?.interleave ?? 1)
    let mixtures = min(mixtureLayers, (stageLayers + interleave - 1) / interleave)
    let dense: Double =
      mixtures < stageLayers ? activationBytesPerTokenLayer(isMixture: false) : 0
    let mixture: Double =
      mixtures > 0 ? activationBytesPerTokenLayer(isMixture: true, imbalance: imbalance) : 0
    return Double(stageLayers - mixtures) * dense + Double(mixtures) * mixture
  }
}

/// How pipeline schedules multiply activations.
public enum PipelineMemory {
  /// Micro-batches whose activations the first stage keeps at once under one-forward-one-backward:
  /// min(m, p), times 1 + (p−1)/(p·v) when v virtual stages are interleaved (Korthikanti et al.
  /// 2022, section 4.2.3).
  public static func microBatchesInFlight(
    pipelineStages: Int, virtualStages: Int = 1, microBatches: Int
  ) -> Double {
    let stages = max(1, pipelineStages)
    let held = Double(min(max(1, microBatches), stages))
    guard virtualStages > 1 else { return held }
    return held * (1 + Double(stages - 1) / Double(stages * virtualStages))
  }
}
