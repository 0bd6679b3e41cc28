import Catalog
import Quantities

/// A published model whose shape can be asked for by name.
public struct ModelPreset: Hashable, Sendable {
  /// The word a user types, in lower case.
  public var id: String
  /// The model's name as its authors write it.
  public var title: String
  public var architecture: TransformerArchitecture
  /// Parameters as published, which may count parts that the shape does not know; nil when unknown.
  public var publishedParameters: Double?
  /// Active parameters as published, by whichever convention its authors used; nil for dense models.
  public var publishedActiveParameters: Double?
  /// Tokens per sequence during most of pretraining; nil when unknown.
  public var sequenceLength: Int?
  public var provenance: Provenance
}

/// The built-in models, from `Tables/models.csv` and `Tables/configurations.csv`.
public enum ModelPresets {
  /// All models in the order of the tables.
  public static let all: [ModelPreset] = {
    guard let text = EmbeddedTables.text(of: "models.csv") else { return [] }
    return read(file: "models.csv", bytes: text.utf8).presets + ConfiguredPresets.all
  }()

  /// Finds a model by its id, upper or lower case.
  ///
  /// - Throws: `QuantityError` naming the nearest known id, or where to look, when there is none.
  public static func find(_ id: String) throws(QuantityError) -> ModelPreset {
    let wanted = id.lowercased()
    if let preset = all.first(where: { $0.id == wanted }) { return preset }
    let near = NearMiss.closest(to: wanted, among: all.map(\.id))
    let hint =
      near.map { "did you mean \($0)?" }
      ?? "known ones are such as \(all.prefix(3).map(\.id).joined(separator: ", "))"
    throw QuantityError("no model is called “\(Magnitude.printable(id))”; \(hint)")
  }

  /// Reads a table of models.
  ///
  /// - Returns: the rows without fault, and every fault with its line and column.
  static func read(
    file: String, bytes: some Sequence<UInt8>
  ) -> (presets: [ModelPreset], faults: [Fault]) {
    let reader = TableReader(file: file, bytes: bytes, required: required, optional: optional)
    var faults = reader.faults
    var presets: [ModelPreset] = []
    var seen: Set<String> = []
    for var row in reader.rows {
      let preset = preset(&row)
      if !preset.architecture.isCountable {
        row.fail("hidden_size", "the sizes together make more parameters than any model has")
      }
      if !seen.insert(preset.id).inserted { row.fail("id", "\(preset.id) stands twice") }
      if row.faults.isEmpty { presets.append(preset) }
      faults += row.faults
    }
    return (presets, faults)
  }

  private static let required = [
    "id", "title", "layers", "hidden_size", "attention_heads", "key_value_heads",
    "head_dimension", "feed_forward_size", "gated", "vocabulary", "tied", "source_url", "grade",
  ]

  private static let optional = [
    "query_rank", "key_value_rank", "nope_head_dimension", "rope_head_dimension",
    "value_head_dimension", "experts", "experts_per_token", "shared_experts",
    "expert_feed_forward_size", "leading_dense_layers", "interleave", "selection_bias",
    "learned_positions", "biases", "query_key_norm", "sliding_window",
    "global_attention_every", "multi_token_prediction_depth", "sequence_length",
    "published_parameters", "published_active_parameters", "as_of", "note",
  ]

  /// Bound of every size, small enough that no product of sizes overflows.
  private static let size = 1...1_000_000

  private enum Answer: String, CaseIterable { case yes, no }

  private static func preset(_ row: inout TableRow) -> ModelPreset {
    let id = row.requiredText("id")
    let count = 1.0...1e15
    return ModelPreset(
      id: id, title: row.requiredText("title"), architecture: architecture(&row, name: id),
      publishedParameters: row.number("published_parameters", in: count),
      publishedActiveParameters: row.number("published_active_parameters", in: count),
      sequenceLength: row.integer("sequence_length", in: 1...10_000_000),
      provenance: row.provenance())
  }

  private static func architecture(
    _ row: inout TableRow, name: String
  ) -> TransformerArchitecture {
    TransformerArchitecture(
      name: name, layers: row.requiredInteger("layers", in: 1...10_000),
      hiddenSize: row.requiredInteger("hidden_size", in: size),
      attentionHeads: row.requiredInteger("attention_heads", in: size),
      keyValueHeads: row.requiredInteger("key_value_heads", in: size),
      headDimension: row.requiredInteger("head_dimension", in: size),
      feedForwardSize: row.requiredInteger("feed_forward_size", in: 0...1_000_000),
      gatedFeedForward: flag("gated", &row),
      vocabulary: row.requiredInteger("vocabulary", in: 1...10_000_000),
      tiedEmbeddings: flag("tied", &row), latentAttention: latentAttention(&row),
      mixtureOfExperts: mixture(&row),
      leadingDenseLayers: row.integer("leading_dense_layers", in: 0...10_000) ?? 0,
      mixtureInterleave: row.integer("interleave", in: 1...1000) ?? 1,
      learnedPositions: row.integer("learned_positions", in: 0...10_000_000) ?? 0,
      hasBiases: flag("biases", &row), queryKeyNorm: flag("query_key_norm", &row),
      slidingWindow: row.integer("sliding_window", in: 1...10_000_000),
      globalAttentionEvery: row.integer("global_attention_every", in: 0...10_000) ?? 0,
      multiTokenPredictionDepth: row.integer("multi_token_prediction_depth", in: 0...16) ?? 0)
  }

  private static func flag(_ column: String, _ row: inout TableRow) -> Bool {
    row.choice(column, Answer.self, fallback: .no) == .yes
  }

  private static func latentAttention(_ row: inout TableRow) -> LatentAttention? {
    guard let rank = row.integer("key_value_rank", in: size) else { return nil }
    return LatentAttention(
      queryRank: row.integer("query_rank", in: size) ?? 0, keyValueRank: rank,
      nopeHeadDimension: row.requiredInteger("nope_head_dimension", in: size),
      ropeHeadDimension: row.requiredInteger("rope_head_dimension", in: size),
      valueHeadDimension: row.requiredInteger("value_head_dimension", in: size))
  }

  private static func mixture(_ row: inout TableRow) -> MixtureOfExperts? {
    guard let experts = row.integer("experts", in: 1...100_000) else { return nil }
    return MixtureOfExperts(
      experts: experts,
      expertsPerToken: row.requiredInteger("experts_per_token", in: 1...experts),
      sharedExperts: row.integer("shared_experts", in: 0...1000) ?? 0,
      expertFeedForwardSize: row.requiredInteger("expert_feed_forward_size", in: size),
      selectionBias: flag("selection_bias", &row))
  }
}

extension EmbeddedTables {
  /// The text of a table by its file name.
  static func text(of name: String) -> String? { files.first { $0.name == name }?.text }
}
