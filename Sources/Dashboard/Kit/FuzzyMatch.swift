/// Finds what was meant by a few letters of it.
enum FuzzyMatch {
  /// How well letters, in their order but not side by side, are found in a text; nil when they are
  /// not. Letters that begin a word and letters side by side count for more; blanks count nothing.
  static func score(_ query: String, in text: String) -> Int? {
    let wanted = query.lowercased().filter { $0 != " " }
    let letters = Array(text.lowercased())
    // To prefer the beginnings of words may miss the letters after; then the first will do.
    return score(wanted, letters, prefersStarts: true)
      ?? score(wanted, letters, prefersStarts: false)
  }

  private static func score(
    _ wanted: String, _ letters: [Character], prefersStarts: Bool
  ) -> Int? {
    func isStart(_ index: Int) -> Bool { index == 0 || !letters[index - 1].isLetter }
    var score = 0
    var start = 0
    for letter in wanted {
      let places = letters.indices.dropFirst(start).filter { letters[$0] == letter }
      guard let first = places.first else { return nil }
      let isNext = first == start && start > 0
      let found = isNext || !prefersStarts ? first : places.first(where: isStart) ?? first
      if isNext { score += 6 }
      if isStart(found) { score += 4 }
      score -= min(3, found - start)
      start = found + 1
    }
    return score
  }

  /// How well every word typed begins a word of a text; nil where one begins none. It counts a little
  /// less than the same letters in what is shown.
  static func score(_ query: String, amongWords text: String) -> Int? {
    let wanted = query.lowercased().split(separator: " ")
    let words = text.lowercased().split { !$0.isLetter && !$0.isNumber }
    guard !wanted.isEmpty,
      wanted.allSatisfy({ word in words.contains { $0.hasPrefix(word) } })
    else { return nil }
    return wanted.map { 6 * $0.count - 5 }.reduce(0, +)
  }
}
