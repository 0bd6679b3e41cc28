import Catalog
import Quantities
import RealModule

/// How one size class of a candidate's capacity is had: the market's row, as the scenario changes it.
struct Capacity: Hashable, Sendable {
  /// Contract, request, or in hand where the user says so.
  var kind: CapacityClass
  /// Requests on one channel share one draw of the market.
  var channel: String
  /// Whose shortage the channel shares.
  var group: String
  /// Chance that a request of such a size is granted, low, typical and high belief; nil when nobody
  /// has to grant it.
  var chance: Interval?
  /// Days from asking to the start, for a buyer who gets it.
  var waitMedianDays: Double
  var waitLateDays: Double
  /// Longest term of one purchase; nil without a limit.
  var longestTermDays: Double?
  /// Most chips of the class, and of the seller's rule.
  var mostChips: Int
  var leastChips: Int
  /// What happens at the end and what is refunded, in words.
  var note: String
  var provenance: Provenance?

  /// Whether so many chips are of this class; never where a size lies past the most it may have.
  func holds(_ chips: Int) -> Bool { chips >= leastChips && chips <= mostChips }

  /// Standard deviation of the logarithm of the wait.
  var waitDeviation: Double {
    guard waitMedianDays > 0, waitLateDays > waitMedianDays else { return 0 }
    return .log(waitLateDays / waitMedianDays) / 1.281_551_565_544_600_5
  }
}

extension Candidate {
  /// How so many chips of the candidate are had.
  ///
  /// A quote or grant in hand needs nobody's word. On demand within the quota that the user has is a
  /// contract that nobody has to grant; beyond it a request. What no row speaks of is a request with
  /// the widest prior.
  func capacity(chips: Int, in catalog: Catalog, _ scenario: Scenario) -> Capacity {
    let row: CapacityChannel?
    var isInHand = false
    switch source {
    case .rent(let offer):
      row = catalog.obtainability(of: offer, chips: chips)
      isInHand = offer.terms.isInHand
    case .buy(let quote):
      row = catalog.obtainability(of: quote, chips: chips)
      isInHand = quote.terms.isInHand
    }
    let quota = scenario.policy.quotas[accelerator.id]
    let isWithinQuota = purchase == .onDemand && (quota.map { chips <= $0 } ?? false)
    var capacity = Capacity(
      kind: isInHand ? .inHand : row?.capacityClass ?? .request,
      channel: row?.id ?? "unstated/\(provider)/\(purchase.rawValue)",
      group: row.map { catalog.correlationGroup(of: $0, accelerator: accelerator.id) }
        ?? accelerator.vendor,
      chance: row?.chance ?? Interval(low: 0.05, typical: 0.25, high: 0.6),
      waitMedianDays: row?.waitMedianDays ?? 7, waitLateDays: row?.waitP90Days ?? 28,
      longestTermDays: row?.longestTermDays,
      mostChips: min(row?.chipsMost ?? .max, row?.mostChipsAtOnce ?? .max),
      leastChips: row?.chipsLeast ?? 0, note: row.map(Self.note) ?? "no source says how it is had",
      provenance: row?.provenance)
    // Who quotes a price sells it, though not always at once.
    if offerName.hasPrefix(ScenarioQuote.prefix), !isInHand { capacity.kind = .contract }
    if purchase == .onDemand && quota == nil, let free = row?.defaultQuotaChips {
      if chips <= free {
        capacity.kind = .contract
        capacity.chance = nil
        capacity.mostChips = min(capacity.mostChips, free)
      } else {
        capacity.leastChips = max(capacity.leastChips, free + 1)
      }
    }
    if purchase == .onDemand, let quota, chips > quota {
      capacity.leastChips = max(capacity.leastChips, quota + 1)
    }
    if isInHand || isWithinQuota {
      capacity.kind = isInHand ? .inHand : .contract
      capacity.chance = nil
      if isWithinQuota { capacity.mostChips = min(capacity.mostChips, quota ?? .max) }
    }
    if capacity.chance?.central ?? 0 >= 1 { capacity.chance = nil }
    return capacity
  }

  private static func note(_ row: CapacityChannel) -> String {
    let end =
      switch row.endOfTerm {
      case .stop: "taken back at the end of its term"
      case .extensionIfFree: "prolonged at its end only where capacity is free"
      case .renewal: "a new term is negotiated before the old one ends"
      case .runsOn: "runs until the buyer ends it"
      case nil: "what happens at its end is not published"
      }
    let refund =
      switch row.refundShare {
      case .some(let share) where share > 0:
        "; \(Decimals.fixed(share * 100, 0)) % of what is left is refunded"
      case .some: "; nothing is refunded"
      case nil: ""
      }
    return end + refund
  }

  /// The price a buyer of this budget is expected to pay, against the list: US dollars per chip and
  /// hour of rent, or per server.
  func expectedPrice(chips: Int, in catalog: Catalog, _ scenario: Scenario) -> ExpectedPrice {
    let dollars = scenario.budgetDollars.isFinite ? scenario.budgetDollars : 1e12
    switch source {
    case .rent(let offer):
      if scenario.renting.discounts[provider] != nil {
        // The user's own discount is taken off already and stands as it is.
        let price = offer.usdPerChipHour
        return ExpectedPrice(
          list: price, expected: Interval(low: price, typical: price, high: price), record: nil)
      }
      return catalog.expectedPrice(of: offer, chips: chips, dollars: dollars)
    case .buy(let quote):
      return catalog.expectedPrice(of: quote, chips: chips, dollars: dollars)
    }
  }
}
