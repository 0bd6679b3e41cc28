/// A job that fails at random, saves checkpoints and starts again from the last one.
///
/// Failures are a Poisson process; a checkpoint is taken after every stretch of useful work and
/// holds the job up; a restart takes a fixed time, during which the job can fail again.
///
/// Sources: J. W. Young, Communications of the ACM 17 (1974) 530-531; J. T. Daly, Future Generation
/// Computer Systems 22 (2006) 303-312 (recalled (unverified), recomputed); Saxena et al., arXiv
/// 2410.18124.
public struct CheckpointedRun: Hashable, Sendable {
  /// Mean time between failures of the whole job, M; seconds, positive.
  public var meanSecondsBetweenFailures: Double
  /// Seconds the job stands still for one checkpoint, K.
  public var stallSeconds: Double
  /// Seconds from a failure to work again, R: detection, restart and reload, lost work not counted.
  public var restartSeconds: Double

  public init(
    meanSecondsBetweenFailures: Double, stallSeconds: Double, restartSeconds: Double
  ) {
    self.meanSecondsBetweenFailures = meanSecondsBetweenFailures
    self.stallSeconds = stallSeconds
    self.restartSeconds = restartSeconds
  }

  /// Wall-clock seconds per second of useful work when checkpoints stand `workSeconds` of work
  /// apart: Daly's complete model, (M/τ)·e^(R/M)·(e^((τ+K)/M) − 1), exact for this process.
  ///
  /// Infinite where a stretch of work all but never ends without a failure.
  public func wallFactor(workSeconds: Double) -> Double {
    let mean = meanSecondsBetweenFailures
    let restarts = Elementary.exponential(restartSeconds / mean)
    let stretch = Elementary.exponentialLessOne((workSeconds + stallSeconds) / mean)
    return mean / workSeconds * restarts * stretch
  }

  /// As `wallFactor`, to first order: 1 + K/τ + (τ/2 + R)/M. Too small where failures are frequent;
  /// for comparison only.
  public func firstOrderWallFactor(workSeconds: Double) -> Double {
    1 + firstOrderWaste(workSeconds: workSeconds)
  }

  /// Share of useful work lost to first order: K/τ + (τ/2 + R)/M.
  public func firstOrderWaste(workSeconds: Double) -> Double {
    let failures: Double = (workSeconds / 2 + restartSeconds) / meanSecondsBetweenFailures
    return stallSeconds / workSeconds + failures
  }

  /// Young's interval: sqrt(2KM), seconds of work.
  public var youngWorkSeconds: Double {
    (2 * stallSeconds * meanSecondsBetweenFailures).squareRoot()
  }

  /// Daly's higher-order interval, seconds of work:
  /// sqrt(2KM)·(1 + sqrt(K/2M)/3 + (K/2M)/9) − K, and M from K = 2M on.
  public var dalyWorkSeconds: Double {
    let mean = meanSecondsBetweenFailures
    guard stallSeconds < 2 * mean else { return mean }
    let ratio = stallSeconds / (2 * mean)
    let series: Double = 1 + ratio.squareRoot() / 3 + ratio / 9
    return youngWorkSeconds * series - stallSeconds
  }

  /// The period with the highest availability in Saxena's sense, the checkpoint itself included:
  /// K + sqrt(2(M + R)K + K²). It maximises (1 − K/τ)·M/(M + R + τ/2).
  public var availabilityOptimalPeriodSeconds: Double {
    stallSeconds + availabilityOptimalWorkSeconds
  }

  /// The useful work of that period: sqrt(2(M + R)K + K²).
  public var availabilityOptimalWorkSeconds: Double {
    let stall = stallSeconds
    let cycle: Double = meanSecondsBetweenFailures + restartSeconds
    return (2 * cycle * stall + stall * stall).squareRoot()
  }

  /// The interval with the smallest `wallFactor`, seconds of work; 0 when checkpoints cost nothing.
  ///
  /// With x = τ/M and k = K/M the derivative vanishes where x + k + ln(1 − x) = 0 (derived). The
  /// left side is concave and has one root in 0..<1; Newton's method from the right of it comes
  /// down to it without overshooting.
  public var optimalWorkSeconds: Double {
    let ratio = stallSeconds / meanSecondsBetweenFailures
    guard ratio > 0 else { return 0 }
    // To the right of the root in either case: ln(1 − x) < −x − x²/2, and x < 1.
    let farRight = -Elementary.exponentialLessOne(-ratio - 1)
    var x = min((2 * ratio).squareRoot(), farRight)
    for _ in 0..<100 {
      let value: Double = x + ratio + Elementary.logarithmOfOnePlus(-x)
      let next: Double = x + value * (1 - x) / x
      guard next < x, next > 0 else { break }
      x = next
    }
    return x * meanSecondsBetweenFailures
  }

  /// The smallest `wallFactor` of an interval not shorter than a bound, such as the time in which
  /// an asynchronous checkpoint is written.
  public func leastWallFactor(minimumWorkSeconds: Double = 0) -> Double {
    let work = max(optimalWorkSeconds, minimumWorkSeconds)
    guard work > 0 else {
      // Checkpoints cost nothing: no work is lost, only restarts.
      return Elementary.exponential(restartSeconds / meanSecondsBetweenFailures)
    }
    return wallFactor(workSeconds: work)
  }
}
