import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Uncertainty
import Workload

/// Turns candidates into assessments: throughput, dates, money, or the reasons against.
///
/// One assessor serves the candidates of one accelerator; it remembers throughput per cluster size
/// and model, because the same machine is sold in many regions and ways.
final class Assessor {
  let scenario: Scenario
  let catalog: Catalog
  let model = ThroughputModel.builtIn
  let ownership: OwnershipAssumptions
  let rest: RestOfBill
  let law = AdditiveScalingLaw.besiroglu
  let ladder: SizeLadder
  let chainConditions: ChainConditions
  /// Standard normal score of the scenario's confidence.
  let confidenceScore: Double
  /// Uncertain inputs by name, beside the speeds of machines.
  let uncertain: [String: PlanInput]
  /// Where on the ladder of sizes the last search for an accelerator ended.
  var lastSize: [String: Int] = [:]
  /// Other costs of the candidate being sized, by step of the ladder.
  var ratesOfSizes: [TokenRates?] = []
  private var ownershipFigures: [String: OwnershipFigures] = [:]
  /// What throughput is known, added to as it is found.
  var findings: ThroughputMemory.Findings
  /// What sizing came to, for offers that are sized alike.
  var twins: [SizingKey: Sizing] = [:]

  init(
    scenario: Scenario, catalog: Catalog, ownership: OwnershipAssumptions, rest: RestOfBill,
    ladder: SizeLadder, uncertain: [String: PlanInput] = [:],
    findings: ThroughputMemory.Findings = ThroughputMemory.Findings()
  ) {
    self.findings = findings.with(scenario.spreads)
    self.scenario = scenario
    chainConditions = scenario.renting.chainConditions
    confidenceScore = NormalDistribution.quantile(scenario.confidence)
    self.catalog = catalog
    self.ownership = ownership
    self.rest = rest
    self.ladder = ladder
    self.uncertain = uncertain
  }

  /// What a candidate's chips do on a job, remembered.
  ///
  /// - Parameter size: the architecture's step on the ladder of sizes; -1 for the model that is given.
  func throughput(
    _ candidate: Candidate, chips: Int, architecture: TransformerArchitecture, size: Int = -1,
    batch: Int
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let chip = candidate.accelerator
    let slice = candidate.chipsPerSlice(of: chips)
    let key = estimateKey(candidate, chips: chips, size: size, batch: batch)
    let spreads = scenario.spreads
    func settled(_ found: Result<ThroughputEstimate, Infeasibility>)
      -> Result<ThroughputEstimate, Infeasibility>
    {
      spreads.isEmpty ? found : found.map { $0.taking(spreads, accelerator: chip.id) }
    }
    if let known = findings.estimates[key] { return settled(known) }
    let found = model.best(
      architecture: architecture, sequenceLength: scenario.sequenceLength,
      globalBatchSequences: batch, precision: .bf16, accelerator: chip, chips: chips,
      chipsPerSlice: slice
    )
    .map { estimate in
      let own = catalog.measured.first { $0.id == chip.id }
      return (own.map { estimate.corrected(by: $0) } ?? estimate).taking(candidate.claims)
    }
    findings.estimates[key] = found
    return settled(found)
  }

  /// What tells the estimates of one accelerator apart.
  func estimateKey(
    _ candidate: Candidate, chips: Int, size: Int, batch: Int
  ) -> ThroughputMemory.EstimateKey {
    ThroughputMemory.EstimateKey(
      isClaimed: !candidate.claims.isEmpty, domain: candidate.accelerator.scaleUpDomainChips,
      scaleUp: candidate.accelerator.scaleUpGBPerSecond,
      scaleOut: candidate.accelerator.scaleOutGbitPerSecond, chips: chips,
      slice: candidate.chipsPerSlice(of: chips), size: size, batch: batch)
  }

  /// Hands over what throughput was found, and keeps none of it.
  func takeFindings() -> ThroughputMemory.Findings {
    defer { findings = ThroughputMemory.Findings() }
    return findings
  }

  // MARK: Owning

  /// What owning so many chips of a quote is reckoned from, remembered.
  func figures(_ quote: ServerQuote, _ candidate: Candidate, chips: Int) -> OwnershipFigures {
    let key = "\(quote.id)/\(chips)"
    if let known = ownershipFigures[key] { return known }
    var figures = OwnershipFigures(
      quote: quote, accelerator: candidate.accelerator, chips: chips, assumptions: ownership)
    figures.adjust(scenario.owning)
    ownershipFigures[key] = figures
    return figures
  }

  /// What owning comes to; nil when the candidate is rented or unpriced.
  ///
  /// - Parameter charge: nil takes the scenario's.
  func owned(
    _ candidate: Candidate, instances: Int, hours: Double, charge: OwnershipCharge? = nil
  ) -> OwnershipOutcome? {
    guard case .buy(let quote) = candidate.source else { return nil }
    let chips = instances * quote.chips
    let usual = scenario.owning.chargesByUsage ? chargeByUsage : nil
    return OwnershipCost.outcome(
      figures: figures(quote, candidate, chips: chips), chips: chips, usefulHours: hours,
      experimentHours: (experimentsMultiplier - 1) * hours, orderDate: scenario.start,
      charge: charge ?? usual ?? .incremental)
  }

  /// The job's share of the busy hours of the hardware's life; nil when no life is known.
  var chargeByUsage: OwnershipCharge? {
    (scenario.owning.lifeYears ?? rest.lifeYears).map {
      .byUsage(lifeYears: $0, utilisation: scenario.owning.expectedUtilisation)
    }
  }

  // MARK: Time

  /// Days from the scenario's start to the first useful hour; parts that are unknown count as none.
  func leadDays(_ candidate: Candidate) -> Double { lead(candidate).days() }

  /// What the wait before the first useful hour is made of.
  func lead(_ candidate: Candidate) -> LeadTime {
    var lead = LeadTime(portingDays: rest.portingDays(candidate.accelerator.kind))
    switch candidate.source {
    case .rent(let offer): lead.capacityDays = offer.leadDays ?? 0
    case .buy(let quote):
      let known = figures(quote, candidate, chips: quote.chips)
      lead.deliveryWeeks = known.leadWeeks ?? 0
      lead.installationWeeks = known.installWeeks ?? 0
      lead.burnInWeeks = known.burnInWeeks ?? 0
    }
    return lead
  }

  /// The day the run starts.
  func runStart(_ candidate: Candidate) -> CalendarDate {
    scenario.start.adding(days: leadDays(candidate))
  }

  /// Calendar hours that useful hours take: waits between terms and interruptions included.
  func calendarHours(_ candidate: Candidate, hours: Double) -> Double {
    guard case .rent(let offer) = candidate.source, let terms = candidate.terms else {
      return hours
    }
    if let spot = spotRun(offer) { return spot.calendarHours(cleanHours: hours) }
    return terms.billed(usefulHours: hours, conditions: chainConditions).calendarHours
  }

  /// The longest run the scenario has room for, hours.
  func roomHours(_ candidate: Candidate) -> Double {
    guard let deadline = scenario.deadline else { return scenario.longestRun.hours }
    return max(0, deadline.hours - leadDays(candidate) * 24)
  }
}
