import Catalog
import Decisions
import Economics
import Quantities
import RealModule
import Workload

/// Draws the answer out of what was decided: routes side by side, what to sign, what is cheaper if
/// granted, by which end, and what to do first.
struct Answering {
  let scenario: Scenario
  let catalog: Catalog
  let candidates: [Candidate]
  /// The best class of each candidate.
  let best: [Int?]
  let sizes: [Int: DecidedSize]
  let decided: OptionDecision
  let assessments: [Assessment]
  let ranking: [Int]
  /// By accelerator, and which one each candidate's is.
  let sizers: [Sizer]
  let sizerOf: [Int]
  let draws: OutcomeDraws

  /// Months of the ends that are looked at, and their days.
  static let ends: [(months: Int, days: Double)] = [
    (6, 183), (9, 274), (12, 365), (18, 548), (24, 730),
  ]

  var decider: Decider { decided.decider }
  var decision: Decisions.Decision { decided.decision }

  /// The three routes asked about, of those that the scenario allows.
  var routes: [Route] {
    [.rentTrainium, .rentTPU, .buyGPU].filter { scenario.routes.contains($0) }
  }

  // MARK: Options and standings

  /// The index of the option that stands for a class: the first of its candidates by id.
  func option(of index: Int) -> Int? {
    assessments.indices.filter { best[$0] == index }
      .min { assessments[$0].id < assessments[$1].id }
  }

  /// The index of the option of a standing.
  func option(_ standing: Standing) -> Int? { option(of: standing.candidate) }

  /// The standing of an option.
  func standing(_ option: Int) -> Standing? { best[option].map { decided.standing($0) } }

  /// What can be signed, as an index of an option.
  var sign: Int? {
    decision.standings.lazy.filter { $0.group == .sign }.compactMap { option($0) }
      .first { assessments[$0].isFeasible }
  }

  /// A route's best option under a contract, else its best at all that fits.
  func bestOption(_ route: Route) -> Int? {
    let own = ranking.filter { assessments[$0].route == route }
    let signed = own.first { index in
      assessments[index].outcome.map { $0.obtaining.kind != .request } ?? false
    }
    return signed ?? own.first
  }

  /// The leader that others are measured by: what can be signed, else the first of what fits.
  var leader: Int? { sign ?? ranking.first }

  // MARK: Equivalents

  /// Fills in what each option's training is worth beside the leader's and beside published models.
  func equate(_ assessments: inout [Assessment]) {
    let reference = leader.flatMap { index in standing(index)?.assessment.sizing?.value }
    let wanted = Set(
      routes.compactMap { bestOption($0) } + [bestOption(.rentGPU)].compactMap { $0 }
        + ranking.prefix(12))
    for index in assessments.indices {
      guard var outcome = assessments[index].outcome else { continue }
      let own = standing(index)?.assessment.sizing?.value
      var facts = Equivalents(
        published: ModelTrainings.ratios(ofCompute: outcome.model.flops).map {
          Equivalents.Published(model: $0.model.id, computeRatio: $0.ratio)
        })
      if let own, let reference, reference > 0 { facts.computeShare = own / reference }
      if scenario.isSizedFromBudget == false, leader != nil { facts.computeShare = 1 }
      if wanted.contains(index) {
        let same = decider.sameModel(unbounded(index), decision)
        facts.sameModelDollars = same.usd
        if case .none(let reason) = same { facts.sameModelReason = Self.word(reason) }
      } else {
        facts.sameModelReason = "not worked out for options beyond the first"
      }
      outcome.equivalents = facts
      assessments[index].outcome = outcome
    }
  }

  /// Why there is no answer, as a word for machines.
  static func word(_ reason: NoAnswer) -> String { reason.rawValue }

  // MARK: The answer

  func answer(_ assessments: [Assessment]) -> Answer {
    let chances = decider.routeChances(decision)
    let rows = routes.map { row($0, chances, assessments) }
    var answer = Answer(
      sign: nil, noSignSentence: nil, ifGranted: nil, pilot: nil, routes: rows,
      yardstick: yardstick(assessments), byEnd: byEnd(), monday: [], ties: ties(assessments),
      routeAtListPrices: nil, sameAtListPrices: nil)
    answer.isToldApart = chances.isToldApart
    answer.leaderRefused = chances.leaderRefused
    if let sign {
      answer.sign = Answer.Signing(
        id: assessments[sign].id, sentence: signSentence(sign, assessments))
    } else {
      answer.noSignSentence = noSignSentence
    }
    answer.ifGranted = ifGranted(assessments)
    answer.pilot = pilot(assessments)
    answer.monday = monday(answer, assessments)
    answer.limits = leader.flatMap { limits($0) }
    (answer.routeAtListPrices, answer.sameAtListPrices) = atList()
    answer.atCorrelations = [0, 1].compactMap { atCorrelation($0) }
    return answer
  }

  private func row(
    _ route: Route, _ chances: RouteChances, _ assessments: [Assessment]
  ) -> Answer.RouteAnswer {
    let chance = chances.chance(route.rawValue)
    guard let index = bestOption(route), let outcome = assessments[index].outcome,
      best[index] != nil
    else {
      return Answer.RouteAnswer(
        route: route, id: nil, chanceBest: chance, winsAtReason: "nothing of this route fits",
        risk: nothingFits(route, assessments))
    }
    let days = outcome.schedule.totalDays
    func date(_ days: Double) -> CalendarDate {
      days.isFinite ? scenario.start.adding(days: days) : scenario.start.adding(days: 36_525)
    }
    var row = Answer.RouteAnswer(
      route: route, id: assessments[index].id,
      computeShare: outcome.equivalents.computeShare,
      sameModelDollars: outcome.equivalents.sameModelDollars,
      done: Answer.DateRange(
        p10: date(days.p10), p50: date(days.p50), p80: date(days.p80), p90: date(days.p90)),
      chanceBest: chance, risk: risk(assessments[index], outcome))
    let ownIDs = Set(
      decision.standings.filter { $0.route == route.rawValue }.map(\.id))
    let price = winningPrice(index, of: decider, decision, alongside: ownIDs)
    if let factor = price?.factor, factor.isFinite, let today = outcome.expectedDollarsPerChipHour {
      row.winsAtDollarsPerChipHour = (today * factor * 1e4).rounded(.down) / 1e4
    } else {
      row.winsAtReason =
        price?.reason.map(Self.word) ?? (price?.factor == nil ? "too_slow" : "no_rival")
    }
    return row
  }

  /// What is in the way of a route, from the option that comes nearest.
  private func nothingFits(_ route: Route, _ assessments: [Assessment]) -> String {
    let own = assessments.filter { $0.route == route }
    // The nearest of those that time or money alone stands against.
    let near = own.compactMap { option in
      option.reasons.first { $0.code == "past_deadline" || $0.code == "over_budget" }
    }.min { over($0) < over($1) }
    let reason = near ?? own.compactMap(\.reasons.first).first
    return reason.map { "nothing fits: \($0.message)" } ?? "nothing of this route is sold"
  }

  /// What a reason needs over its limit, as a factor.
  private func over(_ reason: Reason) -> Double {
    guard let limit = reason.limit, let needed = reason.needed, limit > 0 else { return .infinity }
    return needed / limit
  }

  /// The main risk of an option, in a few words.
  func risk(_ assessment: Assessment, _ outcome: Outcome) -> String {
    let obtaining = outcome.obtaining
    if obtaining.requests > 1 {
      return "\(obtaining.requests) grants in a row, "
        + "\(Decimals.fixed(obtaining.chance * 100, 0)) % likely"
    }
    if assessment.route == .buyGPU {
      return "delivery and power on time; what the servers are worth later"
    }
    if obtaining.kind == .request {
      return "a request without a promise, \(Decimals.fixed(obtaining.chance * 100, 0)) % likely"
    }
    if obtaining.chance < 0.5 {
      return "may not be granted: \(Decimals.fixed(obtaining.chance * 100, 0)) % likely"
    }
    if assessment.purchase.committedHours != nil {
      return "the whole term is owed, used or not"
    }
    if assessment.purchase == .capacityBlock { return "all paid on the first day" }
    return "how fast a first own run is"
  }

  private func yardstick(_ assessments: [Assessment]) -> Answer.Yardstick {
    guard scenario.routes.contains(.rentGPU) else {
      return Answer.Yardstick(
        id: nil, computeShare: nil, sentence: "Rented GPUs were not asked about.")
    }
    guard let index = bestOption(.rentGPU), let outcome = assessments[index].outcome else {
      return Answer.Yardstick(
        id: nil, computeShare: nil, sentence: "No rented GPUs fit money and time.")
    }
    let id = assessments[index].id
    guard let leader, leader != index, let rank = outcome.rank,
      let first = assessments[leader].outcome?.rank, first > 0, rank > 0
    else { return Answer.Yardstick(id: id, computeShare: nil, sentence: "") }
    let share = outcome.equivalents.computeShare
    let ratio = scenario.isSizedFromBudget ? rank / first : first / rank
    let name = OptionWords.name(assessments[index])
    let amount = Decimals.fixed(ratio, 2)
    let chance = outcome.obtaining.chance
    let counted =
      chance < 0.995
      ? ", its \(Decimals.fixed(chance * 100, 0)) % chance of a grant counted in" : ""
    let sentence: String
    if ratio > 1.005 {
      sentence =
        scenario.isSizedFromBudget
        ? "Rented GPUs, beside the three routes, would beat it: \(name) is worth \(amount) times as "
          + "much compute\(counted)."
        : "Rented GPUs, beside the three routes, would beat it: \(name) does it for "
          + "\(Decimals.fixed(100 / ratio, 0)) % of the cash\(counted)."
    } else {
      sentence =
        "Rented GPUs don't beat it: \(name) is worth "
        + "\(Decimals.fixed(ratio * 100, 0)) % of it."
    }
    return Answer.Yardstick(id: id, computeShare: share, sentence: sentence)
  }

  private func byEnd() -> [Answer.ByEnd] {
    let found = decider.byEnd(Self.ends.map(\.days))
    return zip(Self.ends, found).map { end, result in
      guard let sign = result.sign, let route = Route(rawValue: sign.route) else {
        return Answer.ByEnd(months: end.months, route: nil, chance: nil)
      }
      return Answer.ByEnd(
        months: end.months, route: route, chance: result.routes.chance(sign.route))
    }
  }

  private func ties(_ assessments: [Assessment]) -> [String] {
    decision.ties.compactMap { id in
      decision.standing(id).flatMap { option($0) }.map { assessments[$0].id }
    }
  }

  /// The best route where what a team loses on one chip says nothing of another, or all of it.
  private func atCorrelation(_ correlation: Double) -> Answer.AtCorrelation? {
    guard let sign = decision.sign, scenario.samples > 0 else { return nil }
    var options = decider.candidates
    for (index, part) in decided.classes.enumerated() where part.candidate.purchase != .spot {
      guard let first = part.speeds.first else { continue }
      options[index].speed = .logLinear(
        median: first.workPerChipDay,
        first.doubt.loadings(part.candidate.accelerator, draws, correlation: correlation))
    }
    let few = Decider(outcomes: decider.outcomes, question: decider.question, candidates: options)
      .contending(decision, most: 3, outcomes: 2048)
    let found = few.decide()
    guard let route = found.sign.flatMap({ Route(rawValue: $0.route) }) else { return nil }
    return Answer.AtCorrelation(
      correlation: correlation, route: route, isSame: route.rawValue == sign.route,
      chanceBest: few.routeChances(found).chance(sign.route))
  }

  /// The best route with every seller at list: expected prices put back to list in all options.
  private func atList() -> (Route?, Bool?) {
    guard let sign = decision.sign else { return (nil, nil) }
    var listed = decider.candidates
    for index in listed.indices {
      let price = decided.classes[index].price
      guard let list = price.list, let expected = price.expected.central, expected > 0 else {
        continue
      }
      listed[index] = listed[index].priced(times: list / expected)
    }
    let other = Decider(
      outcomes: decider.outcomes, question: decider.question, candidates: listed
    ).contending().decide()
    guard let found = other.sign else { return (nil, false) }
    return (Route(rawValue: found.route), found.route == sign.route)
  }
}
