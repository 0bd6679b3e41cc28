/// A figure that no source gives: a column drawn within a bound.
public struct Blank: Hashable, Sendable {
  public var figure: String
  /// Options whose figures hang on it move together.
  public var column: Column
  /// Ends of the bound, in the column's unit.
  public var low: Double
  public var high: Double

  public init(_ figure: String, _ column: Column, low: Double, high: Double) {
    self.figure = figure
    self.column = column
    self.low = low
    self.high = high
  }
}

/// Whether filling a blank changes the answer.
public struct BlankFinding: Hashable, Sendable {
  public let blank: Blank
  /// What would be signed with the blank at its low end, and at its high end.
  public let signAtLow: String?
  public let signAtHigh: String?
  /// Another option at one end or the other; ties and sizes don't count.
  public let changesAnswer: Bool
}

extension Decider {
  /// Fixes each blank at either end in all outcomes, and decides again: only options that hang on it
  /// are sized anew. Speed, price and wait work one way, so the ends enclose all that lies between.
  public func examine(_ blanks: [Blank], _ decision: Decision) -> [BlankFinding] {
    let same = Set(decision.ties + [decision.sign?.id].compactMap { $0 })
    return blanks.map { blank in
      let low = decided(blank, at: blank.low, decision)
      let high = decided(blank, at: blank.high, decision)
      let changes = [low, high].contains { sign in
        sign.map { !same.contains($0) } ?? (decision.sign != nil)
      }
      return BlankFinding(
        blank: blank, signAtLow: low, signAtHigh: high, changesAnswer: changes)
    }
  }

  private func decided(_ blank: Blank, at value: Double, _ decision: Decision) -> String? {
    var changed: [Int: Candidate] = [:]
    for (place, candidate) in candidates.enumerated() where candidate.depends(on: blank.column) {
      changed[place] = candidate.mapping { $0.fixing(blank.column, at: value) }
    }
    return redecide(changed, from: decision).1.sign?.id
  }
}
