import Catalog
import Quantities

/// A model's shape as read from the `config.json` that Hugging Face repositories carry.
public struct ModelConfiguration: Hashable, Sendable {
  public var architecture: TransformerArchitecture
  /// The longest sequence the configuration allows; nil when it states none. Pretraining often used
  /// shorter ones.
  public var maximumPositions: Int?

  /// Families that can be read, by the `model_type` of the configuration.
  public static var knownTypes: [String] { ModelFamily.allCases.map(\.rawValue) }

  /// Reads a configuration. A model with a vision tower is read for its text part alone.
  ///
  /// - Parameters:
  ///   - text: the JSON document.
  ///   - file: the name shown in faults.
  ///   - name: the name the architecture gets.
  /// - Throws: `Fault` with the line and the key that is missing, of the wrong kind or out of range,
  ///   and what is expected there.
  public static func read(
    _ text: String, file: String, name: String
  ) throws(Fault) -> ModelConfiguration {
    var source = try ConfigurationObject(try JSONReader.read(text, file: file), file: file)
    var type = try source.text("model_type")
    var tied = try source.flag("tie_word_embeddings", default: false)
    var isTiedKnown = source.node(["tie_word_embeddings"]) != nil
    if let inner = try source.object("text_config") {
      type = try inner.text("model_type") ?? type
      // The text part may leave the tie to the whole.
      if inner.node(["tie_word_embeddings"]) != nil {
        tied = try inner.flag("tie_word_embeddings", default: false)
        isTiedKnown = true
      }
      source = inner
    }
    let family = try family(type, in: source)
    var shape = try family.architecture(source, name: name)
    if isTiedKnown { shape.tiedEmbeddings = tied }
    guard shape.isCountable else {
      throw source.fault(
        "hidden_size", "the sizes together make more parameters than any model has")
    }
    let positions = try source.optional(
      "max_position_embeddings", "n_positions", "seq_length", in: 1...100_000_000)
    return ModelConfiguration(architecture: shape, maximumPositions: positions)
  }

  private static func family(
    _ type: String?, in source: ConfigurationObject
  ) throws(Fault) -> ModelFamily {
    let known = knownTypes.joined(separator: ", ")
    guard let type else {
      throw source.fault("model_type", "is missing; one of \(known) is expected")
    }
    if let family = ModelFamily(rawValue: type) { return family }
    let near = NearMiss.closest(to: type, among: knownTypes)
    let hint = near.map { "; did you mean \($0)?" } ?? ""
    throw source.fault(
      "model_type", "“\(Magnitude.printable(type))” is not one of \(known)\(hint)")
  }
}
