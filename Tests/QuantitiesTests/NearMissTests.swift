import Quantities
import Testing

/// Suggestions for mistyped words.
struct NearMissTests {
  @Test(
    "The distance counts insertions, deletions, substitutions and swaps",
    arguments: [
      // kitten to sitting and saturday to sunday are the usual worked examples.
      ("kitten", "sitting", 3), ("saturday", "sunday", 3), ("", "abc", 3), ("abc", "", 3),
      ("same", "same", 0), ("", "", 0), ("ab", "ba", 1), ("gpc", "gcp", 1), ("ca", "abc", 3),
    ] as [(String, String, Int)])
  func measures(_ left: String, _ right: String, _ expected: Int) {
    #expect(NearMiss.distance(left, right) == expected)
    #expect(NearMiss.distance(right, left) == expected)
  }

  @Test(
    "Only a close word is suggested",
    arguments: [
      ("budgte", "budget"), ("BUDGET", "budget"), ("tokns", "tokens"), ("xyzzy", nil), ("", nil),
    ] as [(String, String?)])
  func suggests(_ word: String, _ expected: String?) {
    #expect(NearMiss.closest(to: word, among: ["budget", "tokens", "deadline"]) == expected)
    #expect(NearMiss.closest(to: word, among: []) == nil)
  }
}
