/// Reads and prints counts of things: parameters, tokens, chips.
public enum Count {
  /// Reads `70B`, `15T`, `8192`; zero and negative counts are refused.
  ///
  /// - Throws: `QuantityError` when the text is no positive count.
  public static func parse(_ text: String, as what: String) throws(QuantityError) -> Double {
    let value = try Magnitude.parse(number: text.withoutOuterSpaces, within: text, as: what)
    guard value > 0 else {
      throw QuantityError("“\(Magnitude.printable(text))” is not \(what): it must be more than 0")
    }
    return value
  }

  /// Three significant digits and a suffix: `70.6B`, `15.0T`.
  public static func short(_ value: Double) -> String {
    Decimals.short(value)
  }
}
