import Quantities

/// The other costs of a job as constants and rates: scalars only, for loops that price many lengths
/// of time. What is not known counts nothing.
public struct OtherCostRates: Hashable, Sendable {
  /// US dollars of data preparation.
  public var preparationDollars = 0.0
  public var portingDollars = 0.0
  public var egressDollars = 0.0
  /// US dollars an hour of corpus and checkpoints kept.
  public var storageDollarsPerHour = 0.0
  /// Fraction of what the cloud bills.
  public var supportFraction = 0.0
  /// All compute beside the final run, over the final run's.
  public var experimentsFraction = 0.0
  /// Fraction of everything else.
  public var contingencyFraction = 0.0

  public init(_ costs: OtherCosts) {
    // A month's storage of a job without hours: amounts that don't depend on them, then the rate.
    let fixed = costs.amounts(
      OtherCosts.Job(
        start: .init(daysSinceEpoch: 0), hours: HoursOf.month, runDollars: 0, cloudDollars: 0,
        countedDollars: 0))
    preparationDollars = fixed.dataPreparation ?? 0
    portingDollars = fixed.porting ?? 0
    egressDollars = fixed.egress ?? 0
    let month: Double = (fixed.objectStorage ?? 0) + (fixed.checkpointStorage ?? 0)
    storageDollarsPerHour = month / HoursOf.month
    supportFraction = costs.supportFraction ?? 0
    experimentsFraction = max(0, (costs.experimentsMultiplier ?? 1) - 1)
    contingencyFraction = costs.contingencyFraction ?? 0
  }

  /// The sum of the bill, US dollars.
  ///
  /// - Parameters:
  ///   - hours: from the first day to the end.
  ///   - runDollars: what the experiments are a multiple of.
  ///   - cloudDollars: what support is a share of, with storage and egress.
  ///   - countedDollars: what contingency is a share of, with all these.
  ///   - portingFactor: of the usual work to port.
  @inline(__always)
  public func cashDollars(
    hours: Double, runDollars: Double, cloudDollars: Double, countedDollars: Double,
    portingFactor: Double = 1
  ) -> Double {
    let stored: Double = storageDollarsPerHour * hours
    let support: Double = supportFraction * (cloudDollars + stored + egressDollars)
    let experiments: Double = experimentsFraction * runDollars
    let work: Double = preparationDollars + portingDollars * portingFactor + experiments
    let all: Double = work + stored + egressDollars + support
    return all + contingencyFraction * (countedDollars + all)
  }
}
