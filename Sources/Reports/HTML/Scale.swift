import Quantities

/// Maps values to places along one axis of a plot.
struct Scale {
  let low: Double
  let high: Double
  /// Places of `low` and `high`, in units of the drawing.
  let from: Double
  let to: Double
  let isLogarithmic: Bool

  /// A linear scale from 0 or below to a round number at or above the greatest value.
  init(upTo greatest: Double, from: Double, to: Double, ticks: Int = 5) {
    let step = Self.roundStep(max(greatest, 1e-9) / Double(ticks))
    self.init(0, (max(greatest, 1e-9) / step).rounded(.up) * step, from, to, false)
  }

  /// A linear scale between round numbers around some values.
  init(around values: [Double], from: Double, to: Double) {
    let (least, greatest) = (values.min() ?? 0, values.max() ?? 1)
    let step = Self.roundStep(max(greatest - least, abs(greatest) * 1e-6, 1e-9) / 4)
    let low = (least / step).rounded(.down) * step
    self.init(low, max((greatest / step).rounded(.up) * step, low + step), from, to, false)
  }

  /// A logarithmic scale over whole decades.
  init(decadesAround values: [Double], from: Double, to: Double) {
    let positive = values.filter { $0 > 0 }
    var (low, high) = (1.0, 1.0)
    while let least = positive.min(), low > least { low /= 10 }
    while let least = positive.min(), low * 10 <= least { low *= 10 }
    high = low * 10
    while let greatest = positive.max(), high < greatest { high *= 10 }
    self.init(low, high, from, to, true)
  }

  private init(
    _ low: Double, _ high: Double, _ from: Double, _ to: Double, _ isLogarithmic: Bool
  ) {
    (self.low, self.high, self.from, self.to) = (low, high, from, to)
    self.isLogarithmic = isLogarithmic
  }

  /// The place of a value; beyond the ends it stays at them.
  func place(_ value: Double) -> Double {
    from + (to - from) * min(1, max(0, share(value)))
  }

  private func share(_ value: Double) -> Double {
    guard isLogarithmic else { return (value - low) / (high - low) }
    return Self.decades(max(value, low) / low) / Self.decades(high / low)
  }

  /// Values to mark.
  func ticks(_ count: Int = 5) -> [Double] {
    if isLogarithmic {
      var marks = [low]
      while let last = marks.last, last * 10 <= high * 1.000_001 { marks.append(last * 10) }
      return marks
    }
    let step = Self.roundStep((high - low) / Double(count))
    return (0...Int(((high - low) / step + 1e-9).rounded(.down))).map { low + Double($0) * step }
  }

  /// The nearest of 1, 2, 5 times a power of ten at or above.
  private static func roundStep(_ rough: Double) -> Double {
    var power = 1.0
    while power * 10 <= rough { power *= 10 }
    while power > rough { power /= 10 }
    return [1, 2, 5, 10].map { $0 * power }.first { $0 >= rough * 0.999_999 } ?? power * 10
  }

  /// The decimal logarithm of a number of 1 or more: whole decades by division, the rest by squaring
  /// until 40 binary digits are known. Exact enough to draw with, and the same on every machine.
  static func decades(_ ratio: Double) -> Double {
    var (rest, sum) = (ratio, 0.0)
    while rest >= 10 { (rest, sum) = (rest / 10, sum + 1) }
    var digit = 0.5
    for _ in 0..<40 {
      rest *= rest
      if rest >= 10 { (rest, sum) = (rest / 10, sum + digit) }
      digit /= 2
    }
    return sum
  }
}
