import Catalog
import Economics

/// What waiting may bring, never without the chance that it brings the opposite.
public struct WaitingOutlook: Hashable, Sendable {
  /// Years waited.
  public var years: Double
  /// Price of the same work then, over today's, if performance for the price goes on as it did.
  public var priceFactor: Double
  /// Chance that rents are higher then than today.
  public var chanceOfRise: Double
  public var provenance: Provenance

  /// Half a year on.
  ///
  /// The trend is that of accelerators used for machine learning (Epoch AI 2022); rents wander about
  /// it with the yearly deviation of the catalogue, and have risen for months at a time.
  ///
  /// - Returns: nil without the catalogue's rows.
  init?(catalog: Catalog, years: Double = 0.5) {
    guard let row = catalog.ownership("price_performance_doubling/ml-gpus"),
      let doubling = row.value.central,
      let deviation = catalog.ownership("rent_price_log_sd/per-sqrt-year")?.value.central
    else { return nil }
    let trend = Waiting(costNow: 1, delayDollarsPerYear: 0, doublingYears: doubling)
    let drift = RentDrift(driftPerYear: -trend.declinePerYear, logDeviation: deviation)
    self.years = years
    priceFactor = trend.dollars(afterYears: years)
    chanceOfRise = drift.chanceOfRise(afterYears: years)
    provenance = row.provenance
  }
}
