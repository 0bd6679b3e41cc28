import Catalog
import Quantities

/// What of a layer follows from its place: equal specifications make equal layers.
struct LayerSpecification: Hashable {
  var mixer: MixerKind
  var block: BlockKind
  /// Widths and heads that a list gives layer by layer.
  var feedForward: Int?
  var heads: Int?
  /// Whether keys and values are those of an earlier layer.
  var reusesKeys = false
  /// Whether the indexer is that of an earlier layer.
  var reusesIndexer = false
}

/// Builds the shape that a configuration describes, by its family's row.
struct ShapeReader {
  let keys: ShapeKeys
  let hidden: Int
  /// Query heads and key and value heads; 0 in families without attention.
  let heads: Int
  let keyValueHeads: Int
  let headDimension: Int
  let latent: LatentAttention?
  /// Width of a window or chunk; nil when local layers see all.
  let window: Int?

  var family: Family { keys.family }
  var source: ConfigurationObject { keys.source }

  init(_ keys: ShapeKeys) throws(Fault) {
    self.keys = keys
    hidden = try keys.stated(KeyNames.hidden)
    latent = try Self.latentAttention(keys)
    guard keys.family.attention != .none else {
      (heads, keyValueHeads, headDimension, window) = (0, 0, 0, nil)
      return
    }
    heads = try keys.required(KeyNames.heads)
    keyValueHeads = try Self.keyValueHeads(keys, heads: heads)
    headDimension = try Self.headDimension(keys, hidden: hidden, heads: heads, latent: latent)
    window = try Self.window(keys)
  }

  /// The shape.
  ///
  /// - Throws: `Fault` naming the key at fault.
  func architecture(name: String) throws(Fault) -> TransformerArchitecture {
    let plan = try LayerPlan(keys)
    let specifications = try specifications(plan)
    var built: [LayerSpecification: ModelLayer] = [:]
    var layers: [ModelLayer] = []
    layers.reserveCapacity(specifications.count)
    for specification in specifications {
      if let layer = built[specification] {
        layers.append(layer)
        continue
      }
      let layer = try layer(specification)
      built[specification] = layer
      layers.append(layer)
    }
    try keys.refuseMisspelling(of: KeyNames.vocabulary)
    let vocabulary = try keys.required(KeyNames.vocabulary, in: 1...10_000_000)
    var shape = TransformerArchitecture(
      name: name, hiddenSize: hidden, layerStack: LayerStack(layers: layers),
      vocabulary: vocabulary, tiedEmbeddings: try keys.flag("tie_word_embeddings"),
      learnedPositions: family.positions == .yes
        ? try keys.required(KeyNames.positions, in: 1...100_000_000) : 0,
      endVectorWeights: family.norm.vectors * hidden
        + (try keys.holds(family.headBias) ? vocabulary : 0),
      multiTokenPredictionDepth: try keys.integer(["num_nextn_predict_layers"], in: 0...16) ?? 0,
      maximumPositions: keys.gives(KeyNames.positions)
        ? try keys.integer(KeyNames.positions, in: 1...100_000_000) : nil)
    try addSpecialEnds(to: &shape)
    return shape
  }

  // MARK: Sizes

  private static func latentAttention(_ keys: ShapeKeys) throws(Fault) -> LatentAttention? {
    guard keys.family.attention == .latent else { return nil }
    return LatentAttention(
      queryRank: try keys.integer(["q_lora_rank"]) ?? 0,
      keyValueRank: try keys.required(["kv_lora_rank"]),
      nopeHeadDimension: try keys.required(["qk_nope_head_dim"]),
      ropeHeadDimension: try keys.required(["qk_rope_head_dim"]),
      valueHeadDimension: try keys.required(["v_head_dim"]))
  }

  private static func keyValueHeads(_ keys: ShapeKeys, heads: Int) throws(Fault) -> Int {
    let family = keys.family
    guard family.attention == .plain else { return heads }
    if family.special == .falcon, !(try keys.flag("new_decoder_architecture")) {
      return try keys.flag("multi_query", default: true) ? 1 : heads
    }
    if family.id == "gpt_bigcode" { return try keys.flag("multi_query", default: true) ? 1 : heads }
    if ["gpt2", "gpt_neo", "gpt_neox", "gptj", "codegen", "bloom", "opt", "mpt"].contains(family.id)
    {
      return heads
    }
    if !keys.gives(KeyNames.keyValueHeads) {
      try keys.refuseMisspelling(of: KeyNames.keyValueHeads)
    }
    guard let stated = try keys.integer(KeyNames.keyValueHeads) else { return heads }
    guard heads.isMultiple(of: stated) else {
      let key = KeyNames.keyValueHeads.first { keys.source.member($0) != nil }
      let name = key ?? "num_attention_heads"
      let origin = key == nil ? "num_key_value_heads is missing, and the \(stated)" : "\(stated)"
      let whose = key == nil ? " of the family \(family.id)" : ""
      throw keys.source.fault(
        name, "\(origin) key and value heads\(whose) do not divide the \(heads) attention heads")
    }
    return stated
  }

  private static func headDimension(
    _ keys: ShapeKeys, hidden: Int, heads: Int, latent: LatentAttention?
  ) throws(Fault) -> Int {
    if let latent { return latent.nopeHeadDimension }
    if let stated = try keys.integer(KeyNames.headDimension) { return stated }
    guard hidden.isMultiple(of: heads) else {
      throw keys.source.fault(
        "num_attention_heads",
        "\(heads) heads do not divide a width of \(hidden); head_dim is expected then")
    }
    return hidden / heads
  }

  private static func window(_ keys: ShapeKeys) throws(Fault) -> Int? {
    let lengths = 0...100_000_000
    // Families that have the switch take no window without it.
    if keys.family.defaults["use_sliding_window"] != nil, !(try keys.flag("use_sliding_window")) {
      return nil
    }
    let names = keys.family.special == .llama4 ? ["attention_chunk_size"] : KeyNames.window
    let width = try keys.integer(names, in: lengths) ?? 0
    return width > 0 ? width : nil
  }

  // MARK: Layers

  private func specifications(_ plan: LayerPlan) throws(Fault) -> [LayerSpecification] {
    let depth = plan.mixers.count
    let widths = try perLayer("intermediate_size", depth: depth)
    let heads = try perLayer("num_attention_heads_per_layer", depth: depth)
    let shared = try keys.integer(["num_kv_shared_layers"], in: 0...10_000) ?? 0
    let shares = try sharedIndexers(depth: depth)
    return zip(plan.mixers, plan.blocks).enumerated().map { index, kinds in
      LayerSpecification(
        mixer: kinds.0, block: kinds.1, feedForward: widths?[index], heads: heads?[index],
        reusesKeys: shared > 0 && index >= depth - shared,
        reusesIndexer: index < shares.count && shares[index])
    }
  }

  /// Which layers take the indexer of an earlier one (GLM-5): a list, a pattern of F and S, or every
  /// few layers; empty when none does.
  private func sharedIndexers(depth: Int) throws(Fault) -> [Bool] {
    if let types = try keys.texts("indexer_types")?.texts { return types.map { $0 == "shared" } }
    guard family.id == "glm_moe_dsa" else { return [] }
    if case .string(let pattern)? = source.member("index_topk_pattern")?.value {
      return pattern.map { $0 == "S" }
    }
    let every = try keys.integer(["index_topk_freq"], in: 1...10_000) ?? 1
    let offset = try keys.integer(["index_skip_topk_offset"], in: 0...10_000) ?? 2
    return (0..<depth).map { !max($0 - offset + 1, 0).isMultiple(of: every) }
  }

  /// The numbers of a key that lists one a layer; nil when it does not.
  private func perLayer(_ key: String, depth: Int) throws(Fault) -> [Int]? {
    guard let node = source.member(key), case .array = node.value else { return nil }
    guard let numbers = try keys.integers(key, in: ConfigurationObject.sizes) else { return nil }
    guard numbers.count >= depth else {
      throw source.fault(key, "lists \(numbers.count) layers where there are \(depth)")
    }
    return numbers
  }

  private func layer(_ specification: LayerSpecification) throws(Fault) -> ModelLayer {
    var layer = ModelLayer(hiddenSize: hidden, gatedFeedForward: family.matrices == 3)
    layer.vectorWeights = family.norms * family.norm.vectors * hidden
    switch specification.mixer {
    case .none: break
    case .linear: try addRecurrence(to: &layer)
    case .both:
      try addAttention(to: &layer, specification)
      try addRecurrence(to: &layer)
    case .full, .local, .indexed, .compressedSparse, .compressedHeavily:
      try addAttention(to: &layer, specification)
    }
    switch specification.block {
    case .none: break
    case .dense: try addDenseBlock(to: &layer, specification)
    case .mixture: try addMixture(to: &layer)
    }
    try addSpecialWeights(to: &layer, specification)
    return layer
  }

  private func addDenseBlock(
    to layer: inout ModelLayer, _ specification: LayerSpecification
  ) throws(Fault) {
    let width = try denseWidth(specification)
    layer.feedForward = .dense(width: width)
    if try keys.holds(family.feedForwardBias) {
      layer.vectorWeights += (family.matrices - 1) * width + hidden
    }
  }
}
