import Workload

/// The models and laws built into the program that `plan catalog` shows.
extension CatalogSheets {
  /// Architectures that can be named with `--model`, with what they were trained on. The grade and
  /// source at the end are of the shape, those named for the tokens of the training.
  public static func models() -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("total_parameters", "Parameters", numeric: true),
        .init("active_parameters", "Active", numeric: true),
        .init("tokens", "Tokens", numeric: true),
        .init("tokens_per_active_parameter", "Tokens/active", numeric: true),
        .init("training_flops", "FLOPs", numeric: true), .init("released", "Released"),
        .init("tokens_grade", "Ev tokens"),
        .init("tokens_source_url", "Source of tokens", widest: 40),
        .init("layers", "Layers", numeric: true), .init("hidden_size", "Hidden", numeric: true),
        .init("attention_heads", "Heads", numeric: true),
        .init("vocabulary", "Vocabulary", numeric: true),
        .init("experts", "Experts", numeric: true),
        .init("experts_per_token", "A token", numeric: true),
        .init("shared_experts", "Shared", numeric: true),
      ] + provenance,
      rows: ModelPresets.all.map { preset in
        let shape = preset.architecture
        let counts: [JSONValue] = [
          .string(preset.id), .shortest(shape.totalParameters), .shortest(shape.activeParameters),
        ]
        let sizes: [JSONValue] = [
          .integer(shape.layers), .integer(shape.hiddenSize), .integer(shape.attentionHeads),
          .integer(shape.vocabulary),
        ]
        let mixture = shape.mixtureOfExperts
        let experts = [mixture?.experts, mixture?.expertsPerToken, mixture?.sharedExperts]
        return counts + training(preset) + sizes
          + experts.map { $0.map(JSONValue.integer) ?? .null }
          + cells(preset.provenance)
      })
  }

  /// Tokens, tokens per active parameter, operations, release, grade and source; unknown tokens leave
  /// all of them out.
  private static func training(_ preset: ModelPreset) -> [JSONValue] {
    guard let training = ModelTrainings.of(preset.id) else {
      return Array(repeating: .null, count: 6)
    }
    return [
      .shortest(training.tokens), .significant(training.tokensPerActiveParameter, 3),
      .significant(training.compute, 3), .string(training.released),
      .string(training.provenance.grade.rawValue), .text(training.provenance.source),
    ]
  }

  /// Laws of the loss that can be chosen: one for dense models and one for mixtures.
  public static func laws() -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("for", "For"), .init("default", "Default"),
        .init("title", "Law", widest: 48), .init("note", "What for, and where it was fitted"),
      ] + provenance,
      rows: PublishedLaws.all.map { law in
        [
          .string(law.id), .string(law.role.title), .string(law.isDefault ? "yes" : "no"),
          .string(law.title), .text(law.provenance.note),
        ] + cells(law.provenance)
      })
  }
}
