import Decisions

extension Answering {
  /// Says which figures of each option stand at a bound, and whether either end changes the answer:
  /// empty cells always, judgement where it decides.
  func blanks(_ assessments: inout [Assessment]) {
    guard scenario.samples > 0 else { return }
    let wanted = Set(
      routes.compactMap { bestOption($0) } + [bestOption(.rentGPU)].compactMap { $0 }
        + ranking.prefix(Self.optionsExamined))
    var scores: Set<String> = []
    for index in wanted {
      for blank in best[index].map({ decided.classes[$0].blanks }) ?? [] {
        scores.insert(blank.score)
      }
    }
    let asked = scores.sorted().compactMap { score in
      decider.outcomes.column(score).map {
        Blank(score, $0, low: -ClassBlank.endScore, high: ClassBlank.endScore)
      }
    }
    let few = decider.contending(decision, most: 3, outcomes: 2048)
    let found = few.examine(asked, few.decide())
    let changing = Set(found.filter { $0.changesAnswer }.map { $0.blank.figure })
    for index in wanted {
      let own = best[index].map { decided.classes[$0].blanks } ?? []
      assessments[index].outcome?.blanks = own.compactMap { blank in
        let changes = changing.contains(blank.score)
        guard changes || blank.isEmptyCell else { return nil }
        return BoundedBlank(
          figure: blank.figure, unit: blank.unit, low: blank.low, high: blank.high,
          changesAnswer: changes)
      }
    }
  }

  /// Options of the ranking whose blanks are looked at, beside each route's best.
  static let optionsExamined = 12
}
