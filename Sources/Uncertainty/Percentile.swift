import RealModule

/// Percentiles and tail averages of columns of draws, each with its Monte Carlo error.
///
/// Keeps working memory between columns; use one per thread.
public struct PercentileFinder {
  private var order = OrderStatistics()

  public init() {}

  /// Percentiles of draws, in the order asked for; nil when there are no draws or one is not a
  /// number.
  ///
  /// A percentile is the order statistic of rank ⌈chance·n⌉. The rank by which the true percentile
  /// may lie off has the standard deviation √(n·p·(1−p)) of a binomial. The order statistics two of
  /// those to either side hold it 95 times in 100 (H. A. David and H. N. Nagaraja, Order Statistics,
  /// 3rd edition, 2003, section 7.1); a quarter of the distance between them is the standard error.
  ///
  /// - Parameter chances: between 0 and 1.
  public mutating func percentiles(_ chances: [Double], of values: [Double]) -> [Estimate]? {
    let count = values.count
    guard count > 0 else { return nil }
    let triples = chances.map { Self.ranks($0, of: count) }
    let ranks = Array(Set(triples.flatMap { [$0.low, $0.middle, $0.high] })).sorted()
    guard let found = order.select(ranks, from: values) else { return nil }
    var valueOf: [Int: Double] = [:]
    for (rank, value) in zip(ranks, found) { valueOf[rank] = value }
    return triples.map { triple in
      let (low, high) = (valueOf[triple.low] ?? .nan, valueOf[triple.high] ?? .nan)
      let error: Double = low == high ? 0 : (high - low) / 4
      return Estimate(valueOf[triple.middle] ?? .nan, standardError: error)
    }
  }

  private static func ranks(_ chance: Double, of count: Int) -> (low: Int, middle: Int, high: Int) {
    let total = Double(count)
    let deviation: Double = .sqrt(total * chance * (1 - chance))
    func rank(_ position: Double) -> Int {
      Int(min(total, max(1, position.rounded(.up)))) - 1
    }
    // A product such as 0.9 × 10 must not be rounded up for its last digit.
    let middle: Double = chance * total * (1 - 1e-15)
    return (rank(middle - 2 * deviation), rank(middle), rank(middle + 2 * deviation))
  }

  /// Conditional value at risk: the average of the worst, that is largest, share 1 − `level` of the
  /// draws, where the draw on the border counts in part (R. T. Rockafellar and S. Uryasev, Journal of
  /// Risk 2, 2000; 2002 for discrete distributions). Nil as for percentiles.
  ///
  /// - Parameter level: from 0 to less than 1.
  public mutating func conditionalValueAtRisk(_ level: Double, of values: [Double]) -> Double? {
    let count = values.count
    guard count > 0, level >= 0, level < 1 else { return nil }
    let tail: Double = (1 - level) * Double(count)
    let rank = min(count - 1, max(0, Int((Double(count) - tail).rounded(.down))))
    guard let border = order.select([rank], from: values)?.first else { return nil }
    var (sum, beyond) = (0.0, 0)
    for value in values where value > border {
      sum += value
      beyond += 1
    }
    let part: Double = tail - Double(beyond)
    return part > 0 ? (sum + part * border) / tail : sum / tail
  }
}
