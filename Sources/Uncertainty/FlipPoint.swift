/// The value of one number at which two options change places.
public struct FlipPoint: Hashable, Sendable {
  /// Where both come to the same.
  public var value: Double
  /// How far that is from the number's median, in its standard deviations; negative below, nil when
  /// the number is not uncertain.
  public var distance: Double?
  /// The chance that the number lies beyond, on the far side from its median; nil likewise.
  public var chanceBeyond: Double?

  /// Looks for a number between two ends at which a difference is zero, by bisection.
  ///
  /// - Parameters:
  ///   - range: where to look.
  ///   - distribution: what is believed about the number.
  ///   - difference: how much one option exceeds the other; it must only rise or only fall. It may
  ///     be infinite.
  /// - Returns: nil when it has the same sign at both ends, or is not a number there: no flip in the
  ///   range.
  public init?(
    in range: ClosedRange<Double>, of distribution: Distribution? = nil,
    difference: (Double) -> Double
  ) {
    guard let value = Self.crossing(in: range, difference: difference) else { return nil }
    self.value = value
    guard let distribution, !distribution.isPoint else { return }
    let median = distribution.value(score: 0)
    distance = (value - median) / distribution.standardDeviation
    let below = distribution.cumulative(value)
    chanceBeyond = value < median ? below : 1 - below
  }

  /// Where a rising or falling difference is zero, to the last digits of a Double.
  static func crossing(
    in range: ClosedRange<Double>, difference: (Double) -> Double
  ) -> Double? {
    var (low, high) = (range.lowerBound, range.upperBound)
    let (first, last) = (difference(low), difference(high))
    if first == 0 { return low }
    if last == 0 { return high }
    guard first < 0 && last > 0 || first > 0 && last < 0 else { return nil }
    for _ in 0..<200 {
      let middle: Double = low + (high - low) / 2
      guard middle > low, middle < high else { break }
      let value = difference(middle)
      if value == 0 { return middle }
      if (value < 0) == (first < 0) { low = middle } else { high = middle }
    }
    return low + (high - low) / 2
  }
}

/// A point of the line along which two options come to the same, over two numbers.
public struct IndifferencePoint: Hashable, Sendable {
  public var first: Double
  /// Nil when no second number in the range evens the options out.
  public var second: Double?

  /// The line: for each first number the second that makes the difference zero.
  ///
  /// - Parameter difference: of first and second; in the second it must only rise or only fall.
  public static func contour(
    first: [Double], second range: ClosedRange<Double>,
    difference: (Double, Double) -> Double
  ) -> [IndifferencePoint] {
    first.map { value in
      IndifferencePoint(
        first: value,
        second: FlipPoint.crossing(in: range) { difference(value, $0) })
    }
  }
}
