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

  /// Reads `50M`, `$50M`, `2.5B`, `750k`, `5e7`, `50_000_000`, `USD 50M`.
  ///
  /// - Throws: `QuantityError` with a sentence when the text is no amount of money.
  public init(parsing text: String, as what: String = "an amount of money") throws(QuantityError) {
    var digits = text.filter { $0 != " " }
    for mark in ["US$", "USD", "$"] where digits.hasPrefix(mark) {
      digits.removeFirst(mark.count)
      break
    }
    self.dollars = try Magnitude.parse(digits, as: what)
  }

  /// The amount in whole cents, halves away from zero.
  public var cents: Int64 {
    Int64((dollars * 100).rounded())
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
