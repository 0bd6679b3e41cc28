import Catalog
import Quantities

/// The answer in one sentence, and how firm it is.
public struct Recommendation: Hashable, Sendable {
  /// The option's id.
  public var id: String
  public var sentence: String
  /// 0 to 1: how firmly the ranking holds; nil until options are sampled together.
  public var confidence: Double?
  /// What would change the answer.
  public var flips: [String]
}

/// All options assessed and ranked.
public struct Plan: Sendable {
  public var scenario: Scenario
  public var catalogAsOf: String
  public var catalogFiles: [CatalogFile]
  /// Every option, those that fit and those that don't, in a fixed order.
  public var assessments: [Assessment]
  /// Indices into `assessments` of those that fit, best first.
  public var ranking: [Int]
  /// Indices into `assessments` that no other option beats, soonest first: `ParetoFrontier` says in
  /// what.
  public var frontier: [Int]
  /// Nil when no option fits.
  public var recommendation: Recommendation?
  public var warnings: [String]
  /// What each claim taken for true would have to be for its route to win, and what measurements of
  /// the same thing say.
  public var claimNotes: [String] = []

  /// What each claim taken for true buys: less money, or more training.
  public var claimGains: [ClaimGain] = []

  /// Where each field that was set got its value, by key; a field that is not here has its default.
  public var origins: [String: SettingOrigin] = [:]

  /// What sampling says of the choice; nil when options were not sampled.
  public var decision: Decision?

  /// What to sign, what is cheaper if granted, what to do first; nil when nothing was decided.
  public var answer: Answer?

  /// What waiting may bring; nil without the catalogue's rows.
  public var waiting: WaitingOutlook?

  /// The options in their order, as sampling takes them.
  var options: RankedOptions { RankedOptions(assessments: assessments, ranking: ranking) }

  /// The assessments that fit, best first.
  public var ranked: [Assessment] { ranking.map { assessments[$0] } }

  /// The assessments that don't fit, in the order of their route.
  public var ruledOut: [Assessment] { assessments.filter { !$0.isFeasible } }

  /// The assessment with an id.
  public func assessment(_ id: String) -> Assessment? {
    assessments.first { $0.id == id }
  }
}
