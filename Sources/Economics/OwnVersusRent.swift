/// An owned accelerator's cost a year and an hour, against renting one.
///
/// Method: annuity of price less discounted resale, yearly costs, energy by the hour; costs and hours
/// of one chip, or of a whole cluster when the rent is a cluster's.
public struct OwnedHour: Hashable, Sendable {
  /// Capital and standing costs, US dollars a year, paid whether used or not.
  public var fixedPerYear: Double
  /// US dollars an hour of use.
  public var busyEnergyPerHour: Double
  /// US dollars an hour of standing by.
  public var idleEnergyPerHour: Double

  public init(fixedPerYear: Double, busyEnergyPerHour: Double, idleEnergyPerHour: Double = 0) {
    self.fixedPerYear = fixedPerYear
    self.busyEnergyPerHour = busyEnergyPerHour
    self.idleEnergyPerHour = idleEnergyPerHour
  }

  /// Per chip of a bill, over a life.
  public init(_ bill: OwnershipBill, lifeYears: Double) {
    let chips = Double(bill.chips)
    let standing = bill.standingPerHour * Finance.hoursPerYear
    self.init(
      fixedPerYear: (bill.capitalPerYear(lifeYears: lifeYears) + standing) / chips,
      busyEnergyPerHour: bill.energyPerHour / chips)
  }

  /// US dollars an hour, used or not.
  public var fixedPerHour: Double { fixedPerYear / Finance.hoursPerYear }

  /// US dollars per useful hour at a utilisation: `fixed/u + busy + idle (1−u)/u`.
  ///
  /// - Parameter utilisation: availability × booked share × goodput, above 0 and at most 1.
  public func costPerUsefulHour(utilisation: Double) -> Double {
    let standby = idleEnergyPerHour * (1 - utilisation)
    return (fixedPerHour + standby) / utilisation + busyEnergyPerHour
  }

  /// The utilisation at which owning costs what renting does; nil when owning never does by the
  /// hour. Above 1 when even full use is not enough.
  ///
  /// - Parameters:
  ///   - rentPerHour: US dollars, paid only for hours used.
  ///   - speedRatio: work an owned chip does over what a rented one does in the same time.
  public func breakEvenUtilisation(rentPerHour: Double, speedRatio: Double = 1) -> Double? {
    let margin = rentPerHour * speedRatio - busyEnergyPerHour + idleEnergyPerHour
    guard margin > 0 else { return nil }
    return (fixedPerHour + idleEnergyPerHour) / margin
  }
}

/// Simple comparisons of a price paid once against a rent, as they are published.
public enum OwnVersusRent {
  /// Hours of use after which buying is cheaper: `capex / (rent − own hourly cost)`; nil when the
  /// rent is not above the hourly cost (Lenovo Press LP2225).
  public static func breakEvenHours(
    capexDollars: Double, rentPerHour: Double, ownPerHour: Double
  ) -> Double? {
    rentPerHour > ownPerHour ? capexDollars / (rentPerHour - ownPerHour) : nil
  }

  /// Years after which having bought has cost less than having rented for the same use, the value
  /// left counted for the owner and everything discounted; nil when it never comes within a limit.
  ///
  /// - Parameters:
  ///   - bill: the cluster.
  ///   - rentPerHour: US dollars an hour for as many chips.
  ///   - utilisation: share of hours used, rented only then.
  ///   - limitYears: how far to look.
  public static func breakEvenYears(
    bill: OwnershipBill, rentPerHour: Double, utilisation: Double, limitYears: Double = 15
  ) -> Double? {
    let rate = bill.discountRatePerYear
    let saved = rentPerHour * utilisation - bill.standingPerHour - bill.energyPerHour * utilisation
    func net(_ years: Double) -> Double {
      let annuity = Finance.annuityFactor(ratePerYear: rate, years: years)
      let left =
        bill.valueLeftDollars(usefulHours: years * Finance.hoursPerYear)
        * Finance.discountFactor(ratePerYear: rate, years: years)
      return saved * Finance.hoursPerYear * annuity + left - bill.purchaseDollars
    }
    let step = 1.0 / 12
    var before = 0.0
    var year = step
    while year <= limitYears + 1e-9 {
      if net(year) >= 0 { return bisect(before, year, net) }
      before = year
      year += step
    }
    return nil
  }

  private static func bisect(
    _ low: Double, _ high: Double, _ function: (Double) -> Double
  ) -> Double {
    var (low, high) = (low, high)
    for _ in 0..<60 {
      let middle = (low + high) / 2
      if function(middle) >= 0 { high = middle } else { low = middle }
    }
    return high
  }

  /// US dollars per effective petaFLOP/s and year of a fleet, all costs over its life
  /// (aiinframap.com calculator, mid 2026).
  ///
  /// - Parameters:
  ///   - effectivePetaflops: peak of all chips by their share of use.
  public static func dollarsPerEffectivePetaflopYear(
    totalDollars: Double, effectivePetaflops: Double, years: Double
  ) -> Double {
    totalDollars / (effectivePetaflops * years)
  }
}

/// The break-even of a commitment against paying by the hour.
public struct CommitmentEconomics: Hashable, Sendable {
  /// US dollars an hour.
  public var committedRate: Double
  public var onDemandRate: Double
  /// 8,760 or 26,280.
  public var termHours: Double

  public init(committedRate: Double, onDemandRate: Double, termHours: Double) {
    self.committedRate = committedRate
    self.onDemandRate = onDemandRate
    self.termHours = termHours
  }

  /// Share of the term that must be used: committed over on-demand rate.
  public var breakEvenUtilisation: Double { committedRate / onDemandRate }

  /// Hours of full use from the start after which the commitment has paid.
  public var breakEvenHours: Double { breakEvenUtilisation * termHours }

  /// Cost of a used hour, in on-demand rates, when only some hours of the term are used.
  public func relativeCost(usedHours: Double) -> Double {
    committedRate * termHours / usedHours / onDemandRate
  }
}

/// A spend commitment with a discount, paid whether reached or not (take or pay).
public struct SpendCommitment: Hashable, Sendable {
  /// US dollars promised.
  public var committedDollars: Double
  /// Share off the list price of what is eligible.
  public var discount: Double

  public init(committedDollars: Double, discount: Double) {
    self.committedDollars = committedDollars
    self.discount = discount
  }

  /// `max(commitment, (1 − d) eligible) + other`.
  public func bill(eligibleDollars: Double, otherDollars: Double = 0) -> Double {
    max(committedDollars, (1 - discount) * eligibleDollars) + otherDollars
  }

  /// What is paid for nothing.
  public func shortfall(eligibleDollars: Double) -> Double {
    max(0, committedDollars - (1 - discount) * eligibleDollars)
  }
}
