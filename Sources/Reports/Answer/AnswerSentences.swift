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
      let asked = AnswerWords.percent(plan.scenario.confidence)
      let does = isSized ? "does most" : "costs least"
      let first = "\(leader.route.noun) \(does) with the \(asked) certainty that is asked"
      let other = best.map {
        "in more of the outcomes drawn \($0.route.noun) is the best route, "
          + AnswerWords.ofHundred($0.chanceBest)
      }
      return
        "Not told apart: \([first, other].compactMap { $0 }.joined(separator: "; ")) "
        + "(\(leader.route.noun) in \(of))."
    }
    let number = ["one", "two", "three"][min(rows.count, 3) - 1]
    return "It is the best of the \(number) routes in \(of) outcomes."
  }

  /// The first thing to do.
  var first: String {
    answer.monday.first.map { step in
      "First: \(AnswerWords.inside(step.action)), "
        + "\(step.kind == .ask ? "to be in hand by" : "by") \(AnswerWords.day(step.by))."
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
    let name = plan.scenario.choosesModel ? "" : "\(model.name): "
    var lines = [
      "\(name)\(size), \(Count.short(model.tokens)) tokens: "
        + "\(Decimals.grouped(model.tokensPerActiveParameter)) for each active parameter."
    ]
    if let law = plan.scenario.lawTokens, plan.scenario.asksForTokens {
      lines.append(
        model.tokens > law
          ? "That is what the money buys. Compute alone is best spent on \(Count.short(law)) tokens for a "
            + "model of this size; what is beyond them buys less than a larger model would."
          : "That is all that the money buys: compute alone is best spent on \(Count.short(law)) tokens for "
            + "a model of this size, so a smaller one would be better.")
    }
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
    return [
      ends(leader), binding, prices(leader), listPrices(leader), correlations, blanks(leader),
    ]
    .filter { !$0.isEmpty }
  }

  private func ends(_ leader: Answer.RouteAnswer) -> String {
    let others = answer.byEnd.filter { $0.route != nil && $0.route != leader.route }
    let none = answer.byEnd.filter { $0.route == nil }
    let routes = others.compactMap(\.route).reduce(into: [Route]()) { known, route in
      if !known.contains(route) { known.append(route) }
    }
    let parts = routes.map { route in
      let own = others.filter { $0.route == route }
      let months = AnswerWords.list(own.map { String($0.months) })
      let chances = own.compactMap(\.chance)
      let least = chances.min().map { AnswerWords.ofHundred($0) } ?? ""
      let best = chances.isEmpty ? "" : ", best in \(own.count > 1 ? "at least " : "")\(least)"
      return "to \(route.noun) for an end in \(months) months\(best)"
    }
    if parts.isEmpty, none.isEmpty {
      return "For an end in 6 to 24 months it is the same route."
    }
    let turns = parts.isEmpty ? "" : "Turns \(parts.joined(separator: "; "))."
    let never = none.map(\.months).max().map {
      "Nothing can be done within \(AnswerWords.count($0, "month"))."
    }
    return [turns, never ?? ""].filter { !$0.isEmpty }.joined(separator: " ")
  }

  /// What holds the answer back, and what becomes of the money that it doesn't spend.
  private var binding: String {
    guard let found = answer.limits else { return "" }
    let words = found.limits.filter(\.binds).map { limit in
      let gain = AnswerWords.percent(limit.gain ?? 0)
      let does = isSized ? "\(gain) more" : "\(gain) less cash"
      switch limit.kind {
      case .budget: return "the money (\(limit.lifted) would do \(does))"
      case .end: return "the end (three months more: \(does))"
      case .chance: return "the chance asked (at \(limit.lifted): \(does))"
      case .cluster: return "the size granted (\(limit.lifted): \(does))"
      case .budgetAndCluster: return "money and size together (\(limit.lifted): \(does))"
      case .power: return "the power there is (for \(limit.lifted): \(does))"
      case .tokens, .servingNode: return "\(limit.today) (\(limit.lifted): \(does))"
      }
    }
    var sentences: [String] = []
    if !words.isEmpty { sentences.append("What holds it back: \(AnswerWords.list(words)).") }
    if isSized, found.unspentDollars >= plan.scenario.budgetDollars * 0.05 {
      sentences.append(
        "\(AnswerWords.money(found.unspentDollars)) of the budget stays unspent in 8 of 10 outcomes."
      )
    }
    return sentences.joined(separator: " ")
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
      // At another price the money takes another number of chips.
      let anew = isLeader && isSized ? " (with the chips that the money then takes)" : ""
      return "\(row.route.noun) \(isLeader ? "holds up to" : "wins at") "
        + "\(AnswerWords.price(price)) a chip-hour, \(distance) today’s "
        + AnswerWords.price(today) + anew
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

  /// Whether it hangs on how the team's doubt is shared between chips, which is judgement.
  private var correlations: String {
    let found = answer.atCorrelations
    guard !found.isEmpty else { return "" }
    let others = found.filter { !$0.isSame }
    guard !others.isEmpty else {
      return
        "It is the same route whether a team that is slow on one chip is as slow on all or only there."
    }
    let words = others.map { other in
      "\(other.route.noun) where a team that is slow on one chip is "
        + (other.correlation == 0 ? "so only there" : "as slow on all")
    }
    return "It turns to \(AnswerWords.list(words))."
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
