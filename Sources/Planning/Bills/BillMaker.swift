import Catalog
import Economics
import Quantities

/// Makes the bills of candidates: what their accelerators cost, the rest, and when.
///
/// One maker serves the candidates of one accelerator; it remembers what owning servers is reckoned
/// from.
/// It is used by one thread at a time.
final class BillMaker: @unchecked Sendable {
  let scenario: Scenario
  let catalog: Catalog
  let ownership: OwnershipAssumptions
  let rest: RestOfBill
  let chainConditions: ChainConditions
  let phaseTable: PhaseTable
  private var ownershipFigures: [FiguresKey: OwnershipFigures] = [:]
  private var capacities: [CapacityKey: [Capacity]] = [:]

  /// What the figures of a purchase are known by.
  private struct FiguresKey: Hashable {
    var quote: String
    var price: Double?
    var chips: Int
  }

  /// What capacity is known by, beside the size.
  private struct CapacityKey: Hashable {
    var provider: String
    var purchase: Purchase
    var accelerator: String
    var isInHand: Bool
  }

  init(
    scenario: Scenario, catalog: Catalog, ownership: OwnershipAssumptions, rest: RestOfBill
  ) {
    self.scenario = scenario
    self.catalog = catalog
    self.ownership = ownership
    self.rest = rest
    chainConditions = scenario.renting.chainConditions
    phaseTable = PhaseTable(scenario: scenario, catalog: catalog)
  }

  /// How a size of a candidate is had.
  func capacity(_ candidate: Candidate, chips: Int) -> Capacity {
    let key = CapacityKey(
      provider: candidate.provider, purchase: candidate.purchase,
      accelerator: candidate.accelerator.id, isInHand: candidate.quoted.isInHand)
    let known = capacities[key] ?? []
    // A class holds for all sizes between the least and the most of its row and its quota.
    if let fit = known.first(where: { $0.holds(chips) }) { return fit }
    let found = candidate.capacity(chips: chips, in: catalog, scenario)
    if found.holds(chips) { capacities[key] = known + [found] }
    return found
  }

  /// The phases of a candidate's calendar at a size.
  func phases(_ candidate: Candidate, chips: Int) -> PhaseLengths {
    phaseTable.phases(candidate, capacity(candidate, chips: chips), chips: chips)
  }

  /// What owning so many chips of a quote is reckoned from, remembered.
  func figures(_ quote: ServerQuote, _ candidate: Candidate, chips: Int) -> OwnershipFigures {
    // The same quote is looked at at list and as a buyer is expected to pay.
    let key = FiguresKey(quote: quote.id, price: quote.capex.central, chips: chips)
    if let known = ownershipFigures[key] { return known }
    var figures = OwnershipFigures(
      quote: quote, accelerator: candidate.accelerator, chips: chips, assumptions: ownership)
    figures.adjust(scenario.owning)
    // Unknown is bounded, never nothing.
    if figures.kilowattsPerServer == nil {
      figures.kilowattsPerServer =
        PowerBound(quote, candidate.accelerator, catalog: catalog)?.typical
    }
    // Time is the calendar's: the order is given when the contract stands, and space is paid for from
    // the dock on.
    let phases = phases(candidate, chips: chips)
    figures.leadWeeks = max(phases.delivery.days, phases.hall.days) / 7
    let porting: Double = phases.porting.days / 7
    figures.leadWeeks = max(figures.leadWeeks ?? 0, porting)
    figures.installWeeks = 0
    figures.burnInWeeks = (phases.acceptance.days + phases.bringUp.days) / 7
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
        rental(
          candidate, offer, terms: terms, dollarsPerHour: price * Double(instances),
          chips: instances * offer.chipsPerInstance))
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
      lead: lead(candidate, chips: instances * candidate.chipsPerInstance),
      discountRate: scenario.discountRate)
  }

  private func rental(
    _ candidate: Candidate, _ offer: Offer, terms: OfferTerms, dollarsPerHour: Double, chips: Int
  ) -> OptionBill.RentedHardware {
    var rental = OptionBill.RentedHardware(
      terms: terms, dollarsPerHour: dollarsPerHour, conditions: conditions(candidate, chips: chips))
    rental.idleHours = idleHours(candidate, chips: chips)
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
    let chips = instances * candidate.chipsPerInstance
    let job = otherJob(candidate, chips: chips, hours: hours, cloudDollars: flows.cash)
    flows = flows + otherCosts(candidate, work).bill(job).cashFlow
    let tax = taxes(candidate, flows.cash)
    if tax > 0 {
      let end = runEnd(candidate, chips: chips, hours: hours)
      flows.flows.append(Flow(date: end, term: .taxes, dollars: tax, note: "on the cloud bill"))
    }
    return flows
  }

  /// The rest of the bill for work of a size.
  func otherCosts(_ candidate: Candidate, _ work: WorkSize?) -> OtherCosts {
    work.map { rest.costs(candidate.otherCosts, $0) } ?? candidate.otherCosts
  }

  func otherJob(
    _ candidate: Candidate, chips: Int, hours: Double, cloudDollars: Double
  ) -> OtherCosts.Job {
    OtherCosts.Job(
      start: workStart(candidate, chips: chips),
      hours: calendarHours(candidate, chips: chips, hours: hours), runDollars: 0,
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
    let chips = instances * offer.chipsPerInstance
    let start = machineStart(candidate, chips: chips)
    let idleBefore = idleHours(candidate, chips: chips)
    let useful = heldHours(offer, hours: hours * experimentsMultiplier)
    guard
      var rental = RentalCost.cashFlow(
        offer: offer, instances: instances, usefulHours: idleBefore + useful, start: start,
        conditions: conditions(candidate, chips: chips))
    else { return nil }
    let run = heldHours(offer, hours: hours)
    rental = rental.parting(
      .acceleratorRent, [idleBefore, useful - run, run],
      [.acceleratorRent, .experiments, .acceleratorRent])
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
          date: runEnd(candidate, chips: chips, hours: hours),
          term: .idleCommitment, dollars: missing, note: "promised to the provider, not spent"))
    }
    return rental
  }

  /// Hours held for hours of work: what interruptions of spot capacity cost comes on top.
  func heldHours(_ offer: Offer, hours: Double) -> Double {
    spotRun(offer).map { $0.billedPerCleanHour * hours } ?? hours
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
