import Catalog
import Planning
import Quantities
import Workload

// The sentences of an answer page.
extension AnswerPageMaker {
  /// Which route, and how much better than the others.
  var headline: String {
    guard let leader, let outcome = outcome(leader.id) else {
      return answer.sign == nil
        ? "NOTHING CAN BE SIGNED." : "The answer is not among the routes."
    }
    let isLikely = outcome.obtaining.chance >= 0.5
    let order = isLikely ? leader.route.imperative : "Ask for \(leader.route.columnTitle)"
    let gaps = isSized ? computeGaps(leader) : cashGaps(outcome, leader)
    return "\(order.uppercased()). \(gaps)"
  }

  private var others: [(route: Route, outcome: Outcome)] {
    answer.routes.compactMap { row in
      row.id == answer.sign?.id ? nil : outcome(row.id).map { (row.route, $0) }
    }
  }

  /// How much more it trains for the money.
  private func computeGaps(_ leader: Answer.RouteAnswer) -> String {
    let budget = AnswerWords.money(plan.scenario.budgetDollars)
    var less: [String] = []
    var more: [String] = []
    for (route, other) in others {
      guard let share = other.equivalents.computeShare, share > 0 else { continue }
      let chance = other.obtaining.chance
      if share < 0.97 {
        less.append("\(AnswerWords.times(1 / share)) times the compute of \(route.noun)")
      } else {
        let size = share > 1.03 ? "\(AnswerWords.times(share)) times as much" : "as much"
        let isUnlikely = chance < (outcome(leader.id)?.obtaining.chance ?? 1)
        let grant = isUnlikely ? ", but is \(AnswerWords.percent(chance)) likely to be granted" : ""
        more.append(
          "\(route.noun.prefix(1).uppercased() + route.noun.dropFirst()) trains \(size)\(grant)")
      }
    }
    let trains =
      less.isEmpty
      ? others.isEmpty ? "No other route asked about has an option for \(budget)." : ""
      : "For the same \(budget) it trains with \(AnswerWords.list(less))."
    return ([trains] + more.map { $0 + "." }).filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// How much less the same model costs.
  private func cashGaps(_ outcome: Outcome, _ leader: Answer.RouteAnswer) -> String {
    let cash = outcome.costCash.p50
    let gaps = others.map { route, other -> String in
      let gap = other.costCash.p50 - cash
      let name = route.noun
      guard abs(gap) > cash / 100 else { return "as much by \(name)" }
      let chance = other.obtaining.chance
      let grant =
        gap < 0 && chance < 0.995 ? ", \(AnswerWords.percent(chance)) likely to be granted" : ""
      return "\(AnswerWords.money(abs(gap))) \(gap > 0 ? "more" : "less") by \(name)\(grant)"
    }
    let own = "The model costs \(AnswerWords.money(cash)) in cash"
    return gaps.isEmpty ? "\(own)." : "\(own); \(AnswerWords.list(gaps))."
  }

  /// How sure the route is.
  var sureness: String {
    let rows = answer.routes
    guard rows.count > 1, let leader else { return "" }
    let of = AnswerWords.ofHundred(leader.chanceBest)
    let best = rows.max { $0.chanceBest < $1.chanceBest }
    guard answer.isToldApart || best?.route == leader.route else {
      let other = best.map {
        "\($0.route.noun) is the best route in \(AnswerWords.ofHundred($0.chanceBest)) outcomes"
      }
      return
        "Not told apart: \([other, "\(leader.route.noun) in \(of)"].compactMap { $0 }.joined(separator: ", "))."
    }
    let number = ["one", "two", "three"][min(rows.count, 3) - 1]
    return "It is the best of the \(number) routes in \(of) outcomes."
  }

  /// The first thing to do.
  var first: String {
    answer.monday.first.map { step in
      "First: \(AnswerWords.inside(step.action)), by \(AnswerWords.day(step.by))."
    } ?? ""
  }

  // MARK: What is trained

  /// The model of the answer, and what it is like among published ones.
  var trained: [String] {
    guard let outcome = outcome(answer.sign?.id ?? plan.ranked.first?.id) else { return [] }
    let model = outcome.model
    let total = Count.short(model.totalParameters)
    var size = "\(total) parameters"
    if model.activeParameters < model.totalParameters * 0.99 {
      size += ", \(Count.short(model.activeParameters)) of them active"
    }
    if let experts = model.experts, let each = model.expertsPerToken {
      let shared = model.sharedExperts.map { $0 > 0 ? " and \($0) shared" : "" } ?? ""
      size += " (\(experts) experts, \(each)\(shared) a token)"
    }
    let name = isSized ? "" : "\(model.name): "
    var lines = [
      "\(name)\(size), \(Count.short(model.tokens)) tokens: "
        + "\(Decimals.grouped(model.tokensPerActiveParameter)) for each active parameter."
    ]
    var like: [String] = []
    if let dense = model.denseEquivalentParameters, model.activeParameters < model.totalParameters {
      like.append("As good as a dense model of \(Count.short(dense)) parameters.")
    }
    let near = outcome.equivalents.published.filter { $0.computeRatio > 0 }
      .sorted { distance($0.computeRatio) < distance($1.computeRatio) }.prefix(3)
      .sorted { $0.computeRatio > $1.computeRatio }
    if !near.isEmpty {
      let words = near.map { published in
        let title = ModelTrainings.of(published.model)?.title ?? published.model
        return "\(Decimals.significant(published.computeRatio, 2)) times that of \(title)"
      }
      like.append("Its compute is \(AnswerWords.list(words)).")
    }
    if !like.isEmpty { lines.append(like.joined(separator: " ")) }
    return lines
  }

  /// How far a ratio is from one: as far as its inverse.
  private func distance(_ ratio: Double) -> Double { ratio >= 1 ? ratio : 1 / ratio }

  // MARK: What it turns on

  /// What would make another route the answer.
  var turns: [String] {
    guard let leader else { return [] }
    return [ends(leader), prices(leader), listPrices(leader), blanks(leader)].filter { !$0.isEmpty }
  }

  private func ends(_ leader: Answer.RouteAnswer) -> String {
    let others = answer.byEnd.filter { $0.route != nil && $0.route != leader.route }
    let none = answer.byEnd.filter { $0.route == nil }
    var parts = others.compactMap { end -> String? in
      guard let route = end.route else { return nil }
      let chance = end.chance.map { ", best in \(AnswerWords.ofHundred($0))" } ?? ""
      return "to \(route.noun) for an end in \(AnswerWords.count(end.months, "month"))\(chance)"
    }
    if parts.isEmpty, none.isEmpty {
      return "For an end in 6 to 24 months it is the same route."
    }
    if let first = none.map(\.months).max() {
      parts.append("nothing can be done within \(AnswerWords.count(first, "month"))")
    }
    return "Turns \(parts.joined(separator: "; "))."
  }

  private func prices(_ leader: Answer.RouteAnswer) -> String {
    let parts = answer.routes.compactMap { row -> String? in
      guard let today = outcome(row.id)?.expectedDollarsPerChipHour, today > 0 else { return nil }
      let isLeader = row.route == leader.route
      guard let price = row.winsAtDollarsPerChipHour else {
        if isLeader { return nil }
        let why = Self.words(row.winsAtReason)
        return "\(row.route.noun) wins at no price (\(why))"
      }
      let distance = AnswerWords.distance(price, from: today)
      return "\(row.route.noun) \(isLeader ? "holds up to" : "wins at") "
        + "\(AnswerWords.price(price)) a chip-hour, \(distance) today’s \(AnswerWords.price(today))"
    }
    guard let first = parts.first else { return "" }
    let text = ([first] + parts.dropFirst()).joined(separator: "; ")
    return text.prefix(1).uppercased() + text.dropFirst() + "."
  }

  private func listPrices(_ leader: Answer.RouteAnswer) -> String {
    switch (answer.routeAtListPrices, answer.sameAtListPrices) {
    case (_, true?): "At list prices the answer is the same route."
    case (let route?, false?): "At list prices the answer is \(route.noun)."
    default: ""
    }
  }

  private func blanks(_ leader: Answer.RouteAnswer) -> String {
    let found = outcome(leader.id)?.blanks.filter(\.changesAnswer).map(\.figure) ?? []
    guard !found.isEmpty else { return "" }
    let unknown = Array(found.prefix(3))
    return
      "No source gives \(AnswerWords.list(unknown)): \(unknown.count == 1 ? "it" : "they") would "
      + "change the answer within \(unknown.count == 1 ? "its" : "their") range."
  }
}
