/// Where an option stands in the order, best group first.
public enum StandingGroup: Int, Hashable, Sendable, CaseIterable, Comparable {
  /// A contract, or in hand, on a route that was asked about.
  case sign
  /// The same of the yardstick.
  case yardstick
  /// A request without a promise.
  case request
  /// The chance asked isn't kept.
  case missesChance
  case ruledOut

  public static func < (left: StandingGroup, right: StandingGroup) -> Bool {
    left.rawValue < right.rawValue
  }
}

/// What one candidate comes to by itself, before it is weighed against a plan B.
public struct Assessment: Sendable {
  /// With a budget: the most work at the chance asked; nil when none keeps it.
  public var sizing: Sizing?
  /// With given work: the cheapest size and terms; of those that don't keep the chance the closest.
  public var cheapest: Cheapest?
  /// The chance of the grant, doubt in; 1 where nobody has to grant it or grants are inside.
  public var grantChance: Double
  public var keepsChance: Bool

  /// Size and terms, where there are any.
  public var choice: Choice? { sizing?.choice ?? cheapest?.choice }
}

/// One candidate in the order.
public struct Standing: Sendable {
  /// Place among the candidates.
  public var candidate: Int
  public var id: String
  public var route: String
  public var group: StandingGroup
  public var assessment: Assessment
  /// What a refusal leaves: work, or cash, of the best that needs nobody's grant. 0 where there is
  /// none; with given work at most `refusedUsd`.
  public var floor: Double
  /// What the order goes by: work weighed by the grant, greater is better; with given work cash so
  /// weighed, less is better.
  public var rank: Double
}

/// All candidates in order.
public struct Decision: Sendable {
  public let question: Question
  public let standings: [Standing]
  /// What can be signed; nil when nothing of a contract or in hand on the routes keeps the chance.
  public var sign: Standing? { standings.first { $0.group == .sign } }
  /// Others that can be signed within 10 % of the leader's rank.
  public let ties: [String]
  /// The best option of each route that was asked about, in the order of their standing.
  public let bestOfRoute: [Standing]
  let assessments: [Assessment]
  /// With given work: what a refusal leaves to be paid where no floor is cheaper; 0 else.
  let refusedUsd: Double
  /// Floors' work or cash by days of delay and candidate.
  let floors: [Double: [Int: Double]]

  /// The standing of a candidate.
  public func standing(_ id: String) -> Standing? { standings.first { $0.id == id } }
}

/// How a refusal weighs, in one place.
public enum Weighing {
  /// Work: `V = q·W + (1 − q)·min(W, F)`. Never more than W, so that an unlikely grant can't borrow
  /// the worth of what it falls back on.
  public static func work(_ work: Double, chance: Double, floor: Double) -> Double {
    chance * work + (1 - chance) * min(work, floor)
  }

  /// Cash for given work: `V = q·K + (1 − q)·max(K, K_F)`.
  public static func cash(_ usd: Double, chance: Double, floor: Double) -> Double {
    chance >= 1 ? usd : chance * usd + (1 - chance) * max(usd, floor)
  }

  /// The work at which an option's weighed work reaches a target; nil when its grant never comes.
  public static func workNeeded(_ target: Double, chance: Double, floor: Double) -> Double? {
    if target <= floor { return target }
    return chance > 0 ? (target - (1 - chance) * floor) / chance : nil
  }
}
