import RealModule

/// A size and terms of a candidate, by their places.
public struct Choice: Hashable, Sendable {
  public var size: Int
  public var terms: Int

  public init(size: Int, terms: Int) {
    self.size = size
    self.terms = terms
  }
}

/// Drops the sizes and terms that can't be best, on ever more outcomes, before all are counted.
///
/// A choice is dropped where its figure at the chance three standard errors in its favour is under
/// another's at three to its disfavour. The outcomes are the first of all, so that nothing is drawn anew.
enum Shortlist {
  /// Outcomes of each round.
  static let rounds = [256, CandidateColumns.tile]
  static let deviations = 3.0

  /// Of choices whose figures should be great, those that may hold the greatest order statistic.
  ///
  /// - Parameter write: writes a choice's figures of the first outcomes.
  static func greatest(
    _ choices: [Choice], chance: Double, outcomes: Int,
    _ write: (Choice, Int, inout [Double]) -> Void
  ) -> [Choice] {
    var left = choices
    var values = [Double](repeating: 0, count: CandidateColumns.tile)
    for count in rounds where count * 2 <= outcomes && left.count > 1 {
      let ends = Selection.bracket(chance, of: count, deviations: deviations)
      var highs: [Double] = []
      var bar = -Double.infinity
      for choice in left {
        write(choice, count, &values)
        highs.append(
          ends.low > 0
            ? Selection.reached(by: ends.low, &values, count: count)
            : values[..<count].max() ?? 0)
        if ends.high < 1 {
          bar = max(bar, Selection.reached(by: ends.high, &values, count: count))
        }
      }
      left = zip(left, highs).filter { $0.1 >= bar }.map(\.0)
    }
    return left
  }
}
