// Numbers, dates, true and false.
extension TOMLParser {
  /// A value without quotes.
  ///
  /// - Parameter isNested: whether it stands in a list or an inline table, where a comma ends it.
  mutating func scalarValue(isNested: Bool) throws(TOMLFault) -> TOMLValue {
    let start = at
    while let byte = peek, !Self.ends(byte) { at += 1 }
    // The time of a day may stand after a blank.
    if Self.date(bytes[start..<at]) != nil, peek == .blank, at + 3 < bytes.count,
      Self.isDigit(bytes[at + 1]), Self.isDigit(bytes[at + 2]), bytes[at + 3] == UInt8(ascii: ":")
    {
      at += 1
      while let byte = peek, !Self.ends(byte) { at += 1 }
    }
    if let value = Self.value(bytes[start..<at]) {
      let end = at
      skipBlanks()
      let next = peek
      at = end
      let isWhole =
        next == nil || next == .lineFeed || next == .carriageReturn || next == .hash
        || (isNested && (next == .comma || next == .closeBracket || next == .closeBrace))
      if isWhole { return value }
    }
    at = start
    var offset = start
    while offset < bytes.count, bytes[offset] != .lineFeed {
      at = offset
      try checkControl(bytes[offset])
      offset += 1
    }
    at = start
    throw fault(cure(isNested: isNested), at: start)
  }

  /// Whether a byte can't be part of a value without quotes.
  private static func ends(_ byte: UInt8) -> Bool {
    switch byte {
    case .blank, .tab, .lineFeed, .carriageReturn, .comma, .closeBracket, .closeBrace, .hash: true
    default: false
    }
  }

  /// Why what stands here is no value, and what would be one.
  private func cure(isNested: Bool) -> String {
    var word = restOfLine()
    if isNested {
      word = String(word.prefix { $0 != "," && $0 != "]" && $0 != "}" })
      while word.last == " " { word.removeLast() }
    }
    if word.isEmpty { return "a value is expected" }
    if ["true", "false"].contains(word.lowercased()) {
      return "“\(word)” is written in lower case: \(word.lowercased())"
    }
    let quotes: Set<Character> = ["“", "”", "„", "‟", "‘", "’", "‚", "«", "»", "″", "`"]
    if let first = word.first, quotes.contains(first) {
      let inner = word.filter { !quotes.contains($0) }
      return "its quotes are not straight ones; write \(TOMLLiteral.text(inner))"
    }
    return Self.otherForm(word)
      ?? "“\(word)” needs quotes: \(TOMLLiteral.text(word.filter { $0 != "\"" }))"
  }

  /// What to write for a number or a date in a form that quotes alone don't make right.
  private static func otherForm(_ word: String) -> String? {
    let parts = word.split(separator: "-", omittingEmptySubsequences: false)
    let isDigits = { (text: Substring) in text.allSatisfy { $0.isASCII && $0.isNumber } }
    if parts.map(\.count) == [4, 2, 2], parts.allSatisfy(isDigits) {
      return "“\(word)” is no day of the calendar"
    }
    let groups = word.split(separator: ",", omittingEmptySubsequences: false)
    if groups.count > 1, (1...3).contains(groups[0].count), groups.allSatisfy(isDigits),
      groups.dropFirst().allSatisfy({ $0.count == 3 })
    {
      return "“\(word)” has commas; write \(groups.joined())"
    }
    let words = word.lowercased().split(separator: " ")
    let units = ["thousand": "k", "million": "M", "billion": "B", "trillion": "T"]
    if words.count == 2, let unit = units[String(words[1])], Double(words[0]) != nil {
      return "“\(word)” is written \(TOMLLiteral.text(words[0] + unit))"
    }
    let months = [
      "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
    ]
    if (2...3).contains(words.count),
      words.contains(where: { months.contains(String($0.prefix(3))) }),
      words.contains(where: { $0.count == 4 && isDigits($0) })
    {
      return "“\(word)” is no date; write it as 2027-03-31"
    }
    return nil
  }

  /// A number, date, time, or truth value; nil when it is none.
  private static func value(_ word: ArraySlice<UInt8>) -> TOMLValue? {
    let text = String(decoding: word, as: UTF8.self)
    switch text {
    case "true": return .flag(true)
    case "false": return .flag(false)
    case "inf", "+inf": return .number(.infinity)
    case "-inf": return .number(-.infinity)
    case "nan", "+nan", "-nan": return .number(.nan)
    default: break
    }
    if let date = date(word) {
      return .date(year: date.year, month: date.month, day: date.day)
    }
    if isTime(word) { return .time(text) }
    if let day = date(word.prefix(10)), day.day > 0, word.count > 11,
      ["T", "t", " "].contains(Character(Unicode.Scalar(word[word.startIndex + 10]))),
      isTime(withoutOffset(word.dropFirst(11)))
    {
      return .time(text)
    }
    return integer(word) ?? number(word)
  }

  private static func integer(_ word: ArraySlice<UInt8>) -> TOMLValue? {
    let prefixes: [(String, UInt8)] = [("0x", 16), ("0o", 8), ("0b", 2)]
    for (prefix, radix) in prefixes where word.starts(with: Array(prefix.utf8)) {
      guard let digits = digits(word.dropFirst(2), radix: radix) else { return nil }
      return Int(digits, radix: Int(radix)).map { .integer($0) }
    }
    let (sign, rest) = signed(word)
    guard let digits = digits(rest), digits == "0" || digits.first != "0" else { return nil }
    return Int(sign + digits).map { .integer($0) }
  }

  private static func number(_ word: ArraySlice<UInt8>) -> TOMLValue? {
    let (sign, rest) = signed(word)
    let isExponent: (UInt8) -> Bool = { $0 == UInt8(ascii: "e") || $0 == UInt8(ascii: "E") }
    let parts = rest.split(
      maxSplits: 1, omittingEmptySubsequences: false, whereSeparator: isExponent)
    let halves = parts[0].split(separator: .dot, maxSplits: 1, omittingEmptySubsequences: false)
    guard parts.count > 1 || halves.count > 1, let whole = digits(halves[0]),
      whole == "0" || whole.first != "0"
    else { return nil }
    var text = sign + whole
    if halves.count > 1 {
      guard let fraction = digits(halves[1]) else { return nil }
      text += "." + fraction
    }
    if parts.count > 1 {
      let (sign, exponent) = signed(parts[1])
      guard let digits = digits(exponent) else { return nil }
      text += "e" + sign + digits
    }
    return Double(text).map { .number($0) }
  }

  private static func signed(_ word: ArraySlice<UInt8>) -> (String, ArraySlice<UInt8>) {
    switch word.first {
    case UInt8(ascii: "-"): ("-", word.dropFirst())
    case UInt8(ascii: "+"): ("", word.dropFirst())
    default: ("", word)
    }
  }

  /// Digits without the lines that may stand between them; nil when they are none.
  private static func digits(_ word: ArraySlice<UInt8>, radix: UInt8 = 10) -> String? {
    let line = UInt8(ascii: "_")
    var out: [UInt8] = []
    var before = line
    for byte in word {
      if byte == line {
        guard before != line else { return nil }
      } else {
        guard isDigit(byte, radix: radix) else { return nil }
        out.append(byte)
      }
      before = byte
    }
    return out.isEmpty || before == line ? nil : String(decoding: out, as: UTF8.self)
  }

  /// `2026-11-23`.
  private static func date(_ word: ArraySlice<UInt8>) -> (year: Int, month: Int, day: Int)? {
    let parts = word.split(separator: UInt8(ascii: "-"), omittingEmptySubsequences: false)
    guard parts.map(\.count) == [4, 2, 2], parts.joined().allSatisfy({ isDigit($0) }) else {
      return nil
    }
    let numbers = parts.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    let (year, month, day) = (numbers[0], numbers[1], numbers[2])
    guard (1...12).contains(month) else { return nil }
    let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
    let days = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31][month - 1]
    return (1...days).contains(day) ? (year, month, day) : nil
  }

  /// `07:32:00`, perhaps with a fraction of a second.
  private static func isTime(_ word: ArraySlice<UInt8>) -> Bool {
    let parts = word.split(separator: UInt8(ascii: ":"), omittingEmptySubsequences: false)
    guard parts.count == 3 else { return false }
    let seconds = parts[2].split(separator: .dot, maxSplits: 1, omittingEmptySubsequences: false)
    let fields = [parts[0], parts[1], seconds[0]]
    guard fields.allSatisfy({ $0.count == 2 && $0.allSatisfy { isDigit($0) } }) else {
      return false
    }
    let numbers = fields.compactMap { Int(String(decoding: $0, as: UTF8.self)) }
    guard numbers[0] < 24, numbers[1] < 60, numbers[2] < 61 else { return false }
    return seconds.count == 1 || (!seconds[1].isEmpty && seconds[1].allSatisfy { isDigit($0) })
  }

  /// A time without `Z` or `+01:00`.
  private static func withoutOffset(_ word: ArraySlice<UInt8>) -> ArraySlice<UInt8> {
    if word.last == UInt8(ascii: "Z") || word.last == UInt8(ascii: "z") { return word.dropLast() }
    let offset = word.suffix(6)
    if word.count > 6, offset.first == UInt8(ascii: "+") || offset.first == UInt8(ascii: "-"),
      isTime(offset.dropFirst() + Array(":00".utf8))
    {
      return word.dropLast(6)
    }
    return word
  }
}
