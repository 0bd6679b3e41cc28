import Catalog

/// Families of models whose configurations differ in their keys and defaults. Keys and defaults are
/// those of Hugging Face Transformers; recalled (unverified).
enum ModelFamily: String, CaseIterable {
  case llama, mistral, mixtral, qwen2
  case qwen2Moe = "qwen2_moe"
  case qwen3
  case qwen3Moe = "qwen3_moe"
  case gemma, gemma2
  case gemma3 = "gemma3_text"
  case gpt2
  case gptNeoX = "gpt_neox"
  case falcon, bloom, opt, olmo, olmo2, phi3, granite
  case deepSeekV2 = "deepseek_v2"
  case deepSeekV3 = "deepseek_v3"
  case kimiK2 = "kimi_k2"
  case glm4Moe = "glm4_moe"
  case llama4 = "llama4_text"
  case gptOss = "gpt_oss"

  /// Whether the output head is the embedding when the configuration does not say.
  private var isTiedByDefault: Bool {
    switch self {
    case .gemma, .gemma2, .gemma3, .gpt2, .falcon, .bloom, .opt: true
    default: false
    }
  }

  private var hasGate: Bool {
    switch self {
    case .gpt2, .gptNeoX, .falcon, .bloom, .opt: false
    default: true
    }
  }

  private var normalisesQueriesAndKeys: Bool {
    switch self {
    case .qwen3, .qwen3Moe, .gemma3, .olmo2: true
    default: false
    }
  }

  /// The shape that a configuration describes.
  ///
  /// - Throws: `Fault` naming the key at fault.
  func architecture(
    _ source: ConfigurationObject, name: String
  ) throws(Fault) -> TransformerArchitecture {
    let hidden = try source.required("hidden_size", "n_embd", "n_embed")
    let layers = try source.required("num_hidden_layers", "n_layer", in: 1...10_000)
    let heads = try source.required("num_attention_heads", "n_head")
    let latent = try latentAttention(source)
    let headDimension = try headDimension(source, hidden: hidden, heads: heads, latent: latent)
    let mixture = try mixture(source, layers: layers)
    let feedForward = try feedForwardSize(source, hidden: hidden, mixture: mixture)
    let window = try attentionWindow(source, layers: layers)
    return TransformerArchitecture(
      name: name, layers: layers, hiddenSize: hidden, attentionHeads: heads,
      keyValueHeads: try keyValueHeads(source, heads: heads), headDimension: headDimension,
      feedForwardSize: feedForward, gatedFeedForward: hasGate,
      vocabulary: try vocabulary(source), tiedEmbeddings: isTiedByDefault,
      latentAttention: latent, mixtureOfExperts: mixture?.mixture,
      leadingDenseLayers: mixture?.leadingDenseLayers ?? 0,
      mixtureInterleave: mixture?.interleave ?? 1,
      learnedPositions: try learnedPositions(source), hasBiases: try hasBiases(source),
      queryKeyNorm: try source.flag("use_qk_norm", default: false) && self == .glm4Moe
        || normalisesQueriesAndKeys,
      slidingWindow: window?.size, globalAttentionEvery: window?.globalEvery ?? 0,
      multiTokenPredictionDepth: try source.optional("num_nextn_predict_layers", in: 0...16) ?? 0)
  }

  private func vocabulary(_ source: ConfigurationObject) throws(Fault) -> Int {
    // Configurations of Gemma 3 leave out what equals the default.
    if self == .gemma3, source.node(["vocab_size"]) == nil { return 262_208 }
    return try source.required("vocab_size", in: 1...10_000_000)
  }

  private func headDimension(
    _ source: ConfigurationObject, hidden: Int, heads: Int, latent: LatentAttention?
  ) throws(Fault) -> Int {
    if let latent { return latent.nopeHeadDimension }
    if let stated = try source.optional("head_dim") { return stated }
    if self == .gemma3 { return 256 }
    guard hidden % heads == 0 else {
      throw source.fault(
        "num_attention_heads",
        "\(heads) heads do not divide a width of \(hidden); head_dim is expected then")
    }
    return hidden / heads
  }

  private func keyValueHeads(
    _ source: ConfigurationObject, heads: Int
  ) throws(Fault) -> Int {
    switch self {
    case .gpt2, .gptNeoX, .bloom, .opt: return heads
    case .falcon:
      let isNew = try source.flag("new_decoder_architecture", default: false)
      if !isNew, try source.flag("multi_query", default: true) { return 1 }
    default: break
    }
    let stated = try source.optional("num_key_value_heads", "num_kv_heads", "n_head_kv")
    guard let stated else { return heads }
    guard heads % stated == 0 else {
      throw source.fault(
        source.node(["num_key_value_heads", "num_kv_heads"])?.key ?? "n_head_kv",
        "\(stated) does not divide the \(heads) attention heads")
    }
    return stated
  }

  private func feedForwardSize(
    _ source: ConfigurationObject, hidden: Int, mixture: PlacedMixture?
  ) throws(Fault) -> Int {
    switch self {
    case .gpt2: return try source.optional("n_inner") ?? 4 * hidden
    case .bloom: return 4 * hidden
    case .falcon: return try source.optional("ffn_hidden_size") ?? 4 * hidden
    case .opt: return try source.required("ffn_dim")
    case .mixtral, .gptOss: return 0
    case .llama4: return try source.required("intermediate_size_mlp")
    default: break
    }
    guard mixture == nil else { return try source.optional("intermediate_size") ?? 0 }
    return try source.required("intermediate_size")
  }

  private func learnedPositions(_ source: ConfigurationObject) throws(Fault) -> Int {
    switch self {
    case .gpt2: try source.required("n_positions", "max_position_embeddings", in: 1...100_000_000)
    // OPT's table has two rows more than positions.
    case .opt: try source.required("max_position_embeddings", in: 1...100_000_000) + 2
    default: 0
    }
  }

  private func hasBiases(_ source: ConfigurationObject) throws(Fault) -> Bool {
    switch self {
    case .gpt2, .gptNeoX, .bloom: true
    case .opt: try source.flag("enable_bias", default: true)
    case .falcon: try source.flag("bias", default: false)
    default: false
    }
  }

  private func latentAttention(
    _ source: ConfigurationObject
  ) throws(Fault) -> LatentAttention? {
    switch self {
    case .deepSeekV2, .deepSeekV3, .kimiK2: break
    default: return nil
    }
    return LatentAttention(
      queryRank: try source.optional("q_lora_rank") ?? 0,
      keyValueRank: try source.required("kv_lora_rank"),
      nopeHeadDimension: try source.required("qk_nope_head_dim"),
      ropeHeadDimension: try source.required("qk_rope_head_dim"),
      valueHeadDimension: try source.required("v_head_dim"))
  }
}
