import RealModule

/// Decides among candidates under one question.
///
///     let decider = Decider(outcomes: sets, question: question, candidates: candidates)
///     let decision = decider.decide()
///     decision.sign?.id
///
/// Sizes and the order come from the outcomes that choose; `report` and `routeChances` count on the
/// others. The same outcomes, question and candidates give the same bytes.
public struct Decider: Sendable {
  public let outcomes: OutcomeSets
  public let question: Question
  public let candidates: [Candidate]

  /// Two options within this share of the leader's rank are both said.
  public static let tie = 0.1

  public init(outcomes: OutcomeSets, question: Question, candidates: [Candidate]) {
    self.outcomes = outcomes
    self.question = question
    self.candidates = candidates
  }

  var sizer: Sizer { Sizer(outcomes.choosing) }

  /// All candidates assessed, weighed and put in order.
  ///
  /// Of a family those that fall clearly short of its best on the first outcomes are not counted on all.
  public func decide() -> Decision {
    let rough = roughFamilies()
    let assessments = Parallel.map(candidates.count) { rough[$0] ?? assess(candidates[$0]) }
    return decide(assessments, floors: floors(assessments))
  }

  /// Less than so much of the best of its family on the first outcomes can't be the best on all: five
  /// standard errors of an order statistic at four in five of 512.
  private static let clearlyShort = 0.85
  private static let familyOutcomes = 512

  /// The assessments, on the first outcomes, of those that can't be the best of their family.
  private func roughFamilies() -> [Int: Assessment] {
    guard outcomes.choosing.count > 2 * Self.familyOutcomes else { return [:] }
    var members: [Int: [Int]] = [:]
    for (place, candidate) in candidates.enumerated() {
      if let family = candidate.family { members[family, default: []].append(place) }
    }
    let tried = members.values.filter { $0.count > 1 }.flatMap { $0 }.sorted()
    guard !tried.isEmpty else { return [:] }
    let few = Decider(
      outcomes: outcomes.choosingFirst(Self.familyOutcomes), question: question,
      candidates: candidates)
    let found = Parallel.map(tried.count) { few.assess(candidates[tried[$0]]) }
    let assessments = Dictionary(uniqueKeysWithValues: zip(tried, found))
    /// What it is worth at least and at most, whatever a refusal leaves.
    func worth(_ place: Int) -> (least: Double, most: Double) {
      guard let found = assessments[place], found.keepsChance else { return (0, 0) }
      if question.work != nil {
        let cash = found.cheapest?.meanCashUsd ?? .infinity
        return (found.grantChance / cash, 1 / cash)
      }
      let work = found.sizing?.value ?? 0
      return (found.grantChance * work, work)
    }
    var short: [Int: Assessment] = [:]
    for family in members.values where family.count > 1 {
      let best = family.map { worth($0).least }.max() ?? 0
      for place in family where worth(place).most < Self.clearlyShort * best {
        short[place] = assessments[place]
      }
    }
    return short
  }

  /// The decision with some candidates replaced; only those, and what they are a floor for, are
  /// worked out again.
  public func redecide(_ changed: [Int: Candidate], from decision: Decision) -> (Decider, Decision)
  {
    let replaced = candidates.enumerated().map { changed[$0] ?? $1 }
    let next = Decider(outcomes: outcomes, question: question, candidates: replaced)
    let places = changed.keys.sorted()
    let fresh = Parallel.map(places.count) { next.assess(replaced[places[$0]]) }
    var assessments = decision.assessments
    for (place, assessment) in zip(places, fresh) { assessments[place] = assessment }
    let floors = next.floors(
      assessments, known: decision.floors, changed: Set(places))
    return (next, next.decide(assessments, floors: floors))
  }

  /// What a candidate comes to by itself.
  func assess(_ candidate: Candidate) -> Assessment {
    let inside = candidate.chain != nil
    let chance = inside ? 1 : candidate.grant?.meanChance(in: outcomes.choosing) ?? 1
    var assessment = Assessment(grantChance: chance, keepsChance: false)
    guard candidate.ruledOut == nil, !candidate.sizes.isEmpty, !candidate.terms.isEmpty
    else { return assessment }
    if let value = question.work {
      let cheapest = sizer.cheapest(candidate, value: value, question)
      assessment.keepsChance = cheapest != nil
      assessment.cheapest = cheapest ?? sizer.closest(candidate, value: value, question)
    } else {
      assessment.sizing = sizer.most(candidate, question)
      assessment.keepsChance = assessment.sizing != nil
    }
    return assessment
  }

  // MARK: Floors

  /// Whether a candidate needs nobody's grant and so can be fallen back on.
  func isFloor(_ candidate: Candidate) -> Bool {
    candidate.grant == nil && candidate.chain == nil && candidate.ruledOut == nil
      && !candidate.isYardstick && candidate.obtaining != .request
  }

  /// Work, or cash, of the best floors, begun on the days that refusals come: by the day of the refusal
  /// and the candidate, at least the best two where there are two.
  ///
  /// Nothing begun later does more, or costs less, than begun today: floors are taken by what they come
  /// to today until none that is left can be among the best two.
  private func floors(
    _ assessments: [Assessment], known: [Double: [Int: Double]] = [:], changed: Set<Int> = []
  ) -> [Double: [Int: Double]] {
    let needing = candidates.filter { $0.grant != nil && $0.chain == nil && $0.ruledOut == nil }
    let delays = Set(needing.map(\.refusalDays)).sorted()
    // The greater the better, in either kind of question.
    let sign: Double = question.work == nil ? 1 : -1
    let today = candidates.indices.compactMap { place -> (place: Int, worth: Double)? in
      guard isFloor(candidates[place]), assessments[place].keepsChance else { return nil }
      let value = assessments[place].sizing?.value ?? assessments[place].cheapest?.meanCashUsd
      return value.map { (place, sign * $0) }
    }.sorted { ($1.worth, $0.place) < ($0.worth, $1.place) }
    let found = Parallel.map(delays.count) { index -> [Int: Double] in
      var values: [Int: Double] = [:]
      var (best, second) = (-Double.infinity, -Double.infinity)
      for (place, worth) in today {
        guard worth > second else { break }
        let old = changed.contains(place) ? nil : known[delays[index]]?[place]
        let value = old ?? floor(candidates[place], after: delays[index])
        values[place] = value
        guard !value.isNaN else { continue }
        if sign * value > best {
          (best, second) = (sign * value, best)
        } else {
          second = max(second, sign * value)
        }
      }
      return values
    }
    return Dictionary(uniqueKeysWithValues: zip(delays, found))
  }

  /// Work or cash of one floor begun some days late; nan when it can't be done then.
  func floor(_ candidate: Candidate, after days: Double) -> Double {
    let late = question.delayed(days)
    if let value = question.work {
      return sizer.cheapest(candidate, value: value, late)?.meanCashUsd ?? .nan
    }
    return sizer.most(candidate, late)?.value ?? 0
  }

  // MARK: Order

  private func decide(
    _ assessments: [Assessment], floors: [Double: [Int: Double]]
  ) -> Decision {
    let refused = refusedUsd(assessments)
    var standings = candidates.indices.map { place in
      standing(place, assessments[place], floors, refused: refused)
    }
    // The candidates' own order settles what is equal.
    standings.sort { left, right in
      if left.group != right.group { return left.group < right.group }
      if left.group == .missesChance, let first = left.assessment.cheapest?.chance,
        let second = right.assessment.cheapest?.chance, first != second
      {
        return first > second
      }
      if left.rank != right.rank {
        return question.work == nil ? left.rank > right.rank : left.rank < right.rank
      }
      return left.candidate < right.candidate
    }
    let signable = standings.filter { $0.group == .sign }
    var routes: [String] = []
    let best = standings.filter { standing in
      guard !candidates[standing.candidate].isYardstick, !routes.contains(standing.route)
      else { return false }
      routes.append(standing.route)
      return true
    }
    return Decision(
      question: question, standings: standings, ties: ties(signable), bestOfRoute: best,
      assessments: assessments, refusedUsd: refused,
      floors: floors)
  }

  /// What a refusal leaves to be paid for given work where nothing that is sure costs less: twice the
  /// cheapest contract.
  ///
  /// One number for all options, which neither more money, more time nor a better chance can raise: the
  /// dearest contract's cash would rise with every dear contract that they let in.
  private func refusedUsd(_ assessments: [Assessment]) -> Double {
    let cheapest = zip(candidates, assessments)
      .filter { $0.0.obtaining != .request && $0.1.keepsChance }
      .compactMap { $0.1.cheapest?.meanCashUsd }.min()
    return 2 * (cheapest ?? 0)
  }

  private func ties(_ signable: [Standing]) -> [String] {
    guard let leader = signable.first else { return [] }
    return signable.dropFirst().filter {
      question.work == nil
        ? $0.rank >= leader.rank * (1 - Self.tie) : $0.rank <= leader.rank * (1 + Self.tie)
    }.map(\.id)
  }

  private func standing(
    _ place: Int, _ assessment: Assessment, _ floors: [Double: [Int: Double]], refused: Double
  ) -> Standing {
    let candidate = candidates[place]
    var standing = Standing(
      candidate: place, id: candidate.id, route: candidate.route,
      group: group(candidate, assessment), assessment: assessment, floor: 0, rank: 0)
    let among = floors[candidate.refusalDays] ?? [:]
    if question.work != nil {
      standing.floor = min(refused, among.values.filter { !$0.isNaN }.min() ?? refused)
      let cash = assessment.cheapest?.meanCashUsd ?? .infinity
      standing.rank = Weighing.cash(
        cash, chance: assessment.grantChance, floor: standing.floor)
    } else {
      standing.floor = among.values.max() ?? 0
      standing.rank = Weighing.work(
        assessment.sizing?.value ?? 0, chance: assessment.grantChance, floor: standing.floor)
    }
    return standing
  }

  private func group(_ candidate: Candidate, _ assessment: Assessment) -> StandingGroup {
    if candidate.ruledOut != nil || candidate.sizes.isEmpty || candidate.terms.isEmpty {
      return .ruledOut
    }
    if !assessment.keepsChance { return .missesChance }
    if candidate.obtaining == .request { return .request }
    return candidate.isYardstick ? .yardstick : .sign
  }
}
