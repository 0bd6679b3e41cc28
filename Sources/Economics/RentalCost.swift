import Catalog
import Quantities

/// What renting costs, term by term and day by day.
///
/// The whole term of a block, a reservation or a commitment is counted, also the part that falls
/// after the job: it is owed in full from the day it is signed, so it is the job's to pay.
public enum RentalCost {
  /// What instances cost for hours of work.
  ///
  /// Paid up front: each segment on the day it starts. Hourly and monthly: in arrears, by calendar
  /// month. Hours worked stand under accelerator rent; hours paid only because terms are rounded up
  /// under minimum-term rounding; the unused rest of a commitment under unused commitment.
  ///
  /// - Parameters:
  ///   - instances: rented at the same time.
  ///   - usefulHours: of each instance.
  ///   - start: the job begins at its midnight.
  ///   - conditions: what chaining terms costs; restarts are paid as accelerator rent.
  /// - Returns: nil when the offer has no price, the hours are not in 0...8,766,000, or a restart
  ///   takes longer than a term.
  public static func cashFlow(
    offer: Offer, instances: Int, usefulHours: Double, start: CalendarDate,
    conditions: ChainConditions = .seamless
  ) -> CashFlow? {
    guard let price = offer.usdPerInstanceHour, isSensible(usefulHours) else { return nil }
    let term = offer.termRule.billed(
      usefulHours: usefulHours, offer: offer, conditions: conditions)
    guard term.billedHours.isFinite else { return nil }
    let bill = RentalBill(
      offer: offer, term: term, dollarsPerHour: price * Double(instances), start: start,
      gapHours: offer.termRule == .commitment ? 0 : conditions.gapHours)
    return CashFlow(flows: offer.payment == .upfront ? bill.upfront() : bill.inArrears())
  }

  /// The sum of `cashFlow`, without making it: for loops that price many candidates.
  ///
  /// - Parameter dollarsPerHour: of all instances together.
  public static func cashDollars(
    terms: OfferTerms, dollarsPerHour: Double, usefulHours: Double,
    conditions: ChainConditions = .seamless
  ) -> Double? {
    billed(terms: terms, usefulHours: usefulHours, conditions: conditions).map {
      dollarsPerHour * $0.billedHours
    }
  }

  /// What hours of work become under an offer's terms; nil where `cashFlow` is.
  public static func billed(
    terms: OfferTerms, usefulHours: Double, conditions: ChainConditions = .seamless
  ) -> BilledTerm? {
    guard isSensible(usefulHours) else { return nil }
    let term = terms.billed(usefulHours: usefulHours, conditions: conditions)
    return term.billedHours.isFinite ? term : nil
  }

  /// The same of an offer; nil when it has no price.
  public static func cashDollars(
    offer: Offer, instances: Int, usefulHours: Double, conditions: ChainConditions = .seamless
  ) -> Double? {
    guard let price = offer.usdPerInstanceHour else { return nil }
    return cashDollars(
      terms: OfferTerms(offer), dollarsPerHour: price * Double(instances),
      usefulHours: usefulHours, conditions: conditions)
  }

  private static func isSensible(_ hours: Double) -> Bool {
    hours >= 0 && hours <= HoursOf.longestRun
  }
}

/// One rental's terms and price, ready to be written down as flows.
private struct RentalBill {
  let offer: Offer
  let term: BilledTerm
  /// Of all instances together.
  let dollarsPerHour: Double
  let start: CalendarDate
  /// Between two segments.
  let gapHours: Double

  /// Where hours that were paid and not worked belong.
  private var unusedTerm: CostTerm {
    offer.termRule == .commitment ? .idleCommitment : .minimumTermRounding
  }

  /// Every segment is paid on the day it starts. All but the last are of the same length, and the
  /// last holds what is left.
  func upfront() -> [Flow] {
    guard term.segments > 0 else { return [] }
    let stop =
      offer.termRule == .capacityBlock ? RentalTerms.blockStopHours(instance: offer.instance) : 0
    let earlier = Double(term.segments - 1)
    var flows: [Flow] = []
    let full = term.segments > 1 ? fullSegmentHours : 0
    let lastBilled = term.billedHours - earlier * full
    let lastUsed = term.heldHours - earlier * (full - stop)
    for segment in 0..<term.segments {
      let isLast = segment == term.segments - 1
      let day = start.adding(
        days: (Double(segment) * (full + gapHours) / HoursOf.day).rounded(.down))
      let billed = isLast ? lastBilled : full
      let used = isLast ? lastUsed : full - stop
      let what = term.segments > 1 ? "term \(segment + 1) of \(term.segments)" : "whole term"
      append(&flows, day, used: used, unused: billed - used, note: "\(what), paid up front")
    }
    return flows
  }

  /// Hours of each segment but the last.
  private var fullSegmentHours: Double {
    switch offer.termRule {
    case .capacityBlock:
      return min(offer.maxTermHours ?? .infinity, RentalTerms.longestBlockDays * HoursOf.day)
    case .calendar:
      return min(offer.maxTermHours ?? .infinity, RentalTerms.longestCalendarDays * HoursOf.day)
    case .flexStart:
      return min(offer.maxTermHours ?? .infinity, RentalTerms.longestFlexStartHours)
    case .commitment: return offer.commitmentHours ?? term.billedHours
    case .none: return term.billedHours
    }
  }

  /// Hours are paid month by month; waits between segments are free, so the paid hours are spread
  /// evenly over the calendar. The hours worked come first, the unused rest after them.
  func inArrears() -> [Flow] {
    let span = max(term.calendarHours, term.billedHours)
    guard span > 0 else { return [] }
    let billedPerHour = term.billedHours / span
    let worked = min(1, term.heldHours / term.billedHours) * span
    var flows: [Flow] = []
    for month in Accrual.months(start: start, from: 0, to: span) {
      let used = max(0, min(month.to, worked) - month.from)
      let unused = month.hours - used
      append(
        &flows, month.due, used: used * billedPerHour, unused: unused * billedPerHour,
        note: "paid in arrears")
    }
    return flows
  }

  private func append(
    _ flows: inout [Flow], _ day: CalendarDate, used: Double, unused: Double, note: String
  ) {
    // Less than a second unused is a rounding error of the sums, not a line of the bill.
    let isWhole = abs(unused) < 1.0 / 3600
    let used = isWhole ? used + unused : used
    let unused = isWhole ? 0 : unused
    if used > 0 {
      flows.append(
        Flow(date: day, term: .acceleratorRent, dollars: used * dollarsPerHour, note: note))
    }
    if unused > 0 {
      flows.append(
        Flow(date: day, term: unusedTerm, dollars: unused * dollarsPerHour, note: note))
    }
  }
}
