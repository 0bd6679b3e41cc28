/// Why a quantity could not be read, as a sentence for the person who typed it.
public struct QuantityError: Error, Equatable, CustomStringConvertible {
  /// What is wrong and what is expected.
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}

/// Reads and prints plain numbers with a magnitude suffix: `750k`, `2.5B`, `5e7`, `50_000_000`.
///
/// Locale-independent: the decimal mark is always `.`; `_` may group digits; `,` is refused because
/// it means opposite things in different countries.
public enum Magnitude {
  /// Suffixes and their decimal exponents; `G` and `B` both mean 10⁹, as in GFLOP and 70B.
  static let exponents: [Character: Int] = [
    "k": 3, "K": 3, "m": 6, "M": 6, "b": 9, "B": 9, "g": 9, "G": 9, "t": 12, "T": 12,
    "p": 15, "P": 15,
  ]

  /// Reads a number with an optional magnitude suffix.
  ///
  /// The suffix moves the decimal point in the text before the number is read, so that `0.1M` is
  /// exactly 100000 and printing then reading gives the same value.
  ///
  /// - Parameters:
  ///   - text: the text, with no unit.
  ///   - what: the field's word for the number, used in errors ("a budget").
  /// - Throws: `QuantityError` on an empty text, stray characters, or a number that is not finite.
  public static func parse(_ text: String, as what: String = "a number") throws(QuantityError)
    -> Double
  {
    var digits = text
    var exponent = 0
    if let last = digits.last, let found = exponents[last] {
      exponent = found
      digits.removeLast()
    }
    guard isPlainNumber(digits) else {
      let comma = text.contains(",") ? "; write digits without commas" : ""
      throw QuantityError("“\(printable(text))” is not \(what) (like 750k, 2.5B or 5e7)\(comma)")
    }
    digits.removeAll { $0 == "_" }
    let scaled = exponent == 0 ? digits : shifted(digits, by: exponent)
    guard let value = Double(scaled), value.isFinite else {
      throw QuantityError("“\(printable(text))” is too large for \(what)")
    }
    return value
  }

  /// Whether the text is sign, digits (with `_` between digits), fraction and exponent, only.
  static func isPlainNumber(_ text: String) -> Bool {
    var rest = Substring(text)
    if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
    let whole = takeDigits(&rest)
    var fraction = 0
    if rest.first == "." {
      rest.removeFirst()
      fraction = takeDigits(&rest)
    }
    guard whole + fraction > 0 else { return false }
    if let mark = rest.first, mark == "e" || mark == "E" {
      rest.removeFirst()
      if let sign = rest.first, sign == "-" || sign == "+" { rest.removeFirst() }
      guard takeDigits(&rest) > 0 else { return false }
    }
    return rest.isEmpty
  }

  /// Removes leading ASCII digits, and `_` between two digits; returns how many digits there were.
  private static func takeDigits(_ text: inout Substring) -> Int {
    var count = 0
    while let first = text.first {
      let isDigit = first.isASCII && first.isNumber
      let isGroup =
        first == "_" && count > 0
        && text.dropFirst().first.map { $0.isASCII && $0.isNumber } ?? false
      guard isDigit || isGroup else { break }
      count += isDigit ? 1 : 0
      text.removeFirst()
    }
    return count
  }

  /// The same digits with the exponent raised by `power`.
  private static func shifted(_ digits: String, by power: Int) -> String {
    guard let mark = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
      return "\(digits)e\(power)"
    }
    let old = Int(digits[digits.index(after: mark)...].drop { $0 == "+" }) ?? 0
    return "\(digits[..<mark])e\(old + power)"
  }

  /// Text fit for a message: control characters shown as `?`, at most 40 characters.
  public static func printable(_ text: String) -> String {
    let shown = String(text.prefix(40).map { $0.isASCII && !$0.isPrintableASCII ? "?" : $0 })
    return text.count > 40 ? shown + "…" : shown
  }
}

extension Character {
  /// Whether the character is visible ASCII or a space.
  fileprivate var isPrintableASCII: Bool {
    guard let value = asciiValue else { return false }
    return value >= 0x20 && value < 0x7F
  }
}
