import Catalog
import Quantities
import Workload

/// What the whole plan should be read with.
enum Warnings {
  static func of(_ plan: Plan, catalog: Catalog) -> [String] {
    var warnings = PlausibilityWarnings.of(plan, catalog: catalog)
    for file in catalog.overlayFiles {
      warnings.append(
        "\(file.path) laid over the built-in prices: \(file.replaced) rows replaced, "
          + "\(file.added) added")
    }
    if case .architecture(let shape) = plan.scenario.model {
      warnings += shape.warnings(sequenceLength: plan.scenario.sequenceLength)
    }
    if let best = plan.ranked.first {
      if best.evidence == .d {
        warnings.append("the answer rests on an estimate or a recalled figure (evidence D)")
      }
      warnings += best.warnings.map { "the answer: \($0)" }
      if let model = best.outcome?.model { warnings += scaleWarnings(model) }
    }
    if let decision = plan.decision {
      if let tooClose = decision.tooCloseToCall { warnings.append(tooClose) }
      warnings += doubts(decision, plan)
    } else {
      warnings.append(
        "ranges cover how fast the run goes; prices and server quotes stand at their listed values")
    }
    return warnings
  }

  /// What the sampled ranges cover, and where another option would be regretted less.
  private static func doubts(_ decision: Decision, _ plan: Plan) -> [String] {
    var doubts: [String] = []
    if let least = decision.leastRegretID.flatMap(plan.assessment),
      least.id != plan.recommendation?.id
    {
      doubts.append("the least regret over all worlds has \(least.label)")
    }
    doubts.append(
      "ranges and chances are over \(Decimals.grouped(Double(decision.samples))) worlds drawn from "
        + "\(decision.inputs.count) uncertain inputs; listed prices stand as contracts")
    return doubts
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
