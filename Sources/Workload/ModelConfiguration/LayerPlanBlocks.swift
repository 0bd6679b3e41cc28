import Catalog
import Quantities

/// Which layers hold a plain feed-forward block, which a mixture.
extension LayerPlan {
  static func blocks(_ keys: ShapeKeys, depth: Int) throws(Fault) -> [BlockKind] {
    let family = keys.family
    switch family.mixtures {
    case .none:
      try refuseMixture(keys)
      return Array(repeating: .dense, count: depth)
    case .empty: return Array(repeating: .none, count: depth)
    case .flag:
      let isMixture = try keys.flag("enable_moe_block")
      return Array(repeating: isMixture ? .mixture : .dense, count: depth)
    default: break
    }
    // A mixture without experts, as small Granite 4 models are configured.
    if try keys.integer(KeyNames.experts, in: 0...100_000) == 0 {
      return Array(repeating: .dense, count: depth)
    }
    if let listed = try listedBlocks(keys, depth: depth) { return listed }
    return try ruledBlocks(keys, depth: depth)
  }

  private static func listedBlocks(_ keys: ShapeKeys, depth: Int) throws(Fault) -> [BlockKind]? {
    if let named = try keys.texts("mlp_layer_types") {
      guard named.texts.count >= depth else {
        throw keys.source.fault(
          named.key, "lists \(named.texts.count) layers where there are \(depth)")
      }
      return named.texts.prefix(depth).map { $0 == "dense" ? .dense : .mixture }
    }
    // MiMo and MiniMax: 1 for a mixture.
    if keys.source.member("moe_layer_freq").map({ $0.kind == "an array" }) == true,
      let marks = try keys.integers("moe_layer_freq"), marks.count >= depth
    {
      return marks.prefix(depth).map { $0 == 0 ? .dense : .mixture }
    }
    // Step: the numbers of the mixtures, as a text or a list.
    if let node = keys.source.member("moe_layers_enum"), case .string(let text) = node.value {
      let numbers = Set(text.split(separator: ",").compactMap { Int($0) })
      return (0..<depth).map { numbers.contains($0) ? .mixture : .dense }
    }
    return nil
  }

  private static func ruledBlocks(_ keys: ShapeKeys, depth: Int) throws(Fault) -> [BlockKind] {
    let counts = 0...1_000_000
    func marked(_ isMixture: (Int) -> Bool) -> [BlockKind] {
      (0..<depth).map { isMixture($0) ? .mixture : .dense }
    }
    switch keys.family.mixtures {
    case .first:
      let dense = try keys.integer(KeyNames.leadingDense, in: counts) ?? 0
      return marked { $0 >= dense }
    case .step:
      let dense = Set(try keys.integers("mlp_only_layers") ?? [])
      let step = try keys.integer(["decoder_sparse_step"], in: counts) ?? 1
      return marked { !dense.contains($0) && step > 0 && ($0 + 1).isMultiple(of: step) }
    case .interleave:
      if let listed = try keys.integers("moe_layers") { return marked(Set(listed).contains) }
      let step = try keys.integer(["interleave_moe_layer_step"], in: counts) ?? 1
      return marked { step > 0 && ($0 + 1).isMultiple(of: step) }
    case .period:
      let period = try keys.required(["expert_layer_period"])
      let offset = try keys.required(["expert_layer_offset"], in: counts)
      return marked { $0 % period == offset }
    case .range:
      let first = try keys.integer(["moe_layer_start_index"], in: counts) ?? 0
      let given = try keys.integer(["moe_layer_end_index"], in: -1...1_000_000) ?? -1
      let last = given < 0 ? depth - 1 : given
      let interval = try keys.integer(["moe_layer_interval"]) ?? 1
      return marked { $0 >= first && $0 <= last && ($0 + 1).isMultiple(of: interval) }
    default: return marked { _ in true }
    }
  }

  /// A dense family never reads the keys of a mixture: a file that has them means another family.
  private static func refuseMixture(_ keys: ShapeKeys) throws(Fault) {
    for name in KeyNames.experts {
      guard let node = keys.source.member(name), case .number(let text) = node.value,
        let experts = Int(text), experts > 1
      else { continue }
      let id = keys.family.id
      let mixtures = Families.all.filter { $0.mixtures != .none && $0.wraps == nil }.map(\.id)
      let near = mixtures.filter { $0.hasPrefix(id.prefix { $0 != "_" }) && $0 != id }
      let hint =
        near.isEmpty ? "" : "; families with experts are \(near.joined(separator: ", "))"
      throw keys.source.fault(
        name, "\(experts) experts are given, and the family \(id) has none\(hint)")
    }
  }

  /// The layers of Nemotron-H, each of which is one thing only. The pattern says the depth:
  /// `num_hidden_layers` is not read.
  static func pattern(
    _ keys: ShapeKeys
  ) throws(Fault) -> [(mixer: MixerKind, block: BlockKind)] {
    func layer(_ name: String, _ key: String) throws(Fault) -> (MixerKind, BlockKind) {
      switch name {
      case "M", "mamba", "linear_attention": return (.linear, .none)
      case "*", "attention", "full_attention": return (.full, .none)
      case "-", "mlp": return (.none, .dense)
      case "E", "moe": return (.none, .mixture)
      default:
        throw keys.source.fault(
          key,
          "“\(Magnitude.printable(name))” is no kind of layer; M (Mamba-2), * (attention), "
            + "- (feed-forward) and E (mixture) are")
      }
    }
    var layers: [(mixer: MixerKind, block: BlockKind)] = []
    if let named = try keys.texts("layers_block_type", "layer_types") {
      for name in named.texts { layers.append(try layer(name, named.key)) }
    } else if let text = try keys.source.text("hybrid_override_pattern") {
      for letter in text where letter != "|" {
        layers.append(try layer(String(letter), "hybrid_override_pattern"))
      }
    } else {
      throw keys.source.fault(
        "hybrid_override_pattern",
        "is missing; letters for the layers in order are expected, or layers_block_type")
    }
    guard depths.contains(layers.count) else {
      throw keys.source.fault(
        "hybrid_override_pattern", "\(layers.count) layers; 1 to \(depths.upperBound) can be read")
    }
    return layers
  }
}
