import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Workload

extension Assessor {
  /// Puts an assessment together from the numbers, or from the reasons there are none.
  func assessment(
    _ candidate: Candidate, evaluation: Evaluation?, reasons: [Reason]
  ) -> Assessment {
    let chips = evaluation?.chips ?? candidate.chipsPerInstance
    let outcome = evaluation.flatMap { self.outcome(candidate, $0) }
    var sources = self.sources(candidate)
    if let evaluation, let owned = self.owned(candidate, evaluation) {
      sources += owned.figures.map {
        SourcedFigure(
          figure: $0.name, value: $0.value, unit: $0.unit, provenance: $0.provenance)
      }
    }
    let grades = sources.map(\.provenance.grade) + [evaluation?.throughput.evidence ?? .a]
    return Assessment(
      id: candidate.id(chips: chips), route: candidate.route, provider: candidate.provider,
      offer: candidate.offerName, accelerator: candidate.accelerator.id, region: candidate.region,
      purchase: candidate.purchase, chips: chips,
      instances: evaluation?.instances ?? 1, outcome: outcome, reasons: reasons,
      warnings: warnings(candidate, evaluation), evidence: grades.max() ?? .d, sources: sources)
  }

  private func owned(_ candidate: Candidate, _ evaluation: Evaluation) -> OwnershipOutcome? {
    owned(candidate, instances: evaluation.instances, hours: evaluation.hours)
  }

  private func outcome(_ candidate: Candidate, _ evaluation: Evaluation) -> Outcome? {
    let slowness = Slowness(evaluation.throughput)
    let factors = Percentiles(
      p10: slowness.factor(chance: 0.1), p50: 1, p90: slowness.factor(chance: 0.9))
    let instances = evaluation.instances
    guard let flows = self.flows(candidate, instances: instances, hours: evaluation.hours) else {
      return nil
    }
    func priced(_ price: (Double) -> Double?) -> Percentiles {
      factors.map { price(evaluation.hours * $0) ?? .nan }
    }
    let breakdown = flows.breakdown.map {
      CostLine(term: $0.term.rawValue, label: $0.term.label, cents: $0.cents)
    }
    let total = Double(breakdown.map(\.cents).reduce(0, +)) / 100
    var cash = priced { self.cash(candidate, instances: instances, hours: $0) }
    cash.p50 = total
    let lead = leadDays(candidate)
    let days = factors.map {
      calendarHours(candidate, hours: evaluation.hours * $0) / 24
    }
    let start = scenario.start.adding(days: lead)
    let owned = self.owned(candidate, evaluation)
    let job = evaluation.job
    return Outcome(
      model: PlannedModel(
        name: job.architecture.name, totalParameters: job.architecture.totalParameters,
        activeParameters: job.architecture.activeParameters, tokens: job.tokens,
        sequenceLength: job.sequenceLength, globalBatchTokens: job.batchTokens,
        flops: job.flops),
      throughput: evaluation.throughput,
      schedule: Schedule(
        start: start, leadDays: lead, runDays: days, finish: start.adding(days: days.p50)),
      costCash: cash,
      costEconomic: priced { economic(candidate, instances: instances, hours: $0) },
      breakdown: breakdown, cashFlow: flows,
      notIncluded: notIncluded(candidate, owned),
      predictedLoss: lossRange(job),
      energyMWh: owned?.energyKilowattHours.map { $0 / 1000 }, carbonTonnes: nil,
      chances: chances(candidate, evaluation, slowness))
  }

  /// The loss, and how far the law's own uncertainty moves it.
  private func lossRange(_ job: Job) -> Percentiles {
    let (parameters, tokens) = (job.architecture.totalParameters, job.tokens)
    let loss = law.loss(parameters: parameters, tokens: tokens)
    let spread = ScalingLawUncertainty.loss(parameters: parameters, tokens: tokens)
    return Percentiles(p10: min(spread.p10, loss), p50: loss, p90: max(spread.p90, loss))
  }

  // MARK: Chances

  /// Chances over the length of the run, which is what is uncertain here; cost and time both grow
  /// with it, so that each limit is one slowest run that still keeps it.
  private func chances(
    _ candidate: Candidate, _ evaluation: Evaluation, _ slowness: Slowness
  ) -> Chances {
    let instances = evaluation.instances
    let slowestPaid = slowest { factor in
      let hours = evaluation.hours * factor
      let cash = self.cash(candidate, instances: instances, hours: hours) ?? .infinity
      return cash <= self.scenario.budgetDollars
    }
    let room = roomHours(candidate)
    let slowestInTime = slowest { factor in
      self.calendarHours(candidate, hours: evaluation.hours * factor) <= room
    }
    let within = slowness.chance(under: slowestPaid)
    let byDeadline = slowness.chance(under: slowestInTime)
    return Chances(
      withinBudget: within, byDeadline: scenario.deadline == nil ? nil : byDeadline,
      both: scenario.deadline == nil ? within : min(within, byDeadline), best: nil)
  }

  /// The largest factor for which a limit that more time can only break is kept, by bisection.
  private func slowest(_ keeps: (Double) -> Bool) -> Double {
    guard keeps(1e-3) else { return 0 }
    var low = 1e-3
    var high = 1e3
    guard !keeps(high) else { return .infinity }
    for _ in 0..<50 {
      let middle = Double.sqrt(low * high)
      if keeps(middle) { low = middle } else { high = middle }
    }
    return low
  }

  // MARK: Sources, warnings, gaps

  private func sources(_ candidate: Candidate) -> [SourcedFigure] {
    var figures: [SourcedFigure] = []
    let chip = candidate.accelerator
    if let rate = chip.bf16Teraflops {
      figures.append(
        SourcedFigure(
          figure: "Peak 16-bit rate of \(chip.name)", value: rate, unit: "TFLOP/s",
          provenance: chip.provenance))
    }
    if case .rent(let offer) = candidate.source, let price = offer.usdPerInstanceHour {
      figures.append(
        SourcedFigure(
          figure: "Price of \(offer.id)", value: price, unit: "USD per instance-hour",
          provenance: offer.provenance))
    }
    return figures
  }

  private func notIncluded(_ candidate: Candidate, _ owned: OwnershipOutcome?) -> [NotIncluded] {
    let gaps = owned?.notIncluded.map { NotIncluded(term: $0.term.rawValue, reason: $0.reason) }
    let rest: [CostTerm] = [
      .dataPreparation, .objectStorage, .checkpointStorage, .egress, .supportPlan, .porting,
      .experiments,
    ]
    return (gaps ?? [])
      + rest.map {
        NotIncluded(term: $0.rawValue, reason: "not reckoned yet; add it to the budget yourself")
      }
  }

  private func warnings(_ candidate: Candidate, _ evaluation: Evaluation?) -> [String] {
    var warnings: [String] = []
    if case .rent(let offer) = candidate.source {
      switch offer.obtainable {
      case .unlikely: warnings.append("hard to get: \(offer.reason)")
      case .unknown:
        warnings.append("whether it can be had is not known\(Self.tail(offer.reason))")
      case .no, .yes: break
      }
      if offer.purchase == .spot {
        warnings.append(
          "interruptions of spot capacity are not reckoned: time and cost are a floor")
      }
      if offer.termRule == .capacityBlock, let evaluation {
        let term = offer.termRule.billed(usefulHours: evaluation.hours, offer: offer)
        if term.segments > 1 {
          warnings.append("\(term.segments) blocks in a row; a gap between them is possible")
        }
      }
    }
    if case .buy(let quote) = candidate.source {
      let figures = OwnershipFigures(
        quote: quote, accelerator: candidate.accelerator, chips: quote.chips,
        assumptions: ownership)
      if figures.leadDays == nil { warnings.append("its lead time is not known and not counted") }
      if quote.capex.typical == nil {
        warnings.append("its price is the middle of a wide range\(Self.tail(quote.reason))")
      }
    }
    return warnings + evidenceWarnings(candidate, evaluation)
  }

  /// Where the throughput goes beyond what was ever measured and published.
  private func evidenceWarnings(_ candidate: Candidate, _ evaluation: Evaluation?) -> [String] {
    guard let evaluation else { return [] }
    let chip = candidate.accelerator
    guard let largest = PublishedRun.largestCluster(accelerator: chip.id) else {
      return ["no measurement on \(chip.name) was ever published"]
    }
    guard evaluation.chips > largest * 2 else { return [] }
    return [
      "\(Decimals.grouped(Double(evaluation.chips))) chips are far beyond the largest published "
        + "measurement on \(chip.name) (\(Decimals.grouped(Double(largest))))"
    ]
  }

  private static func tail(_ reason: String) -> String {
    reason.isEmpty ? "" : ": \(reason)"
  }
}
