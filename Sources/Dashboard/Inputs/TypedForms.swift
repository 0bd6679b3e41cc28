import Quantities

/// The forms that people type amounts, counts and dates in, brought to those that fields read:
/// `$20M`, `20m`, `20 million`, `50,000,000`; `31 March 2027`, `Q1 2027`, `12 months`. What is none of
/// them is left as it is, for the field to say what it takes.
enum TypedForms {
  /// A number in its plain form: `20M`, `50000000`.
  static func number(_ text: String) -> String {
    var words = text.lowercased().split { $0 == " " || $0 == "\u{A0}" }.map { String($0) }
    if let last = words.last, words.count > 1, counted.contains(last) { words.removeLast() }
    if words.count > 1, ["usd", "us$", "$"].contains(words[0]) { words.removeFirst() }
    if words.count > 1, let unit = words.last.flatMap({ units[$0] }) {
      words = words.dropLast(2) + [words[words.count - 2] + unit]
    }
    // `50 000 000`: blanks stand where others write commas.
    if words.count > 1, words.dropFirst().allSatisfy({ isGroup($0.prefix(3)) }) {
      words = [words.joined(separator: ",")]
    }
    guard words.count == 1, var word = words.first else { return text }
    for sign in ["us$", "usd", "$"] where word.hasPrefix(sign) {
      word = String(word.dropFirst(sign.count))
      break
    }
    let letters = String(word.reversed().prefix { $0.isLetter }.reversed())
    if !letters.isEmpty, let unit = units[letters], word.count > letters.count,
      word.dropLast(letters.count).last?.isNumber == true
    {
      word = word.dropLast(letters.count) + unit
    }
    return ungrouped(word) ?? text
  }

  /// What a magnitude is called, in letters and words.
  private static let units = [
    "k": "k", "thousand": "k", "m": "M", "mn": "M", "mio": "M", "mm": "M", "million": "M",
    "millions": "M", "b": "B", "bn": "B", "billion": "B", "billions": "B", "t": "T", "tn": "T",
    "trillion": "T", "trillions": "T",
  ]

  /// What may stand after a number that counts it.
  private static let counted: Set<String> = [
    "dollars", "dollar", "usd", "tokens", "token", "parameters", "params", "chips",
  ]

  private static func isGroup(_ digits: Substring) -> Bool {
    digits.count == 3 && digits.allSatisfy { $0.isASCII && $0.isNumber }
  }

  /// A number without commas between its groups of three; nil where commas stand elsewhere.
  private static func ungrouped(_ word: String) -> String? {
    guard word.contains(",") else { return word }
    let digits = word.prefix { $0.isNumber || $0 == "," }
    let groups = digits.split(separator: ",", omittingEmptySubsequences: false)
    guard let first = groups.first, (1...3).contains(first.count),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    else { return nil }
    return groups.joined() + word.dropFirst(digits.count)
  }

  /// A date or a length of time in its plain form: `2027-03-31`, `12mo`.
  ///
  /// - Parameter isEnd: whether a quarter or a month means its last day, else its first.
  static func time(_ text: String, isEnd: Bool) -> String {
    let words = text.lowercased().split { " ,/\u{A0}".contains($0) }.map { String($0) }
    if let length = length(words) { return length }
    if let span = quarter(words) ?? month(words) {
      guard
        let first = CalendarDate(year: span.year, month: span.month, day: 1),
        let next = CalendarDate(
          year: span.year + (span.month + span.count > 12 ? 1 : 0),
          month: (span.month + span.count - 1) % 12 + 1, day: 1)
      else { return text }
      return isEnd ? CalendarDate(daysSinceEpoch: next.daysSinceEpoch - 1).iso : first.iso
    }
    guard words.count == 3, let year = Int(words[2]) else { return text }
    // `31 March 2027` and `March 31, 2027`.
    for (day, month) in [(words[0], words[1]), (words[1], words[0])] {
      if let number = ordinal(day), let index = index(ofMonth: month),
        let date = CalendarDate(year: year, month: index, day: number)
      {
        return date.iso
      }
    }
    return text
  }

  /// `12 months`, `12months`, `2 years`.
  private static func length(_ words: [String]) -> String? {
    var words = words
    if words.count == 1, let word = words.first {
      let digits = word.prefix { $0.isNumber }
      words = [String(digits), String(word.dropFirst(digits.count))]
    }
    guard words.count == 2, let number = Int(words[0]), let unit = lengths[words[1]] else {
      return nil
    }
    return "\(number)\(unit)"
  }

  /// The first month of a quarter: `Q1 2027`, `2027 Q1`, `2027-Q1`.
  private static func quarter(_ words: [String]) -> (year: Int, month: Int, count: Int)? {
    let words = words.flatMap { $0.split(separator: "-").map { String($0) } }
    guard words.count == 2 else { return nil }
    for (name, year) in [(words[0], words[1]), (words[1], words[0])] {
      if name.first == "q", let quarter = Int(name.dropFirst()), (1...4).contains(quarter),
        let year = Int(year)
      {
        return (year, quarter * 3 - 2, 3)
      }
    }
    return nil
  }

  /// `March 2027`.
  private static func month(_ words: [String]) -> (year: Int, month: Int, count: Int)? {
    guard words.count == 2, let month = index(ofMonth: words[0]), let year = Int(words[1]),
      year > 31
    else { return nil }
    return (year, month, 1)
  }

  /// The number of a day: `31`, `31st`, `31.`.
  private static func ordinal(_ word: String) -> Int? {
    let digits = word.prefix { $0.isNumber }
    let rest = word.dropFirst(digits.count)
    return ["", ".", "st", "nd", "rd", "th"].contains(rest) ? Int(digits) : nil
  }

  private static func index(ofMonth word: String) -> Int? {
    let name = word.hasSuffix(".") ? String(word.dropLast()) : word
    return name.count >= 3 ? months.firstIndex { $0.hasPrefix(name) }.map { $0 + 1 } : nil
  }

  private static let lengths = [
    "day": "d", "days": "d", "week": "w", "weeks": "w", "month": "mo", "months": "mo",
    "year": "y", "years": "y",
  ]

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
