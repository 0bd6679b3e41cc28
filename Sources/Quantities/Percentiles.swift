#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// A value with its range: the tenth, fiftieth, eightieth and ninetieth percentile of something
/// uncertain.
public struct Percentiles: Hashable, Sendable {
  public var p10: Double
  public var p50: Double
  public var p80: Double
  public var p90: Double

  /// - Parameter p80: where it isn't known it is that of a lognormal (of a normal where the middle is
  ///   not above 0) through the two percentiles about it.
  public init(p10: Double, p50: Double, p80: Double? = nil, p90: Double) {
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
    self.p80 = p80 ?? Self.between(p50, p90)
  }

  /// Standard normal scores of 0.8 over that of 0.9.
  private static let wayTo80 = 0.841_621_233_572_914_3 / 1.281_551_565_544_600_5

  private static func between(_ p50: Double, _ p90: Double) -> Double {
    guard p50 > 0, p90 > 0, p90.isFinite else { return p50 + (p90 - p50) * wayTo80 }
    return p50 == p90 ? p50 : p50 * pow(p90 / p50, wayTo80)
  }

  /// The same value at every percentile.
  public init(certain value: Double) {
    self.init(p10: value, p50: value, p90: value)
  }

  /// Each percentile changed by the same rule; the rule must not fall.
  public func map(_ transform: (Double) -> Double) -> Percentiles {
    Percentiles(
      p10: transform(p10), p50: transform(p50), p80: transform(p80), p90: transform(p90))
  }
}
