import Planning
import Quantities
import Reports

/// What an answer comes to, to tell what an edit changed of it.
struct Gist: Hashable, Sendable {
  /// Nil where there is no answer.
  var cash: Double?
  var days: Double?
  var route: Route?
  var option: String?

  init(_ face: PlanFace) {
    let best = face.ranked.first
    (cash, days) = (best?.cash?.p50.dollars, best?.totalDays)
    (route, option) = (face.answerRoute, best?.kin)
  }

  /// `+$3.1M, 3 weeks later, same answer`.
  func difference(from before: Gist) -> String {
    guard let cash, let was = before.cash, let days, let daysBefore = before.days else {
      return self.cash == nil ? "no answer any more" : "an answer now"
    }
    let gap = cash - was
    let money = AnswerWords.money(gap)
    let isSame = AnswerWords.money(abs(gap)) == "$0" || abs(gap) < was / 1000
    return [
      isSame ? "same cash" : gap > 0 ? "+\(money)" : money, Self.time(days - daysBefore),
      route != before.route
        ? "another route: \(route?.noun ?? "none")"
        : option == before.option ? "same answer" : "same route, another option",
    ].joined(separator: ", ")
  }

  /// A difference of dates in days or weeks.
  private static func time(_ days: Double) -> String {
    let size = abs(days)
    guard size >= 1 else { return "same end" }
    let words =
      size < 14
      ? AnswerWords.count(Int(size.rounded()), "day")
      : AnswerWords.count(Int((size / 7).rounded()), "week")
    return "\(words) \(days > 0 ? "later" : "sooner")"
  }
}

extension DashboardState {
  /// What the last edit changed of the answer; nil before the first.
  var editDifference: String? { gistBefore.map { Gist(face).difference(from: $0) } }
}
