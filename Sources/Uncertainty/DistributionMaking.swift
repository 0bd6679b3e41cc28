import Quantities
import RealModule

/// Why numbers make no distribution, and what would.
public struct DistributionError: Error, Hashable, CustomStringConvertible, Sendable {
  public var description: String

  init(_ description: String) { self.description = description }
}

/// Made from what people state: a low, a typical and a high value, and how sure they are that the
/// truth lies between low and high. At a confidence of 0.8 low and high are the 10th and the 90th
/// percentile; typical is the median, except that of a triangle, which is its mode.
extension Distribution {
  /// One value, for certain.
  public static func point(_ value: Double) throws(DistributionError) -> Distribution {
    try checkFinite([value])
    return Distribution(form: .point(value))
  }

  /// Normal between two percentiles.
  public static func normal(
    low: Double, high: Double, confidence: Double = 0.8
  ) throws(DistributionError) -> Distribution {
    try normal(low: low, typical: low + (high - low) / 2, high: high, confidence: confidence)
  }

  /// Normal on either side of its median, each side with a standard deviation of its own, so that
  /// all three values are met exactly.
  public static func normal(
    low: Double, typical: Double, high: Double, confidence: Double = 0.8
  ) throws(DistributionError) -> Distribution {
    let score = try checkedScore(low, typical, high, confidence)
    return Distribution(
      form: .normal(
        median: typical, below: (typical - low) / score, above: (high - typical) / score))
  }

  /// Normal with a mean and a standard deviation.
  public static func normal(
    mean: Double, standardDeviation: Double
  ) throws(DistributionError) -> Distribution {
    try checkFinite([mean])
    try checkDeviation(standardDeviation)
    return Distribution(
      form: .normal(median: mean, below: standardDeviation, above: standardDeviation))
  }

  /// Lognormal between two percentiles: μ = (ln low + ln high)/2, σ = ln(high/low)/2z.
  public static func lognormal(
    low: Double, high: Double, confidence: Double = 0.8
  ) throws(DistributionError) -> Distribution {
    try checkPositive(low)
    return try lognormal(
      low: low, typical: .sqrt(low) * .sqrt(high), high: high, confidence: confidence)
  }

  /// Lognormal on either side of its median, each side with a σ of its own, so that all three values
  /// are met exactly; plain lognormal when typical is the geometric mean of low and high.
  public static func lognormal(
    low: Double, typical: Double, high: Double, confidence: Double = 0.8
  ) throws(DistributionError) -> Distribution {
    try checkPositive(low)
    let score = try checkedScore(low, typical, high, confidence)
    return Distribution(
      form: .lognormal(
        logMedian: .log(typical), below: .log(typical / low) / score,
        above: .log(high / typical) / score))
  }

  /// Lognormal with a median and the standard deviation of its natural logarithm.
  public static func lognormal(
    median: Double, logDeviation: Double
  ) throws(DistributionError) -> Distribution {
    try checkFinite([median])
    try checkPositive(median)
    try checkDeviation(logDeviation)
    return Distribution(
      form: .lognormal(logMedian: .log(median), below: logDeviation, above: logDeviation))
  }

  /// Equally likely between two ends; they lie beyond low and high when less than certain.
  public static func uniform(
    low: Double, high: Double, confidence: Double = 1
  ) throws(DistributionError) -> Distribution {
    try checkFinite([low, high])
    try checkOrder(low, "low", high, "high")
    try checkConfidence(confidence, orCertain: true)
    let beyond: Double = (high - low) * (1 / confidence - 1) / 2
    return Distribution(form: .uniform(low: low - beyond, high: high + beyond))
  }

  /// A triangle whose top is typical; its ends lie beyond low and high when less than certain.
  public static func triangular(
    low: Double, typical: Double, high: Double, confidence: Double = 1
  ) throws(DistributionError) -> Distribution {
    try checkFinite([low, typical, high])
    try checkOrder(low, "low", typical, "typical")
    try checkOrder(typical, "typical", high, "high")
    try checkConfidence(confidence, orCertain: true)
    let (left, right) = triangleSides(typical - low, high - typical, tail: (1 - confidence) / 2)
    return Distribution(
      form: .triangular(low: typical - left, mode: typical, high: typical + right))
  }

  /// Values with weights, which need not sum to 1.
  public static func discrete(
    _ weighted: [(value: Double, weight: Double)]
  ) throws(DistributionError) -> Distribution {
    try checkFinite(weighted.flatMap { [$0.value, $0.weight] })
    let total = weighted.reduce(0) { $0 + $1.weight }
    guard weighted.allSatisfy({ $0.weight >= 0 }), total > 0 else {
      throw DistributionError("weights must not be negative, and one must be above 0")
    }
    let likely = weighted.filter { $0.weight > 0 }.sorted { $0.value < $1.value }
    var cumulative: [Double] = []
    var sum = 0.0
    for (_, weight) in likely {
      sum += weight / total
      cumulative.append(sum)
    }
    return Distribution(form: .discrete(values: likely.map(\.value), cumulative: cumulative))
  }

  /// How far a triangle reaches to either side of its mode when a share `tail` of it lies beyond
  /// each of two points at given distances.
  ///
  /// With the left side's share t of the base, the sides are left/(1 − √(tail/t)) and
  /// right/(1 − √(tail/(1 − t))); t is found by bisection, for their ratio falls as t grows.
  private static func triangleSides(
    _ left: Double, _ right: Double, tail: Double
  ) -> (Double, Double) {
    guard tail > 0 else { return (left, right) }
    func sides(_ share: Double) -> (Double, Double) {
      (left / (1 - .sqrt(tail / share)), right / (1 - .sqrt(tail / (1 - share))))
    }
    var (low, high) = (tail, 1 - tail)
    for _ in 0..<100 {
      let middle: Double = (low + high) / 2
      let (first, second) = sides(middle)
      if first * (1 - middle) > second * middle { low = middle } else { high = middle }
    }
    return sides((low + high) / 2)
  }

  // MARK: Checks

  /// The score of high, once all four numbers are found to agree with each other.
  private static func checkedScore(
    _ low: Double, _ typical: Double, _ high: Double, _ confidence: Double
  ) throws(DistributionError) -> Double {
    try checkFinite([low, typical, high])
    try checkOrder(low, "low", high, "high")
    try checkOrder(low, "low", typical, "typical")
    try checkOrder(typical, "typical", high, "high")
    try checkConfidence(confidence, orCertain: false)
    return NormalDistribution.quantile((1 + confidence) / 2)
  }

  private static func checkFinite(_ values: [Double]) throws(DistributionError) {
    guard values.allSatisfy(\.isFinite) else {
      throw DistributionError("every number of a distribution must be finite")
    }
  }

  private static func checkOrder(
    _ smaller: Double, _ smallerName: String, _ larger: Double, _ largerName: String
  ) throws(DistributionError) {
    guard smaller < larger else {
      throw DistributionError(
        "\(smallerName) (\(Decimals.shortest(smaller))) must be less than \(largerName) "
          + "(\(Decimals.shortest(larger))); give a single value for what is certain")
    }
  }

  private static func checkPositive(_ value: Double) throws(DistributionError) {
    guard value > 0 else {
      throw DistributionError(
        "a lognormal quantity is above 0, not \(Decimals.shortest(value)); choose normal")
    }
  }

  private static func checkDeviation(_ value: Double) throws(DistributionError) {
    guard value > 0, value.isFinite else {
      throw DistributionError(
        "a standard deviation is above 0, not \(Decimals.shortest(value)); "
          + "give a single value for what is certain")
    }
  }

  private static func checkConfidence(
    _ confidence: Double, orCertain: Bool
  ) throws(DistributionError) {
    if confidence > 0 && confidence < 1 || orCertain && confidence == 1 { return }
    throw DistributionError(
      "the confidence that the truth lies between low and high is a share between 0 and 1, "
        + "such as 0.8, not \(Decimals.shortest(confidence))")
  }
}
