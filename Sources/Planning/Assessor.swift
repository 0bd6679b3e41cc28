import Catalog
import Economics
import Quantities
import RealModule
import Throughput
import Workload

/// Turns candidates into assessments: throughput, dates, money, or the reasons against.
///
/// One assessor serves the candidates of one accelerator; it remembers throughput per cluster size
/// and model, because the same machine is sold in many regions and ways.
final class Assessor {
  let scenario: Scenario
  let model = ThroughputModel.builtIn
  let ownership: OwnershipAssumptions
  let law = AdditiveScalingLaw.besiroglu
  let ladder: SizeLadder
  /// Where on the ladder of sizes the last search for an accelerator ended.
  var lastSize: [String: Int] = [:]
  private var ownershipFigures: [String: OwnershipFigures] = [:]
  private var estimates: [EstimateKey: Result<ThroughputEstimate, Infeasibility>] = [:]

  private struct EstimateKey: Hashable {
    var accelerator: String
    var domain: Int?
    var scaleUp: Double?
    var scaleOut: Double?
    var chips: Int
    var slice: Int?
    var architecture: TransformerArchitecture
    var batch: Int
  }

  init(scenario: Scenario, ownership: OwnershipAssumptions, ladder: SizeLadder) {
    self.scenario = scenario
    self.ownership = ownership
    self.ladder = ladder
  }

  /// What a candidate's chips do on a job, remembered.
  func throughput(
    _ candidate: Candidate, chips: Int, architecture: TransformerArchitecture, batch: Int
  ) -> Result<ThroughputEstimate, Infeasibility> {
    let chip = candidate.accelerator
    let slice = candidate.chipsPerSlice(of: chips)
    let key = EstimateKey(
      accelerator: chip.id, domain: chip.scaleUpDomainChips, scaleUp: chip.scaleUpGBPerSecond,
      scaleOut: chip.scaleOutGbitPerSecond, chips: chips, slice: slice,
      architecture: architecture, batch: batch)
    if let known = estimates[key] { return known }
    let found = model.best(
      architecture: architecture, sequenceLength: scenario.sequenceLength,
      globalBatchSequences: batch, precision: .bf16, accelerator: chip, chips: chips,
      chipsPerSlice: slice)
    estimates[key] = found
    return found
  }

  // MARK: Money

  /// What owning so many chips of a quote is reckoned from, remembered.
  private func figures(_ quote: ServerQuote, _ candidate: Candidate, chips: Int)
    -> OwnershipFigures
  {
    let key = "\(quote.id)/\(chips)"
    if let known = ownershipFigures[key] { return known }
    let figures = OwnershipFigures(
      quote: quote, accelerator: candidate.accelerator, chips: chips, assumptions: ownership)
    ownershipFigures[key] = figures
    return figures
  }

  /// Cash for hours of a candidate's chips, without the flows; nil when it has no price.
  func cash(_ candidate: Candidate, instances: Int, hours: Double) -> Double? {
    switch candidate.source {
    case .rent(let offer):
      return RentalCost.cashDollars(offer: offer, instances: instances, usefulHours: hours)
    case .buy(let quote):
      let chips = instances * quote.chips
      return OwnershipCost.cashDollars(
        figures: figures(quote, candidate, chips: chips), chips: chips, usefulHours: hours)
    }
  }

  /// Economic cost for hours, from the flows.
  func economic(_ candidate: Candidate, instances: Int, hours: Double) -> Double? {
    flows(candidate, instances: instances, hours: hours)?.economic(
      discountRate: scenario.discountRate, from: scenario.start)
  }

  /// The dated flows for hours.
  func flows(_ candidate: Candidate, instances: Int, hours: Double) -> CashFlow? {
    switch candidate.source {
    case .rent(let offer):
      RentalCost.cashFlow(
        offer: offer, instances: instances, usefulHours: hours, start: scenario.start)
    case .buy:
      owned(candidate, instances: instances, hours: hours)?.cashFlow
    }
  }

  /// What owning comes to; nil when the candidate is rented or unpriced.
  func owned(_ candidate: Candidate, instances: Int, hours: Double) -> OwnershipOutcome? {
    guard case .buy(let quote) = candidate.source else { return nil }
    return OwnershipCost.outcome(
      quote: quote, accelerator: candidate.accelerator, chips: instances * quote.chips,
      usefulHours: hours, orderDate: scenario.start, assumptions: ownership, charge: .incremental)
  }

  /// Days from the scenario's start to the first useful hour; parts that are unknown count as none.
  func leadDays(_ candidate: Candidate) -> Double {
    switch candidate.source {
    case .rent(let offer):
      return offer.leadDays ?? 0
    case .buy(let quote):
      let known = figures(quote, candidate, chips: quote.chips)
      let weeks = [known.leadWeeks, known.installWeeks, known.burnInWeeks].compactMap { $0 }
      return 7 * weeks.reduce(0, +)
    }
  }

  /// Calendar hours that useful hours take: waits between terms included.
  func calendarHours(_ candidate: Candidate, hours: Double) -> Double {
    guard case .rent(let offer) = candidate.source else { return hours }
    return offer.termRule.billed(usefulHours: hours, offer: offer).calendarHours
  }

  /// The longest run the scenario has room for, hours.
  func roomHours(_ candidate: Candidate) -> Double {
    guard let deadline = scenario.deadline else { return scenario.longestRun.hours }
    return max(0, deadline.hours - leadDays(candidate) * 24)
  }
}
