/// Finds the known word that a mistyped one was probably meant to be.
public enum NearMiss {
  /// The closest word by edit distance, or nil when none is close (more than a third of the letters
  /// differ).
  public static func closest(to word: String, among known: [String]) -> String? {
    let lowered = word.lowercased()
    let scored = known.map { (distance(lowered, $0.lowercased()), $0) }
    guard let best = scored.min(by: { $0 < $1 }), best.0 <= max(1, word.count / 3),
      best.0 < word.count
    else {
      return nil
    }
    return best.1
  }

  /// Insertions, deletions, substitutions and swaps of neighbours that make one word of the other
  /// (optimal string alignment; F. Damerau, 1964), three-row form.
  public static func distance(_ left: String, _ right: String) -> Int {
    let (left, right) = (Array(left), Array(right))
    var before: [Int] = []
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var next = [index + 1]
      for column in right.indices {
        let substitution = row[column] + (right[column] == character ? 0 : 1)
        var best = min(substitution, row[column + 1] + 1, next[column] + 1)
        if index > 0, column > 0, character == right[column - 1], left[index - 1] == right[column] {
          best = min(best, before[column - 1] + 1)
        }
        next.append(best)
      }
      (before, row) = (row, next)
    }
    return row[right.count]
  }
}
