import Quantities

/// The steady speed in a series of steps, by a stated rule.
///
/// The first tenth of the steps, and at least the first one after each start, is warm-up. Of the rest,
/// those further from the median than three deviations (1.4826 times the median absolute deviation, and
/// at least 1 % of the median) are left out: checkpoints, evaluations, stalls. What remains gives the
/// median.
struct SteadyState {
  var median = 0.0
  var kept = 0
  var warmUp = 0
  var outliers = 0
  /// The 10th and 90th percentile of what was kept.
  var low = 0.0
  var high = 0.0

  /// - Parameter series: rates in the order of the log, with the step's number where it is known.
  /// - Returns: nil without a rate.
  init?(_ series: [(step: Double?, rate: Double)]) {
    var rates: [Double] = []
    var last: Double?
    var isFirst = true
    var skipped = 0
    for (step, rate) in series {
      if let step, let before = last {
        if step == before { continue }
        if step < before { isFirst = true }
      }
      last = step ?? last
      if isFirst && series.count > 1 {
        skipped += 1
      } else {
        rates.append(rate)
      }
      isFirst = false
    }
    if rates.isEmpty, let only = series.last { (rates, skipped) = ([only.rate], series.count - 1) }
    guard !rates.isEmpty else { return nil }
    let warm = max(0, (rates.count + skipped) / 10 - skipped)
    rates.removeFirst(min(warm, rates.count - 1))
    warmUp = skipped + warm
    let middle = Self.percentile(rates.sorted(), 0.5)
    let deviations = rates.map { abs($0 - middle) }.sorted()
    let deviation = max(1.4826 * Self.percentile(deviations, 0.5), middle * 0.01)
    let steady = rates.filter { abs($0 - middle) <= 3 * deviation }.sorted()
    outliers = rates.count - steady.count
    kept = steady.count
    median = Self.percentile(steady, 0.5)
    (low, high) = (Self.percentile(steady, 0.1), Self.percentile(steady, 0.9))
  }

  /// A percentile of sorted values, between neighbours in a straight line.
  private static func percentile(_ sorted: [Double], _ share: Double) -> Double {
    guard let first = sorted.first else { return 0 }
    let place = share * Double(sorted.count - 1)
    let below = Int(place)
    guard below + 1 < sorted.count else { return sorted.last ?? first }
    return sorted[below] + (sorted[below + 1] - sorted[below]) * (place - Double(below))
  }
}
