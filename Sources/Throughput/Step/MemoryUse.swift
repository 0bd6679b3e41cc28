/// Bytes of one chip's memory by purpose.
///
/// States of mixed-precision Adam (ZeRO, arXiv 1910.02054): 2 bytes of weights, 4 of gradients in
/// 32 bit (2 under ZeRO-3), 12 of optimizer. Activations per token and layer of a block with fused
/// attention, 8h + 4(n + n_kv)d bytes and 6f (4f without a gate); 2h under full recomputation
/// (Korthikanti et al., arXiv 2205.05198, table 2, less what fused attention doesn't keep).
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
  /// Bytes of the first pipeline stage's chip, which holds most.
  func memory(_ layout: Layout) -> MemoryUse {
    var use = MemoryUse()
    let whole = localParameters(layout)
    let sharded = shardedParameters(layout)
    let zero = layout.zero
    use.weights = 2 * (zero >= 3 ? sharded : whole)
    use.gradients = zero >= 3 ? 2 * sharded : 4 * (zero >= 2 ? sharded : whole)
    use.optimizer = 12 * (zero >= 1 ? sharded : whole)
    // Under ZeRO-3 the layer at work and the one fetched ahead are whole, in 16 bit.
    if zero >= 3 { use.weights += 2 * 2 * whole / (problem.layers / layout.pipeline) }
    let tokens: Double = layout.microBatch * problem.sequence / layout.context / layout.tensor
    let perLayer = activationBytes(layout)
    var inFlight = min(layout.pipeline, microBatches(layout))
    if roundsUp && layout.virtual > 1 {
      // Interleaving keeps more in flight (Korthikanti et al., section 4.2.3).
      inFlight *= 1 + (layout.pipeline - 1) / (layout.pipeline * layout.virtual)
    }
    use.activations = tokens * perLayer * problem.layers / layout.pipeline * inFlight
    use.logits = 6 * tokens * problem.vocabulary
    return use
  }

  /// Parameters a chip keeps when its replicas share them out. Experts are shared out over the chips
  /// that hold the same experts, which are fewer than the replicas of the dense weights.
  private func shardedParameters(_ layout: Layout) -> Double {
    let experts = localExpertParameters(layout)
    let dense = localParameters(layout) - experts
    let expertReplicas = max(1, machine.units / (layout.pipeline * layout.expert))
    return dense / (layout.data * layout.context) + experts / expertReplicas
  }

  /// Bytes kept per token and layer.
  private func activationBytes(_ layout: Layout) -> Double {
    let input = 2 * problem.hidden
    guard layout.recompute == .full else { return keptBytes(layout) }
    guard layout.recomputedShare < 1 else { return input }
    return layout.recomputedShare * input + (1 - layout.recomputedShare) * keptBytes(layout)
  }

  /// Of a layer that keeps everything; its norms' inputs are whole without sequence parallelism.
  private func keptBytes(_ layout: Layout) -> Double {
    var width = problem.feedForward
    if problem.experts > 0 {
      let visited = problem.expertsPerToken + problem.sharedExperts
      width = problem.expertFeedForward * visited + problem.expertsPerToken * problem.hidden
    }
    let attention: Double = 4 * (problem.heads + problem.keyValueHeads) * problem.headWidth
    // Until 2023 two dropout masks of a byte an element were kept besides.
    let outside: Double = (isUnfused ? 10 : 8) * problem.hidden
    var bytes: Double = outside + attention + 2 * problem.matrices * width
    if !layout.isSequenceParallel { bytes += outside * (layout.tensor - 1) }
    if isUnfused && layout.recompute == .none { bytes += 5 * problem.heads * problem.sequence }
    return bytes
  }
}
