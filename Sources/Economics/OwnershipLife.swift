/// A cluster kept for years, against renting as much.
///
/// Built from the same figures as the bill of one job; time counts from the first hour of work.
public struct OwnershipLife: Hashable, Sendable {
  /// Paid until the first hour of work (the order, then space, staff and upkeep from delivery on, and
  /// burn-in), US dollars a chip.
  public var onceDollars: Double
  /// What of it can be sold again.
  public var resaleBasis: Double
  /// US dollars an hour and chip, used or not: space, staff, maintenance.
  public var standingPerHour: Double
  /// US dollars an hour and chip at work.
  public var energyPerHour: Double
  /// Years from delivery to the first hour of work.
  public var rampYears: Double
  public var residualFractions: ResidualCurve
  /// A year, as a fraction.
  public var discountRate: Double

  /// Nil when the server has no price.
  ///
  /// Terms without a figure are left out, as in the bill; `OwnershipOutcome.notIncluded` names them.
  public init?(figures: OwnershipFigures, chips: Int, discountRate: Double) {
    guard let bill = OwnershipBill(figures: figures, chips: chips, usefulHours: 0) else {
      return nil
    }
    let standing: Double =
      (bill.colocationPerHour ?? 0) + (bill.staffPerHour ?? 0) + (bill.maintenancePerHour ?? 0)
    onceDollars = bill.cashDollars / bill.chips
    resaleBasis = bill.resaleBasis / bill.chips
    standingPerHour = standing / bill.chips
    energyPerHour = (bill.energyPerHour ?? 0) / bill.chips
    rampYears = bill.heldHours / HoursOf.year
    residualFractions = figures.residualFractions
    self.discountRate = discountRate
  }

  /// Equivalent annual cost of the purchase over a life with the value left at its end taken off,
  /// and the standing costs, US dollars a year and chip.
  public func fixedDollarsPerYear(lifeYears: Double) -> Double {
    let left = resaleBasis * (residualFractions.fraction(years: rampYears + lifeYears) ?? 0)
    let capital = Finance.equivalentAnnualCost(
      price: onceDollars, resale: left, years: lifeYears, rate: discountRate)
    return capital + standingPerHour * HoursOf.year
  }

  /// US dollars an hour of work at a utilisation: the year's fixed cost over the hours of work, and
  /// energy.
  public func dollarsPerUsefulHour(utilisation: Double, lifeYears: Double) -> Double {
    let fixed = fixedDollarsPerYear(lifeYears: lifeYears) / HoursOf.year
    return fixed / utilisation + energyPerHour
  }

  /// The share of the time a chip must work to cost as little as renting; above 1 owning never pays,
  /// nil when its energy alone costs more than the rent.
  ///
  /// - Parameters:
  ///   - rentPerHour: US dollars a rented chip-hour, paid only when used.
  ///   - speedRatio: owned chip's speed over the rented one's.
  public func breakEvenUtilisation(
    rentPerHour: Double, lifeYears: Double, speedRatio: Double = 1
  ) -> Double? {
    let saved = rentPerHour * speedRatio - energyPerHour
    let fixed = fixedDollarsPerYear(lifeYears: lifeYears) / HoursOf.year
    return saved > 0 ? fixed / saved : nil
  }

  /// The charge by usage for a job of some chip-hours: its hours at the cost of a useful hour over a
  /// life of that utilisation, US dollars.
  ///
  /// Spreads the capital by its annuity, where `OwnershipCharge.byUsage` shares it out in a straight
  /// line.
  public func usageDollars(chipHours: Double, utilisation: Double, lifeYears: Double) -> Double {
    chipHours * dollarsPerUsefulHour(utilisation: utilisation, lifeYears: lifeYears)
  }

  /// Years of work after which having bought has cost less than having rented for the same work, the
  /// value left counted for the owner, or not, and all discounted to the first hour of work; nil when it
  /// does not within a limit.
  ///
  /// - Parameters:
  ///   - rentPerHour: US dollars a rented chip-hour, paid only when used.
  ///   - utilisation: share of the hours there is work, owned or rented.
  ///   - speedRatio: owned chip's speed over the rented one's.
  public func breakEvenYears(
    rentPerHour: Double, utilisation: Double, speedRatio: Double = 1, limitYears: Double = 15,
    countsResale: Bool = true
  ) -> Double? {
    let worked = (rentPerHour * speedRatio - energyPerHour) * utilisation
    let savedPerYear = (worked - standingPerHour) * HoursOf.year
    func net(_ years: Double) -> Double {
      let saved = savedPerYear * Finance.annuity(rate: discountRate, years: years)
      let fraction =
        countsResale ? residualFractions.fraction(years: rampYears + years) ?? 0 : 0
      let left = resaleBasis * fraction / Elementary.power(1 + discountRate, years)
      return saved + left - onceDollars
    }
    var low = 0.0
    while low < limitYears {
      var high = min(limitYears, low + 1.0 / 12)
      if net(high) < 0 {
        low = high
        continue
      }
      for _ in 0..<50 {
        let middle = (low + high) / 2
        if net(middle) >= 0 { high = middle } else { low = middle }
      }
      return high
    }
    return nil
  }
}
