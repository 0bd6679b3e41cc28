import Catalog
import Testing

@testable import Workload

/// Configurations as they come from the field: keys left out, renamed or contradictory, and files
/// that are something else. Counts are those of Hugging Face Transformers 5.24.0 on torch's meta
/// device, tied weights counted once.
@Suite struct ConfigurationSlipTests {
  static func read(_ text: String) throws -> TransformerArchitecture {
    try ModelConfiguration.read(text, file: "c.json", name: "x").architecture
  }

  static func sizes(_ hidden: Int, _ layers: Int, _ heads: Int, _ block: Int, _ rows: Int) -> String
  {
    "\"hidden_size\":\(hidden),\"num_hidden_layers\":\(layers),\"num_attention_heads\":\(heads),"
      + "\"intermediate_size\":\(block),\"vocab_size\":\(rows)"
  }

  static let small = sizes(5120, 4, 40, 13824, 50000) + ",\"tie_word_embeddings\":false"

  /// What is left out, the text, and the count.
  static let leftOut: [(String, String, Int)] = [
    (
      "heads of keys and all of the vocabulary, Gemma 3",
      "{\"model_type\":\"gemma3\",\"text_config\":{\"model_type\":\"gemma3_text\",\"hidden_size\":2560,"
        + "\"intermediate_size\":10240,\"num_hidden_layers\":34,\"sliding_window\":1024},"
        + "\"vision_config\":{\"model_type\":\"siglip_vision_model\",\"hidden_size\":1152}}",
      3_880_263_168
    ),
    (
      "width of heads, Gemma 2 in PaliGemma",
      "{\"model_type\":\"paligemma\",\"text_config\":{\"model_type\":\"gemma2\","
        + sizes(3584, 42, 16, 14336, 257_216) + ",\"num_key_value_heads\":8}}",
      9_246_064_128
    ),
    (
      "heads of keys, Mixtral",
      "{\"model_type\":\"mixtral\"," + sizes(4096, 32, 32, 14336, 32000)
        + ",\"num_local_experts\":8,\"num_experts_per_tok\":2}",
      46_702_792_704
    ),
    (
      "first layers without experts, DeepSeek-V3",
      "{\"model_type\":\"deepseek_v3\",\(small),\"num_key_value_heads\":40,\"n_routed_experts\":16,"
        + "\"n_shared_experts\":1,\"num_experts_per_tok\":4,\"moe_intermediate_size\":1408,"
        + "\"kv_lora_rank\":512,\"q_lora_rank\":1536,\"qk_nope_head_dim\":128,"
        + "\"qk_rope_head_dim\":64,\"v_head_dim\":128}",
      1_733_071_872
    ),
    (
      "width of the shared expert, Qwen2 MoE",
      "{\"model_type\":\"qwen2_moe\",\(small),\"num_key_value_heads\":8,\"head_dim\":128,"
        + "\"num_experts\":16,\"num_experts_per_tok\":4,\"moe_intermediate_size\":1408}",
      2_494_231_552
    ),
    (
      "width of heads, Gemma 2",
      "{\"model_type\":\"gemma2\",\(small),\"num_key_value_heads\":8}", 1_864_750_080
    ),
    (
      "heads of keys, Qwen3 MoE",
      "{\"model_type\":\"qwen3_moe\",\(small),\"head_dim\":128,\"num_experts\":16,"
        + "\"num_experts_per_tok\":4,\"moe_intermediate_size\":768}",
      1_498_036_224
    ),
    (
      "width of the plain block, GLM-4 MoE",
      "{\"model_type\":\"glm4_moe\",\"hidden_size\":5120,\"num_hidden_layers\":4,"
        + "\"num_attention_heads\":40,\"num_key_value_heads\":8,\"head_dim\":128,"
        + "\"vocab_size\":50000,\"n_routed_experts\":16,\"n_shared_experts\":1,"
        + "\"num_experts_per_tok\":4,\"moe_intermediate_size\":1408,\"first_k_dense_replace\":1}",
      2_035_020_800
    ),
    (
      "nothing, but its embedding is narrower than the model, OPT 350M",
      "{\"model_type\":\"opt\",\"hidden_size\":1024,\"word_embed_proj_dim\":512,"
        + "\"num_hidden_layers\":24,\"ffn_dim\":4096,\"num_attention_heads\":16,\"vocab_size\":50272,"
        + "\"max_position_embeddings\":2048,\"do_layer_norm_before\":false}",
      331_196_416
    ),
    (
      "nothing, but its experts have the name that version 5 writes, Qwen3 MoE",
      "{\"model_type\":\"qwen3_moe\"," + sizes(2048, 48, 32, 6144, 151_936)
        + ",\"head_dim\":128,\"num_key_value_heads\":4,\"num_local_experts\":128,"
        + "\"num_experts_per_tok\":8,\"moe_intermediate_size\":768,\"dtype\":\"bfloat16\","
        + "\"rope_parameters\":{\"rope_theta\":1000000.0},\"mlp_only_layers\":[]}",
      30_532_122_624
    ),
    (
      "nothing, Granite with experts",
      "{\"model_type\":\"granitemoe\"," + sizes(4096, 32, 32, 11008, 32000)
        + ",\"num_key_value_heads\":32,\"num_local_experts\":8,\"num_experts_per_tok\":2}",
      37_039_116_288
    ),
  ]

  @Test("keys left out stand for what the family's own class takes", arguments: leftOut)
  func defaults(what: String, text: String, count: Int) throws {
    #expect(try Self.read(text).parameterCount == count)
  }

  @Test("null is not the default: heads of keys are then as many as heads")
  func null() throws {
    let text =
      "{\"model_type\":\"mixtral\"," + Self.sizes(4096, 32, 32, 14336, 32000)
      + ",\"num_local_experts\":8,\"num_experts_per_tok\":2,\"num_key_value_heads\":null}"
    #expect(try Self.read(text).keyValueHeads == 32)
  }

  @Test("a visited share of Qwen3's experts is active")
  func active() throws {
    let entry = try #require(ModelCorpusTests.corpus.first { $0.name == "Qwen3 30B-A3B" })
    #expect(try Self.read(entry.text).activeParameters == 3_353_032_704)
  }

  static let qwen2 =
    "{\"model_type\":\"qwen2\"," + sizes(3584, 28, 28, 18944, 152_064)
    + ",\"num_key_value_heads\":4,\"use_sliding_window\":true,\"sliding_window\":4096"

  // 6 per weight and half the keys: derived from the shape by hand, 2T tokens.
  @Test("layers below max_window_layers see the whole sequence")
  func upperLayers() throws {
    let all = try Self.read(Self.qwen2 + ",\"max_window_layers\":28}")
    #expect(all.globalAttentionLayers == 28)
    let half = try Self.read(Self.qwen2 + ",\"max_window_layers\":14}")
    #expect(half.globalAttentionLayers == 14)
    let flops = [all, half].map {
      2e12 * $0.flopsPerToken(sequenceLength: 131_072, convention: .causal)
    }
    #expect(isClose(flops[0], 2.427e23, within: 5e-4) && isClose(flops[1], 1.686e23, within: 5e-4))
  }

  @Test("an uneven list of kinds is taken as it stands")
  func unevenList() throws {
    let kinds = (0..<36).map { $0 % 3 == 2 ? "\"sliding_attention\"" : "\"full_attention\"" }
    let text =
      "{\"model_type\":\"qwen3\"," + Self.sizes(4096, 36, 32, 12288, 151_936)
      + ",\"num_key_value_heads\":8,\"head_dim\":128,\"use_sliding_window\":true,"
      + "\"sliding_window\":2048,\"layer_types\":[\(kinds.joined(separator: ","))]}"
    let shape = try Self.read(text)
    #expect(shape.globalAttentionLayers == 24)
    let flops = 2e12 * shape.flopsPerToken(sequenceLength: 32768, convention: .causal)
    #expect(isClose(flops, 1.318e23, within: 5e-4))
    #expect(
      shape.layerKinds.map(\.name) == ["full attention, dense", "sliding attention 2048, dense"])
    #expect(shape.layerKinds.map(\.count) == [24, 12])
  }

  @Test("Llama 4 attends in chunks, which are no windows")
  func chunks() throws {
    let entry = try #require(ModelCorpusTests.corpus.first { $0.name == "Llama 4 Scout" })
    let shape = try Self.read(entry.text)
    #expect(shape.layerKinds.map(\.count) == [36, 12])
    let local = try #require(shape.layerStack.kinds.first?.layer.attention)
    #expect(local.scope == .chunked(chunk: 8192))
    // Half a chunk of keys a query, however long the sequence.
    #expect(local.scope.keysPerQuery(sequenceLength: 131_072, convention: .causal) == 4096)
  }

  @Test("a pattern says the depth of Nemotron-H, whatever num_hidden_layers says")
  func patternDepth() throws {
    let entry = try #require(ModelCorpusTests.corpus.first { $0.name == "Nemotron-H 8B" })
    let text = entry.text.replacing("\"num_hidden_layers\":52", with: "\"num_hidden_layers\":12")
    let shape = try Self.read(text)
    #expect(shape.layers == 52 && shape.parameterCount == entry.total)
    #expect(shape.layerKinds.map(\.name) == ["Mamba-2", "dense", "full attention"])
  }

  @Test("Meta's params.json is read")
  func metaParameters() throws {
    let text =
      "{\"dim\": 4096, \"n_layers\": 32, \"n_heads\": 32, \"n_kv_heads\": 8, \"vocab_size\": 128256, "
      + "\"ffn_dim_multiplier\": 1.3, \"multiple_of\": 1024, \"norm_eps\": 1e-05}"
    #expect(try Self.read(text).parameterCount == 8_030_261_248)
    let first =
      "{\"dim\": 4096, \"multiple_of\": 256, \"n_heads\": 32, \"n_layers\": 32, \"vocab_size\": -1}"
    #expect(try Self.read(first).parameterCount == 6_738_415_616)
  }

  @Test("what Python writes is read: Infinity, and the last of a key that stands twice")
  func pythonJSON() throws {
    let text =
      "{\"model_type\":\"llama\"," + Self.sizes(4096, 32, 32, 11008, 32000)
      + ",\"limit\":[0.0,Infinity],\"vocab_size\":128256}"
    #expect(try Self.read(text).vocabulary == 128_256)
  }

  @Test("parts for images are named and counted")
  func vision() throws {
    let entry = try #require(ModelCorpusTests.corpus.first { $0.name == "Gemma 3 12B" })
    let parts = try Self.read(entry.text).partsLeftOut
    #expect(parts == [ModelPart(name: "vision tower", parameters: entry.leftOut)])
    let other = try #require(ModelCorpusTests.corpus.first { $0.name == "Kimi K2.5" })
    #expect(
      try Self.read(other.text).partsLeftOut == [ModelPart(name: "vision tower", parameters: nil)])
  }

  /// A text, and what its refusal says.
  static let refusals: [(String, String)] = [
    (
      "{\"model_type\":\"granite\",\(small),\"num_local_experts\":8,\"num_experts_per_tok\":2}",
      "8 experts are given, and the family granite has none; families with experts are granitemoe"
    ),
    ("{\"peft_type\":\"LORA\",\"base_model_name_or_path\":\"a/b\",\"r\":16}", "“a/b”"),
    ("{\"metadata\":{},\"weight_map\":{\"x\":\"y\"}}", "index of a model's weights"),
    ("{\"tokenizer_class\":\"X\",\"model_max_length\":8}", "a tokenizer's file"),
    ("{\"bos_token_id\":1,\"eos_token_id\":2,\"temperature\":0.6}", "settings of generation"),
    ("{\"model_type\":\"gemma3\"}", "the object with the language part's sizes"),
    (
      "{\"model_type\":\"nemotron_h\",\"hidden_size\":4096,\"time_step_limit\":[0.0,Infinity]}",
      "letters for the layers in order"
    ),
    (
      "{\"model_type\":\"unheard_of_x9\",\(small)}", "Its shape can be given by hand"
    ),
    (
      "{\"model_type\":\"qwen2\",\(small)}",
      "num_key_value_heads is missing, and the 32 key and value heads of the family qwen2 do not"
    ),
    (
      "{\"model_type\":\"qwen3\",\(small),\"num_key_value_heads\":8,"
        + "\"layer_types\":[\"full_attention\"]}",
      "lists 1 layers where there are 4"
    ),
    (
      "{\"model_type\":\"llama\",\(small),\"num_key_valu_heads\":8}",
      "nearest key there is num_key_valu_heads"
    ),
  ]

  @Test("what can't be meant is refused with what to give", arguments: refusals)
  func refused(text: String, message: String) throws {
    let fault = try #require(#expect(throws: Fault.self) { try Self.read(text) })
    #expect(fault.description.contains(message), "\(fault)")
  }

  @Test("every row of the table of families is without fault and builds by its defaults alone")
  func families() throws {
    #expect(Families.all.count >= 120)
    #expect(Set(Families.all.map(\.id)).count == Families.all.count)
    for family in Families.all {
      if let wraps = family.wraps { #expect(Families.family(wraps) != nil, "\(family.id)") }
    }
  }
}
