/// Questions beside the main one, weighed among fewer candidates.
///
/// The best by end date, at list prices or after a pilot is one of the first few of its route: those are
/// found on a few outcomes and only they are weighed on more.
extension Decider {
  /// Outcomes that find contenders: the first of all, so that nothing is drawn anew.
  static let trialOutcomes = 256

  /// The same question among the first of each route, and the first that need nobody's grant.
  ///
  /// Places of the candidates change; their ids stay.
  ///
  /// - Parameters:
  ///   - most: options of each route that can be signed; of each other class two.
  ///   - count: outcomes that choose, of those there are.
  public func contending(most: Int = 6, outcomes count: Int = .max) -> Decider {
    let trial = Decider(
      outcomes: outcomes.choosingFirst(Self.trialOutcomes), question: question,
      candidates: candidates
    ).decide()
    return contending(trial, most: most, outcomes: count)
  }

  /// The same by the order of a decision that is known.
  public func contending(
    _ decision: Decision, most: Int = 6, outcomes count: Int = .max
  ) -> Decider {
    var seen: [String: Int] = [:]
    var floors = 0
    var kept: Set<Int> = []
    for standing in decision.standings where standing.group <= .missesChance {
      let key = "\(standing.route) \(standing.group.rawValue)"
      let wanted = standing.group == .sign ? most : 2
      if seen[key, default: 0] < wanted {
        seen[key, default: 0] += 1
        kept.insert(standing.candidate)
      } else if floors < 2, isFloor(candidates[standing.candidate]) {
        floors += 1
        kept.insert(standing.candidate)
      }
    }
    return Decider(
      outcomes: count < outcomes.choosing.count ? outcomes.choosingFirst(count) : outcomes,
      question: question, candidates: kept.sorted().map { candidates[$0] })
  }
}

extension OutcomeSets {
  /// The same with the first outcomes of those that choose.
  func choosingFirst(_ count: Int) -> OutcomeSets {
    guard count < choosing.count else { return self }
    var sets = self
    sets.choosing = OutcomeTable(
      count: count, columns: choosing.columns.map { Array($0.prefix(count)) })
    return sets
  }
}
