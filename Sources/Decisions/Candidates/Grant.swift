import RealModule
import Uncertainty

/// Whether somebody grants a request, as a threshold on a number that is drawn once.
///
/// Granted where `score < z(chance) + doubt`: a greater chance grants in every outcome in which the
/// smaller one did. Channels that share a maker's market share part of their score; regions of one
/// pool, and one product at two prices, share all of it.
public struct Grant: Hashable, Sendable {
  /// Requests to the same channel share score and doubt; a plan B is never of the same channel.
  public var channel: String
  /// The typical chance, from 0 to 1.
  public var chance: Double
  /// The channel's score, standard normal in sum: `Loading.shared(market, own:, correlation: 0.6)`.
  public var score: [Loading]
  /// Doubt about the chance itself, one shift of its normal quantile for all requests of the channel.
  public var doubt: [Loading]

  public init(channel: String, chance: Double, score: [Loading], doubt: [Loading] = []) {
    self.channel = channel
    self.chance = chance
    self.score = score
    self.doubt = doubt
  }

  /// Doubt between a low and a high chance, the 10th and the 90th percentile, about a score of its
  /// own: half their distance in normal quantiles over 1.2816.
  public static func doubt(low: Double, high: Double, _ column: Column) -> [Loading] {
    let width = NormalDistribution.quantile(high) - NormalDistribution.quantile(low)
    return [Loading(column, width / 2 / NormalDistribution.quantile(0.9))]
  }

  /// The threshold in each outcome.
  func thresholds(_ table: OutcomeTable) -> [Double] {
    let typical = NormalDistribution.quantile(chance)
    return Figure.sum(doubt, in: table).map { typical + $0 }
  }

  /// Whether it is granted in each outcome.
  public func granted(in table: OutcomeTable) -> [Bool] {
    zip(Figure.sum(score, in: table), thresholds(table)).map { $0 < $1 }
  }

  /// The chance with its doubt in it, the mean of what is drawn; not the typical one.
  public func meanChance(in table: OutcomeTable) -> Double {
    guard !doubt.isEmpty else { return min(1, max(0, chance)) }
    let chances = thresholds(table).map(NormalDistribution.cumulative)
    return chances.reduce(0, +) / Double(table.count)
  }
}

extension Figure {
  /// Sums of weighted scores, one an outcome.
  static func sum(_ loadings: [Loading], in table: OutcomeTable) -> [Double] {
    var sums = [Double](repeating: 0, count: table.count)
    for loading in loadings {
      let column = table.columns[loading.column.index]
      for index in sums.indices { sums[index] += loading.weight * column[index] }
    }
    return sums
  }
}
