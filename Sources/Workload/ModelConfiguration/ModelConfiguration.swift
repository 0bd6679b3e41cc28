import Catalog
import Quantities

/// A model's shape as read from the `config.json` that Hugging Face repositories carry, or from the
/// `params.json` of Meta's own releases.
public struct ModelConfiguration: Hashable, Sendable {
  public var architecture: TransformerArchitecture

  /// The longest sequence the configuration allows; nil when it states none. Pretraining often used
  /// shorter ones.
  public var maximumPositions: Int? { architecture.maximumPositions }

  /// Families that can be read, by the `model_type` of the configuration.
  public static var knownTypes: [String] { Families.all.map(\.id) }

  /// Reads a configuration. Of a model with parts for images or sound the language part is taken;
  /// what is left out stands in the architecture's `partsLeftOut`.
  ///
  /// - Parameters:
  ///   - text: the JSON document, as Python writes it: Infinity and NaN are numbers, and of a key
  ///     that stands twice the last counts.
  ///   - file: the name shown in faults.
  ///   - name: the name the architecture gets.
  /// - Throws: `Fault` with the line and the key that is missing, of the wrong kind or out of range,
  ///   and what is expected there; with what the file is instead when it is another of a model's
  ///   files.
  public static func read(
    _ text: String, file: String, name: String
  ) throws(Fault) -> ModelConfiguration {
    let whole = try ConfigurationObject(
      try JSONReader.read(text, file: file, dialect: .python), file: file)
    if let other = OtherModelFile(whole) { throw other.fault(whole) }
    if whole.member("model_type") == nil, MetaParameters.describes(whole) {
      return ModelConfiguration(architecture: try MetaParameters.read(whole, name: name))
    }
    let (keys, wrapper) = try languagePart(of: whole)
    var shape = try ShapeReader(keys).architecture(name: name)
    if let tied = try tie(whole, wrapper, inner: keys.source) { shape.tiedEmbeddings = tied }
    shape.partsLeftOut = try PartsLeftOut.parts(of: whole, textWidth: shape.hiddenSize)
    guard shape.isCountable else {
      throw keys.source.fault(
        "hidden_size", "the sizes together make more parameters than any model has")
    }
    return ModelConfiguration(architecture: shape)
  }

  /// Whether the head of a whole of several parts is its embedding: the whole's word comes before
  /// its language part's, and that before the default of the whole's class (Transformers 5.24);
  /// Llama 4 asks its language part alone. Nil when nothing but the language part's class tells.
  private static func tie(
    _ whole: ConfigurationObject, _ wrapper: Family?, inner: ConfigurationObject
  ) throws(Fault) -> Bool? {
    let key = "tie_word_embeddings"
    let places = wrapper?.id == "llama4" ? [inner] : [whole, inner]
    for place in places where place.member(key) != nil {
      return try place.flag(key, default: false)
    }
    guard case .boolean(let tied) = wrapper?.defaults[key] else { return nil }
    return tied
  }

  /// The keys of the language part with its family, and the family of the whole where it has other
  /// parts.
  private static func languagePart(
    of whole: ConfigurationObject
  ) throws(Fault) -> (keys: ShapeKeys, wrapper: Family?) {
    let type = try whole.text("model_type")
    let outer = type.flatMap(Families.family)
    for key in ["text_config", "llm_config", "language_config"] {
      guard let inner = try whole.object(key) else { continue }
      let innerType = try inner.text("model_type") ?? outer?.wraps ?? type
      return (ShapeKeys(source: inner, family: try family(innerType, in: inner)), outer)
    }
    let family = try family(type, in: whole)
    guard let wraps = family.wraps else {
      return (ShapeKeys(source: whole, family: family), nil)
    }
    guard whole.member("hidden_size") != nil, let language = Families.family(wraps) else {
      throw whole.fault(
        "text_config", "is missing; the object with the language part's sizes is expected")
    }
    return (ShapeKeys(source: whole, family: language), family)
  }

  private static func family(
    _ type: String?, in source: ConfigurationObject
  ) throws(Fault) -> Family {
    guard let type else {
      throw source.fault(
        "model_type", "is missing; the family is expected, such as llama, qwen3_moe or nemotron_h")
    }
    if let family = Families.family(type) {
      if family.wraps == nil { return family }
      if let inner = family.wraps.flatMap(Families.family) {
        return source.member("text_config") == nil ? family : inner
      }
    }
    let near = NearMiss.closest(to: type, among: knownTypes)
    let hint = near.map { "; did you mean \($0)?" } ?? "."
    throw source.fault(
      "model_type",
      "“\(Magnitude.printable(type))” is no family that is known\(hint) Its shape can be given by "
        + "hand: --layers, --hidden, --heads and so on, or --model \"layers=48 hidden=2048 …\"")
  }
}
