import Catalog
import Quantities

/// Turns a chain of terms into dated flows.
struct RentalLedger {
  let offer: Offer
  let rate: RentalRate
  let start: CalendarDate
  /// Share of the held hours that is work; the rest is lost to interruptions.
  let usefulShare: Double

  /// Flows of every term: up front at its start, or by calendar month in arrears.
  func flows(_ segments: [RentalSegment], totals: BilledHours) -> [Flow] {
    var flows: [Flow] = []
    for segment in segments {
      flows += offer.payment == .upfront ? upfront(segment) : monthly(segment)
    }
    flows += discount(of: flows)
    if let salvage = salvage(totals) { flows.append(salvage) }
    return flows
  }

  private func upfront(_ segment: RentalSegment) -> [Flow] {
    let day = date(segment.startHours)
    return split(held: segment.heldHours, spare: segment.billedHours - segment.heldHours, on: day)
  }

  /// One set of flows a calendar month, dated at its end or at the end of the term.
  private func monthly(_ segment: RentalSegment) -> [Flow] {
    let parts = MonthlySpread.parts(
      start: start, offset: segment.startHours, length: segment.billedHours)
    return parts.flatMap { part in
      let held = max(0, min(part.to, segment.heldHours) - part.from)
      return split(held: held, spare: part.hours - held, on: part.date)
    }
  }

  private func split(held: Double, spare: Double, on day: CalendarDate) -> [Flow] {
    let useful = held * usefulShare
    let note = "\(Decimals.shortest(rate.dollarsPerHour)) USD an hour"
    let spareTerm: CostTerm =
      rate.terms.rule == .commitment ? .idleCommitment : .minimumTermRounding
    let parts: [(CostTerm, Double)] = [
      (.acceleratorRent, useful), (.interruptionLoss, held - useful), (spareTerm, spare),
    ]
    return parts.filter { $0.1 > 1e-9 }.map { term, hours in
      Flow(
        day, term, hours * rate.dollarsPerHour,
        note: "\(Decimals.fixed(hours, 1)) h at \(note)", sourceIDs: [offer.id])
    }
  }

  /// The negotiated discount of each payment, on its day.
  private func discount(of flows: [Flow]) -> [Flow] {
    guard rate.discount > 0 else { return [] }
    let percent = Decimals.shortest(rate.discount * 100)
    return flows.map {
      Flow(
        $0.date, .negotiatedDiscount, -rate.discount * $0.amountDollars,
        note: "\(percent)% off the list rate")
    }
  }

  /// What idle committed hours are worth to others, at the middle of the rest of the term.
  private func salvage(_ totals: BilledHours) -> Flow? {
    guard totals.idle > 0, rate.salvageFraction > 0 else { return nil }
    let value = totals.idle * rate.dollarsPerHour * (1 - rate.discount) * rate.salvageFraction
    return Flow(
      date(totals.held + totals.idle / 2), .idleCommitment, -value, kind: .valueLeft,
      note: "idle hours used elsewhere at \(Decimals.shortest(rate.salvageFraction)) of their rate")
  }

  private func date(_ hours: Double) -> CalendarDate {
    MonthlySpread.date(start, hours: hours)
  }
}
