import Quantities

/// The forms that people type amounts, counts and dates in, brought to those that fields read:
/// `$20M`, `20m`, `20 million`, `50,000,000`; `31 March 2027`, `Q1 2027`, `12 months`. What is none of
/// them is left as it is, for the field to say what it takes.
enum TypedForms {
  /// A number in its plain form: `20M`, `50000000`.
  static func number(_ text: String) -> String {
    var words = text.lowercased().split(separator: " ").map { String($0) }
    if words.last == "dollars" || words.last == "usd" { words.removeLast() }
    let units = ["thousand": "k", "million": "M", "billion": "B", "trillion": "T"]
    if words.count == 2, let unit = units[words[1]] { words = [words[0] + unit] }
    guard words.count == 1, var word = words.first else { return text }
    if word.first == "$" { word.removeFirst() }
    if let last = word.last, "mbt".contains(last), word.dropLast().last?.isNumber == true {
      word = word.dropLast() + last.uppercased()
    }
    return ungrouped(word) ?? text
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
  /// - Parameter isEnd: whether a quarter means its last day, else its first.
  static func time(_ text: String, isEnd: Bool) -> String {
    let words = text.lowercased().split { $0 == " " || $0 == "," }.map { String($0) }
    if words.count == 2, let number = Int(words[0]), let unit = lengths[words[1]] {
      return "\(number)\(unit)"
    }
    if words.count == 2, words[0].first == "q", let quarter = Int(words[0].dropFirst()),
      (1...4).contains(quarter), let year = Int(words[1])
    {
      let month = isEnd ? quarter * 3 + 1 : quarter * 3 - 2
      let first = CalendarDate(
        year: month > 12 ? year + 1 : year, month: month > 12 ? 1 : month, day: 1)
      return first.map { date in
        isEnd ? CalendarDate(daysSinceEpoch: date.daysSinceEpoch - 1).iso : date.iso
      } ?? text
    }
    guard words.count == 3, let year = Int(words[2]) else { return text }
    // `31 March 2027` and `March 31, 2027`.
    for (day, month) in [(words[0], words[1]), (words[1], words[0])] {
      let number = Int(day.filter { $0.isNumber })
      let index = months.firstIndex { month.count >= 3 && $0.hasPrefix(month) }
      if let number, let index, let date = CalendarDate(year: year, month: index + 1, day: number) {
        return date.iso
      }
    }
    return text
  }

  private static let lengths = [
    "day": "d", "days": "d", "week": "w", "weeks": "w", "month": "mo", "months": "mo",
  ]

  private static let months = [
    "january", "february", "march", "april", "may", "june", "july", "august", "september",
    "october", "november", "december",
  ]
}
