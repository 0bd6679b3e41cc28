import Catalog

/// Share of a job's wall-clock time that is useful work when failures, restarts and checkpoints are
/// all that is lost.
///
/// It is an account of causes, for explaining and for asking "what if". `ThroughputEstimate.goodput`
/// comes from published whole runs and holds these losses already, with evaluation, ramp-up and
/// whatever else their hours hold: a plan takes one or the other, never their product.
public struct FailureGoodput: Hashable, Sendable {
  /// Useful share, from 0 to 1, with low, typical and high rates of failure and times of restart.
  public var optimistic: Double
  public var typical: Double
  public var pessimistic: Double
  /// The typical job.
  public var run: CheckpointedRun
  /// Useful work between checkpoints of the typical job, seconds.
  public var workSeconds: Double
  public var evidence: EvidenceGrade

  /// - Returns: nil when a rate or a time of restart is unknown.
  public init?(rates: FailureRates, chips: Int, checkpoint: CheckpointCost) {
    let failures = rates.perChipHour
    let restarts = rates.restartSeconds
    guard
      let low = Self.run(failures.low, restarts.low, chips, checkpoint),
      let middle = Self.run(failures.typical, restarts.typical, chips, checkpoint),
      let high = Self.run(failures.high, restarts.high, chips, checkpoint)
    else { return nil }
    optimistic = 1 / low.leastWallFactor(minimumWorkSeconds: checkpoint.writeSeconds)
    typical = 1 / middle.leastWallFactor(minimumWorkSeconds: checkpoint.writeSeconds)
    pessimistic = 1 / high.leastWallFactor(minimumWorkSeconds: checkpoint.writeSeconds)
    run = middle
    workSeconds = max(middle.optimalWorkSeconds, checkpoint.writeSeconds)
    evidence = rates.provenance.grade
  }

  /// Wall-clock time over useful time of the typical job.
  public var wallFactor: Double { 1 / typical }

  private static func run(
    _ perChipHour: Double?, _ restartSeconds: Double?, _ chips: Int, _ checkpoint: CheckpointCost
  ) -> CheckpointedRun? {
    guard let perChipHour, perChipHour > 0, let restartSeconds else { return nil }
    let mean = FailureRates.meanSecondsBetweenFailures(perChipHour: perChipHour, chips: chips)
    return CheckpointedRun(
      meanSecondsBetweenFailures: mean, stallSeconds: checkpoint.stallSeconds,
      restartSeconds: restartSeconds)
  }
}
