/// A candidate's columns of a range of outcomes, with those of its chain of requests if it is one.
struct LoadedColumns {
  private var plain = CandidateColumns()
  private var chain: ChainColumns?

  init(_ candidate: Candidate, _ question: Question, _ table: OutcomeTable) {
    chain = candidate.chain.map { ChainColumns(candidate, $0, question, table) }
  }

  mutating func load(
    _ candidate: Candidate, _ question: Question, _ table: OutcomeTable, _ range: Range<Int>
  ) {
    plain.load(candidate, question, table, range)
    chain?.load(candidate, question, table, range)
  }

  /// Writes a measure; the most work of a chain has its grants inside, cash and prices are given them.
  func write(
    _ measure: Measure, _ candidate: Candidate, _ choice: Choice, limit: Int = .max,
    into values: inout [Double], at offset: Int = 0
  ) {
    if let chain, case .work = measure {
      chain.writeWork(candidate, choice, limit: limit, into: &values, at: offset)
    } else {
      plain.write(measure, candidate, choice, limit: limit, into: &values, at: offset)
    }
  }

  func append(_ work: Double, _ candidate: Candidate, _ choice: Choice, to runs: inout Runs) {
    if let chain {
      chain.append(work, candidate, choice, to: &runs)
    } else {
      plain.append(work, candidate, choice, to: &runs)
    }
  }
}
