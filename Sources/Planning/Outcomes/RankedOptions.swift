import Catalog

/// Options assessed, and those that fit in their order.
struct RankedOptions: Sendable {
  /// Those that fit and those that don't.
  var assessments: [Assessment]
  /// Indices into `assessments` of those that fit, best first.
  var ranking: [Int]

  /// The assessment that ranks first; nil when none fits.
  var best: Assessment? { ranking.first.map { assessments[$0] } }

  /// The best-ranked option of each group, best first, of those that are obtained like the first: what
  /// nobody promises to grant is no rival of what can be contracted. Indices into `assessments`.
  var leaders: [Int] {
    var seen: Set<OptionGroup> = []
    let order = best?.orderOfObtaining
    return ranking.filter {
      assessments[$0].orderOfObtaining == order
        && seen.insert(OptionGroup(assessments[$0])).inserted
    }
  }
}

/// Options that are the same thing in another region: told apart by price alone.
struct OptionGroup: Hashable {
  var route: Route
  var provider: String
  var offer: String
  var purchase: Purchase

  init(_ assessment: Assessment) {
    route = assessment.route
    provider = assessment.provider
    offer = assessment.offer
    purchase = assessment.purchase
  }
}
