import Catalog

/// Attention as configurations describe it.
extension ShapeReader {
  func addAttention(
    to layer: inout ModelLayer, _ specification: LayerSpecification
  ) throws(Fault) {
    if family.special == .deepSeekV4 {
      try addCompressedAttention(to: &layer, specification)
      return
    }
    if let latent {
      try addLatentAttention(latent, to: &layer, specification)
      return
    }
    let isLocal = specification.mixer == .local
    var heads = specification.heads ?? self.heads
    var keyValueHeads = self.keyValueHeads
    var width = headDimension
    var valueWidth = family.special == .mimo ? try keys.required(["v_head_dim"]) : width
    var hasValues = true
    switch family.special {
    case .mimo where isLocal: keyValueHeads *= 2
    case .step3p5 where isLocal: heads = try localHeads() ?? heads
    case .gemma4 where !isLocal:
      width = try keys.integer(["global_head_dim"]) ?? width
      valueWidth = width
      if try keys.flag("attention_k_eq_v") {
        hasValues = false
        keyValueHeads = try keys.integer(["num_global_key_value_heads"]) ?? keyValueHeads
      }
    default: break
    }
    let own = specification.reusesKeys ? 0 : keyValueHeads
    let values = hasValues ? own : 0
    var projections =
      Saturating.product(hidden, heads, width) + Saturating.product(hidden, own, width)
      + Saturating.product(hidden, values, valueWidth)
      + Saturating.product(hidden, heads, valueWidth)
    if family.special == .step3 {
      // Queries pass through a width that all heads share, with a norm of its own.
      let shared = try keys.required(["share_q_dim"])
      projections += Saturating.product(shared, hidden + heads * width)
      projections -= Saturating.product(hidden, heads, width)
      layer.vectorWeights += shared
    }
    let gate = gateWeights(heads: heads, width: valueWidth)
    layer.attention = Attention(
      scope: scope(specification.mixer), hiddenSize: hidden, heads: heads,
      keyValueHeads: keyValueHeads, headDimension: width, valueDimension: valueWidth,
      projectionWeights: projections + gate)
    try addVectors(
      to: &layer, heads: heads, keyHeads: own, valueHeads: values, width: width,
      valueWidth: valueWidth, isLocal: isLocal)
  }

  private func scope(_ mixer: MixerKind) -> AttentionScope {
    guard mixer == .local, let window else { return .full }
    return family.special == .llama4 ? .chunked(chunk: window) : .sliding(window: window)
  }

  /// Query heads of local layers where they differ (Step).
  private func localHeads() throws(Fault) -> Int? {
    if let given = try keys.integer(["num_sliding_attention_heads"]) { return given }
    guard let other = try source.object("attention_other_setting") else { return nil }
    return try ShapeKeys(source: other, family: family).integer(["num_attention_heads"])
  }

  private func gateWeights(heads: Int, width: Int) -> Int {
    switch family.attentionGate {
    case .none: 0
    case .query, .full: Saturating.product(hidden, heads, width)
    case .heads: Saturating.product(hidden, heads)
    }
  }

  /// Biases, norms of queries and keys, and sinks.
  private func addVectors(
    to layer: inout ModelLayer, heads: Int, keyHeads: Int, valueHeads: Int, width: Int,
    valueWidth: Int, isLocal: Bool
  ) throws(Fault) {
    if try keys.holds(family.queryKeyValueBias) {
      let queries = family.attentionGate == .query ? 2 * heads : heads
      layer.vectorWeights += (queries + keyHeads) * width + valueHeads * valueWidth
    }
    if try keys.holds(family.outputBias) { layer.vectorWeights += hidden }
    let norm = family.queryKeyNorm.split(separator: " ").map(String.init)
    if let kind = norm.first, try keys.holds(norm.count > 1 ? norm[1] : "yes") {
      let pairs = keyHeads > 0 ? 2 : 1
      switch kind {
      case "whole": layer.vectorWeights += (heads + keyHeads) * width
      case "affine": layer.vectorWeights += 2 * pairs * width
      default: layer.vectorWeights += pairs * width
      }
    }
    if family.sinks == .all || family.sinks == .local && isLocal { layer.vectorWeights += heads }
  }

  private func addLatentAttention(
    _ latent: LatentAttention, to layer: inout ModelLayer, _ specification: LayerSpecification
  ) throws(Fault) {
    var scope = scope(specification.mixer)
    var indexer: AttentionIndexer?
    if specification.mixer == .indexed {
      scope = .sparse(keys: try keys.required(["index_topk"]))
      let heads = try keys.required(["index_n_heads"])
      let width = try keys.required(["index_head_dim"])
      let own = !specification.reusesIndexer
      let from = latent.queryRank > 0 ? latent.queryRank : hidden
      let weights =
        Saturating.product(from, heads, width) + Saturating.product(hidden, width + heads)
      indexer = AttentionIndexer(
        heads: heads, headDimension: width, projectionWeights: own ? weights : 0)
      // The norm of the indexer's keys, with its bias.
      if own { layer.vectorWeights += 2 * width }
    }
    layer.attention = Attention(
      scope: scope, hiddenSize: hidden, heads: heads, latent: latent, indexer: indexer)
    layer.vectorWeights += latent.normWeights
    if try keys.holds(family.queryKeyValueBias) {
      layer.vectorWeights +=
        latent.queryRank + latent.keyValueRank + latent.ropeHeadDimension + hidden
    }
  }
}
