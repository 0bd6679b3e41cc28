import Catalog
import Testing
import Workload

/// Configurations as published, cut to the keys that matter (recalled).
enum Configurations {
  static let llama = """
    {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
     "vocab_size": 128256, "max_position_embeddings": 8192, "tie_word_embeddings": false}
    """
  static let mixtral = """
    {"model_type": "mixtral", "hidden_size": 4096, "intermediate_size": 14336,
     "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
     "num_local_experts": 8, "num_experts_per_tok": 2, "vocab_size": 32000,
     "sliding_window": null}
    """
  static let deepSeekV3 = """
    {"model_type": "deepseek_v3", "hidden_size": 7168, "intermediate_size": 18432,
     "moe_intermediate_size": 2048, "num_hidden_layers": 61, "num_attention_heads": 128,
     "num_key_value_heads": 128, "q_lora_rank": 1536, "kv_lora_rank": 512,
     "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
     "n_routed_experts": 256, "num_experts_per_tok": 8, "n_shared_experts": 1,
     "first_k_dense_replace": 3, "moe_layer_freq": 1, "num_nextn_predict_layers": 1,
     "vocab_size": 129280}
    """
  static let gpt2 = """
    {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_inner": null,
     "n_positions": 1024, "vocab_size": 50257}
    """
  static let llama4 = """
    {"model_type": "llama4", "tie_word_embeddings": false, "text_config": {
     "model_type": "llama4_text", "hidden_size": 5120, "intermediate_size": 8192,
     "intermediate_size_mlp": 16384, "num_hidden_layers": 48, "num_attention_heads": 40,
     "num_key_value_heads": 8, "head_dim": 128, "num_local_experts": 128,
     "num_experts_per_tok": 1, "interleave_moe_layer_step": 2, "attention_chunk_size": 8192,
     "vocab_size": 202048}}
    """
  static let gemma3 = """
    {"model_type": "gemma3", "text_config": {"model_type": "gemma3_text", "head_dim": 128,
     "hidden_size": 5376, "intermediate_size": 21504, "num_attention_heads": 32,
     "num_hidden_layers": 62, "num_key_value_heads": 16, "sliding_window": 1024}}
    """
  static let gptOss = """
    {"model_type": "gpt_oss", "hidden_size": 2880, "intermediate_size": 2880, "head_dim": 64,
     "num_hidden_layers": 2, "num_attention_heads": 64, "num_key_value_heads": 8,
     "num_local_experts": 32, "num_experts_per_tok": 4, "sliding_window": 128,
     "layer_types": ["sliding_attention", "full_attention"], "vocab_size": 201088}
    """
  static let falcon = """
    {"model_type": "falcon", "hidden_size": 8192, "num_hidden_layers": 60,
     "num_attention_heads": 128, "num_kv_heads": 8, "new_decoder_architecture": true,
     "vocab_size": 65024}
    """
  static let bloom = """
    {"model_type": "bloom", "n_embed": 14336, "n_layer": 70, "num_attention_heads": 112,
     "vocab_size": 250880, "seq_length": 2048}
    """
  static let opt = """
    {"model_type": "opt", "hidden_size": 12288, "ffn_dim": 49152, "num_hidden_layers": 96,
     "num_attention_heads": 96, "max_position_embeddings": 2048, "vocab_size": 50272}
    """
  static let neoX = """
    {"model_type": "gpt_neox", "hidden_size": 6144, "intermediate_size": 24576,
     "num_hidden_layers": 44, "num_attention_heads": 64, "vocab_size": 50432}
    """
  static let qwen3Moe = """
    {"model_type": "qwen3_moe", "hidden_size": 4096, "intermediate_size": 12288,
     "moe_intermediate_size": 1536, "num_hidden_layers": 94, "num_attention_heads": 64,
     "num_key_value_heads": 4, "head_dim": 128, "num_experts": 128, "num_experts_per_tok": 8,
     "mlp_only_layers": [], "decoder_sparse_step": 1, "vocab_size": 151936}
    """
}

@Suite struct ModelConfigurationTests {
  /// Sizes of the released weights, as in the presets, and how near a count must come.
  static let sizes: [(String, Double, Double)] = [
    (Configurations.llama, 8_030_261_248.0, 1e-12),
    (Configurations.mixtral, 46_702_792_704, 1e-12),
    (Configurations.deepSeekV3, 671_026_404_352, 1e-12),
    (Configurations.gpt2, 124_439_808, 1e-12), (Configurations.llama4, 400e9, 0.01),
    (Configurations.gemma3, 27.0e9, 0.01), (Configurations.falcon, 41.3e9, 0.01),
    (Configurations.bloom, 176_247_271_424, 1e-4), (Configurations.opt, 175e9, 0.01),
    (Configurations.neoX, 20.6e9, 0.01), (Configurations.qwen3Moe, 235.1e9, 0.01),
  ]

  @Test("a configuration gives the shape's published size", arguments: sizes)
  func countsPublishedSize(text: String, parameters: Double, share: Double) throws {
    let read = try ModelConfiguration.read(text, file: "config.json", name: "x")
    #expect(isClose(read.architecture.totalParameters, parameters, within: share))
  }

  @Test("windows, latent attention, further tokens and positions are read")
  func parts() throws {
    func read(_ text: String) throws -> ModelConfiguration {
      try ModelConfiguration.read(text, file: "config.json", name: "x")
    }
    #expect(try read(Configurations.llama).maximumPositions == 8192)
    #expect(try read(Configurations.bloom).maximumPositions == 2048)
    #expect(try read(Configurations.mixtral).architecture.slidingWindow == nil)
    let maverick = try read(Configurations.llama4).architecture
    #expect(maverick.slidingWindow == 8192 && maverick.globalAttentionLayers == 12)
    #expect(maverick.mixtureLayers == 24)
    let gemma = try read(Configurations.gemma3).architecture
    #expect(gemma.globalAttentionLayers == 10 && gemma.tiedEmbeddings)
    #expect(try read(Configurations.gptOss).architecture.globalAttentionLayers == 1)
    let deepSeek = try read(Configurations.deepSeekV3).architecture
    #expect(deepSeek.multiTokenPredictionDepth == 1)
    #expect(deepSeek.latentAttention == Shapes.deepSeekV3.latentAttention)
  }

  /// Texts and the messages that refuse them.
  static let faulty: [(String, String)] = [
    ("[]", "c.json:1: an array stands where an object with the model's configuration is expected"),
    ("{}", "c.json:1: model_type: is missing; the family is expected, such as llama, "),
    ("{\"model_type\": 3}", "c.json:1: model_type: the number 3 is not a text"),
    (
      "{\"model_type\": \"mistrl\"}",
      "c.json:1: model_type: “mistrl” is no family that is known; did you mean mistral? "
    ),
    (
      llama("\"hidden_sise\": 64"),
      "c.json:1: hidden_size: is missing (the nearest key there is hidden_sise); "
    ),
    (llama("\"hidden_size\": \"64\""), "c.json:2: hidden_size: “64” is not a whole number; "),
    (llama("\"hidden_size\": 64.0"), "c.json:2: hidden_size: the number 64.0 is not a whole"),
    (llama("\"hidden_size\": 0"), "c.json:2: hidden_size: 0 is outside 1 to 1000000"),
    (
      small("\"num_attention_heads\": 5"),
      "c.json:2: num_attention_heads: 5 heads do not divide a width of 64; head_dim is expected"
    ),
    (
      small("\"num_attention_heads\": 4, \"num_key_value_heads\": 3"),
      "c.json:2: num_key_value_heads: 3 key and value heads do not divide the 4 attention heads"
    ),
    (
      small("\"num_attention_heads\": 4, \"tie_word_embeddings\": 1"),
      "c.json:2: tie_word_embeddings: the number 1 is neither true nor false"
    ),
    (
      small("\"num_attention_heads\": 1000000, \"head_dim\": 1000000"),
      "c.json:2: hidden_size: the sizes together make more parameters than any model has"
    ),
    ("{\"model_type\": \"llama\",\n}", "c.json:2: column 1: “}” stands where a key in quotes"),
  ]

  static func llama(_ rest: String) -> String { "{\"model_type\": \"llama\",\n\(rest)}" }

  static func small(_ rest: String) -> String {
    let sizes = "\"hidden_size\": 64, \"num_hidden_layers\": 10000, \"intermediate_size\": 256"
    return llama("\(sizes), \"vocab_size\": 100, \(rest)")
  }

  @Test("what is wrong is refused with its key, its line and what is expected", arguments: faulty)
  func refused(text: String, message: String) throws {
    let error = try #require(
      #expect(throws: Fault.self) {
        try ModelConfiguration.read(text, file: "c.json", name: "x")
      })
    #expect(error.description.hasPrefix(message), "\(error)")
  }

  @Test("a missing key names the one there that is nearest, a mistyped family the one meant")
  func nearMisses() throws {
    let mistyped = Configurations.llama.replacing("intermediate_size", with: "intermediat_size")
    let missing = try #require(
      #expect(throws: Fault.self) {
        try ModelConfiguration.read(mistyped, file: "c.json", name: "x")
      })
    #expect(missing.message.contains("the nearest key there is intermediat_size"))
    let family = try #require(
      #expect(throws: Fault.self) {
        try ModelConfiguration.read("{\"model_type\": \"lama\"}", file: "c.json", name: "x")
      })
    #expect(family.message.contains("; did you mean llama? Its shape can be given by hand"))
  }
}
