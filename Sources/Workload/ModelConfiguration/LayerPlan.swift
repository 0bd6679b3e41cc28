import Catalog
import Quantities

/// How a layer mixes tokens, as configurations name it.
enum MixerKind: Hashable {
  case full
  /// A window, or a chunk where the family attends in chunks.
  case local
  /// All keys scored by an indexer, the best attended.
  case indexed
  /// Compressed keys, the best of them attended (DeepSeek-V4).
  case compressedSparse
  /// Keys compressed so strongly that all are attended (DeepSeek-V4).
  case compressedHeavily
  /// The family's recurrence.
  case linear
  /// Attention and the family's recurrence side by side.
  case both
  case none
}

/// What a layer does with each token by itself.
enum BlockKind: Hashable { case none, dense, mixture }

/// The kinds of all layers in order, from the lists that a configuration gives or else from its
/// family's rule.
///
/// The rule is a word (`full`, `window`, `linear`, `indexed`, `both`, `upper`, `lower`, `norope`,
/// `period`, `pattern`, `compressed`) or a period such as `sliding 6/5 sliding_window_pattern`: of
/// every 6 layers the one numbered 5 from 0 sees the whole sequence, the others are local (with
/// `linear`, recurrent); the key overrides the period; `+0` makes the first layer whole, `-0` not.
struct LayerPlan {
  var mixers: [MixerKind]
  var blocks: [BlockKind]

  static let depths = 1...10_000

  init(_ keys: ShapeKeys) throws(Fault) {
    if keys.family.special == .nemotronH {
      let pattern = try Self.pattern(keys)
      mixers = pattern.map(\.mixer)
      blocks = pattern.map(\.block)
      return
    }
    let depth = try keys.stated(KeyNames.layers, in: Self.depths)
    var mixers = try Self.mixers(keys, depth: depth)
    // The last layer of Gemma 4 sees the whole sequence whatever the list says.
    if keys.family.special == .gemma4 { mixers[depth - 1] = .full }
    // OLMo Hybrid keeps one layer of attention however few there are.
    if keys.family.id == "olmo_hybrid", !mixers.contains(.full) { mixers[depth - 1] = .full }
    self.mixers = mixers
    blocks = try Self.blocks(keys, depth: depth)
  }

  // MARK: Mixers

  private static let mixerNames: [String: MixerKind] = [
    "full_attention": .full, "attention": .full, "global": .full, "global_attention": .full,
    "full": .full, "sliding_attention": .local, "local": .local, "local_attention": .local,
    "sliding_window_attention": .local, "swa": .local, "sliding": .local,
    "chunked_attention": .local, "linear_attention": .linear, "mamba": .linear,
    "mamba2": .linear, "recurrent": .linear, "conv": .linear, "kda": .linear,
    "indexed_attention": .indexed, "sparse_attention": .indexed,
    "compressed_sparse_attention": .compressedSparse,
    "heavily_compressed_attention": .compressedHeavily, "hybrid": .both,
  ]

  private static func mixers(_ keys: ShapeKeys, depth: Int) throws(Fault) -> [MixerKind] {
    if let named = try keys.texts("layer_types", "layers_block_type") {
      return try mixers(named: named.texts, key: named.key, keys, depth: depth)
    }
    if let listed = try listedMixers(keys, depth: depth) { return listed }
    return try ruledMixers(keys, depth: depth)
  }

  private static func mixers(
    named: [String], key: String, _ keys: ShapeKeys, depth: Int
  ) throws(Fault) -> [MixerKind] {
    // Some files list the layers that predict further tokens after the model's own.
    guard named.count >= depth else {
      throw keys.source.fault(key, "lists \(named.count) layers where there are \(depth)")
    }
    let canRecur = keys.family.recurrence != nil
    var mixers: [MixerKind] = []
    for name in named.prefix(depth) {
      guard let mixer = mixerNames[name], canRecur || (mixer != .linear && mixer != .both) else {
        let known = mixerNames.keys.sorted().joined(separator: ", ")
        throw keys.source.fault(
          key,
          "“\(Magnitude.printable(name))” is no kind of layer of \(keys.family.id); known "
            + "kinds are \(known)")
      }
      mixers.append(mixer)
    }
    return mixers
  }

  /// The lists that single families keep under names of their own.
  private static func listedMixers(
    _ keys: ShapeKeys, depth: Int
  ) throws(Fault) -> [MixerKind]? {
    // MiniMax: 1 for softmax attention, 0 for linear.
    if keys.family.recurrence == .lightning, let types = try keys.integers("attn_type_list") {
      return try filled(types.map { $0 == 0 ? .linear : .full }, "attn_type_list", keys, depth)
    }
    // MiMo: 1 for a window.
    if keys.family.special == .mimo, let pattern = try keys.integers("hybrid_layer_pattern") {
      return try filled(
        pattern.map { $0 == 1 ? .local : .full }, "hybrid_layer_pattern", keys, depth)
    }
    for name in ["attn_layer_indices", "full_attn_idxs"] where keys.family.recurrence != nil {
      guard let whole = try keys.integers(name) else { continue }
      let set = Set(whole)
      return (0..<depth).map { set.contains($0) ? .full : .linear }
    }
    if keys.family.recurrence == .kimiDelta,
      let inner = try keys.source.object("linear_attn_config")
    {
      let whole = try ShapeKeys(source: inner, family: keys.family).integers("full_attn_layers")
      // Numbered from 1.
      if let whole { return (1...depth).map { Set(whole).contains($0) ? .full : .linear } }
    }
    if keys.family.id == "gpt_neo", let types = try keys.list("attention_types") {
      return try repeated(types.items, keys, depth)
    }
    if keys.family.special == .deepSeekV4, let ratios = try keys.integers("compress_ratios") {
      let mixers: [MixerKind] = ratios.map {
        $0 == 0 ? .local : $0 <= 16 ? .compressedSparse : .compressedHeavily
      }
      return try filled(mixers, "compress_ratios", keys, depth)
    }
    return nil
  }

  private static func filled(
    _ mixers: [MixerKind], _ key: String, _ keys: ShapeKeys, _ depth: Int
  ) throws(Fault) -> [MixerKind] {
    guard mixers.count >= depth else {
      throw keys.source.fault(key, "lists \(mixers.count) layers where there are \(depth)")
    }
    return Array(mixers.prefix(depth))
  }

  /// GPT-Neo: lists of kinds, each with how often it is repeated.
  private static func repeated(
    _ items: [JSONNode], _ keys: ShapeKeys, _ depth: Int
  ) throws(Fault) -> [MixerKind] {
    var mixers: [MixerKind] = []
    for item in items {
      guard case .array(let pair) = item.value, pair.count == 2,
        case .array(let kinds) = pair[0].value, case .number(let text) = pair[1].value,
        let times = Int(text), depths.contains(times), kinds.count * times <= depth
      else {
        throw keys.source.fault(
          "attention_types", "pairs such as [[\"global\", \"local\"], 12] are expected", at: item)
      }
      let pattern = kinds.map { $0.value == .string("local") ? MixerKind.local : .full }
      for _ in 0..<times { mixers += pattern }
    }
    return try filled(mixers, "attention_types", keys, depth)
  }

  private static func ruledMixers(_ keys: ShapeKeys, depth: Int) throws(Fault) -> [MixerKind] {
    let words = keys.family.layers.split(separator: " ").map(String.init)
    let all = { (kind: MixerKind) in Array(repeating: kind, count: depth) }
    switch words.first ?? "full" {
    case "full": return all(.full)
    case "window": return all(.local)
    case "linear" where words.count == 1: return all(.linear)
    case "indexed": return all(.indexed)
    case "both": return all(.both)
    case "upper":
      let whole = try keys.integer(["max_window_layers"], in: 0...1_000_000) ?? depth
      return (0..<depth).map { $0 >= whole ? .local : .full }
    case "lower":
      let local = try keys.integer(["max_window_layers"], in: 0...1_000_000) ?? 0
      return (0..<depth).map { $0 < local && $0.isMultiple(of: 2) ? .local : .full }
    case "norope":
      let every = try keys.integer(["no_rope_layer_interval"]) ?? 4
      return (0..<depth).map { ($0 + 1).isMultiple(of: every) ? .local : .full }
    case "period":
      let period = try keys.required(["attn_layer_period"])
      let offset = try keys.required(["attn_layer_offset"], in: 0...1_000_000)
      return (0..<depth).map { $0 % period == offset ? .full : .linear }
    case "compressed":
      return (0..<depth).map {
        $0 < 2 || $0.isMultiple(of: 2) ? .compressedHeavily : .compressedSparse
      }
    default: return try periodic(words, keys, depth)
    }
  }

  /// `sliding 6/5 key`: one layer of each period sees the whole sequence.
  private static func periodic(
    _ words: [String], _ keys: ShapeKeys, _ depth: Int
  ) throws(Fault) -> [MixerKind] {
    let numbers = words.dropFirst().first?.split(separator: "/").compactMap { Int($0) } ?? []
    var period = numbers.first ?? 1
    var offset = numbers.last ?? 0
    if words.count > 2, let key = words.last, !key.hasPrefix("+"), !key.hasPrefix("-"),
      let given = try keys.integer([key], in: 0...1_000_000)
    {
      // A pattern of 0 has no whole layer to look for.
      period = max(1, given)
      offset = period - 1
    }
    let other: MixerKind = words.first == "linear" ? .linear : .local
    return (0..<depth).map { index in
      if index == 0, let last = words.last {
        if last == "+0" { return .full }
        if last == "-0" { return other }
      }
      return index % period == offset ? .full : other
    }
  }
}
