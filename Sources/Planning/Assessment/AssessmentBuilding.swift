import Catalog
import Decisions
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty
import Workload

/// What sampling gave of one option, in the words of a plan.
struct DrawnFigures {
  var cash: Percentiles
  var days: Percentiles
  var runDays: Percentiles
  var chances: Chances
  var rank: Double
}

extension Assessor {
  /// Puts an assessment together from the numbers, or from the reasons there are none.
  ///
  /// - Parameters:
  ///   - candidate: at the price that is expected.
  ///   - drawn: nil where nothing was sized.
  func assessment(
    _ candidate: Candidate, evaluation: Evaluation?, _ drawn: DrawnFigures?,
    _ facts: CapacityFacts?, reasons: [Reason]
  ) -> Assessment {
    let chips = evaluation?.chips ?? candidate.chipsPerInstance
    let outcome = evaluation.flatMap { evaluation in
      drawn.flatMap { drawn in
        facts.flatMap { self.outcome(candidate, evaluation, drawn, $0) }
      }
    }
    let sources = self.sources(candidate, evaluation)
    let grades =
      sources.map(\.provenance.grade) + candidate.claims.map(\.grade)
      + [evaluation?.throughput.evidence ?? .a]
    return Assessment(
      id: candidate.id(chips: chips), route: candidate.route, provider: candidate.provider,
      offer: candidate.offerName, accelerator: candidate.accelerator.id, region: candidate.region,
      purchase: candidate.purchase, chips: chips,
      instances: evaluation?.instances ?? 1,
      outcome: outcome,
      reasons: reasons,
      warnings: warnings(candidate, evaluation), evidence: grades.max() ?? .d,
      sources: sources + bills.rest.sources(candidate), claims: candidate.claims)
  }

  private func outcome(
    _ candidate: Candidate, _ evaluation: Evaluation, _ drawn: DrawnFigures, _ facts: CapacityFacts
  ) -> Outcome? {
    let (instances, hours) = (evaluation.instances, evaluation.hours)
    let job = evaluation.job
    guard
      let flows = bills.flows(candidate, instances: instances, hours: hours, work: job.size),
      let inWorlds = inWorlds(candidate, evaluation)
    else { return nil }
    let breakdown = flows.breakdown.map {
      CostLine(term: $0.term.rawValue, label: $0.term.label, cents: $0.cents)
    }
    let total = Double(breakdown.map(\.cents).reduce(0, +)) / 100
    let economic = flows.economic(discountRate: scenario.discountRate, from: scenario.start)
    let left: Double = total - economic
    let footprint = self.footprint(candidate, evaluation)
    let chips = evaluation.chips
    let calendar = self.calendar(candidate, evaluation)
    let days = sizer.plannedDays(candidate, evaluation)
    let multiple = bills.experimentsMultiplier
    let finish = scenario.start.adding(days: days)
    let planned = PlannedFigures(
      cashDollars: total, economicDollars: economic, days: days,
      runDays: bills.calendarHours(candidate, chips: chips, hours: hours) / multiple / 24,
      finish: finish)
    let team = sizer.team(candidate)
    let tuned = evaluation.throughput
    let lagged = team.range.map { tuned.after($0) } ?? tuned
    return Outcome(
      model: plannedModel(job),
      throughput: lagged,
      schedule: Schedule(
        start: calendar.first { $0.name == .run }?.start ?? scenario.start,
        leadDays: days - planned.runDays, runDays: drawn.runDays, totalDays: drawn.days,
        finish: finish),
      costCash: drawn.cash, costEconomic: drawn.cash.map { $0 - left },
      costByUsage: byUsage(candidate, evaluation, drawn.cash.map { $0 / total }),
      contingencyDollars: max(0, drawn.cash.p80 - total), breakdown: breakdown,
      derivations: derivations(candidate, evaluation), cashFlow: flows,
      notIncluded: notIncluded(candidate, evaluation),
      predictedLoss: lossRange(job), energyMWh: footprint.megawattHours,
      carbonTonnes: footprint.tonnes, embodiedCarbonTonnes: footprint.embodiedTonnes,
      chances: drawn.chances, inWorlds: inWorlds, planned: planned,
      tunedTokensPerSecondPerChip: tuned.tokensPerSecondPerChip, teamLag: team.lag,
      obtaining: obtaining(facts, calendar), phases: calendar,
      listDollarsPerChipHour: listPrice(candidate, evaluation, facts),
      expectedDollarsPerChipHour: facts.isRented
        ? facts.expected : ownPrice(candidate, evaluation),
      rank: drawn.rank, effectiveCompute: evaluation.effectiveCompute)
  }

  private func plannedModel(_ job: TrainingJob) -> PlannedModel {
    let shape = job.architecture
    let mixture = shape.mixtureOfExperts
    let quality = ShapeLoss(shape, law: scenario.lossLaw)
    return PlannedModel(
      name: shape.name, totalParameters: shape.totalParameters,
      activeParameters: shape.activeParameters, tokens: job.tokens,
      sequenceLength: job.sequenceLength, globalBatchTokens: job.batchTokens, flops: job.flops,
      experts: mixture?.experts, expertsPerToken: mixture?.expertsPerToken,
      sharedExperts: mixture?.sharedExperts,
      denseEquivalentParameters: quality.denseEquivalentParameters(
        tokens: job.tokens, uniqueTokens: scenario.uniqueTokens))
  }

  // MARK: Capacity and prices

  private func obtaining(_ facts: CapacityFacts, _ calendar: [CalendarPhase]) -> Procurement {
    Procurement(
      kind: facts.capacity.kind, chance: facts.chance, waitDays: facts.waitDays,
      requests: facts.requests, longestTermDays: facts.capacity.longestTermDays,
      note: facts.capacity.note)
  }

  /// The price at list: of owned machines the expected one by the ratio of the server's prices.
  private func listPrice(
    _ candidate: Candidate, _ evaluation: Evaluation, _ facts: CapacityFacts
  ) -> Double? {
    if facts.isRented { return facts.list }
    guard let list = facts.list, let expected = facts.expected, expected > 0 else { return nil }
    return ownPrice(candidate, evaluation).map { $0 * list / expected }
  }

  /// The price of owning a chip-hour: what is paid for servers and what goes with them, over the hours
  /// of their life at the use assumed.
  private func ownPrice(_ candidate: Candidate, _ evaluation: Evaluation) -> Double? {
    guard case .buy(let quote) = candidate.source else { return nil }
    let figures = bills.figures(quote, candidate, chips: evaluation.chips)
    guard let rates = OwnershipRates(figures: figures, chips: evaluation.chips) else { return nil }
    let years = scenario.owning.lifeYears ?? bills.rest.lifeYears ?? 4
    let use = scenario.owning.expectedUtilisation
    return (rates.serverDollars + rates.attachedDollars) / (years * 8766 * use)
  }

  // MARK: In outcomes

  /// The option as a function of the world; nil when it has no price.
  private func inWorlds(_ candidate: Candidate, _ evaluation: Evaluation) -> OptionModel? {
    let work = evaluation.job.size
    guard let bill = bills.bill(candidate, instances: evaluation.instances, work: work) else {
      return nil
    }
    let active = evaluation.job.architecture.activeParameters
    let spread = ScalingLawUncertainty.loss(parameters: active, tokens: work.tokens)
    return OptionModel(
      bill: bill, hours: evaluation.hours, loss: evaluation.loss,
      lossDeviation: (spread.p90 - spread.p50) / NormalDistribution.quantile(0.9),
      parameterTerm: sizer.law.parameterTerm(active),
      tokenTerm: sizer.law.tokenTerm(work.tokens))
  }

  /// Economic cost of owned hardware when the job bears its share of a busy life.
  private func byUsage(
    _ candidate: Candidate, _ evaluation: Evaluation, _ factors: Percentiles
  ) -> Percentiles? {
    guard candidate.route == .buyGPU, let charge = bills.chargeByUsage else { return nil }
    return factors.map { factor in
      bills.flows(
        candidate, instances: evaluation.instances, hours: evaluation.hours * factor,
        work: evaluation.job.size, charge: charge
      )?.economic(discountRate: scenario.discountRate, from: scenario.start) ?? .nan
    }
  }

  /// The loss, and how far the law's own uncertainty moves it.
  private func lossRange(_ job: TrainingJob) -> Percentiles {
    let quality = ShapeLoss(job.architecture, law: scenario.lossLaw)
    let loss = quality.loss(tokens: job.tokens, uniqueTokens: scenario.uniqueTokens)
    let spread = ScalingLawUncertainty.loss(
      parameters: job.architecture.activeParameters, tokens: job.tokens)
    return Percentiles(
      p10: loss + min(0, spread.p10 - spread.p50), p50: loss,
      p90: loss + max(0, spread.p90 - spread.p50))
  }
}

/// How an option's capacity is had, with the chance and the wait drawn.
struct CapacityFacts {
  var capacity: Capacity
  /// Mean over the outcomes drawn.
  var chance: Double
  var waitDays: Percentiles?
  var requests: Int
  var isRented: Bool
  /// US dollars per chip and hour of rent, or per server.
  var list: Double?
  var expected: Double?
}
