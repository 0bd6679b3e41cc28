import Catalog

/// Parts of a model beside its language part, with their parameters where the layout is known.
enum PartsLeftOut {
  private static let names: [(key: String, name: String)] = [
    ("vision_config", "vision tower"), ("vision_tower", "vision tower"),
    ("audio_config", "audio tower"), ("speech_config", "speech tower"),
    ("talker_config", "talker"), ("code2wav_config", "vocoder"),
  ]

  static func parts(
    of whole: ConfigurationObject, textWidth: Int
  ) throws(Fault) -> [ModelPart] {
    var parts: [ModelPart] = []
    for (key, name) in names {
      guard let node = whole.member(key), case .object = node.value,
        let part = try whole.object(key)
      else { continue }
      parts.append(ModelPart(name: name, parameters: count(part, whole, textWidth: textWidth)))
    }
    return parts
  }

  /// Parameters of a vision tower and its projection to the model's width; nil when the layout is
  /// not known or a size is missing.
  private static func count(
    _ part: ConfigurationObject, _ whole: ConfigurationObject, textWidth: Int
  ) -> Int? {
    let type = (try? part.text("model_type")) ?? nil
    let outer = (try? whole.text("model_type")) ?? nil
    switch (type, outer) {
    case ("siglip_vision_model", _): return siglip(part, outer: outer, textWidth: textWidth)
    case ("qwen3_vl_vision", _), ("qwen3_vl_moe_vision", _), (nil, "qwen3_vl"),
      (nil, "qwen3_vl_moe"), ("qwen3_vl", _), ("qwen3_vl_moe", _):
      return qwen3(part)
    default: return nil
    }
  }

  /// A size of a part, small enough that products of four don't overflow.
  private static func size(
    _ part: ConfigurationObject, _ key: String, default fallback: Int
  ) -> Int? {
    guard let node = part.member(key) else { return fallback }
    guard case .number(let text) = node.value, let size = Int(text), (1...50_000).contains(size)
    else { return nil }
    return size
  }

  /// SigLIP (arXiv 2303.15343) as Transformers 5.24 lays it out, and Gemma 3's or PaliGemma's
  /// projection.
  private static func siglip(
    _ part: ConfigurationObject, outer: String?, textWidth: Int
  ) -> Int? {
    guard let width = size(part, "hidden_size", default: 768),
      let inner = size(part, "intermediate_size", default: 3072),
      let layers = size(part, "num_hidden_layers", default: 12),
      let image = size(part, "image_size", default: 224),
      let patch = size(part, "patch_size", default: 16),
      let channels = size(part, "num_channels", default: 3)
    else { return nil }
    let attention = 4 * width * (width + 1)
    let block = 2 * width * inner + inner + width
    let grid = image / patch
    let ends = channels * patch * patch * width + width + grid * grid * width + 2 * width
    var all = Saturating.product(layers, attention + block + 4 * width) + ends
    let hasHead = (try? part.flag("vision_use_head", default: true)) ?? true
    if hasHead { all += width + attention + 2 * width + block }
    switch outer {
    case "gemma3": all += width * textWidth + width
    case "paligemma": all += width * textWidth + textWidth
    default: break
    }
    return min(all, Saturating.most)
  }

  /// The tower of Qwen3-VL with its mergers, as Transformers 5.24 lays it out.
  private static func qwen3(_ part: ConfigurationObject) -> Int? {
    guard let width = size(part, "hidden_size", default: 1152),
      let inner = size(part, "intermediate_size", default: 4304),
      let depth = size(part, "depth", default: 27),
      let patch = size(part, "patch_size", default: 16),
      let times = size(part, "temporal_patch_size", default: 2),
      let channels = size(part, "in_channels", default: 3),
      let merge = size(part, "spatial_merge_size", default: 2), merge <= 8,
      let output = size(part, "out_hidden_size", default: 3584),
      let positions = size(part, "num_position_embeddings", default: 2304)
    else { return nil }
    let layer = 4 * width * (width + 1) + 2 * width * inner + inner + width + 4 * width
    let merged = width * merge * merge
    let merger = merged * (merged + 1) + merged * output + output
    var deep = 3
    if let node = part.member("deepstack_visual_indexes"), case .array(let list) = node.value {
      deep = list.count
    }
    let ends = channels * times * patch * patch * width + width + positions * width
    let mergers = merger + 2 * width + Saturating.product(deep, merger + 2 * merged)
    return min(Saturating.product(depth, layer) + ends + mergers, Saturating.most)
  }
}
