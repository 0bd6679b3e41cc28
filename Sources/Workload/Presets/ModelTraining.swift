import Catalog
import Quantities

/// What a published model was trained on, as its makers state it.
public struct ModelTraining: Hashable, Sendable {
  /// The id of the model among `ModelPresets`.
  public var id: String
  /// The model's name as its authors write it.
  public var title: String
  /// Parameters as published, else counted.
  public var totalParameters: Double
  /// Parameters that one token meets, as published, else counted.
  public var activeParameters: Double
  /// Tokens of pretraining, repeats counted.
  public var tokens: Double
  /// Month of the release, ISO.
  public var released: String
  /// Of the tokens.
  public var provenance: Provenance

  /// Operations of training, 6·N·D of the active parameters: the unit in which compute is compared.
  public var compute: Double { 6 * activeParameters * tokens }
  public var tokensPerActiveParameter: Double { tokens / activeParameters }
  public var year: Int? { Int(released.prefix(4)) }
}

/// The built-in models whose tokens are known, from `Tables/model-training.csv`.
public enum ModelTrainings {
  /// In the order of the table.
  public static let all: [ModelTraining] = {
    guard let text = EmbeddedTables.text(of: "model-training.csv") else { return [] }
    return read(file: "model-training.csv", bytes: text.utf8, presets: ModelPresets.all).trainings
  }()

  /// Of one model; nil where its tokens are unknown.
  public static func of(_ id: String) -> ModelTraining? {
    all.first { $0.id == id.lowercased() }
  }

  /// Tokens per active parameter of the mixtures that the field trained since 2024: DeepSeek-V3 and
  /// Ling-1T at the low end, Qwen3 235B-A22B at the high end.
  public static let tokensPerActiveParameter: ClosedRange<Double> = 400...1640

  /// A compute in units of published models' compute, largest unit first.
  ///
  /// - Parameters:
  ///   - compute: operations of training, 6·N·D of the active parameters.
  ///   - models: ids; those whose tokens are unknown are left out.
  public static func ratios(
    ofCompute compute: Double, to models: [String] = yardsticks
  ) -> [(model: ModelTraining, ratio: Double)] {
    models.compactMap(of).sorted { $0.compute > $1.compute }.map { ($0, compute / $0.compute) }
  }

  /// The models that people measure a run against: the mixtures of 2024 and 2025, and the largest
  /// dense model that was published.
  public static let yardsticks = [
    "llama-3.1-405b", "ling-1t", "qwen3-235b-a22b", "glm-4.5", "deepseek-v3", "kimi-k2",
    "llama-4-maverick",
  ]

  static func read(
    file: String, bytes: some Sequence<UInt8>, presets: [ModelPreset]
  ) -> (trainings: [ModelTraining], faults: [Fault]) {
    let reader = TableReader(
      file: file, bytes: bytes, required: ["id", "tokens", "released", "source_url", "grade"],
      optional: ["as_of", "note"])
    var faults = reader.faults
    var trainings: [ModelTraining] = []
    for var row in reader.rows {
      let id = row.requiredText("id")
      let tokens = row.number("tokens", in: 1e6...1e16)
      let released = row.requiredText("released")
      let provenance = row.provenance()
      let preset = presets.first { $0.id == id }
      if row.faults.isEmpty {
        if preset == nil { row.fail("id", "is no model of models.csv") }
        if tokens == nil { row.fail("tokens", "is empty; a number is expected") }
      }
      if row.faults.isEmpty, let preset, let tokens {
        trainings.append(
          ModelTraining(
            id: id, title: preset.title,
            totalParameters: preset.publishedParameters ?? preset.architecture.totalParameters,
            activeParameters: preset.activeParametersForCompute, tokens: tokens,
            released: released, provenance: provenance))
      }
      faults += row.faults
    }
    return (trainings, faults)
  }
}

extension ModelPreset {
  /// Active parameters as published; of a dense model all that were published; else counted.
  var activeParametersForCompute: Double {
    if let published = publishedActiveParameters { return published }
    let shape = architecture
    let isDense = shape.activeParameters == shape.totalParameters
    return isDense ? publishedParameters ?? shape.totalParameters : shape.activeParameters
  }
}
