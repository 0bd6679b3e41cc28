/// An amount of US dollars.
///
/// Held as a `Double` in the engine; `cents` is where it becomes a whole number of cents, once, at
/// the end of a sum.
public struct Money: Hashable, Comparable, Sendable {
  /// US dollars.
  public var dollars: Double

  public init(dollars: Double) {
    self.dollars = dollars
  }

  /// Reads `50M`, `$50M`, `2.5B`, `750k`, `5e7`, `50_000_000`, `USD 50M`, `-$5`.
  ///
  /// - Throws: `QuantityError` with a sentence when the text is no amount of money.
  public init(parsing text: String, as what: String = "an amount of money") throws(QuantityError) {
    var digits = text.withoutOuterSpaces
    let isNegative = digits.hasPrefix("-")
    if isNegative { digits.removeFirst() }
    if let mark = ["US$", "USD", "$"].first(where: { digits.hasPrefix($0) }) {
      digits = String(digits.dropFirst(mark.count)).withoutOuterSpaces
    }
    // A second sign would make `-$-5` a positive amount.
    if isNegative && (digits.hasPrefix("-") || digits.hasPrefix("+")) { digits = "-" + digits }
    let size = try Magnitude.parse(number: digits, within: text, as: what)
    self.dollars = isNegative ? -size : size
  }

  /// The amount in whole cents, halves away from zero.
  ///
  /// An amount beyond what 64 bits hold (92 quadrillion dollars) stops at that bound; what is not a
  /// number is 0 cents.
  public var cents: Int64 {
    let size = Decimals.scaledAndRounded(abs(dollars), by: 100)
    guard !size.isNaN else { return 0 }
    let bounded = Int64(exactly: size) ?? .max
    return dollars < 0 ? -bounded : bounded
  }

  /// Three significant digits and a suffix: `$50.0M`.
  public var short: String {
    (dollars < 0 ? "-$" : "$") + Decimals.short(abs(dollars))
  }

  /// Every cent, for machines: `49876543.21`.
  public var exact: String {
    Decimals.fixed(dollars, 2)
  }

  /// The shortest text that reads back as the same amount: `$50000000`.
  public var roundTrip: String {
    (dollars < 0 ? "-$" : "$") + Decimals.shortest(abs(dollars))
  }

  public static func < (left: Money, right: Money) -> Bool {
    left.dollars < right.dollars
  }
}
