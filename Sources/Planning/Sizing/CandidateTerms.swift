import Catalog
import Decisions
import Economics

extension Candidate {
  /// The candidate at the price that a buyer of its size is expected to pay.
  func at(_ price: ExpectedPrice) -> Candidate {
    guard let middle = price.expected.central else { return self }
    var candidate = self
    switch source {
    case .rent(var offer):
      offer.usdPerInstanceHour = middle * Double(offer.chipsPerInstance)
      candidate.source = .rent(offer)
    case .buy(var quote):
      quote.capex = price.expected
      candidate.source = .buy(quote)
    }
    return candidate
  }

  /// How a purchase's hours are billed.
  func grid(_ capacity: Capacity) -> BillingGrid {
    guard case .rent(let offer) = source, let terms else { return .byTheHour }
    let longest = min(
      capacity.longestTermDays.map { $0 * 24 } ?? .infinity, terms.maxTermHours ?? .infinity)
    switch terms.rule {
    case .none, .flexStart:
      return BillingGrid(first: terms.minTermHours ?? 0, step: 1)
    case .capacityBlock:
      return BillingGrid(
        first: 24, step: 24, coarseFrom: RentalTerms.blockDaysByTheDay * 24, coarseStep: 7 * 24,
        longest: min(longest, RentalTerms.longestBlockDays * 24))
    case .calendar:
      return BillingGrid(
        first: 24, step: 24, longest: min(longest, RentalTerms.longestCalendarDays * 24))
    case .commitment:
      let hours = terms.commitmentHours ?? 1
      if let share = offer.terms.takeOrPayShare {
        return .owed(share: max(share, offer.terms.prepaymentShare ?? 0), ofTermHours: hours)
      }
      return BillingGrid(first: hours, step: hours)
    }
  }
}
