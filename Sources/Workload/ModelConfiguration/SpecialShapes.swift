import Catalog

/// What single families have that no column of the table tells. Layouts are those of the families'
/// implementations in Transformers 5.24.
extension ShapeReader {
  func addSpecialWeights(
    to layer: inout ModelLayer, _ specification: LayerSpecification
  ) throws(Fault) {
    switch family.special {
    case .apertus:
      // Two parameters of the activation.
      layer.vectorWeights += 2
    case .falcon:
      let isNew = try keys.flag("new_decoder_architecture")
      let norms = try keys.integer(["num_ln_in_parallel_attn"], in: 1...2) ?? (isNew ? 2 : 1)
      let isParallel = try keys.flag("parallel_attn", default: true)
      if isNew || isParallel, norms == 1 { layer.vectorWeights -= 2 * hidden }
    case .parallel:
      if try keys.flag("use_parallel_residual") { layer.vectorWeights -= 2 * hidden }
    case .gemma3n: try addAlternatingUpdates(to: &layer)
    case .gemma4:
      try addPerLayerInputs(to: &layer)
      if let mixture = layer.mixture {
        layer.vectorWeights += 4 * hidden + mixture.experts
      }
    case .deepSeekV4:
      let streams = try keys.required(["hc_mult"], in: 1...64)
      let mixed = streams * (streams + 2)
      layer.otherMatrixWeights += Saturating.product(2, mixed, streams, hidden)
      layer.vectorWeights += 2 * (mixed + 3)
    default: break
    }
  }

  func addSpecialEnds(to shape: inout TransformerArchitecture) throws(Fault) {
    switch family.special {
    case .bloom: shape.endVectorWeights += 2 * hidden
    case .opt:
      // The table of positions has two rows more than positions.
      shape.learnedPositions += 2
      let keepsNorm = try keys.flag("do_layer_norm_before", default: true)
      let removesNorm = try keys.flag("_remove_final_layer_norm")
      if !keepsNorm || removesNorm {
        shape.endVectorWeights -= family.norm.vectors * hidden
      }
      let width =
        keys.gives(["word_embed_proj_dim"])
        ? try keys.integer(["word_embed_proj_dim"]) ?? hidden : hidden
      guard width != hidden else { return }
      shape.embeddingWidth = width
      shape.otherMatrixWeights += Saturating.product(2, width, hidden)
    case .gemma3n:
      let streams = try keys.required(["altup_num_inputs"], in: 1...64)
      shape.otherMatrixWeights += Saturating.product(2 * (streams - 1), hidden, hidden)
      try addPerLayerEmbeddings(to: &shape)
    case .gemma4: try addPerLayerEmbeddings(to: &shape)
    case .deepSeekV4:
      let streams = try keys.required(["hc_mult"], in: 1...64)
      shape.otherMatrixWeights += Saturating.product(streams, streams, hidden)
      shape.endVectorWeights += streams + 1
    default: break
    }
  }

  /// Gemma 3n: several streams predicted from one another, a low-rank path beside attention, and an
  /// input of the layer's own.
  private func addAlternatingUpdates(to layer: inout ModelLayer) throws(Fault) {
    let streams = try keys.required(["altup_num_inputs"], in: 1...64)
    let rank = try keys.required(["laurel_rank"])
    layer.otherMatrixWeights += Saturating.product(hidden, streams + 2 * rank)
    layer.vectorWeights += 3 * hidden + streams * streams * (1 + streams)
    try addPerLayerInputs(to: &layer)
  }

  private func perLayerWidth() throws(Fault) -> Int {
    try keys.integer(["hidden_size_per_layer_input"], in: 0...1_000_000) ?? 0
  }

  private func addPerLayerInputs(to layer: inout ModelLayer) throws(Fault) {
    let width = try perLayerWidth()
    guard width > 0 else { return }
    layer.otherMatrixWeights += Saturating.product(2, width, hidden)
    layer.vectorWeights += hidden
  }

  private func addPerLayerEmbeddings(to shape: inout TransformerArchitecture) throws(Fault) {
    let width = try perLayerWidth()
    guard width > 0 else { return }
    let all = Saturating.product(shape.layers, width)
    let rows = try keys.required(["vocab_size_per_layer_input"], in: 1...10_000_000)
    shape.otherEmbeddingWeights += Saturating.product(rows, all)
    shape.otherMatrixWeights += Saturating.product(all, hidden)
    shape.endVectorWeights += width
  }

  /// DeepSeek-V4: one key that is also the value for all heads, compressed keys beside a window,
  /// an output projected in groups.
  func addCompressedAttention(
    to layer: inout ModelLayer, _ specification: LayerSpecification
  ) throws(Fault) {
    let rank = try keys.required(["q_lora_rank"])
    let width = headDimension
    let groups = try keys.required(["o_groups"])
    let outputRank = try keys.required(["o_lora_rank"])
    let all = Saturating.product(heads, width)
    var projections =
      Saturating.product(hidden, rank + width) + Saturating.product(rank, all)
      + Saturating.product(outputRank, all) + Saturating.product(groups, outputRank, hidden)
    layer.vectorWeights += heads + rank + width
    let window = self.window ?? 128
    var scope = AttentionScope.sliding(window: window)
    var indexer: AttentionIndexer?
    switch specification.mixer {
    case .compressedHeavily, .full:
      let ratio = try compression("heavily_compressed_attention", "compress_rate_hca", 128)
      projections += Saturating.product(2, hidden, width)
      layer.vectorWeights += Saturating.product(ratio + 1, width)
      scope = .compressed(window: window, ratio: ratio, keys: nil)
    case .compressedSparse:
      let ratio = try compression("compressed_sparse_attention", "compress_rate_csa", 4)
      projections += Saturating.product(4, hidden, width)
      layer.vectorWeights += Saturating.product(2 * ratio + 1, width)
      let scored = try keys.required(["index_head_dim"])
      let scorers = try keys.required(["index_n_heads"])
      layer.vectorWeights += Saturating.product(2 * ratio + 1, scored)
      indexer = AttentionIndexer(
        heads: scorers, headDimension: scored,
        projectionWeights: Saturating.product(hidden, 4 * scored + scorers)
          + Saturating.product(rank, scorers, scored))
      let kept = try keys.required(["index_topk"])
      scope = .compressed(window: window, ratio: ratio, keys: kept)
    default: break
    }
    layer.attention = Attention(
      scope: scope, hiddenSize: hidden, heads: heads, keyValueHeads: 1, headDimension: width,
      indexer: indexer, projectionWeights: projections)
  }

  private func compression(
    _ kind: String, _ legacy: String, _ fallback: Int
  ) throws(Fault) -> Int {
    if let rates = try source.object("compress_rates") {
      let given = try ShapeKeys(source: rates, family: family).integer([kind])
      if let given { return given }
    }
    return try keys.integer([legacy]) ?? fallback
  }
}
