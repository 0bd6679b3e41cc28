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
  /// - Throws: `QuantityError` on an empty text, stray characters (spaces too), or a number too large
  ///   or too small for a `Double`.
  public static func parse(_ text: String, as what: String = "a number") throws(QuantityError)
    -> Double
  {
    try parse(number: text, within: text, as: what)
  }

  /// Reads a number that stands inside a longer text; errors quote the whole text.
  static func parse(number: String, within text: String, as what: String) throws(QuantityError)
    -> Double
  {
    var digits = number
    var exponent = 0
    if let last = digits.last, let found = exponents[last] {
      exponent = found
      digits.removeLast()
    }
    guard isPlainNumber(digits) else {
      guard !text.allSatisfy({ $0 == " " }) else {
        throw QuantityError("\(what) is missing (like 750k, 2.5B or 5e7)")
      }
      let comma = text.contains(",") ? "; write digits without commas" : ""
      throw QuantityError("“\(printable(text))” is not \(what) (like 750k, 2.5B or 5e7)\(comma)")
    }
    digits.removeAll { $0 == "_" }
    let scaled = exponent == 0 ? digits : shifted(digits, by: exponent)
    guard let value = Double(scaled), value.isFinite else {
      throw QuantityError("“\(printable(text))” is too large for \(what)")
    }
    // A digit other than 0 before the exponent says that the number is not zero.
    let mantissa = digits.prefix { $0 != "e" && $0 != "E" }
    guard value != 0 || !mantissa.contains(where: { ("1"..."9").contains($0) }) else {
      throw QuantityError("“\(printable(text))” is too small for \(what)")
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
  ///
  /// An exponent of more digits than any `Double` has stands for “far too large” or “far too small”,
  /// which the conversion of the whole then finds out.
  private static func shifted(_ digits: String, by power: Int) -> String {
    guard let mark = digits.firstIndex(where: { $0 == "e" || $0 == "E" }) else {
      return "\(digits)e\(power)"
    }
    let written = digits[digits.index(after: mark)...]
    let sign = written.first == "-" ? -1 : 1
    let size = Int(written.drop { $0 == "+" || $0 == "-" }) ?? unreachableExponent
    let old = sign * min(size, unreachableExponent)
    return "\(digits[..<mark])e\(old + power)"
  }

  /// A decimal exponent whose number is no `Double` however its digits are written, unless they
  /// number in the hundreds of thousands.
  private static let unreachableExponent = 999_999

  /// Text fit for a message: whatever could move the cursor, change colours or reorder the line shown
  /// as `?`, at most 40 characters.
  public static func printable(_ text: String) -> String {
    let shown = String(text.prefix(40).map { $0.isSafeToShow ? $0 : "?" })
    return text.count > 40 ? shown + "…" : shown
  }
}

extension Character {
  /// Whether no part of the character is a control, a direction mark or a line break (Unicode
  /// categories Cc, Cf, Zl, Zp, and unassigned or private code points).
  fileprivate var isSafeToShow: Bool {
    unicodeScalars.allSatisfy { scalar in
      switch scalar.properties.generalCategory {
      case .control, .format, .lineSeparator, .paragraphSeparator, .privateUse, .surrogate,
        .unassigned:
        false
      default: true
      }
    }
  }
}

extension String {
  /// The text without the spaces around it.
  var withoutOuterSpaces: String {
    let leading = drop { $0 == " " }
    return String(String(leading.reversed()).drop { $0 == " " }.reversed())
  }
}
