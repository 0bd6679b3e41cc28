import Catalog
import Uncertainty

/// What sampling says of the choice between a plan's options.
public struct Decision: Sendable {
  /// Worlds the options were priced in, and what they were drawn from.
  public var samples: Int
  public var seed: UInt64
  /// What was drawn.
  public var inputs: [PlanInput]
  /// What the stated correlations were multiplied by to be possible together; 1 when they were.
  public var correlationShare: Double
  /// The chance that the recommended option is best, whatever its region; nil when nothing fits.
  public var confidence: Estimate?
  /// The option whose misses weigh least over all worlds: what it costs beyond the best, and, more
  /// heavily, what it overruns budget and deadline by. Nil when nothing fits.
  public var leastRegretID: String?
  /// Why the first two options can't be told apart; nil when they can.
  public var tooCloseToCall: String?
}

/// How much worse than the best option one turns out.
public struct Regrets: Hashable, Sendable {
  /// The expected regret, US dollars of what decides.
  public var dollars: Estimate
  /// Expected penalties of percents beyond the best, beyond the budget and beyond the deadline.
  public var penalty: Double
}

/// How far chance may have moved sampled percentiles: standard errors.
public struct SamplingErrors: Hashable, Sendable {
  public var cash: Percentiles
  public var economic: Percentiles
  public var totalDays: Percentiles
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

extension Plan {
  /// The best-ranked option of each group, best first: indices into `assessments`.
  var leaders: [Int] {
    var seen: Set<OptionGroup> = []
    return ranking.filter { seen.insert(OptionGroup(assessments[$0])).inserted }
  }
}
