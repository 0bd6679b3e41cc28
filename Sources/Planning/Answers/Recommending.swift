import Catalog
import Quantities
import Workload

/// Puts the answer into words.
enum Recommending {
  /// The answer, or nil when nothing fits.
  static func recommendation(_ plan: Plan) -> Recommendation? {
    guard let best = plan.ranked.first, let outcome = best.outcome else { return nil }
    let confidence = plan.decision?.confidence?.value
    let signed = plan.answer?.sign.flatMap { $0.id == best.id ? $0.sentence : nil }
    return Recommendation(
      id: best.id,
      sentence: [signed, sentence(best, outcome, plan.scenario), words(confidence)]
        .compactMap { $0 }.joined(separator: " "),
      confidence: confidence, flips: flips(plan))
  }

  private static func words(_ confidence: Double?) -> String? {
    confidence.map { "The best route in \(Decimals.fixed($0 * 100, 0)) of 100 outcomes." }
  }

  private static func sentence(
    _ best: Assessment, _ outcome: Outcome, _ scenario: Scenario
  ) -> String {
    let model = outcome.model
    let what =
      scenario.choosesModel
      ? "a model of \(Count.short(model.totalParameters)) parameters, "
        + "\(Count.short(model.activeParameters)) of them active" : model.name
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
      ] + [grant(best)].compactMap { $0 }).joined(separator: " ")
  }

  /// What has to be granted first, and how likely that is; nil where nobody has to grant it.
  private static func grant(_ best: Assessment) -> String? {
    guard let obtaining = best.obtaining, obtaining.chance < 0.995 else { return nil }
    let chance = Decimals.fixed(obtaining.chance * 100, obtaining.chance < 0.1 ? 1 : 0)
    switch (obtaining.kind, obtaining.requests > 1) {
    case (.request, true):
      return "It takes \(obtaining.requests) requests in a row that nobody promises to grant "
        + "(\(chance) % likely)."
    case (.request, false):
      return "It is a request that nobody promises to grant (\(chance) % likely)."
    default:
      return "\(obtaining.chance < 0.5 ? "Ask for it: the" : "The") contract is "
        + "\(chance) % likely to be had."
    }
  }

  /// The conditions under which the answer would change: the price at which each other route wins, up
  /// to which the leader's holds, and the end that turns it.
  private static func flips(_ plan: Plan) -> [String] {
    guard let answer = plan.answer else { return [] }
    var flips: [String] = []
    for row in answer.routes {
      let isLeader = row.id == answer.sign?.id
      if let price = row.winsAtDollarsPerChipHour {
        let dollars = "$\(Decimals.fixed(price, 2)) a chip-hour"
        flips.append(
          isLeader
            ? "\(row.route.rawValue) holds up to \(dollars)"
            : "\(row.route.rawValue) wins at \(dollars)")
      } else if !isLeader {
        flips.append(
          "\(row.route.rawValue): no price makes it win (\(row.winsAtReason ?? "too_slow"))")
      }
    }
    if let leader = answer.routes.first(where: { $0.id == answer.sign?.id })?.route {
      for end in answer.byEnd {
        guard let route = end.route, route != leader else { continue }
        flips.append("\(route.rawValue) for an end in \(end.months) months")
      }
    }
    return flips
  }
}
