/// Shares a gap between two values of a formula among the formula's factors.
enum GapAttribution {
  /// What each factor contributes to `value(second) - value(first)`: its average effect over every
  /// order in which the factors can be changed from the first's to the second's, one at a time.
  ///
  /// This is the Shapley value (L. S. Shapley, "A value for n-person games", 1953): the shares sum
  /// to the gap, a factor that is equal in both gets nothing, and no order has to be chosen.
  ///
  /// - Parameters:
  ///   - first: the factors of one side, at most 16.
  ///   - second: those of the other, in the same order.
  ///   - value: the formula.
  static func shares(
    first: [Double], second: [Double], value: ([Double]) -> Double
  ) -> [Double] {
    let count = first.count
    precondition(second.count == count && count <= 16, "both sides have the same few factors")
    let values = (0..<(1 << count)).map { set in
      value((0..<count).map { set & (1 << $0) == 0 ? first[$0] : second[$0] })
    }
    // Of `count` factors, a set of `size` others stands before one in size!·(count-size-1)! orders.
    var weights = [Double](repeating: 1 / Double(max(count, 1)), count: max(count, 1))
    for size in weights.indices.dropFirst() {
      weights[size] = weights[size - 1] * Double(size) / Double(count - size)
    }
    return (0..<count).map { factor in
      let bit = 1 << factor
      return values.indices.filter { $0 & bit == 0 }.reduce(0) { sum, set in
        sum + weights[set.nonzeroBitCount] * (values[set | bit] - values[set])
      }
    }
  }

  /// Whole numbers that sum to a total and stay within one of the shares they stand for.
  ///
  /// Largest remainder: each is rounded down, and what is missing goes to those that lost most, the
  /// earlier first when two lost the same.
  static func whole(_ shares: [Double], total: Int64) -> [Int64] {
    var parts = shares.map { Int64($0.rounded(.down)) }
    guard !parts.isEmpty else { return [] }
    let lost = zip(shares, parts).map { $0 - Double($1) }
    let byLoss = parts.indices.sorted { (lost[$1], $0) < (lost[$0], $1) }
    var missing = total - parts.reduce(0, +)
    var turn = 0
    while missing != 0 {
      let step: Int64 = missing > 0 ? 1 : -1
      let place = turn % byLoss.count
      parts[missing > 0 ? byLoss[place] : byLoss[byLoss.count - 1 - place]] += step
      missing -= step
      turn += 1
    }
    return parts
  }
}
