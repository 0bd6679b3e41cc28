/// An owned chip's cost by the hour of work, and when it beats renting one.
public struct OwnedChip: Hashable, Sendable {
  /// US dollars a year whether it works or not: equivalent annual cost with maintenance.
  public var fixedDollarsPerYear: Double
  /// kW the facility draws for it at work and idle, before overhead.
  public var busyKilowatts: Double
  public var idleKilowatts: Double
  public var powerUsageEffectiveness: Double
  /// US dollars a kWh.
  public var tariff: Double

  public init(
    fixedDollarsPerYear: Double, busyKilowatts: Double, idleKilowatts: Double = 0,
    powerUsageEffectiveness: Double, tariff: Double
  ) {
    self.fixedDollarsPerYear = fixedDollarsPerYear
    self.busyKilowatts = busyKilowatts
    self.idleKilowatts = idleKilowatts
    self.powerUsageEffectiveness = powerUsageEffectiveness
    self.tariff = tariff
  }

  /// US dollars an hour, whether it works or not; years are of 8,760 h.
  public var fixedDollarsPerHour: Double { fixedDollarsPerYear / 8760 }

  /// US dollars of electricity an hour at work.
  public var busyDollarsPerHour: Double { busyKilowatts * powerUsageEffectiveness * tariff }

  /// US dollars an hour of work when it works a share of the time (available, booked and
  /// productive): `fixed/u + busy + idle (1-u)/u`.
  public func dollarsPerUsefulHour(utilisation: Double) -> Double {
    let idle = idleKilowatts * powerUsageEffectiveness * tariff
    let spread = (fixedDollarsPerHour + idle * (1 - utilisation)) / utilisation
    return spread + busyDollarsPerHour
  }

  /// The share of the time it must work to cost as little as renting: `fixed / (p s - e)`, with idle
  /// power neglected.
  ///
  /// - Parameters:
  ///   - rentPerHour: US dollars a rented chip-hour, paid only when used.
  ///   - speedRatio: owned chip's speed over the rented one's.
  /// - Returns: above 1, owning never pays; nil when its electricity alone costs more than the rent.
  public func breakEvenUtilisation(rentPerHour: Double, speedRatio: Double = 1) -> Double? {
    let saved = rentPerHour * speedRatio - busyDollarsPerHour
    return saved > 0 ? fixedDollarsPerHour / saved : nil
  }
}

/// Whether to wait while accelerators get better for their price.
///
/// Source of the rates: Epoch AI, "Trends in GPU price-performance" (2022): doubling in 2.46 years
/// over all GPUs, 2.07 those used for machine learning, 2.95 the best of their year.
public struct Waiting: Hashable, Sendable {
  /// US dollars the job costs when it starts now.
  public var costNow: Double
  /// US dollars a year of delay costs.
  public var delayDollarsPerYear: Double
  /// Years in which performance for the price doubles.
  public var doublingYears: Double

  public init(costNow: Double, delayDollarsPerYear: Double, doublingYears: Double) {
    self.costNow = costNow
    self.delayDollarsPerYear = delayDollarsPerYear
    self.doublingYears = doublingYears
  }

  /// Continuous rate of decline, `ln 2 / T`.
  public var declinePerYear: Double { Elementary.logarithm(2) / doublingYears }

  /// Share by which the price of the same work falls in a year, `1 - 2^(-1/T)`.
  public var yearlyFall: Double { -Elementary.exponentialLessOne(-declinePerYear) }

  /// Years to wait at the least cost, `max(0, ln(C0 λ / q) / λ)`.
  ///
  /// This takes the fall for certain. Rents have also risen for years at a time, so a plan that
  /// waits must say how likely that is.
  public var bestYears: Double {
    let ratio = delayIsDear / delayDollarsPerYear
    return ratio > 1 ? Elementary.logarithm(ratio) / declinePerYear : 0
  }

  /// US dollars a year of delay above which waiting never pays, `C0 λ`.
  public var delayIsDear: Double { costNow * declinePerYear }

  /// US dollars when the job starts after some years: `C0 e^(-λ t) + q t`.
  public func dollars(afterYears years: Double) -> Double {
    costNow * Elementary.exponential(-declinePerYear * years) + delayDollarsPerYear * years
  }
}
