import Catalog
import Quantities
import Workload

/// What the whole plan should be read with.
enum Warnings {
  static func of(_ plan: Plan, catalog: Catalog) -> [String] {
    var warnings = PlausibilityWarnings.of(plan, catalog: catalog) + betterElsewhere(plan)
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

  /// Where the yardstick, or a request if it were granted, would beat the answer: an order that puts
  /// them after it must not hide them.
  private static func betterElsewhere(_ plan: Plan) -> [String] {
    guard let best = plan.ranked.first, let answer = best.outcome else { return [] }
    let isSized = plan.scenario.isSizedFromBudget
    func figure(_ outcome: Outcome) -> Double {
      isSized ? outcome.predictedLoss.p50 : outcome.costEconomic.p50
    }
    func words(_ option: Assessment, _ outcome: Outcome) -> String {
      let gain =
        isSized
        ? "loss \(Decimals.fixed(outcome.predictedLoss.p50, 3)) against "
          + Decimals.fixed(answer.predictedLoss.p50, 3)
        : "\(Money(dollars: outcome.costEconomic.p50).short) economic cost against "
          + Money(dollars: answer.costEconomic.p50).short
      let chance = option.obtaining.map { Decimals.fixed($0.chance * 100, $0.chance < 0.1 ? 1 : 0) }
      return
        "\(gain) by \(option.label), \(chance ?? "an unknown number of") % likely to be granted"
    }
    let orders = [
      (1, "rented GPUs, the yardstick, would beat it"), (2, "if a request were granted"),
    ]
    return orders.compactMap { order, opening in
      guard order > best.orderOfObtaining,
        let rival = plan.ranked.first(where: { $0.orderOfObtaining == order }),
        let outcome = rival.outcome, figure(outcome) < figure(answer)
      else { return nil }
      return "\(opening): \(words(rival, outcome))"
    }
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
