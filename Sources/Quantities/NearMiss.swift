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

  /// Levenshtein distance in characters (V. Levenshtein, 1966), two-row form.
  public static func distance(_ left: String, _ right: String) -> Int {
    let right = Array(right)
    var row = Array(0...right.count)
    for (index, character) in left.enumerated() {
      var diagonal = row[0]
      row[0] = index + 1
      for column in right.indices {
        let substitution = diagonal + (right[column] == character ? 0 : 1)
        diagonal = row[column + 1]
        row[column + 1] = min(substitution, row[column] + 1, row[column + 1] + 1)
      }
    }
    return row[right.count]
  }
}
