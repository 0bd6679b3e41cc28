import Catalog
import Decisions
import Dispatch
import Economics
import Quantities
import Synchronization
import Throughput
import Workload

extension Planner {
  /// The plan without what it says of claims, which takes plans of its own.
  func base(_ scenario: Scenario) -> Plan {
    let candidates = Candidate.all(in: catalog, scenario: scenario)
    var (plan, answering) = assessed(candidates, scenario)
    guard let answering else { return plan }
    answering.equate(&plan.assessments)
    answering.blanks(&plan.assessments)
    plan.answer = answering.answer(plan.assessments)
    for index in plan.assessments.indices { plan.assessments[index].outcome?.chances.best = 0 }
    for route in plan.answer?.routes ?? [] {
      guard let id = route.id, let index = plan.assessments.firstIndex(where: { $0.id == id })
      else { continue }
      plan.assessments[index].outcome?.chances.best = route.chanceBest
    }
    return plan
  }

  /// Candidates sized, assessed and in order, and what answers are drawn from; nil where nothing could
  /// be weighed.
  func assessed(_ candidates: [Candidate], _ scenario: Scenario) -> (Plan, Answering?) {
    let (sizers, sizerOf) = sizers(candidates, scenario)
    defer {
      for sizer in sizers {
        guard let chip = candidates.indices.first(where: { sizers[sizerOf[$0]] === sizer })
        else { continue }
        memory.keep(
          sizer.takeFindings(), of: subject(candidates[chip].accelerator.id, scenario))
      }
    }
    var plan = Plan(
      scenario: scenario, catalogAsOf: catalog.asOf, catalogFiles: catalog.files, assessments: [],
      ranking: [], frontier: [], recommendation: nil, warnings: [])
    guard let (decided, draws) = try? decide(candidates, sizers, sizerOf: sizerOf, scenario) else {
      plan.assessments = candidates.enumerated().map { index, candidate in
        Assessor(sizers[sizerOf[index]])
          .assessment(candidate, evaluation: nil, nil, nil, reasons: candidate.reasons)
      }
      return (plan, nil)
    }
    let best = candidates.indices.map { decided.best(of: $0) }
    let sizes = decided.sizes(
      Set(best.compactMap { $0 }), sizers: sizers, sizerOf: sizerOf, draws: draws)
    let waits = decided.waits(draws)
    let found = Mutex([Assessment?](repeating: nil, count: candidates.count))
    DispatchQueue.concurrentPerform(iterations: sizers.count) { place in
      let assessor = Assessor(sizers[place])
      for index in candidates.indices where sizerOf[index] == place {
        let assessment = assessor.assessment(
          candidates[index], best[index].map { ($0, sizes[$0]) }, decided, waits: waits)
        found.withLock { $0[index] = assessment }
      }
    }
    plan.assessments = found.withLock { $0.compactMap { $0 } }
    plan.ranking = order(plan.assessments, best, decided)
    let answering = Answering(
      scenario: scenario, catalog: catalog, candidates: candidates, best: best, sizes: sizes,
      decided: decided, assessments: plan.assessments, ranking: plan.ranking, sizers: sizers,
      sizerOf: sizerOf, draws: draws)
    return (plan, answering)
  }

  /// Indices of those that fit, best first: by the standing of their class, then by the candidates'
  /// own order.
  private func order(
    _ assessments: [Assessment], _ best: [Int?], _ decided: OptionDecision
  ) -> [Int] {
    let feasible = assessments.indices.filter { assessments[$0].isFeasible }
    return feasible.sorted { left, right in
      let first = best[left].map { decided.places[$0] } ?? .max
      let second = best[right].map { decided.places[$0] } ?? .max
      return (first, assessments[left].id) < (second, assessments[right].id)
    }
  }
}

extension Assessor {
  /// One candidate with what was decided of it.
  func assessment(
    _ candidate: Candidate, _ chosen: (index: Int, size: DecidedSize?)?,
    _ decided: OptionDecision, waits: [UncertainDays: Percentiles]
  ) -> Assessment {
    guard let chosen else {
      let reasons =
        candidate.reasons.isEmpty ? [noSize(candidate)] : candidate.reasons
      return assessment(candidate, evaluation: nil, nil, nil, reasons: reasons)
    }
    let part = decided.classes[chosen.index]
    // The same machine at the same price elsewhere was decided with its twin: the place is its own.
    let own = candidate.at(part.price)
    guard let size = chosen.size else {
      return assessment(
        own, evaluation: nil, nil, nil, reasons: candidate.reasons + [nothingFits(own, part)])
    }
    let standing = size.standing
    let report = size.report
    let wait = part.phases.wait.days > 0 ? waits[part.phases.wait] : nil
    let hours: Double = size.evaluation.hours * bills.experimentsMultiplier
    let requests =
      part.isChain ? Int((hours / RentalTerms.longestFlexStartHours).rounded(.up)) : 1
    let facts = CapacityFacts(
      capacity: part.capacity,
      chance: part.isChain
        ? decided.chainChance(chosen.index, requests: requests) : standing.assessment.grantChance,
      waitDays: wait, requests: max(1, requests), isRented: candidate.route != .buyGPU,
      list: part.price.list, expected: part.price.expected.central)
    var reasons = candidate.reasons + sizer.limits(own, size.evaluation)
    if reasons.isEmpty && !standing.assessment.keepsChance {
      reasons.append(chanceMissed(report.both.value))
    }
    let drawn = DrawnFigures(
      cash: report.cashUsd, days: report.days,
      runDays: size.runDays,
      chances: Chances(
        withinBudget: report.withinBudget, byDeadline: report.byDeadline, both: report.both.value,
        best: nil),
      rank: standing.rank)
    return assessment(own, evaluation: size.evaluation, drawn, facts, reasons: reasons)
  }

  private func noSize(_ candidate: Candidate) -> Reason {
    if let reason = sizer.powerReason(candidate) { return reason }
    if let refusal = sizer.refusal(candidate) { return Reason(refusal) }
    return Reason(
      code: "no_cluster_size",
      message: "no number of chips it is sold in could be paid for or trains such a model",
      nearestChange: "a larger budget, or another offer")
  }

  private func chanceMissed(_ chance: Double) -> Reason {
    let asked = Decimals.fixed(scenario.confidence * 100, 0)
    return Reason(
      code: "chance_not_kept",
      message: "keeps budget and end in \(Decimals.fixed(chance * 100, 0)) of 100 outcomes; "
        + "\(asked) are asked for",
      limit: scenario.confidence, needed: chance, unit: "chance",
      nearestChange: "--confidence \(Decimals.fixed(max(0.01, chance), 2)), more money or more time"
    )
  }

  /// Why no size keeps the chance: the smallest at the median, against money and time.
  private func nothingFits(_ candidate: Candidate, _ part: DecisionClass) -> Reason {
    let chips = part.speeds.first?.chips ?? candidate.chipsPerInstance
    let instances = (chips + candidate.chipsPerInstance - 1) / candidate.chipsPerInstance
    let lead = bills.leadDays(candidate, chips: chips) + sizer.keptDays(candidate, chips: chips)
    let end = scenario.end.days
    if lead >= end {
      let needed = Decimals.grouped((lead + 1).rounded(.up))
      return Reason(
        code: "past_deadline",
        message: "its machines work, and its run is checked, after "
          + "\(Decimals.grouped(lead.rounded(.up))) days; \(Decimals.grouped(end.rounded(.down))) "
          + "are left",
        limit: end, needed: lead, unit: "days", nearestChange: "--deadline \(needed)d")
    }
    let least = bills.cash(candidate, instances: instances, hours: 1, work: nil) ?? 0
    let budget = scenario.budgetDollars
    guard least > budget else {
      return Reason(
        code: "chance_not_kept",
        message: "no size keeps budget and end in "
          + "\(Decimals.fixed(scenario.confidence * 100, 0)) of 100 outcomes",
        limit: scenario.confidence, needed: 0, unit: "chance",
        nearestChange: "more money, more time, or a smaller --confidence")
    }
    return Reason(
      code: "over_budget",
      message: "\(Decimals.grouped(Double(chips))) chips, the fewest it comes in, cost at least "
        + "\(Money(dollars: least).short); the budget is \(Money(dollars: budget).short)",
      limit: budget, needed: least, unit: "USD",
      nearestChange: "a budget of \(Money(dollars: least).short)")
  }
}

extension OptionDecision {
  /// Ranges of the waits of all classes, over the outcomes that report.
  fileprivate func waits(_ draws: OutcomeDraws) -> [UncertainDays: Percentiles] {
    let lengths = Set(classes.map(\.phases.wait)).filter { $0.days > 0 }
    let table = decider.outcomes.reporting
    return Dictionary(
      uniqueKeysWithValues: lengths.map {
        ($0, Percentiles(of: draws.figure($0).values(in: table)))
      })
  }

  /// Chance that so many requests in a row are all granted, over the outcomes that report.
  func chainChance(_ index: Int, requests: Int) -> Double {
    let candidate = decider.candidates[index]
    guard let grant = candidate.grant, let chain = candidate.chain else {
      return standing(index).assessment.grantChance
    }
    let links = chain.links(grant, in: decider.outcomes.reporting)
    let wanted = Int32(min(requests, chain.own.count))
    return Double(links.lazy.filter { $0 >= wanted }.count) / Double(max(1, links.count))
  }
}
