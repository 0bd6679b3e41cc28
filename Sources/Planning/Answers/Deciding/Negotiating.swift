import Catalog
import Decisions
import Quantities

/// The price at which one seller's best option would be the answer, beside today's and what is on record.
public struct NegotiationRow: Hashable, Sendable {
  public var route: Route
  /// Who sells it, as the catalogue spells it.
  public var seller: String
  /// The option the price is of.
  public var id: String
  /// As a buyer of this size is expected to pay today; of own machines a chip-hour of use.
  public var todayDollarsPerChipHour: Double?
  /// The price at which the option becomes the answer when sizes are kept in half of the outcomes, and at
  /// the chance asked; for the leader the price up to which it holds. Nil with the reason.
  public var winsAtHalf: Double?
  public var winsAtConfidence: Double?
  /// `too_slow` or `grant`, where the price at the chance asked is nil.
  public var reason: String?
  /// Share of today's price to take off for it at the chance asked; negative where it may rise.
  public var discountNeeded: Double?
  /// Discounts off list that buyers of this size are said to get, as shares; nil where nothing is known.
  public var onRecord: Interval?
  public var isLeader: Bool
}

extension Planner {
  /// For each seller on the routes asked about, at which price its best contract becomes the answer.
  ///
  /// Rows stand by route, within it by their order in the plan.
  public func negotiation(_ scenario: Scenario) -> [NegotiationRow] {
    let (planner, settled) = settled(scenario)
    let candidates = Candidate.all(in: planner.catalog, scenario: settled)
    let (plan, answering) = planner.assessed(candidates, settled)
    return answering?.negotiation(plan.assessments) ?? []
  }
}

extension Answering {
  fileprivate func negotiation(_ assessments: [Assessment]) -> [NegotiationRow] {
    var seen: Set<String> = []
    let found = ranking.filter { index in
      let option = assessments[index]
      return routes.contains(option.route) && option.obtaining?.kind != .request
        && seen.insert("\(option.route) \(option.provider)").inserted
    }
    // At one half the same options are weighed anew.
    var halfQuestion = decider.question
    halfQuestion.chance = 0.5
    let half = Decider(
      outcomes: decider.outcomes, question: halfQuestion, candidates: decider.candidates
    ).contending(decision)
    let halfDecision = half.decide()
    return found.compactMap { index in
      guard let standing = standing(index), let outcome = assessments[index].outcome,
        let class_ = best[index]
      else { return nil }
      let option = assessments[index]
      let own = Set(decision.standings.filter { $0.route == standing.route }.map(\.id))
      let today = outcome.expectedDollarsPerChipHour
      let price = winningPrice(index, of: decider, decision, alongside: own)
      let atHalf = winningPrice(index, of: half, halfDecision, alongside: own)
      func dollars(_ factor: Double?) -> Double? {
        guard let factor, factor.isFinite, let today else { return nil }
        return (today * factor * 1e4).rounded(.down) / 1e4
      }
      let record = decided.classes[class_].price.record
      return NegotiationRow(
        route: option.route, seller: option.provider, id: option.id,
        todayDollarsPerChipHour: today, winsAtHalf: dollars(atHalf?.factor),
        winsAtConfidence: dollars(price?.factor),
        reason: price?.reason.map(Self.word)
          ?? (price?.factor?.isFinite == false ? "no_rival" : nil),
        discountNeeded: price?.factor.flatMap { $0.isFinite ? 1 - $0 : nil },
        onRecord: record.flatMap { $0.basis == .shareOfList ? $0.value : nil },
        isLeader: index == leader)
    }.sorted { ($0.route, 0) < ($1.route, 0) }
  }
}
