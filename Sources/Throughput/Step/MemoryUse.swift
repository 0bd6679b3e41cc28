import Workload

/// Bytes of one chip's memory by purpose.
///
/// States of mixed-precision Adam (ZeRO, arXiv 1910.02054): 2 bytes of weights, 4 of gradients in
/// 32 bit (2 under ZeRO-3), 12 of optimizer. Activations per token and layer of a block with fused
/// attention, 8h + 4(n + n_kv)d bytes and 6f (4f without a gate); 2h under full recomputation
/// (Korthikanti et al., arXiv 2205.05198, table 2, less what fused attention doesn't keep). Selective
/// recomputation forms norms and activation functions again.
struct MemoryUse: Hashable, Sendable {
  var weights = 0.0
  var gradients = 0.0
  var optimizer = 0.0
  var activations = 0.0
  /// Logits in 32 bit and a 16-bit copy.
  var logits = 0.0
  /// Runtime, collectives' buffers and fragmentation.
  var reserve = MemoryUse.reserveBytes

  static let reserveBytes = 4.0 * 1_073_741_824
  /// Share of the memory that may be filled.
  static let usableShare = 0.94
  /// How far published layouts that ran lie above the bytes counted here, at most: software offloads,
  /// keeps states in fewer bits and recomputes what no table tells. A layout that is over by less is
  /// warned of and timed.
  static let errorShare = 0.25

  var total: Double {
    let states: Double = weights + gradients + optimizer
    return states + activations + logits + reserve
  }

  /// GiB under the names that reports show.
  var parts: [NamedPart] {
    let gibibyte = 1_073_741_824.0
    return [
      NamedPart(name: "weights", value: weights / gibibyte),
      NamedPart(name: "gradients", value: gradients / gibibyte),
      NamedPart(name: "optimizer", value: optimizer / gibibyte),
      NamedPart(name: "activations", value: activations / gibibyte),
      NamedPart(name: "logits", value: logits / gibibyte),
      NamedPart(name: "reserve", value: reserve / gibibyte),
    ]
  }
}

extension LayerTimer {
  /// Bytes of the chip that holds most: the first stage's.
  func memory(_ layout: Layout) -> MemoryUse {
    var use = states(layout)
    let tokens: Double = layout.microBatch * problem.sequence / layout.context / layout.tensor
    var inFlight = min(layout.pipeline, microBatches(layout))
    if roundsUp && layout.virtual > 1 {
      // Interleaving keeps more in flight (Korthikanti et al., section 4.2.3).
      inFlight *= 1 + (layout.pipeline - 1) / (layout.pipeline * layout.virtual)
    }
    use.activations = tokens * activationBytes(layout) / layout.pipeline * inFlight
    // Losses of long micro-batches are taken chunk by chunk of at most 32,768 tokens.
    use.logits = 6 * min(tokens, 32_768 / layout.tensor) * problem.vocabulary
    return use
  }

  /// Weights, gradients and optimizer alone, with the reserve.
  func states(_ layout: Layout) -> MemoryUse {
    var use = MemoryUse()
    let whole = localParameters(layout)
    let sharded = shardedParameters(layout)
    let zero = layout.zero
    use.weights = 2 * (zero >= 3 ? sharded : whole)
    use.gradients = zero >= 3 ? 2 * sharded : 4 * (zero >= 2 ? sharded : whole)
    use.optimizer = 12 * (zero >= 1 ? sharded : whole)
    // Under ZeRO-3 the layer at work and the one fetched ahead are whole, in 16 bit.
    if zero >= 3 { use.weights += 2 * 2 * whole / (problem.layers / layout.pipeline) }
    return use
  }

  /// Parameters a chip keeps when its replicas share them out. Experts are shared out over the chips
  /// that hold the same experts, which are fewer than the replicas of the dense weights.
  private func shardedParameters(_ layout: Layout) -> Double {
    let dense = denseLocal(layout) / (layout.data * layout.context)
    return dense + expertLocal(layout) / expertReplicas(layout)
  }

  /// Whether a layer's experts are so many bytes that they can't be gathered, this layer's and the next one's,
  /// in half of a chip's memory. On TPU experts lie sharded like everything else and are gathered where they can
  /// be, as in the published recipes; where they can't, each chip keeps some and the tokens travel.
  var spreadsExperts: Bool {
    guard problem.experts > 0 else { return false }
    guard isTPU else { return true }
    let layer: Double = 2 * problem.experts * problem.expertWeights
    return 2 * layer > 0.5 * machine.memoryBytes * MemoryUse.usableShare
  }

  /// Bytes kept of all layers per token.
  private func activationBytes(_ layout: Layout) -> Double {
    let inputs = 2 * problem.hidden * problem.layers
    guard layout.recompute == .full else { return keptBytes(layout) }
    guard layout.recomputedShare < 1 else { return inputs }
    return layout.recomputedShare * inputs + (1 - layout.recomputedShare) * keptBytes(layout)
  }

  /// Of layers that keep everything, or all but the cheap parts under selective recomputation: norms,
  /// activation functions, combined experts' outputs and a latent attention's upward projections. What
  /// products in 8 bits keep of their inputs is in 8 bits too. Norms' inputs are whole without sequence
  /// parallelism.
  private func keptBytes(_ layout: Layout) -> Double {
    let counts = problem.counts
    let isCheap = layout.recompute == .selective && !isUnfused
    let operand: Double = recipe.format == "16" ? 2 : 1
    let again: Double = isCheap ? 0 : operand
    let norms: Double = (isUnfused ? 5 : 2 + again) * problem.hidden
    let outside: Double = layout.isSequenceParallel ? norms : norms * layout.tensor
    var attention: Double = 4 * (problem.heads + problem.keyValueHeads) * problem.headWidth
    if isCheap && problem.hasLatentAttention {
      attention = 2 * problem.heads * problem.headWidth + 256 * problem.keyValueHeads
    }
    if isUnfused && layout.recompute == .none {
      attention += 5 * problem.heads * problem.sequence
    }
    // Inputs of the activation function, and its result.
    let perWidth: Double = 2 * (problem.matrices - 1) + again
    var bytes: Double = counts.attention * (outside + attention)
    if problem.feedForward > 0 {
      bytes += counts.dense * (outside + perWidth * problem.feedForward)
    }
    if counts.mixture > 0 {
      let visited: Double = problem.expertsPerToken * problem.expertFeedForward
      let results: Double = isCheap ? 0 : 2
      let copies: Double = (operand + results) * problem.expertsPerToken * problem.expertInput
      let inner: Double = perWidth * (visited + problem.sharedFeedForward)
      bytes += counts.mixture * (outside + inner + copies)
    }
    bytes += counts.mamba * (outside + 12 * problem.mambaWidth)
    return bytes + counts.linear * (outside + 12 * problem.linearWidth)
  }
}
