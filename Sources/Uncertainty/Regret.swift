import RealModule

/// What falling short weighs against going over. Each difference d from what the world would have
/// called for counts as (weight·|d|)^exponent, so that a large miss counts more than two half as
/// large.
///
/// The defaults are those of Netflix's service-capacity-modeling
/// (https://github.com/Netflix-Skunkworks/service-capacity-modeling, 2026-08-21).
public struct AsymmetricPenalty: Hashable, Sendable {
  /// Of a positive difference: too much was spent or bought.
  public var over: Double
  /// Of a negative one: too little was.
  public var under: Double
  public var exponent: Double

  public init(over: Double = 1, under: Double = 1.25, exponent: Double = 1.2) {
    self.over = over
    self.under = under
    self.exponent = exponent
  }

  /// The penalty of one difference; never negative.
  public func callAsFunction(_ difference: Double) -> Double {
    .pow(difference < 0 ? -difference * under : difference * over, exponent)
  }
}

/// How much worse an option turns out than the best one of each world.
public enum Regret {
  /// The expected regret: what knowing the world beforehand would be worth to who chose the option.
  ///
  /// - Parameters:
  ///   - values: the option's, less being better.
  ///   - best: the best option's in the same worlds, of `BestTally`.
  public static func mean(of values: [Double], best: [Double]) -> Estimate {
    .mean(of: zip(values, best).map { $0 - $1 })
  }

  /// The largest regret.
  public static func worst(of values: [Double], best: [Double]) -> Double {
    zip(values, best).reduce(0) { max($0, $1.0 - $1.1) }
  }

  /// The expected penalty of what an option has (chips, tokens, days) against what each world calls
  /// for; too little and too much weigh differently. Penalties of several such components add up.
  public static func mean(
    of values: [Double], needed: [Double], penalty: AsymmetricPenalty
  ) -> Estimate {
    .mean(of: zip(values, needed).map { penalty($0 - $1) })
  }

  /// The option whose worst regret is least, and that regret (L. J. Savage, 1951); the first of
  /// equals, nil without options.
  ///
  /// - Parameter costs: a row an option, a column a world.
  public static func minimax(_ costs: [[Double]]) -> (option: Int, regret: Double)? {
    var tally = BestTally(draws: costs.first?.count ?? 0)
    for (option, row) in costs.enumerated() { tally.add(option, row) }
    let worst = costs.map { Self.worst(of: $0, best: tally.best) }
    return worst.enumerated().min { $0.element < $1.element }.map { ($0.offset, $0.element) }
  }
}
