import Catalog
import Decisions
import Economics
import Quantities
import RealModule

extension Answering {
  // MARK: Sentences

  /// What to sign, or to ask for where it is less likely than not to be granted.
  func signSentence(_ index: Int, _ assessments: [Assessment]) -> String {
    guard let outcome = assessments[index].outcome else { return "" }
    let option = assessments[index]
    let obtaining = outcome.obtaining
    let verb = obtaining.chance < 0.5 ? "Ask for" : "Sign"
    let name = OptionWords.name(option)
    let chance = Decimals.fixed(outcome.chances.both * 100, 0)
    func day(_ days: Double) -> String { scenario.start.adding(days: days).iso }
    var parts = [
      "\(verb) \(Decimals.grouped(Double(option.chips))) chips: \(name);",
      "\(Money(dollars: outcome.costCash.p50).short) in cash "
        + "(to \(Money(dollars: outcome.costCash.p80).short)),",
      "done about \(day(outcome.schedule.totalDays.p50)) (to \(day(outcome.schedule.totalDays.p80))),",
      "\(chance) % to keep budget and end, evaluation and margin within it,",
    ]
    if obtaining.kind == .request {
      parts[3] += ", the chance of the grant counted in"
    } else if obtaining.chance < 0.995 {
      parts[3] +=
        " once it is granted, which is \(Decimals.fixed(obtaining.chance * 100, 0)) % "
        + "likely (\(Decimals.fixed(obtaining.chance * outcome.chances.both * 100, 0)) % in all)"
    }
    if parts[3].hasSuffix(",") { parts[3].removeLast() }
    parts[3] += "."
    if let plan = planB(index), let fallback = plan.option {
      parts.append(
        "Plan B: \(OptionWords.name(assessments[fallback])), "
          + "\(Decimals.fixed(plan.chance * 100, 0)) % likely then.")
    }
    return parts.joined(separator: " ")
  }

  var noSignSentence: String {
    "Nothing can be signed on the routes asked about that keeps budget and end in "
      + "\(Decimals.fixed(scenario.confidence * 100, 0)) of 100 outcomes."
  }

  /// What to fall back on when the option isn't granted.
  func planB(_ index: Int) -> (option: Int?, chance: Double)? {
    guard let standing = standing(index),
      let rung = decider.plansB(standing, decision, most: 1).first
    else { return nil }
    return (option(rung.standing), rung.chance)
  }

  // MARK: If granted

  /// For the signed answer's model, the request that saves most given its grant: named when the chance
  /// times the saving exceeds what a refusal costs.
  func ifGranted(_ assessments: [Assessment]) -> Answer.IfGranted? {
    guard let sign, let signed = assessments[sign].outcome, let standing = standing(sign),
      let work = decider.question.work ?? standing.assessment.sizing?.value
    else { return nil }
    var best: (saving: Double, index: Int, chance: Double, requests: Int)?
    for (place, part) in decided.classes.enumerated() where part.capacity.kind == .request {
      guard !decider.candidates[place].isYardstick, let index = option(of: place) else { continue }
      // Given the grant: the same candidate, with nobody to ask.
      var granted = decider.candidates[place]
      granted.grant = nil
      granted.chain = nil
      var question = decider.question
      question.work = work
      guard
        let cheapest = Decisions.Sizer(decider.outcomes.choosing)
          .cheapest(granted, value: work, question)
      else { continue }
      let saving: Double = meanCash(standing, work) - cheapest.meanCashUsd
      let days: Double =
        (scenario.end.days - part.phases.startDays()) / max(1, 1)
      let requests = part.isChain ? max(1, Int((min(days, 180) / 7).rounded(.up))) : 1
      let chance =
        part.isChain
        ? decided.chainChance(place, requests: requests)
        : decider.candidates[place].grant?.meanChance(in: decider.outcomes.choosing) ?? 1
      // A refusal costs the weeks until it is known: the signed option begun so much later.
      let lost = refusalDollars(part, signed)
      guard saving > 0, chance * saving > lost else { continue }
      if chance * saving > (best?.chance ?? 0) * (best?.saving ?? 0) {
        best = (saving, index, chance, requests)
      }
    }
    guard let best else { return nil }
    let name = OptionWords.name(assessments[best.index])
    return Answer.IfGranted(
      id: assessments[best.index].id, savingDollars: (best.saving * 100).rounded() / 100,
      chance: best.chance,
      sentence: "Cheaper if granted: \(name) would do the same model for "
        + "\(Money(dollars: best.saving).short) less; "
        + "\(best.requests > 1 ? "the whole chain of \(best.requests) requests" : "the request") is "
        + "\(Decimals.fixed(best.chance * 100, best.chance < 0.1 ? 1 : 0)) % likely. "
        + "When refused, go on with what was signed.")
  }

  private func meanCash(_ standing: Standing, _ work: Double) -> Double {
    if let cheapest = standing.assessment.cheapest { return cheapest.meanCashUsd }
    var question = decider.question
    question.work = work
    let cheapest = Decisions.Sizer(decider.outcomes.choosing)
      .cheapest(decider.candidates[standing.candidate], value: work, question)
    return cheapest?.meanCashUsd ?? 0
  }

  /// US dollars of the time that a refused request takes, at the signed option's own rate of spending.
  private func refusalDollars(_ part: DecisionClass, _ signed: Outcome) -> Double {
    let days: Double = part.phases.wait.days + part.phases.decide.days
    let whole = max(1, signed.planned.days)
    return signed.planned.cashDollars * days / whole * 0.5
  }

  // MARK: Pilot

  /// The pilot of the route with the least evidence among those that could lead: two weeks on a small
  /// cluster, what it reads and what that is worth.
  func pilot(_ assessments: [Assessment]) -> Answer.Pilot? {
    let routes = routes.compactMap { bestOption($0) }
    // What a reading changes lies among the first of each route.
    let few = decider.contending(decision, most: 3, outcomes: 1024)
    let today = few.decide()
    var best: Answer.Pilot?
    for index in routes {
      guard let class_ = self.best[index], let outcome = assessments[index].outcome else {
        continue
      }
      let part = decided.classes[class_]
      let chips = min(64, max(8, assessments[index].chips))
      let days = 14.0
      let price = part.price.expected.central.flatMap {
        assessments[index].route == .buyGPU ? nil : $0
      }
      let hourly = price ?? rentalPrice(part.candidate.accelerator.id) ?? 4
      let dollars: Double = hourly * Double(chips) * days * 24
      var reads: [Loading] = []
      if let speed = part.speeds.first?.doubt {
        for (name, weight) in speed.pilotReads(part.candidate.accelerator) {
          if let column = decider.outcomes.column(name) { reads.append(Loading(column, weight)) }
        }
      }
      let worth = few.worth(
        of: Decisions.Pilot(reads: reads, error: Self.readingError, costUsd: dollars), today,
        readings: 8)
      let chip = part.candidate.accelerator.name
      let changes = worth.map { $0.switching > 0 } ?? false
      let net = worth?.usd.map { $0 - dollars }
      let worthWords =
        worth?.usd.map {
          "worth \(Money(dollars: $0).short) of budget"
            + (changes
              ? ", and it could change the answer" : "; it would size the answer, not change it")
        } ?? "its worth can't be put in dollars"
      let found = Answer.Pilot(
        id: assessments[index].id, chips: chips, days: days, dollars: dollars.rounded(),
        worthDollars: worth?.usd, couldChange: changes,
        sentence:
          "Pilot: \(chips) \(chip) for two weeks, \(Money(dollars: dollars).short): reads the "
          + "speed of your own run and its goodput; \(worthWords).")
      _ = outcome
      if net ?? -.infinity > best.flatMap({ pilot in pilot.worthDollars.map { $0 - pilot.dollars } }
      )
        ?? -.infinity || best == nil
      {
        best = found
      }
    }
    return best
  }

  /// Error of a two-week reading of the logarithm of the speed: step times repeat to a few per cent,
  /// the step from 64 chips to the full size adds the rest; judgement, grade D.
  private static let readingError = 0.1

  /// The cheapest expected price a chip-hour at which a chip can be rented at all.
  private func rentalPrice(_ chip: String) -> Double? {
    decided.classes.filter {
      $0.candidate.accelerator.id == chip && $0.candidate.route != .buyGPU
    }.compactMap { $0.price.expected.central }.min()
  }

  // MARK: Monday

  /// What can be committed now, usually little, and what to ask whom for by when.
  func monday(_ answer: Answer, _ assessments: [Assessment]) -> [Answer.Step] {
    var steps: [Answer.Step] = []
    let today = scenario.start
    if let sign, let outcome = assessments[sign].outcome {
      let option = assessments[sign]
      let name = OptionWords.name(option)
      let decided = outcome.phases.first { $0.name == .contract || $0.name == .decide }?.end
      let by = (decided ?? today).workday
      if outcome.obtaining.kind == .inHand {
        steps.append(
          Answer.Step(
            action: "Sign \(name), \(Decimals.grouped(Double(option.chips))) chips",
            kind: .sign, dollars: firstPayment(outcome), by: by))
      } else {
        steps.append(
          Answer.Step(
            action: "Ask \(OptionWords.seller(option)) for a written offer: "
              + "\(Decimals.grouped(Double(option.chips))) chips, \(name)"
              + (option.route == .buyGPU ? "" : ", the capacity reserved in it"),
            kind: .ask, dollars: 0, by: by))
      }
      if let plan = planB(sign), let fallback = plan.option {
        steps.append(
          Answer.Step(
            action: "Ask \(OptionWords.seller(assessments[fallback])) for plan B at the same time: "
              + OptionWords.name(assessments[fallback]),
            kind: .ask, dollars: 0, by: by))
      }
    }
    if let pilot = answer.pilot, let option = assessments.first(where: { $0.id == pilot.id }) {
      steps.append(
        Answer.Step(
          action: "Run a pilot on \(pilot.chips) \(OptionWords.chip(option.accelerator)) for "
            + "\(Decimals.fixed(pilot.days, 0)) days: \(reads(pilot, answer))",
          kind: .pilot, dollars: pilot.dollars, by: today.adding(days: 14).workday))
    }
    if let granted = answer.ifGranted,
      let option = assessments.first(where: { $0.id == granted.id })
    {
      steps.append(
        Answer.Step(
          action: "Ask \(OptionWords.seller(option)) for quota: \(OptionWords.name(option))",
          kind: .ask, dollars: 0, by: today.adding(days: 14).workday))
    }
    return steps
  }

  /// Why this pilot: what is learnt there, and whether that could turn the answer.
  private func reads(_ pilot: Answer.Pilot, _ answer: Answer) -> String {
    let own = "how fast your own run is there"
    guard pilot.id != answer.sign?.id else { return "\(own), before most of the money is owed" }
    return pilot.couldChange ? "\(own), which could turn the answer" : own
  }

  private func firstPayment(_ outcome: Outcome) -> Double {
    let payments = outcome.payments
    guard let first = payments.map(\.date).min() else { return 0 }
    return payments.filter { $0.date == first }.reduce(0) { $0 + Double($1.cents) / 100 }
  }
}

extension SpeedDoubt {
  /// What a pilot reads of the logarithm of a chip's speed: its own part and the team's with it.
  func pilotReads(_ chip: Accelerator) -> [(String, Double)] {
    let common: Double = .sqrt(team.between)
    return [
      ("team", team.deviation * common),
      ("stack.\(team.stack)", team.deviation * .sqrt(max(0, team.within - team.between))),
      ("chip.\(chip.id)", team.deviation * .sqrt(max(0, 1 - team.within))),
      ("model.\(chip.id)", model),
    ]
  }
}
