/// A value with its range: the tenth, fiftieth and ninetieth percentile of something uncertain.
public struct Percentiles: Hashable, Sendable {
  public var p10: Double
  public var p50: Double
  public var p90: Double

  public init(p10: Double, p50: Double, p90: Double) {
    self.p10 = p10
    self.p50 = p50
    self.p90 = p90
  }

  /// The same value at every percentile.
  public init(certain value: Double) {
    self.init(p10: value, p50: value, p90: value)
  }

  /// Each percentile changed by the same rule; the rule must not fall.
  public func map(_ transform: (Double) -> Double) -> Percentiles {
    Percentiles(p10: transform(p10), p50: transform(p50), p90: transform(p90))
  }
}
