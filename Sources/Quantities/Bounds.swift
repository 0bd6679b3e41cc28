/// What a number can be at all, and what it is for anybody who means it.
///
/// Every number that enters the program has bounds with its declaration. Outside what is possible it
/// is refused; outside what is plausible it is taken, and named by everything that uses it.
public struct Bounds: Hashable, Sendable {
  /// A slip of the pen that would explain a value out of bounds.
  public struct Slip: Hashable, Sendable {
    /// What the value has to be multiplied with to be what was meant.
    public let factor: Double
    /// What went wrong, as the words between a semicolon and a question mark: `in per cent`.
    public let words: String

    public init(_ factor: Double, _ words: String) {
      self.factor = factor
      self.words = words
    }

    /// 42.9 where 0.429 is meant.
    public static let percent = Slip(0.01, "in per cent")
    /// 0.9 where 900 is meant.
    public static let thousands = Slip(1000, "in thousands")
  }

  /// What a value comes to.
  public enum Verdict: Hashable, Sendable {
    case plausible
    /// Can be, but hardly is: a sentence without the field's name.
    case implausible(String)
    /// Can't be: a sentence with the cure, without the field's name.
    case impossible(String)
  }

  /// Values that can be; others are refused.
  public let possible: ClosedRange<Double>
  /// Values that nobody wonders at; within `possible`.
  public let plausible: ClosedRange<Double>
  /// The unit as words after a number; empty for a plain one.
  public let unit: String
  /// Slips that are common for such a value, the likeliest first.
  public let slips: [Slip]

  public init(
    _ possible: ClosedRange<Double>, plausible: ClosedRange<Double>, _ unit: String = "",
    slips: [Slip] = []
  ) {
    self.possible = possible
    self.plausible = plausible.clamped(to: possible)
    self.unit = unit
    self.slips = slips
  }

  /// Bounds without a difference between what can be and what is plausible.
  public init(_ possible: ClosedRange<Double>, _ unit: String = "", slips: [Slip] = []) {
    self.init(possible, plausible: possible, unit, slips: slips)
  }

  /// A fraction of a whole, 0 to 1.
  public static let fraction = Bounds(0...1, slips: [.percent])

  /// What a value comes to, with the value as it was written where that is known.
  public func verdict(on value: Double, written text: String? = nil) -> Verdict {
    let shown = text.map(Magnitude.printable) ?? Self.shown(value)
    guard possible.contains(value) else {
      return .impossible("\(shown) is outside \(words(possible))\(cure(value))")
    }
    guard plausible.contains(value) else {
      return .implausible("\(shown) is implausible: \(words(plausible)) is expected\(cure(value))")
    }
    return .plausible
  }

  /// `0.1 to 10 USD per kWh`.
  private func words(_ range: ClosedRange<Double>) -> String {
    "\(Self.shown(range.lowerBound)) to \(Self.shown(range.upperBound))"
      + (unit.isEmpty ? "" : " \(unit)")
  }

  /// The first slip that would make a plausible value of it, with that value.
  private func cure(_ value: Double) -> String {
    for slip in slips where plausible.contains(value * slip.factor) && value != 0 {
      return "; \(slip.words)? write \(Self.shown(value * slip.factor))"
    }
    return ""
  }

  /// At most six digits, as somebody would write them: `0.429`, `1.5e9`.
  public static func shown(_ value: Double) -> String {
    guard value.isFinite, value != 0 else { return Decimals.fixed(value, 0) }
    let rounded = Double(Decimals.significant(value, 6)) ?? value
    guard abs(rounded) >= 1e7, abs(rounded) < 1e16 else {
      return Decimals.shortest(rounded).replacing("e+", with: "e")
    }
    var (mantissa, exponent) = (abs(rounded), 0)
    while mantissa >= 10 { (mantissa, exponent) = (mantissa / 10, exponent + 1) }
    let digits = Decimals.shortest(Double(Decimals.significant(mantissa, 6)) ?? mantissa)
    return (rounded < 0 ? "-" : "") + "\(digits)e\(exponent)"
  }
}
