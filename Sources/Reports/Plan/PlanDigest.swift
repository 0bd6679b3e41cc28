import Economics
import Planning

extension NotIncluded {
  /// The term for people.
  var label: String {
    CostTerm(rawValue: term)?.label ?? term.prefix(1).uppercased() + term.dropFirst()
  }
}

/// The plan's options and reasons brought together as every document shows them.
public struct PlanDigest {
  /// An option and its place in the ranking, from 1.
  public typealias Ranked = (rank: Int, assessment: Assessment)

  let plan: Plan

  public init(_ plan: Plan) {
    self.plan = plan
  }

  /// Kinds of offer shown for each route.
  static let groupsShown = 7

  /// The options of a route that fit, best first; those that differ in region only together.
  func groups(of route: Route) -> [[Ranked]] {
    var order: [String] = []
    var groups: [String: [Ranked]] = [:]
    for (place, index) in plan.ranking.enumerated() {
      let assessment = plan.assessments[index]
      guard assessment.route == route else { continue }
      let key = "\(assessment.offer)/\(assessment.purchase.rawValue)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append((place + 1, assessment))
    }
    return order.compactMap { groups[$0] }
  }

  /// Options ruled out for the same reasons, as one line each.
  struct RuledOut {
    var first: Assessment
    var count: Int
    /// Every reason with its limit and what would be needed.
    var why: String { first.reasons.map(\.message).joined(separator: "; ") }
    /// The nearest change that would admit it; empty when none is known.
    var change: String { first.reasons.map(\.nearestChange).first { !$0.isEmpty } ?? "" }
  }

  /// What is ruled out, by route; options that differ in region only together.
  var ruledOut: [RuledOut] {
    var order: [String] = []
    var groups: [String: RuledOut] = [:]
    for assessment in plan.ruledOut.sorted(by: { $0.route < $1.route }) {
      let codes = assessment.reasons.map(\.code).joined(separator: "+")
      let key = "\(assessment.route.rawValue)/\(assessment.offer)/\(assessment.purchase)/\(codes)"
      if groups[key] == nil { order.append(key) }
      groups[key] = RuledOut(
        first: groups[key]?.first ?? assessment, count: (groups[key]?.count ?? 0) + 1)
    }
    return order.compactMap { groups[$0] }
  }
}
