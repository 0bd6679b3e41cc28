import Quantities

/// The options that no other one beats, and for the rest which one beats them and by how much.
///
/// Four things count, none weighed against another: economic cost, the day the run ends, the chance
/// to keep the limits, and a fourth that depends on the question. Where the job is given it is the
/// cash of the dear case (P90); where the budget chooses the model it is the loss, because there every
/// option spends up to the budget and its dear case says little. Evidence, carbon and lock-in are
/// shown beside and do not count: with every criterion more options become unbeaten, until being so
/// says nothing.
///
/// Values are compared as people read them (three digits of money, whole days, whole per cents of
/// chance, thousandths of loss), so that no difference below what is known keeps an option alive.
public struct ParetoFrontier: Sendable {
  /// What an option is judged by. Less is better in each; a chance counts as what is missing of it.
  public struct Criteria: Hashable, Sendable {
    /// Cents of economic cost at the median, three digits.
    public var cost: Int64
    /// Cents of cash at the ninetieth percentile, three digits; 0 where the budget chooses the model.
    public var dearCash: Int64
    /// Days until the run has ended, at the median.
    public var days: Int64
    /// Per cents that the chance to keep budget and deadline is short of 100.
    public var risk: Int64
    /// Thousandths of a nat; 0 where every option trains the same.
    public var loss: Int64
  }

  /// One option that fits.
  public struct Row: Sendable {
    /// Place in the plan's assessments.
    public var index: Int
    /// From 1, in the plan's ranking.
    public var rank: Int
    public var criteria: Criteria
    /// The best-ranked option of the frontier that beats it; nil for one on the frontier.
    public var beatenBy: Int?
    /// How many options beat it.
    public var beaters: Int

    public var isOnFrontier: Bool { beaters == 0 }
  }

  /// Every option that fits, in the order of the ranking.
  public var rows: [Row]

  /// - Parameters:
  ///   - assessments: all of the plan.
  ///   - ranking: those that fit, best first.
  ///   - isSized: whether models differ, so that loss counts.
  public init(_ assessments: [Assessment], ranking: [Int], isSized: Bool) {
    let points = ranking.enumerated().compactMap { place, index -> (Int, Int, Criteria)? in
      Criteria(assessments[index], isSized: isSized).map { (place + 1, index, $0) }
    }
    var rows = points.map { rank, index, criteria in
      Row(
        index: index, rank: rank, criteria: criteria, beatenBy: nil,
        beaters: points.reduce(0) { $0 + ($1.2.beats(criteria) ? 1 : 0) })
    }
    let best = rows.filter(\.isOnFrontier)
    for place in rows.indices where !rows[place].isOnFrontier {
      // What beats an option and is itself beaten is beaten by one of the frontier, which then beats
      // both: there always is one.
      rows[place].beatenBy = best.first { $0.criteria.beats(rows[place].criteria) }?.index
    }
    self.rows = rows
  }

  /// Indices of those on the frontier, soonest first.
  public var indices: [Int] {
    rows.filter(\.isOnFrontier).sorted { ($0.criteria.days, $0.rank) < ($1.criteria.days, $1.rank) }
      .map(\.index)
  }
}

extension ParetoFrontier.Criteria {
  /// - Returns: nil without figures, or where one of them is no number.
  init?(_ assessment: Assessment, isSized: Bool) {
    guard let outcome = assessment.outcome else { return nil }
    func whole(_ value: Double, times unit: Double = 1) -> Int64? {
      let scaled = (value * unit).rounded()
      return abs(scaled) < 1e18 ? Int64(scaled) : nil
    }
    guard let cost = whole(outcome.costEconomic.p50, times: 100),
      let dearCash = whole(isSized ? 0 : outcome.costCash.p90, times: 100),
      let days = whole(outcome.schedule.totalDays.p50),
      let chance = whole(outcome.chances.both, times: 100),
      let loss = whole(isSized ? outcome.predictedLoss.p50 : 0, times: 1000)
    else { return nil }
    self.cost = Self.threeDigits(cost)
    self.dearCash = Self.threeDigits(dearCash)
    self.days = days
    self.loss = loss
    risk = 100 - chance
  }

  /// Rounded to three significant digits.
  private static func threeDigits(_ value: Int64) -> Int64 {
    var unit: Int64 = 1
    while abs(value) / unit >= 1000 { unit *= 10 }
    let half = value < 0 ? -unit / 2 : unit / 2
    return (value + half) / unit * unit
  }

  /// Whether it is nowhere worse and somewhere better.
  public func beats(_ other: Self) -> Bool {
    cost <= other.cost && dearCash <= other.dearCash && days <= other.days && risk <= other.risk
      && loss <= other.loss && self != other
  }
}

extension Plan {
  /// The frontier of the options that fit, with what beats the rest.
  public var paretoFrontier: ParetoFrontier {
    ParetoFrontier(assessments, ranking: ranking, isSized: scenario.isSizedFromBudget)
  }
}
