/// How failures, reclaims and checkpoints lengthen a job.
///
/// Interruptions are Poisson with a mean time M between them; a checkpoint is taken after every
/// interval of useful work and stalls the job for K; a restart takes R. All times are in hours here,
/// and any one unit does.
///
/// Source: J. T. Daly, "A higher order estimate of the optimum checkpoint interval for restart
/// dumps", Future Generation Computer Systems 22 (2006) 303-312.
public struct Interruptions: Hashable, Sendable {
  /// Mean time between interruptions of the whole job, h.
  public var meanHours: Double
  /// Hours the job stands still for a checkpoint.
  public var stallHours: Double
  /// Hours from an interruption to work again.
  public var restartHours: Double

  public init(meanHours: Double, stallHours: Double, restartHours: Double) {
    self.meanHours = meanHours
    self.stallHours = stallHours
    self.restartHours = restartHours
  }

  /// Hours that pass for an hour of useful work when checkpoints are this many hours of work apart:
  /// `m = (M/τ) e^(R/M) (e^((τ+K)/M) - 1)`, Daly's complete model, exact for Poisson failures.
  public func wallPerUsefulHour(intervalHours: Double) -> Double {
    let restarts = Elementary.exponential(restartHours / meanHours)
    let segment = Elementary.exponentialLessOne((intervalHours + stallHours) / meanHours)
    return meanHours / intervalHours * restarts * segment
  }

  /// Young's interval, `sqrt(2KM)` (J. W. Young, Communications of the ACM 17 (1974) 530-531).
  public var youngIntervalHours: Double { (2 * stallHours * meanHours).squareRoot() }

  /// Daly's higher-order interval; M where checkpoints cost 2M and more.
  public var dalyIntervalHours: Double {
    guard stallHours < 2 * meanHours else { return meanHours }
    let ratio = stallHours / (2 * meanHours)
    let series = 1 + ratio.squareRoot() / 3 + ratio / 9
    return youngIntervalHours * series - stallHours
  }

  /// The interval with the least lost time, exactly.
  ///
  /// With x = τ/M and k = K/M the derivative of `wallPerUsefulHour` vanishes where
  /// `x + k + ln(1 - x) = 0`. The left side falls and is concave on 0..<1, so Newton's method
  /// started to the right of the root walks down to it without overshooting.
  public var optimumIntervalHours: Double {
    let ratio = stallHours / meanHours
    guard ratio > 0 else { return 0 }
    var x = min((2 * ratio).squareRoot(), 1 - Elementary.exponential(-ratio - 1))
    for _ in 0..<60 {
      let value = x + ratio + Elementary.logarithmOfOnePlus(-x)
      let next = x + value * (1 - x) / x
      guard next < x, next > 0 else { break }
      x = next
    }
    return x * meanHours
  }

  /// Hours that pass for an hour of useful work at the best interval that is not shorter than the
  /// time a checkpoint takes to be written (asynchronous checkpoints stall less than they take).
  public func leastWallPerUsefulHour(writeHours: Double = 0) -> Double {
    let interval = max(optimumIntervalHours, writeHours)
    guard interval > 0 else {
      // No stall: checkpoints all the time, and only restarts are lost.
      return Elementary.exponential(restartHours / meanHours)
    }
    return wallPerUsefulHour(intervalHours: interval)
  }

  /// First-order share of time lost, `K/τ + (τ/2 + R)/M`: optimistic, shown for comparison only.
  public func firstOrderWaste(intervalHours: Double) -> Double {
    stallHours / intervalHours + (intervalHours / 2 + restartHours) / meanHours
  }

  /// Mean time between interruptions of a job that stops when any of its parts does.
  public static func meanHours(ofPart hours: Double, parts: Int) -> Double {
    hours / Double(max(1, parts))
  }
}

/// What capacity that can be taken back costs.
public struct SpotRun: Hashable, Sendable {
  /// Interruptions of the whole job: of one node divided by the nodes when nodes are reclaimed one
  /// by one, of the zone when it is reclaimed together.
  public var interruptions: Interruptions
  /// Mean hours until capacity is had again.
  public var gapHours: Double

  public init(interruptions: Interruptions, gapHours: Double) {
    self.interruptions = interruptions
    self.gapHours = gapHours
  }

  /// Hours billed per hour of clean work: only capacity that is held is billed.
  public var billedPerCleanHour: Double { interruptions.leastWallPerUsefulHour() }

  /// US dollars of a run: `n m(τ; M_s) T_clean E[p_s]`.
  public func dollars(chips: Int, cleanHours: Double, dollarsPerChipHour: Double) -> Double {
    Double(chips) * billedPerCleanHour * cleanHours * dollarsPerChipHour
  }

  /// Hours on the calendar: `m T_clean + (m T_clean / M_s) E[gap]`.
  public func calendarHours(cleanHours: Double) -> Double {
    let held = billedPerCleanHour * cleanHours
    return held + held / interruptions.meanHours * gapHours
  }

  /// Discount on the on-demand price below which spot costs more: `1 - 1/m`.
  public var breakEvenDiscount: Double { 1 - 1 / billedPerCleanHour }

  /// Whether it is time to fall back on capacity that is not taken away: what is left to do, with
  /// the change-over, needs all the time there is.
  public static func mustFallBack(
    remainingHours: Double, onDemandWallPerUsefulHour: Double, setupHours: Double,
    hoursToDeadline: Double
  ) -> Bool {
    remainingHours * onDemandWallPerUsefulHour + setupHours >= hoursToDeadline
  }
}

extension SpotRun {
  /// Hours on the calendar for an hour of clean work.
  public var calendarPerCleanHour: Double { calendarHours(cleanHours: 1) }

  /// What is expected of spot capacity with the fall-back rule of `mustFallBack`, in hours.
  public struct WithFallback: Hashable, Sendable {
    /// On the calendar before the change-over.
    public var hoursOnSpot: Double
    /// Billed at the spot rate.
    public var spotBilledHours: Double
    /// Billed at the on-demand rate, the change-over included; 0 when spot alone is in time.
    public var onDemandBilledHours: Double
    public var calendarHours: Double
  }

  /// The split between spot and on demand when spot gets on at its mean rate.
  ///
  /// With ρ the work done in an hour on spot, the change-over comes at the t that solves
  /// `(T - ρ t) m + setup = D - t`.
  ///
  /// - Parameters:
  ///   - cleanHours: T, hours of work without interruptions.
  ///   - onDemandWallPerUsefulHour: m, hours on demand for an hour of work: failures only.
  ///   - setupHours: hours to change over, billed on demand.
  ///   - hoursToDeadline: D.
  /// - Returns: nil when on demand from the first hour would be late as well.
  public func withFallback(
    cleanHours: Double, onDemandWallPerUsefulHour: Double, setupHours: Double,
    hoursToDeadline: Double
  ) -> WithFallback? {
    let alone = calendarHours(cleanHours: cleanHours)
    if alone <= hoursToDeadline {
      return WithFallback(
        hoursOnSpot: alone, spotBilledHours: billedPerCleanHour * cleanHours,
        onDemandBilledHours: 0, calendarHours: alone)
    }
    let slack: Double = hoursToDeadline - setupHours - cleanHours * onDemandWallPerUsefulHour
    guard slack >= 0 else { return nil }
    let rate = 1 / calendarPerCleanHour
    // Where spot is as fast as on demand there is nothing to wait for.
    let lag = 1 - rate * onDemandWallPerUsefulHour
    let change = lag > 0 ? min(slack / lag, alone) : 0
    let done = rate * change
    let remaining = (cleanHours - done) * onDemandWallPerUsefulHour + setupHours
    return WithFallback(
      hoursOnSpot: change, spotBilledHours: done * billedPerCleanHour,
      onDemandBilledHours: remaining, calendarHours: change + remaining)
  }
}
