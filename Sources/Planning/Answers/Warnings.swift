import Catalog
import Quantities
import Workload

/// What the whole plan should be read with.
enum Warnings {
  static func of(_ plan: Plan, catalog: Catalog) -> [String] {
    var warnings =
      plan.brokenRequirements.map { "required and not kept: \($0.sentence)" }
      + PlausibilityWarnings.of(plan, catalog: catalog) + blanks(plan) + limits(plan)
      + PriceAges.warnings(plan)
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

  /// Blanks that decide: figures that no source gives, with their bounds.
  private static func blanks(_ plan: Plan) -> [String] {
    var seen: Set<String> = []
    return plan.ranked.prefix(5).flatMap { option in
      (option.outcome?.blanks ?? []).filter(\.changesAnswer).compactMap { blank in
        guard seen.insert(blank.figure).inserted else { return nil }
        let low = Decimals.significant(blank.low, 2)
        let high = Decimals.significant(blank.high, 2)
        return
          "no source gives this, and it decides: \(blank.figure), taken as \(low) to \(high) "
          + "\(blank.unit) (estimate)"
      }
    }
  }

  /// Limits that bind, and what lifting them gives.
  private static func limits(_ plan: Plan) -> [String] {
    guard let found = plan.answer?.limits else { return [] }
    let isSized = plan.scenario.isSizedFromBudget
    return found.limits.filter { $0.binds && [.end, .cluster, .power].contains($0.kind) }.map {
      let gain = Decimals.fixed(($0.gain ?? 0) * 100, 0)
      let what =
        $0.kind == .end
        ? "the end" : $0.kind == .power ? "the power there is" : "the size that is granted"
      return "\(what) binds: \($0.lifted) in place of \($0.today) gives "
        + (isSized ? "\(gain) % more effective compute" : "\(gain) % less cash")
    }
  }

  /// What the sampled ranges cover, and where another option would be regretted less.
  private static func doubts(_ decision: Decision, _ plan: Plan) -> [String] {
    var doubts: [String] = []
    if let least = decision.leastRegretID.flatMap(plan.assessment),
      least.id != plan.recommendation?.id
    {
      doubts.append("the least regret over all outcomes drawn has \(least.label)")
    }
    doubts.append(
      "ranges and chances are over \(Decimals.grouped(Double(decision.samples))) outcomes drawn "
        + "from \(decision.inputs.count) uncertain inputs")
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
        "\(Decimals.fixed(model.tokens / model.activeParameters, 0)) tokens for each active "
          + "parameter is past "
          + "what the scaling law was fitted on (341)")
    }
    return warnings
  }
}
