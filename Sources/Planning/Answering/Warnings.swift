import Catalog
import Quantities

/// What the whole plan should be read with.
enum Warnings {
  static func of(
    catalog: Catalog, scenario: Scenario, _ assessments: [Assessment], _ ranking: [Int]
  ) -> [String] {
    var warnings: [String] = []
    for file in catalog.overlayFiles {
      warnings.append(
        "\(file.path) laid over the built-in prices: \(file.replaced) rows replaced, "
          + "\(file.added) added")
    }
    let best = ranking.first.map { assessments[$0] }
    if let best {
      if best.evidence == .d {
        warnings.append("the answer rests on an estimate or a recalled figure (evidence D)")
      }
      warnings += best.warnings.map { "the answer: \($0)" }
      if let model = best.outcome?.model { warnings += scaleWarnings(model) }
    }
    warnings.append(
      "ranges cover how fast the run goes; prices and server quotes stand at their listed values")
    return warnings
  }

  /// Past what the scaling law was fitted on (Besiroglu et al. 2024: at most 1.3e22 FLOPs and 341
  /// tokens per parameter).
  private static func scaleWarnings(_ model: PlannedModel) -> [String] {
    var warnings: [String] = []
    if model.flops > 1e24 {
      warnings.append(
        "the loss is an extrapolation: the scaling law was fitted up to 1.3e22 FLOPs, "
          + "this run has \(Decimals.significant(model.flops, 2))")
    }
    if model.tokens / model.activeParameters > 350 {
      warnings.append(
        "\(Decimals.fixed(model.tokens / model.activeParameters, 0)) tokens per parameter is past "
          + "what the scaling law was fitted on (341)")
    }
    return warnings
  }
}
