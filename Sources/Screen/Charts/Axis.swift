/// A range of values laid along an edge of a chart, with round numbers to mark on it.
public struct Axis: Hashable, Sendable {
  public let low: Double
  public let high: Double
  /// Distance between two marks: 1, 2 or 5 times a power of ten.
  public let step: Double

  /// The axis that shows all the values and begins and ends on a mark.
  ///
  /// - Parameters:
  ///   - values: what must be on it; values that are not finite are left aside.
  ///   - marks: about how many intervals to make, at least 1.
  /// - Returns: nil when there is no finite value.
  public init?(covering values: [Double], marks: Int) {
    let finite = values.filter(\.isFinite)
    guard var low = finite.min(), var high = finite.max() else { return nil }
    // One value alone, or values too near to tell apart, still need an axis of some length.
    let magnitude = max(abs(low), abs(high))
    if high - low <= magnitude * 1e-9 {
      let margin = magnitude > 0 ? magnitude * 0.1 : 1
      low -= margin
      high += margin
    }
    let step = Self.roundStep((high - low) / Double(max(1, marks)))
    self.step = step
    self.low = (low / step).rounded(.down) * step
    self.high = (high / step).rounded(.up) * step
  }

  /// The marked values, from low to high.
  public var marks: [Double] {
    let count = Int(((high - low) / step).rounded())
    return (0...max(0, count)).map { low + Double($0) * step }
  }

  /// The place of a value among `count` places, the first for `low` and the last for `high`; nil
  /// outside the axis.
  public func place(of value: Double, among count: Int) -> Int? {
    guard value.isFinite, count > 0, value >= low, value <= high else { return nil }
    let share = (value - low) / (high - low)
    return min(count - 1, Int((share * Double(count - 1)).rounded()))
  }

  /// The smallest of 1, 2, 5 × 10ⁿ that is not less than the number.
  static func roundStep(_ raw: Double) -> Double {
    guard raw.isFinite, raw > 0 else { return 1 }
    var power = 1.0
    while power * 10 <= raw { power *= 10 }
    while power > raw { power /= 10 }
    for factor in [1.0, 2.0, 5.0] where factor * power >= raw * (1 - 1e-12) {
      return factor * power
    }
    return 10 * power
  }
}
