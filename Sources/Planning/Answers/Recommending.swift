import Catalog
import Quantities
import Workload

/// Puts the answer into words.
enum Recommending {
  /// The answer, or nil when nothing fits.
  static func recommendation(_ plan: Plan, _ flipping: Flipping?) -> Recommendation? {
    guard let best = plan.ranked.first, let outcome = best.outcome else { return nil }
    let confidence = plan.decision?.confidence?.value
    return Recommendation(
      id: best.id, sentence: sentence(best, outcome, plan.scenario) + words(confidence),
      confidence: confidence,
      flips: flips(plan, best, flipping))
  }

  private static func words(_ confidence: Double?) -> String {
    confidence.map {
      " The best of what can be had alike in \(Decimals.fixed($0 * 100, 0)) % of worlds."
    } ?? ""
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

  /// The conditions under which the answer would change: of the next option of the same route, and of
  /// the best option of each other route.
  private static func flips(_ plan: Plan, _ best: Assessment, _ flipping: Flipping?) -> [String] {
    guard let flipping else { return [] }
    var flips: [String] = []
    let next = plan.ranked.first { $0.route == best.route && OptionGroup($0) != OptionGroup(best) }
    if let next { flips += sentence(next, flipping.flips(next)) }
    for route in Route.allCases where route != best.route && plan.scenario.routes.contains(route) {
      guard let rival = plan.ranked.first(where: { $0.route == route }) else {
        flips.append("\(route.rawValue): nothing fits")
        continue
      }
      flips += sentence(rival, flipping.flips(rival))
    }
    return flips
  }

  /// The likeliest ways in which an option would win.
  private static func sentence(_ rival: Assessment, _ flips: [Flip]) -> [String] {
    let ways = flips.filter { $0.value != nil }.sorted {
      ($1.chanceBeyond ?? 0, $0.size) < ($0.chanceBeyond ?? 0, $1.size)
    }.prefix(2).compactMap(\.condition)
    let name = "\(rival.route.rawValue) (\(rival.label))"
    guard !ways.isEmpty else { return ["\(name): no speed and no price makes it win"] }
    return ["\(name) wins if \(ways.joined(separator: ", or if "))"]
  }
}
