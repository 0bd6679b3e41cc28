import Catalog
import Quantities

/// Names that families give to one and the same size. The first is the usual one.
enum KeyNames {
  static let hidden = ["hidden_size", "n_embd", "n_embed", "d_model"]
  static let layers = ["num_hidden_layers", "n_layer", "n_layers", "num_layers"]
  static let heads = ["num_attention_heads", "n_head", "n_heads", "num_heads"]
  static let keyValueHeads = [
    "num_key_value_heads", "num_kv_heads", "n_head_kv", "num_attention_groups",
  ]
  static let headDimension = ["head_dim"]
  static let feedForward = ["intermediate_size", "n_inner", "ffn_dim", "ffn_hidden_size"]
  static let vocabulary = ["vocab_size"]
  static let positions = [
    "max_position_embeddings", "n_positions", "seq_length", "max_seq_len", "model_max_length",
  ]
  static let experts = [
    "num_local_experts", "num_experts", "n_routed_experts", "moe_num_experts",
  ]
  static let visited = [
    "num_experts_per_tok", "num_experts_per_token", "experts_per_token", "moe_topk", "moe_top_k",
    "moe_k", "top_k_experts",
  ]
  static let expertWidth = ["moe_intermediate_size", "expert_ffn_hidden_size"]
  static let sharedExperts = [
    "n_shared_experts", "num_shared_experts", "moe_num_shared_experts", "num_shared_expert",
  ]
  static let sharedWidth = [
    "shared_expert_intermediate_size", "shared_intermediate_size",
    "moe_shared_expert_intermediate_size", "share_expert_dim", "share_expert_dims",
  ]
  static let denseWidth = ["dense_intermediate_size", "intermediate_size_mlp"]
  static let leadingDense = ["first_k_dense_replace", "num_dense_layers"]
  static let window = ["sliding_window", "window_size"]

  /// Names of sizes that only some families have.
  static let others = [
    "q_lora_rank", "kv_lora_rank", "o_lora_rank", "qk_nope_head_dim", "qk_rope_head_dim",
    "v_head_dim", "index_head_dim", "index_n_heads", "index_topk", "global_head_dim",
    "num_global_key_value_heads", "linear_head_dim", "linear_num_heads",
  ]

  /// Every name above, to tell misspelt keys from others.
  static let known: Set<String> = Set(
    hidden + layers + heads + keyValueHeads + headDimension + feedForward + vocabulary + positions
      + experts + visited + expertWidth + sharedExperts + sharedWidth + denseWidth + leadingDense
      + window + others)
}

/// The keys of a configuration, with what they stand for where the file leaves them out.
struct ShapeKeys {
  let source: ConfigurationObject
  let family: Family

  /// The value of the first of several names that the file gives, else of the family's class.
  private func value(_ names: [String]) -> (key: String, value: JSONNode.Value)? {
    for name in names {
      if let node = source.member(name) { return (name, node.value) }
    }
    for name in names {
      if let value = family.defaults[name] { return (name, value) }
    }
    return nil
  }

  /// Whether the file itself gives one of the names, null counting.
  func gives(_ names: [String]) -> Bool { names.contains { source.member($0) != nil } }

  /// A whole number, or nil when it is null, or neither in the file nor in the family's class.
  func integer(
    _ names: [String], in range: ClosedRange<Int> = ConfigurationObject.sizes
  ) throws(Fault) -> Int? {
    guard let (key, value) = value(names), value != .null else { return nil }
    // Some files write sizes such as 64.0 where whole numbers are meant; they are refused.
    guard case .number(let text) = value, let number = Int(text) else {
      throw source.notWhole(key, range)
    }
    guard range.contains(number) else {
      throw source.fault(key, "\(number) is outside \(range.lowerBound) to \(range.upperBound)")
    }
    return number
  }

  /// A whole number that must be known. A key that looks like a misspelling of it stops the default
  /// from taking its place.
  func required(
    _ names: [String], in range: ClosedRange<Int> = ConfigurationObject.sizes
  ) throws(Fault) -> Int {
    try refuseMisspelling(of: names)
    if let number = try integer(names, in: range) { return number }
    throw source.missing(names, in: range)
  }

  /// A whole number that the file itself must give.
  func stated(
    _ names: [String], in range: ClosedRange<Int> = ConfigurationObject.sizes
  ) throws(Fault) -> Int {
    guard gives(names), let number = try integer(names, in: range) else {
      throw source.missing(names, in: range)
    }
    return number
  }

  func refuseMisspelling(of names: [String]) throws(Fault) {
    guard !gives(names), let name = names.first else { return }
    let strangers = source.keys.filter {
      !KeyNames.known.contains($0) && family.defaults[$0] == nil
    }
    guard let near = NearMiss.closest(to: name, among: strangers),
      NearMiss.distance(name, near) <= 2
    else { return }
    throw source.missing(names, in: ConfigurationObject.sizes)
  }

  /// Whether a size is left to the program (“auto”).
  func isAutomatic(_ names: [String]) -> Bool { value(names)?.value == .string("auto") }

  /// True or false; false when null.
  func flag(_ names: String..., default fallback: Bool = false) throws(Fault) -> Bool {
    guard let (key, value) = value(names) else { return fallback }
    switch value {
    case .boolean(let flag): return flag
    case .null: return false
    default: throw source.notFlag(key)
    }
  }

  /// What a column says: yes, no (also when empty), or the key that tells.
  func holds(_ column: String) throws(Fault) -> Bool {
    switch column {
    case "", "no": false
    case "yes": true
    default: try flag(column)
    }
  }

  /// The items of a list in the file, or nil when it is null or not there.
  func list(_ names: String...) throws(Fault) -> (key: String, items: [JSONNode])? {
    for name in names {
      if source.member(name) != nil, let items = try source.array(name) { return (name, items) }
    }
    return nil
  }

  /// Whole numbers of a list in the file.
  func integers(
    _ name: String, in range: ClosedRange<Int> = 0...1_000_000
  ) throws(Fault) -> [Int]? {
    guard let items = try list(name)?.items else { return nil }
    var numbers: [Int] = []
    for item in items {
      guard case .number(let text) = item.value, let number = Int(text), range.contains(number)
      else {
        throw source.fault(
          name,
          "\(item.kind) stands in the list; whole numbers from \(range.lowerBound) to "
            + "\(range.upperBound) are expected", at: item)
      }
      numbers.append(number)
    }
    return numbers
  }

  /// Texts of a list in the file.
  func texts(_ names: String...) throws(Fault) -> (key: String, texts: [String])? {
    for name in names {
      guard let items = try list(name)?.items else { continue }
      var texts: [String] = []
      for item in items {
        guard case .string(let text) = item.value else {
          throw source.fault(
            name, "\(item.kind) stands in the list; names of kinds of layers are expected",
            at: item)
        }
        texts.append(text)
      }
      return (name, texts)
    }
    return nil
  }
}
