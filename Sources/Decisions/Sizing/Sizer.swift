import RealModule

/// The most that a candidate can do at the chance asked.
public struct Sizing: Hashable, Sendable {
  public var choice: Choice
  /// Work that is kept with the chance asked, in the candidate's own unit. Round it down only.
  public var work: Double
  /// The same in the measure that options are compared in.
  public var value: Double
}

/// The cheapest way for given work.
public struct Cheapest: Hashable, Sendable {
  public var choice: Choice
  /// Mean over all outcomes, those that miss included.
  public var meanCashUsd: Double
  /// Share of outcomes in which budget and deadline are both kept.
  public var chance: Double
}

/// Sizes candidates on one table of outcomes by order statistics: nothing iterates, nothing is
/// random, and more budget, time or choice never makes the answer smaller.
public struct Sizer: Sendable {
  public let table: OutcomeTable

  public init(_ table: OutcomeTable) { self.table = table }

  /// The most work of a candidate over its sizes and terms: the `⌈chance · outcomes⌉`-th greatest of
  /// what fits in each outcome. For chains grants are inside. Nil when nothing fits at the chance.
  public func most(_ candidate: Candidate, _ question: Question) -> Sizing? {
    guard let (choice, work) = best(.work, candidate, question), work > 0, work.isFinite
    else { return nil }
    return Sizing(choice: choice, work: work, value: candidate.curve.value(work))
  }

  /// What fits in each outcome at one size and terms, in the candidate's own unit.
  public func works(_ candidate: Candidate, _ choice: Choice, _ question: Question) -> [Double] {
    fill(.work, candidate, [choice], question).first ?? []
  }

  /// What some work, in the candidate's own unit, comes to in each outcome.
  public func runs(
    _ candidate: Candidate, _ choice: Choice, work: Double, _ question: Question
  ) -> Runs {
    runs(candidate, [choice], work: work, question, first: table.count).first ?? Runs()
  }

  /// What some work comes to in the first outcomes of several choices.
  func runs(
    _ candidate: Candidate, _ choices: [Choice], work: Double, _ question: Question, first: Int
  ) -> [Runs] {
    var runs = choices.map { _ in Runs() }
    for place in runs.indices { runs[place].reserve(min(first, table.count)) }
    var columns = LoadedColumns(candidate, question, table)
    for range in tiles where range.lowerBound < first {
      columns.load(candidate, question, table, range.clamped(to: 0..<first))
      for (place, choice) in choices.enumerated() {
        columns.append(work, candidate, choice, to: &runs[place])
      }
    }
    return runs
  }

  /// The choice with the greatest measure at the chance asked, and that measure.
  func best(
    _ measure: Measure, _ candidate: Candidate, _ question: Question
  ) -> (Choice, Double)? {
    let short = shortlist(measure, candidate, question)
    var found: (Choice, Double)?
    for group in stride(from: 0, to: short.count, by: 16) {
      let choices = Array(short[group..<min(group + 16, short.count)])
      var columns = fill(measure, candidate, choices, question)
      for (place, choice) in choices.enumerated() {
        let value = Selection.reached(by: question.chance, &columns[place], count: table.count)
        if value > found?.1 ?? -.infinity { found = (choice, value) }
      }
    }
    return found
  }

  static func choices(_ candidate: Candidate) -> [Choice] {
    candidate.sizes.indices.flatMap { size in
      candidate.terms.indices.map { Choice(size: size, terms: $0) }
    }
  }

  private func shortlist(
    _ measure: Measure, _ candidate: Candidate, _ question: Question
  ) -> [Choice] {
    let choices = Self.choices(candidate)
    guard choices.count > 1, table.count > 2 * Shortlist.rounds[0] else { return choices }
    let range = 0..<min(table.count, CandidateColumns.tile)
    var columns = LoadedColumns(candidate, question, table)
    columns.load(candidate, question, table, range)
    return Shortlist.greatest(choices, chance: question.chance, outcomes: table.count) {
      columns.write(measure, candidate, $0, limit: $1, into: &$2)
    }
  }

  /// One column of all outcomes for each choice, tile by tile.
  private func fill(
    _ measure: Measure, _ candidate: Candidate, _ choices: [Choice], _ question: Question
  ) -> [[Double]] {
    var values = choices.map { _ in [Double](repeating: 0, count: table.count) }
    var columns = LoadedColumns(candidate, question, table)
    for range in tiles {
      columns.load(candidate, question, table, range)
      for (place, choice) in choices.enumerated() {
        columns.write(measure, candidate, choice, into: &values[place], at: range.lowerBound)
      }
    }
    return values
  }

  /// Ranges of outcomes that stay in the cache together.
  var tiles: [Range<Int>] {
    stride(from: 0, to: table.count, by: CandidateColumns.tile).map {
      $0..<min($0 + CandidateColumns.tile, table.count)
    }
  }
}
