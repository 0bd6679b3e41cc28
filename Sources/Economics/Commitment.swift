import Catalog

/// A term paid whether it is used or not, against paying by the hour.
public struct Commitment: Hashable, Sendable {
  /// US dollars an hour of the term.
  public var committedRate: Double
  /// US dollars an hour when paid as used.
  public var onDemandRate: Double
  public var termHours: Double

  public init(committedRate: Double, onDemandRate: Double, termHours: Double) {
    self.committedRate = committedRate
    self.onDemandRate = onDemandRate
    self.termHours = termHours
  }

  /// Share of the term that must be used for the commitment to cost the same: `p_c / p_o`.
  public var breakEvenUtilisation: Double { committedRate / onDemandRate }

  /// Hours of use at which it costs the same.
  public var breakEvenHours: Double { breakEvenUtilisation * termHours }

  /// US dollars a used hour: `p_c H / h`.
  public func dollarsPerUsedHour(usedHours: Double) -> Double {
    committedRate * termHours / usedHours
  }

  /// US dollars of the term when idle hours are worth something to other work:
  /// `p_c H - v (H - h)`.
  public func dollars(usedHours: Double, idleHourValue: Double) -> Double {
    committedRate * termHours - idleHourValue * max(0, termHours - usedHours)
  }
}

/// A take-or-pay agreement with a provider: a discount on what counts, and a least bill.
public struct EnterpriseAgreement: Hashable, Sendable {
  /// US dollars promised over the term.
  public var commitDollars: Double
  /// Fraction off list.
  public var discount: Double

  public init(commitDollars: Double, discount: Double) {
    self.commitDollars = commitDollars
    self.discount = discount
  }

  /// US dollars to pay: `max(commit, (1 - d) eligible) + not eligible`. Upfront blocks and some
  /// marketplaces may not count as eligible.
  public func bill(eligibleListDollars: Double, otherDollars: Double) -> Double {
    max(commitDollars, (1 - discount) * eligibleListDollars) + otherDollars
  }

  /// US dollars paid for nothing because too little was spent.
  public func shortfall(eligibleListDollars: Double) -> Double {
    max(0, commitDollars - (1 - discount) * eligibleListDollars)
  }

  /// The band of discounts advisers name for a promise of this size, as fractions of list; nil below
  /// a million dollars, where none is named.
  public static func discountBand(commitDollars: Double, catalog: Catalog) -> Sourced? {
    let scope: String
    switch commitDollars {
    case ..<1e6: return nil
    case ..<5e6: scope = "1m-5m-usd"
    case ...25e6: scope = "5m-25m-usd"
    default: scope = "over-25m-usd"
    }
    return catalog.ownership("enterprise_discount/\(scope)").map { Sourced($0) }
  }
}
