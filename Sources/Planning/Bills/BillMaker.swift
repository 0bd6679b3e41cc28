import Catalog
import Economics
import Quantities

/// Makes the bills of candidates: what their accelerators cost, the rest, and when.
///
/// One maker serves the candidates of one accelerator; it remembers what owning servers is reckoned
/// from.
final class BillMaker {
  let scenario: Scenario
  let catalog: Catalog
  let ownership: OwnershipAssumptions
  let rest: RestOfBill
  let chainConditions: ChainConditions
  private var ownershipFigures: [String: OwnershipFigures] = [:]

  init(
    scenario: Scenario, catalog: Catalog, ownership: OwnershipAssumptions, rest: RestOfBill
  ) {
    self.scenario = scenario
    self.catalog = catalog
    self.ownership = ownership
    self.rest = rest
    chainConditions = scenario.renting.chainConditions
  }

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

  /// All computing of the project over the final run's; 1 when no multiple is known.
  var experimentsMultiplier: Double { rest.experimentsMultiplier ?? 1 }

  /// Cash for hours of a candidate's chips, without the flows; nil when it has no price.
  ///
  /// - Parameter work: nil leaves out what depends on the size of the work.
  func cash(
    _ candidate: Candidate, instances: Int, hours: Double, work: WorkSize?
  ) -> Double? {
    amounts(candidate, instances: instances, hours: hours, work: work)?.cash
  }

  /// Economic cost for hours, without the flows.
  func economic(
    _ candidate: Candidate, instances: Int, hours: Double, work: WorkSize
  ) -> Double? {
    amounts(candidate, instances: instances, hours: hours, work: work)?.economic
  }

  private func amounts(
    _ candidate: Candidate, instances: Int, hours: Double, work: WorkSize?
  ) -> OptionBill.CostOfRun? {
    let amounts = bill(candidate, instances: instances, work: work)?.amounts(hours: hours)
    return amounts.flatMap { $0.cash < .infinity ? $0 : nil }
  }

  /// How a candidate's instances are billed, as scalars; nil when it has no price.
  ///
  /// - Parameter work: nil leaves out what depends on the size of the work.
  func bill(_ candidate: Candidate, instances: Int, work: WorkSize?) -> OptionBill? {
    let hardware: OptionBill.Hardware
    var tax = 0.0
    switch candidate.source {
    case .rent(let offer):
      guard let terms = candidate.terms, let price = offer.usdPerInstanceHour else { return nil }
      hardware = .rented(
        rental(offer, terms: terms, dollarsPerHour: price * Double(instances)))
      tax = scenario.overheads.cloudTaxFraction ?? 0
    case .buy(let quote):
      guard quote.capex.central != nil else { return nil }
      let chips = instances * quote.chips
      let usual = scenario.owning.chargesByUsage ? chargeByUsage : nil
      hardware = .owned(
        OptionBill.OwnedHardware(
          figures: figures(quote, candidate, chips: chips), chips: chips,
          charge: usual ?? .incremental))
    }
    return OptionBill(
      hardware: hardware, experiments: experimentsMultiplier,
      other: OtherCostRates(otherCosts(candidate, work)), taxFraction: tax,
      lead: lead(candidate), discountRate: scenario.discountRate)
  }

  private func rental(
    _ offer: Offer, terms: OfferTerms, dollarsPerHour: Double
  ) -> OptionBill.RentedHardware {
    var rental = OptionBill.RentedHardware(
      terms: terms, dollarsPerHour: dollarsPerHour, conditions: chainConditions)
    if let spot = spotRun(offer) {
      rental.heldPerHour = spot.billedPerCleanHour
      rental.spotCalendarPerHour = spot.calendarPerCleanHour
    }
    rental.promisedDollars = scenario.renting.promisedDollars[offer.provider] ?? 0
    rental.countsForPromise = scenario.renting.isEligible(offer.purchase)
    rental.idleValue = scenario.renting.idleValueFraction
    rental.isUpfront = offer.payment == .upfront
    return rental
  }

  /// The dated flows for hours.
  ///
  /// - Parameter charge: how much of owned hardware the job bears; nil takes the scenario's.
  func flows(
    _ candidate: Candidate, instances: Int, hours: Double, work: WorkSize,
    charge: OwnershipCharge? = nil
  ) -> CashFlow? {
    let accelerators: CashFlow?
    switch candidate.source {
    case .rent(let offer):
      accelerators = rentalFlows(candidate, offer, instances: instances, hours: hours)
    case .buy:
      accelerators =
        owned(candidate, instances: instances, hours: hours, charge: charge)?.cashFlow
    }
    guard var flows = accelerators else { return nil }
    let job = otherJob(candidate, hours: hours, cloudDollars: flows.cash)
    flows = flows + otherCosts(candidate, work).bill(job).cashFlow
    let tax = taxes(candidate, flows.cash)
    if tax > 0 {
      let end = runStart(candidate).adding(days: job.hours / 24)
      flows.flows.append(Flow(date: end, term: .taxes, dollars: tax, note: "on the cloud bill"))
    }
    return flows
  }

  /// The rest of the bill for work of a size.
  func otherCosts(_ candidate: Candidate, _ work: WorkSize?) -> OtherCosts {
    work.map { rest.costs(candidate.otherCosts, $0) } ?? candidate.otherCosts
  }

  func otherJob(
    _ candidate: Candidate, hours: Double, cloudDollars: Double
  ) -> OtherCosts.Job {
    OtherCosts.Job(
      start: runStart(candidate), hours: calendarHours(candidate, hours: hours), runDollars: 0,
      cloudDollars: cloudDollars, countedDollars: 0)
  }

  private func taxes(_ candidate: Candidate, _ cloudDollars: Double) -> Double {
    guard candidate.route != .buyGPU else { return 0 }
    return (scenario.overheads.cloudTaxFraction ?? 0) * cloudDollars
  }

  // MARK: Renting

  /// The dated flows of a rental, its experiments among them.
  private func rentalFlows(
    _ candidate: Candidate, _ offer: Offer, instances: Int, hours: Double
  ) -> CashFlow? {
    let start = runStart(candidate)
    let held = heldHours(offer, hours: hours)
    guard
      var rental = RentalCost.cashFlow(
        offer: offer, instances: instances, usefulHours: held, start: start,
        conditions: chainConditions)
    else { return nil }
    let experiments = experiments(offer, instances: instances, hours: held)
    rental = rental.sharing(.idleCommitment, experiments.shareOfIdle, with: .experiments)
    if experiments.paid > 0 {
      rental.flows.append(
        Flow(
          date: start, term: .experiments, dollars: experiments.paid,
          note: "on the same kind of instance"))
    }
    let idle = rental.flows.filter { $0.term == .idleCommitment }
    let worth = scenario.renting.idleValueFraction * idle.reduce(0) { $0 + $1.dollars }
    if worth > 0, let last = idle.map(\.date).max() {
      rental.flows.append(
        Flow(
          date: last, term: .idleCommitment, dollars: worth, note: "what other work gives for it",
          isRecovery: true))
    }
    let missing = shortfall(offer, rental.cash)
    if missing > 0 {
      rental.flows.append(
        Flow(
          date: start.adding(days: calendarHours(candidate, hours: hours) / 24),
          term: .idleCommitment, dollars: missing, note: "promised to the provider, not spent"))
    }
    return rental
  }

  /// Hours held for hours of work: what interruptions of spot capacity cost comes on top.
  func heldHours(_ offer: Offer, hours: Double) -> Double {
    spotRun(offer).map { $0.billedPerCleanHour * hours } ?? hours
  }

  /// Experiments beside the run: the share of a commitment's idle hours they take, and US dollars
  /// paid for those outside.
  func experiments(_ offer: Offer, instances: Int, hours: Double) -> (
    shareOfIdle: Double, paid: Double
  ) {
    guard let price = offer.usdPerInstanceHour else { return (0, 0) }
    let terms = OfferTerms(offer)
    let beside = ExperimentHours(
      multiplier: experimentsMultiplier, hours: hours, terms: terms,
      billedHours: terms.billed(usefulHours: hours).billedHours)
    return (beside.shareOfIdle, beside.paidHours * price * Double(instances))
  }

  private func shortfall(_ offer: Offer, _ bill: Double) -> Double {
    guard let promised = scenario.renting.promisedDollars[offer.provider] else { return 0 }
    let eligible = scenario.renting.isEligible(offer.purchase) ? bill : 0
    return max(0, promised - eligible)
  }

  /// The interruptions of a spot offer, when the scenario gives a rate; nil otherwise.
  ///
  /// The stall of a checkpoint and the time of a restart are the engine's of this kind of chip.
  func spotRun(_ offer: Offer) -> SpotRun? {
    guard offer.purchase == .spot, let mean = scenario.renting.spotMeanHours else { return nil }
    return SpotRun(
      interruptions: Interruptions(
        meanHours: mean, stallHours: SpotDefaults.stallHours,
        restartHours: SpotDefaults.restartHours),
      gapHours: scenario.renting.spotGapHours)
  }

}

extension RentalAssumptions {
  /// What chaining an offer's terms costs here.
  var chainConditions: ChainConditions {
    var conditions = ChainConditions(gapHours: gapHours)
    if let queueWaitHours { conditions.queueWaitHours = queueWaitHours }
    return conditions
  }
}

/// What saving and restarting takes where capacity is taken back: 120 s and 600 s, the worked
/// example of the spot table (Daly's complete model, Future Generation Computer Systems 22, 2006).
enum SpotDefaults {
  static let stallHours = 120.0 / 3600
  static let restartHours = 600.0 / 3600
}

extension CashFlow {
  /// The same flows with a share of one term's moved to another.
  func sharing(_ term: CostTerm, _ share: Double, with other: CostTerm) -> CashFlow {
    guard share > 0 else { return self }
    var result = CashFlow()
    for flow in flows {
      guard flow.term == term else {
        result.flows.append(flow)
        continue
      }
      var moved = flow
      moved.term = other
      moved.dollars = flow.dollars * share
      moved.note = "in the unused hours of the commitment"
      result.flows.append(moved)
      var kept = flow
      kept.dollars -= moved.dollars
      if share < 1 { result.flows.append(kept) }
    }
    return result
  }
}
