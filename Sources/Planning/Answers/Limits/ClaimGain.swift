import Quantities

/// What a claim taken for true buys: the same for less money, or more for the same money.
public struct ClaimGain: Hashable, Sendable {
  /// `apple-trn2-pretrain: output × 1.5`.
  public var badge: String
  /// The best option it speaks of without it, and with it.
  public var withoutID: String
  public var withID: String
  /// Model FLOPs utilization of both, the middle estimates.
  public var utilizationWithout: Double
  public var utilizationWith: Double
  /// Cash of the same training, US dollars.
  public var dollarsWithout: Double
  public var dollarsWith: Double
  /// What the money without the claim trains, first without and then with it.
  public var parameters: Double
  public var tokens: Double
  public var loss: Double
  /// The same model on more tokens, for the same money.
  public var moreTokens: Double?
  public var lossOfMoreTokens: Double?
  /// A larger model, for the same money: on the same tokens where the job is given, on the tokens
  /// that suit it where the budget decides.
  public var largerParameters: Double?
  public var largerTokens: Double?
  public var lossOfLarger: Double?

  /// Share of the money it saves; below 0 when the claim makes things dearer.
  public var savedFraction: Double { 1 - dollarsWith / dollarsWithout }
}

extension ClaimGain {
  /// The same with the ids that its options have in a plan, whose numbers of chips may be others: what a
  /// claim buys is worked out at the median.
  func named(in plan: Plan) -> ClaimGain {
    func found(_ id: String) -> String {
      let stem = id.split(separator: "/").dropLast()
      return plan.assessments.first { $0.id.split(separator: "/").dropLast() == stem }?.id ?? id
    }
    var gain = self
    (gain.withoutID, gain.withID) = (found(withoutID), found(withID))
    return gain
  }
}

extension Planner {
  /// What a claim buys on the chips it speaks of; nil where nothing of them fits without it.
  func gain(_ claim: AppliedClaim, _ scenario: Scenario) -> ClaimGain? {
    var own = scenario
    own.samples = 0
    own.routes = [claim.route]
    own.claims = []
    guard let without = best(own, claim), let base = without.outcome else { return nil }
    own.claims = [claim]
    let model = base.model
    var gain = ClaimGain(
      badge: claim.badge, withoutID: without.id, withID: "",
      utilizationWithout: base.throughput.modelFlopsUtilization.p50, utilizationWith: .nan,
      dollarsWithout: base.costCash.p50,
      dollarsWith: .nan, parameters: model.totalParameters, tokens: model.tokens,
      loss: base.predictedLoss.p50)
    guard scenario.isSizedFromBudget else {
      return givenGain(&gain, claim, own) ? gain : nil
    }
    return sizedGain(&gain, claim, own) ? gain : nil
  }

  /// The best option that a claim speaks of, its claims as the scenario has them.
  private func best(_ scenario: Scenario, _ claim: AppliedClaim) -> Assessment? {
    base(scenario).ranked.first {
      claim.touches(route: $0.route, accelerator: $0.accelerator)
    }
  }

  /// Of a job that is given: its cost, then more tokens or more parameters for the money without.
  private func givenGain(
    _ gain: inout ClaimGain, _ claim: AppliedClaim, _ own: Scenario
  ) -> Bool {
    guard let with = best(own, claim), let outcome = with.outcome else { return false }
    gain.withID = with.id
    gain.utilizationWith = outcome.throughput.modelFlopsUtilization.p50
    gain.dollarsWith = outcome.costCash.p50
    var same = own
    same.budgetDollars = gain.dollarsWithout
    func fits(_ change: (inout Scenario) -> Void) -> Outcome? {
      var asked = same
      change(&asked)
      return best(asked, claim)?.outcome
    }
    let tokens = gain.tokens
    if let more = Self.largest({ factor in fits { $0.tokens = (tokens * factor).rounded() } }) {
      gain.moreTokens = more.model.tokens
      gain.lossOfMoreTokens = more.predictedLoss.p50
    }
    let parameters = gain.parameters
    if let larger = Self.largest({ factor in
      fits {
        $0.model = .parameters(parameters * factor)
        $0.tokens = tokens
      }
    }), larger.model.totalParameters > parameters {
      gain.largerParameters = larger.model.totalParameters
      gain.largerTokens = larger.model.tokens
      gain.lossOfLarger = larger.predictedLoss.p50
    }
    return true
  }

  /// Of a model sized from the budget: the better one for the same money, and the money that is
  /// enough for one as good as without.
  private func sizedGain(
    _ gain: inout ClaimGain, _ claim: AppliedClaim, _ own: Scenario
  ) -> Bool {
    guard let with = best(own, claim), let outcome = with.outcome else { return false }
    gain.withID = with.id
    gain.utilizationWith = outcome.throughput.modelFlopsUtilization.p50
    gain.largerParameters = outcome.model.totalParameters
    gain.largerTokens = outcome.model.tokens
    gain.lossOfLarger = outcome.predictedLoss.p50
    let loss = gain.loss
    gain.dollarsWith = outcome.costCash.p50
    // As good for less: loss never rises with the budget, so that the least amount is found by halves.
    var (low, high) = (0.1, 1.0)
    while high - low > 0.01 {
      let middle = (low + high) / 2
      var less = own
      less.budgetDollars = own.budgetDollars * middle
      if let found = best(less, claim)?.outcome, found.predictedLoss.p50 <= loss {
        high = middle
        gain.dollarsWith = found.costCash.p50
      } else {
        low = middle
      }
    }
    return true
  }

  /// The result at the largest factor from 1 to 8, to a hundredth, at which there is one.
  private static func largest(_ result: (Double) -> Outcome?) -> Outcome? {
    guard var found = result(1) else { return nil }
    var (low, high) = (1.0, 8.0)
    if let most = result(high) { return most }
    while high - low > 0.01 {
      let middle = (low + high) / 2
      if let outcome = result(middle) { (low, found) = (middle, outcome) } else { high = middle }
    }
    return found
  }
}
