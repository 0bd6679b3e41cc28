import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty
import Workload

extension Assessor {
  /// Puts an assessment together from the numbers, or from the reasons there are none.
  func assessment(
    _ candidate: Candidate, evaluation: Evaluation?, reasons: [Reason]
  ) -> Assessment {
    let chips = evaluation?.chips ?? candidate.chipsPerInstance
    let outcome = evaluation.flatMap { self.outcome(candidate, $0) }
    let sources = self.sources(candidate, evaluation)
    let grades =
      sources.map(\.provenance.grade) + candidate.claims.map(\.grade)
      + [evaluation?.throughput.evidence ?? .a]
    return Assessment(
      id: candidate.id(chips: chips), route: candidate.route, provider: candidate.provider,
      offer: candidate.offerName, accelerator: candidate.accelerator.id, region: candidate.region,
      purchase: candidate.purchase, chips: chips,
      instances: evaluation?.instances ?? 1,
      obtaining: obtaining(candidate, chips: chips, hours: evaluation?.hours), outcome: outcome,
      reasons: reasons,
      warnings: warnings(candidate, evaluation), evidence: grades.max() ?? .d,
      sources: sources + bills.rest.sources(candidate), claims: candidate.claims)
  }

  private func outcome(_ candidate: Candidate, _ evaluation: Evaluation) -> Outcome? {
    let slowness = Slowness(evaluation.throughput)
    let factors = Percentiles(
      p10: slowness.factor(chance: 0.1), p50: 1, p90: slowness.factor(chance: 0.9))
    let (instances, hours) = (evaluation.instances, evaluation.hours)
    let job = evaluation.job
    guard
      let flows = bills.flows(candidate, instances: instances, hours: hours, work: job.size),
      let inWorlds = inWorlds(candidate, evaluation)
    else { return nil }
    func priced(_ price: (Double) -> Double?) -> Percentiles {
      factors.map { price(hours * $0) ?? .nan }
    }
    func cash(_ hours: Double) -> Double? {
      bills.cash(candidate, instances: instances, hours: hours, work: job.size)
    }
    let breakdown = flows.breakdown.map {
      CostLine(term: $0.term.rawValue, label: $0.term.label, cents: $0.cents)
    }
    let total = Double(breakdown.map(\.cents).reduce(0, +)) / 100
    var costCash = priced(cash)
    costCash.p50 = total
    let reserve = cash(hours * slowness.factor(chance: 0.8)).map { max(0, $0 - total) }
    let lead = bills.leadDays(candidate)
    let days = factors.map { bills.calendarHours(candidate, hours: hours * $0) / 24 }
    let start = bills.runStart(candidate)
    let footprint = self.footprint(candidate, evaluation)
    return Outcome(
      model: PlannedModel(
        name: job.architecture.name, totalParameters: job.architecture.totalParameters,
        activeParameters: job.architecture.activeParameters, tokens: job.tokens,
        sequenceLength: job.sequenceLength, globalBatchTokens: job.batchTokens,
        flops: job.flops),
      throughput: evaluation.throughput,
      schedule: Schedule(
        start: start, leadDays: lead, runDays: days, finish: start.adding(days: days.p50)),
      costCash: costCash,
      costEconomic: priced {
        bills.economic(candidate, instances: instances, hours: $0, work: job.size)
      },
      costByUsage: byUsage(candidate, evaluation, factors), contingencyDollars: reserve ?? 0,
      breakdown: breakdown,
      derivations: derivations(candidate, evaluation), cashFlow: flows,
      notIncluded: notIncluded(candidate, evaluation),
      predictedLoss: lossRange(job), energyMWh: footprint.megawattHours,
      carbonTonnes: footprint.tonnes, embodiedCarbonTonnes: footprint.embodiedTonnes,
      chances: chances(candidate, evaluation, slowness), inWorlds: inWorlds)
  }

  /// The option as a function of the world; nil when it has no price.
  private func inWorlds(_ candidate: Candidate, _ evaluation: Evaluation) -> OptionModel? {
    let work = evaluation.job.size
    guard let bill = bills.bill(candidate, instances: evaluation.instances, work: work) else {
      return nil
    }
    let spread = ScalingLawUncertainty.loss(parameters: work.parameters, tokens: work.tokens)
    return OptionModel(
      bill: bill, hours: evaluation.hours, loss: evaluation.loss,
      lossDeviation: (spread.p90 - spread.p50) / NormalDistribution.quantile(0.9),
      parameterTerm: sizer.law.parameterTerm(work.parameters),
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
    let (parameters, tokens) = (job.architecture.totalParameters, job.tokens)
    let loss = sizer.law.loss(parameters: parameters, tokens: tokens)
    let spread = ScalingLawUncertainty.loss(parameters: parameters, tokens: tokens)
    return Percentiles(p10: min(spread.p10, loss), p50: loss, p90: max(spread.p90, loss))
  }
}
