import Catalog
import Quantities
import Workload

/// Puts the answer into words.
enum Recommending {
  /// The answer, or nil when nothing fits.
  static func recommendation(_ plan: Plan) -> Recommendation? {
    guard let best = plan.ranked.first, let outcome = best.outcome else { return nil }
    let confidence = plan.decision?.confidence?.value
    return Recommendation(
      id: best.id, sentence: sentence(best, outcome, plan.scenario) + words(confidence),
      confidence: confidence,
      flips: flips(best, outcome, plan.assessments, plan.ranking, plan.scenario))
  }

  private static func words(_ confidence: Double?) -> String {
    confidence.map { " The best of all in \(Decimals.fixed($0 * 100, 0)) % of worlds." } ?? ""
  }

  private static func sentence(
    _ best: Assessment, _ outcome: Outcome, _ scenario: Scenario
  ) -> String {
    let model = outcome.model
    let what =
      scenario.isSizedFromBudget
      ? "a model of \(Count.short(model.totalParameters)) parameters" : model.name
    let loss = outcome.predictedLoss
    let cash = outcome.costCash
    let chance = Decimals.fixed(outcome.chances.both * 100, 0)
    let claimed = best.claims.map { "If \($0.badge) holds:" }
    return
      (claimed + [
        "Train \(what) on \(Count.short(model.tokens)) tokens on",
        "\(Decimals.grouped(Double(best.chips))) \(best.accelerator), \(best.label):",
        "loss \(Decimals.fixed(loss.p50, 3))",
        "(\(Decimals.fixed(loss.p10, 3)) to \(Decimals.fixed(loss.p90, 3))),",
        "\(Money(dollars: cash.p50).short) cash",
        "(\(Money(dollars: cash.p10).short) to \(Money(dollars: cash.p90).short)),",
        "\(Decimals.grouped(outcome.schedule.runDays.p50.rounded(.up))) days,",
        "done by \(outcome.schedule.finish.iso);",
        "\(chance) % chance to keep \(scenario.deadline == nil ? "the budget" : "budget and deadline").",
      ]).joined(separator: " ")
  }

  /// What each other route's best option would need to win: how much faster, or how much cheaper.
  private static func flips(
    _ best: Assessment, _ outcome: Outcome, _ assessments: [Assessment], _ ranking: [Int],
    _ scenario: Scenario
  ) -> [String] {
    Route.allCases.filter { $0 != best.route && scenario.routes.contains($0) }.compactMap { route in
      let rival = ranking.map { assessments[$0] }.first { $0.route == route }
      guard let rival, let other = rival.outcome else {
        return "\(route.rawValue): nothing fits"
      }
      if scenario.isSizedFromBudget {
        let law = AdditiveScalingLaw.besiroglu
        let needed = law.compute(forLoss: outcome.predictedLoss.p50)
        let reached = law.compute(forLoss: other.predictedLoss.p50)
        guard let needed, let reached, reached > 0 else { return nil }
        return "\(route.rawValue) wins if it gives \(Decimals.fixed(needed / reached, 2))× the "
          + "compute for its money (\(rival.label))"
      }
      let share = 1 - outcome.costEconomic.p50 / other.costEconomic.p50
      return "\(route.rawValue) wins if it costs \(Decimals.fixed(share * 100, 0)) % less "
        + "(\(rival.label))"
    }
  }
}

extension Assessment {
  /// The option in a few words: `gcp v6e-slice, us-east5, commit_3y`.
  public var label: String {
    let place = region.isEmpty ? "region not stated" : region
    return "\(provider) \(offer), \(place), \(purchase.rawValue)"
  }
}
