/// Bytes of one chip's memory by purpose.
///
/// States of mixed-precision Adam (ZeRO, arXiv 1910.02054): 2 bytes of weights, 4 of gradients in
/// 32 bit (2 under ZeRO-3), 12 of optimizer. Activations per token and layer of a block with fused
/// attention, 8h + 4(n + n_kv)d + 6f bytes; 2h under full recomputation (Korthikanti et al., arXiv
/// 2205.05198, Table 2, less what fused attention doesn't keep).
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
    let local = localParameters(layout)
    let shards = layout.data * layout.context
    let zero = layout.zero
    use.weights = 2 * local / (zero >= 3 ? shards : 1)
    use.gradients = zero >= 3 ? 2 * local / shards : 4 * local / (zero >= 2 ? shards : 1)
    use.optimizer = 12 * local / (zero >= 1 ? shards : 1)
    let tokens: Double = layout.microBatch * problem.sequence / layout.context / layout.tensor
    let perLayer = activationBytes(layout.recompute)
    let inFlight = min(layout.pipeline, microBatches(layout))
    use.activations = tokens * perLayer * problem.layers / layout.pipeline * inFlight
    use.logits = 6 * tokens * problem.vocabulary
    return use
  }

  /// Bytes kept per token and layer.
  private func activationBytes(_ recompute: Recompute) -> Double {
    guard recompute != .full else { return 2 * problem.hidden }
    var width = problem.feedForward
    if problem.experts > 0 {
      let visited = problem.expertsPerToken + problem.sharedExperts
      width = problem.expertFeedForward * visited + problem.expertsPerToken * problem.hidden
    }
    let attention: Double = 4 * (problem.heads + problem.keyValueHeads) * problem.headWidth
    var bytes: Double = 8 * problem.hidden + attention + 6 * width
    if isUnfused && recompute == .none { bytes += 5 * problem.heads * problem.sequence }
    return bytes
  }
}
