/// The numbers of tokens a sized job may have: 1.00, 1.01, 1.02 … of each power of ten.
enum RoundTokens {
  /// From a million to 10^18.
  static let steps = 12 * 900

  /// The number at a step, from 0.
  static func value(_ step: Int) -> Double {
    Double(100 + step % 900) * powers[step / 900]
  }

  /// The last step not above a number, or the nearest there is.
  static func step(near tokens: Double) -> Int {
    guard tokens > value(0) else { return 0 }
    let exponent = powers.indices.last { powers[$0] * 100 <= tokens } ?? 0
    let digits = min(999, Int(min(1000, tokens / powers[exponent])))
    return min(steps - 1, exponent * 900 + max(0, digits - 100))
  }

  /// The last step that fits, where all steps before it do and none after it; nil when none does, or
  /// none from a least one on.
  ///
  /// Goes from the guess in widening strides until the end is passed, then halves: the nearer the
  /// guess, the fewer steps are tried, and every guess ends at the same step.
  static func last(near guess: Int, atLeast least: Int = 0, where fits: (Int) -> Bool) -> Int? {
    guard least == 0 || fits(least) else { return nil }
    let floor = least == 0 ? -1 : least
    var (low, high) = (floor, steps)
    var stride = 1
    var next = min(steps - 1, max(guess, floor + 1))
    while high - low > 1 {
      if fits(next) { low = next } else { high = next }
      if low == floor {
        next = max(floor + 1, high - stride)
      } else if high == steps {
        next = min(steps - 1, low + stride)
      } else {
        next = (low + high) / 2
      }
      stride *= 2
    }
    return low < 0 ? nil : low
  }

  /// A hundredth of the powers of ten, so that every product is a whole number and exact.
  private static let powers: [Double] = (0...12).map { exponent in
    (0..<exponent).reduce(1e4) { power, _ in power * 10 }
  }
}
