import Catalog
import Economics
import Quantities

extension BillMaker {
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
