import Catalog

/// A mixture and the layers that hold it.
struct PlacedMixture {
  var mixture: MixtureOfExperts
  var leadingDenseLayers: Int
  var interleave: Int
}

/// Mixtures and windows of the families.
extension ModelFamily {
  /// The mixture of experts that a configuration describes; nil for dense families.
  func mixture(
    _ source: ConfigurationObject, layers: Int
  ) throws(Fault) -> PlacedMixture? {
    switch self {
    case .mixtral, .gptOss, .llama4: return try localExperts(source)
    case .qwen2Moe, .qwen3Moe: return try qwenExperts(source, layers: layers)
    case .deepSeekV2, .deepSeekV3, .kimiK2, .glm4Moe: return try deepSeekExperts(source)
    default: return nil
    }
  }

  private static let expertCounts = 1...100_000

  private func visited(
    _ source: ConfigurationObject, of experts: Int
  ) throws(Fault) -> Int {
    try source.required("num_experts_per_tok", "experts_per_token", in: 1...experts)
  }

  private func localExperts(_ source: ConfigurationObject) throws(Fault) -> PlacedMixture {
    let experts = try source.required("num_local_experts", in: Self.expertCounts)
    let isLlama4 = self == .llama4
    let mixture = MixtureOfExperts(
      experts: experts, expertsPerToken: try visited(source, of: experts),
      sharedExperts: isLlama4 ? 1 : 0,
      expertFeedForwardSize: try source.required("intermediate_size"))
    return PlacedMixture(
      mixture: mixture, leadingDenseLayers: 0,
      interleave: isLlama4
        ? try source.optional("interleave_moe_layer_step", in: 1...1000) ?? 1 : 1)
  }

  private func qwenExperts(
    _ source: ConfigurationObject, layers: Int
  ) throws(Fault) -> PlacedMixture {
    let experts = try source.required("num_experts", in: Self.expertCounts)
    let size = try source.required("moe_intermediate_size")
    let sharedSize = try source.optional("shared_expert_intermediate_size", in: 0...1_000_000) ?? 0
    guard sharedSize % size == 0 else {
      throw source.fault(
        "shared_expert_intermediate_size",
        "\(sharedSize) is expected to be a multiple of moe_intermediate_size, \(size)")
    }
    let dense = try source.array("mlp_only_layers") ?? []
    // Only the first layers may be dense: that is all the shape can say.
    for (index, node) in dense.enumerated() where node.value != .number("\(index)") {
      throw source.fault(
        "mlp_only_layers", "only the first layers, 0, 1, 2 and so on, can be dense")
    }
    let mixture = MixtureOfExperts(
      experts: experts, expertsPerToken: try visited(source, of: experts),
      sharedExperts: sharedSize / size, expertFeedForwardSize: size)
    return PlacedMixture(
      mixture: mixture, leadingDenseLayers: min(dense.count, layers),
      interleave: try source.optional("decoder_sparse_step", in: 1...1000) ?? 1)
  }

  private func deepSeekExperts(_ source: ConfigurationObject) throws(Fault) -> PlacedMixture {
    let experts = try source.required("n_routed_experts", in: Self.expertCounts)
    let mixture = MixtureOfExperts(
      experts: experts, expertsPerToken: try visited(source, of: experts),
      sharedExperts: try source.optional("n_shared_experts", in: 0...1000) ?? 0,
      expertFeedForwardSize: try source.required("moe_intermediate_size"),
      selectionBias: self != .deepSeekV2)
    return PlacedMixture(
      mixture: mixture,
      leadingDenseLayers: try source.optional("first_k_dense_replace", in: 0...10_000) ?? 0,
      interleave: try source.optional("moe_layer_freq", in: 1...1000) ?? 1)
  }

  /// The window of local layers and how often a layer is global; nil when all layers are.
  func attentionWindow(
    _ source: ConfigurationObject, layers: Int
  ) throws(Fault) -> (size: Int, globalEvery: Int)? {
    let lengths = 1...100_000_000
    guard
      let size = try source.optional(
        self == .llama4 ? "attention_chunk_size" : "sliding_window", in: lengths)
    else { return nil }
    if let kinds = try source.array("layer_types") {
      let globals = kinds.count { $0.value == .string("full_attention") }
      if globals >= layers { return nil }
      return (size, globals > 0 ? layers / globals : 0)
    }
    switch self {
    case .mistral, .mixtral, .phi3: return (size, 0)
    case .qwen2, .qwen2Moe, .qwen3, .qwen3Moe:
      return try source.flag("use_sliding_window", default: false) ? (size, 0) : nil
    case .gemma2, .gptOss: return (size, 2)
    case .gemma3: return (size, try source.optional("sliding_window_pattern") ?? 6)
    case .llama4: return (size, try source.optional("no_rope_layer_interval") ?? 4)
    default: return nil
    }
  }
}
