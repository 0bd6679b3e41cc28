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

extension ModelLayer {
  /// Bytes kept per token by today's block: norms without bias, no dropout, scores never stored,
  /// everything else kept in 16 bits. Derived: 4h for each norm's input and output, 2 bytes for each
  /// element of queries, keys, values and attention output, twice, 4 per head for the softmax sums,
  /// the recurrence's streams and the feed-forward block.
  ///
  /// - Parameter imbalance: the busiest chip's routed tokens over the mean, 1 to about 1.5.
  public func activationBytesPerToken(imbalance: Double = 1) -> Double {
    let mixes = attention != nil || recurrence != nil
    let base: Double = mixes ? 4 * Double(hiddenSize) + mixerActivationBytes : 0
    // Gate, up-projection and their product, or a plain block's input and output of the activation.
    let bytesPerWidth: Double = gatedFeedForward ? 6 : 4
    let norm: Double = base + 4 * Double(hiddenSize)
    switch feedForward {
    case .none: return base
    case .dense(let width): return norm + bytesPerWidth * Double(width)
    case .mixture(let mixture):
      let visited: Double = Double(mixture.expertsPerToken) * imbalance
      let widths: Double =
        Double(mixture.expertFeedForwardSize) * visited + Double(mixture.sharedFeedForwardSize)
      // Copies of the token as dispatched to and combined from its experts.
      let width = mixture.latentSize > 0 ? mixture.latentSize : hiddenSize
      return norm + bytesPerWidth * widths + Double(4 * width * mixture.expertsPerToken)
    }
  }

  private var mixerActivationBytes: Double {
    var bytes = 0.0
    if let attention {
      bytes += Double(2 * attention.activationElements + 4 * attention.heads)
    }
    if let recurrence {
      // Before and after the convolution; the gate and the recurrence's output; a 32-bit state a
      // chunk.
      let streams = Double(recurrence.convolvedChannels + recurrence.valueWidth)
      let states = Double(recurrence.stateElements) / Double(max(1, recurrence.chunk))
      bytes += 4 * streams + 4 * states
    }
    return bytes
  }
}

extension Attention {
  /// Elements that attention keeps per token: queries and output, keys and values, each as input of
  /// two products; with latent attention its compressed forms once more.
  var activationElements: Int {
    let perHead = queryKeyDimension + valueDimension
    guard let latent else { return perHead * (heads + keyValueHeads) }
    let compressed = latent.queryRank + latent.keyValueRank + latent.ropeHeadDimension
    return 2 * heads * perHead + compressed
  }
}

extension TransformerArchitecture {
  /// Bytes kept per token over the heaviest stage's layers for one micro-batch.
  ///
  /// - Parameter stageLayers: layers of the stage, neighbours.
  public func activationBytesPerToken(
    layers stageLayers: Int, recompute: ActivationRecompute, imbalance: Double = 1
  ) -> Double {
    guard recompute != .full else { return Double(2 * hiddenSize * stageLayers) }
    let bytes = { (layer: ModelLayer) in layer.activationBytesPerToken(imbalance: imbalance) }
    return layerStack.heaviest(stageLayers, by: bytes)
      .reduce(0) { $0 + Double($1.count) * bytes($1.layer) }
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
