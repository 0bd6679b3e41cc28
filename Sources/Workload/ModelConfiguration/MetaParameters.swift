import Catalog
import Quantities

/// Shapes from the `params.json` of Meta's Llama releases.
enum MetaParameters {
  static func describes(_ object: ConfigurationObject) -> Bool {
    object.member("dim") != nil && object.member("n_layers") != nil
  }

  private static let family = Families.family("llama")

  /// The shape: attention with grouped keys, a gated block of two thirds of four widths times a
  /// factor, rounded up (`llama/model.py` of Meta's repositories), and an untied head.
  static func read(
    _ object: ConfigurationObject, name: String
  ) throws(Fault) -> TransformerArchitecture {
    guard var family else { throw object.fault("dim", "this form can't be read") }
    family.defaults = [:]
    let keys = ShapeKeys(source: object, family: family)
    let hidden = try keys.required(["dim"])
    let heads = try keys.required(["n_heads"])
    let given = try keys.integer(["n_kv_heads"]) ?? heads
    guard hidden.isMultiple(of: heads), heads.isMultiple(of: given) else {
      throw object.fault("n_heads", "\(heads) heads do not fit the width or the keys' heads")
    }
    // Files of the first releases say -1 and leave the size to the tokenizer, which has 32,000.
    let vocabulary = try keys.required(["vocab_size"], in: -1...10_000_000)
    let shape = TransformerArchitecture(
      name: name, layers: try keys.required(["n_layers"], in: LayerPlan.depths),
      hiddenSize: hidden, attentionHeads: heads, keyValueHeads: given,
      headDimension: hidden / heads, feedForwardSize: try feedForward(keys, hidden: hidden),
      vocabulary: vocabulary > 0 ? vocabulary : 32_000)
    guard shape.isCountable else {
      throw object.fault("dim", "the sizes together make more parameters than any model has")
    }
    return shape
  }

  private static func feedForward(_ keys: ShapeKeys, hidden: Int) throws(Fault) -> Int {
    if let given = try keys.integer(["hidden_dim", "ffn_dim", "intermediate_size"]) {
      return given
    }
    var factor = 1.0
    if let node = keys.source.member("ffn_dim_multiplier"), node.value != .null {
      guard case .number(let text) = node.value, let number = Double(text), number > 0,
        number <= 100
      else {
        throw keys.source.fault(
          "ffn_dim_multiplier", "\(node.kind) stands where a factor above 0 is expected")
      }
      factor = number
    }
    let multiple = try keys.integer(["multiple_of"]) ?? 256
    let width = Int(factor * Double(2 * 4 * hidden / 3))
    return (width + multiple - 1) / multiple * multiple
  }
}
