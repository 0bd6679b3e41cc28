import Catalog
import Economics
import Quantities

extension BillMaker {
  /// What owning comes to; nil when the candidate is rented or unpriced.
  ///
  /// - Parameters:
  ///   - hours: of the final run; experiments come before it.
  ///   - charge: nil takes the scenario's.
  func owned(
    _ candidate: Candidate, instances: Int, hours: Double, charge: OwnershipCharge? = nil
  ) -> OwnershipOutcome? {
    guard case .buy(let quote) = candidate.source else { return nil }
    let chips = instances * quote.chips
    let usual = scenario.owning.chargesByUsage ? chargeByUsage : nil
    return OwnershipCost.outcome(
      figures: figures(quote, candidate, chips: chips), chips: chips, usefulHours: hours,
      experimentHours: (experimentsMultiplier - 1) * hours,
      orderDate: scenario.start.adding(days: lead(candidate, chips: chips).signedDays),
      charge: charge ?? usual ?? .incremental)
  }

  /// The job's share of the busy hours of the hardware's life; nil when no life is known.
  var chargeByUsage: OwnershipCharge? {
    (scenario.owning.lifeYears ?? rest.lifeYears).map {
      .byUsage(lifeYears: $0, utilisation: scenario.owning.expectedUtilisation)
    }
  }

  // MARK: Time

  /// What the wait before the first useful hour is made of.
  func lead(_ candidate: Candidate, chips: Int) -> LeadTime {
    LeadTime(phases(candidate, chips: chips))
  }

  /// Days from the scenario's start to the first useful hour, of experiments or of the run.
  func leadDays(_ candidate: Candidate, chips: Int) -> Double {
    lead(candidate, chips: chips).days()
  }

  /// The day the machines stand.
  func machineStart(_ candidate: Candidate, chips: Int) -> CalendarDate {
    scenario.start.adding(days: lead(candidate, chips: chips).machineDays())
  }

  /// The day work on the machines begins: experiments, then the run.
  func workStart(_ candidate: Candidate, chips: Int) -> CalendarDate {
    scenario.start.adding(days: leadDays(candidate, chips: chips))
  }

  /// The day the final run starts.
  func runStart(_ candidate: Candidate, chips: Int, hours: Double) -> CalendarDate {
    let all = calendarHours(candidate, chips: chips, hours: hours)
    let share: Double = 1 - 1 / experimentsMultiplier
    return scenario.start.adding(days: leadDays(candidate, chips: chips) + all * share / 24)
  }

  /// The day the final run ends.
  func runEnd(_ candidate: Candidate, chips: Int, hours: Double) -> CalendarDate {
    let all = calendarHours(candidate, chips: chips, hours: hours)
    return scenario.start.adding(days: leadDays(candidate, chips: chips) + all / 24)
  }

  /// Hours that rented machines stand before they work.
  ///
  /// A block stops its instances before its end: what it loses counts with them.
  func idleHours(_ candidate: Candidate, chips: Int) -> Double {
    let days = phases(candidate, chips: chips).bringUp.days
    return (days * 24).rounded(.up)
  }

  /// What chaining an offer's terms costs: a request waits as long as its channel says.
  func conditions(_ candidate: Candidate, chips: Int) -> ChainConditions {
    var conditions = chainConditions
    if scenario.renting.queueWaitHours == nil, candidate.purchase == .flexStart {
      conditions.queueWaitHours = capacity(candidate, chips: chips).waitMedianDays * 24
    }
    return conditions
  }

  /// Calendar hours of experiments and run: waits between terms and interruptions included.
  ///
  /// - Parameter hours: of the final run.
  func calendarHours(_ candidate: Candidate, chips: Int, hours: Double) -> Double {
    let useful: Double = hours * experimentsMultiplier
    guard case .rent(let offer) = candidate.source, let terms = candidate.terms else {
      return useful
    }
    if let spot = spotRun(offer) { return spot.calendarHours(cleanHours: useful) }
    let idle = idleHours(candidate, chips: chips)
    let billed = terms.billed(
      usefulHours: idle + useful, conditions: conditions(candidate, chips: chips))
    return billed.calendarHours - idle
  }
}
