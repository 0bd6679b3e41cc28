/// Checkpoint and restart under random interruptions (J. T. Daly, "A higher order estimate of the
/// optimum checkpoint interval for restart dumps", FGCS 22, 2006).
///
/// All times in one unit, hours or seconds. M is the mean time between interruptions of the whole
/// job, K the stall of a checkpoint, R the time to restart.
public enum CheckpointRestart {
  /// Young's first-order interval, `sqrt(2 K M)` (CACM 17, 1974).
  public static func youngInterval(checkpoint: Double, meanTime: Double) -> Double {
    (2 * checkpoint * meanTime).squareRoot()
  }

  /// Daly's interval of useful work between checkpoints:
  /// `sqrt(2KM) [1 + (1/3) sqrt(K/2M) + (1/9)(K/2M)] − K` for K < 2M, else M.
  public static func dalyInterval(checkpoint: Double, meanTime: Double) -> Double {
    guard checkpoint < 2 * meanTime else { return meanTime }
    let ratio = checkpoint / (2 * meanTime)
    let bracket = 1 + ratio.squareRoot() / 3 + ratio / 9
    return youngInterval(checkpoint: checkpoint, meanTime: meanTime) * bracket - checkpoint
  }

  /// Wall time per useful time, Daly's complete model: `(M/τ) e^(R/M) (e^((τ+K)/M) − 1)`.
  public static func wallPerUseful(
    interval: Double, checkpoint: Double, restart: Double, meanTime: Double
  ) -> Double {
    guard meanTime.isFinite else { return (interval + checkpoint) / interval }
    let growth = Elementary.expm1((interval + checkpoint) / meanTime)
    return meanTime / interval * Elementary.exp(restart / meanTime) * growth
  }

  /// The same at Daly's interval; 1 when nothing ever interrupts.
  public static func wallPerUseful(
    checkpoint: Double, restart: Double, meanTime: Double
  ) -> Double {
    guard meanTime.isFinite, checkpoint > 0 else {
      return meanTime.isFinite ? Elementary.exp(restart / meanTime) : 1
    }
    let interval = dalyInterval(checkpoint: checkpoint, meanTime: meanTime)
    return wallPerUseful(
      interval: interval, checkpoint: checkpoint, restart: restart, meanTime: meanTime)
  }

  /// First-order waste, `K/τ + (τ/2 + R)/M`; optimistic, for comparison only.
  public static func firstOrderWaste(
    interval: Double, checkpoint: Double, restart: Double, meanTime: Double
  ) -> Double {
    checkpoint / interval + (interval / 2 + restart) / meanTime
  }
}

/// How spot capacity is taken away and got back.
public struct SpotInterruptions: Hashable, Sendable {
  /// Whether one reclaim takes the whole job or one node.
  public enum Reclaim: Hashable, Sendable {
    /// The zone runs short and takes every node at once; the default assumption.
    case wholeZone(meanHours: Double)
    /// Nodes go one by one; a synchronous job stops at each.
    case perNode(meanHours: Double, nodes: Int)
  }

  public var reclaim: Reclaim
  /// Stall of one checkpoint, hours.
  public var checkpointHours: Double
  /// From new capacity to useful work, hours.
  public var restartHours: Double
  /// Hours until capacity is had again after an interruption; not billed.
  public var reacquisitionHours: Double

  public init(
    reclaim: Reclaim, checkpointHours: Double, restartHours: Double, reacquisitionHours: Double = 0
  ) {
    self.reclaim = reclaim
    self.checkpointHours = checkpointHours
    self.restartHours = restartHours
    self.reacquisitionHours = reacquisitionHours
  }

  /// Mean hours between interruptions of the whole job.
  public var meanHours: Double {
    switch reclaim {
    case .wholeZone(let hours): hours
    case .perNode(let hours, let nodes): hours / Double(max(1, nodes))
    }
  }

  /// Billed hours per useful hour, at Daly's checkpoint interval.
  public var billedPerUseful: Double {
    CheckpointRestart.wallPerUseful(
      checkpoint: checkpointHours, restart: restartHours, meanTime: meanHours)
  }

  /// Hours on the calendar per useful hour: billed hours, and a gap for every interruption of them.
  public var elapsedPerUseful: Double {
    billedPerUseful * (1 + reacquisitionHours / meanHours)
  }

  /// Cost against on demand at a discount: `(1 − discount) m`.
  public func relativeCost(discount: Double) -> Double {
    (1 - discount) * billedPerUseful
  }

  /// The discount below which spot costs more than uninterrupted capacity: `1 − 1/m`.
  public var breakEvenDiscount: Double { 1 - 1 / billedPerUseful }
}

/// Spot first, on demand from the last moment at which the deadline can still be met.
public struct SpotFallback: Hashable, Sendable {
  public var spot: SpotInterruptions
  /// Wall hours per useful hour on demand: failures only.
  public var onDemandPerUseful: Double
  /// Hours to move from spot to on demand.
  public var setupHours: Double

  public init(spot: SpotInterruptions, onDemandPerUseful: Double, setupHours: Double) {
    self.spot = spot
    self.onDemandPerUseful = onDemandPerUseful
    self.setupHours = setupHours
  }

  /// Whether to switch now: `remaining work × m_on_demand + setup ≥ time left`.
  public func mustSwitch(remainingUsefulHours: Double, hoursLeft: Double) -> Bool {
    remainingUsefulHours * onDemandPerUseful + setupHours >= hoursLeft
  }

  /// What is expected under the rule, all in hours.
  public struct Expectation: Hashable, Sendable {
    /// On the calendar before the switch.
    public var hoursOnSpot: Double
    /// Billed at the spot rate.
    public var spotBilledHours: Double
    /// Billed at the on-demand rate, set-up included; 0 when spot alone is in time.
    public var onDemandBilledHours: Double
    public var elapsedHours: Double
  }

  /// The expected split when spot progresses at its mean rate, or nil when even on demand from the
  /// first hour misses the deadline.
  public func expectation(usefulHours: Double, deadlineHours: Double) -> Expectation? {
    let onSpot = usefulHours * spot.elapsedPerUseful
    if onSpot <= deadlineHours {
      return Expectation(
        hoursOnSpot: onSpot, spotBilledHours: usefulHours * spot.billedPerUseful,
        onDemandBilledHours: 0, elapsedHours: onSpot)
    }
    // Progress ρ a calendar hour on spot; solve (T − ρ t) m + setup = D − t for the switch t.
    let progress = 1 / spot.elapsedPerUseful
    let slack = deadlineHours - setupHours - usefulHours * onDemandPerUseful
    guard slack >= 0 else { return nil }
    let denominator = 1 - progress * onDemandPerUseful
    let switchAt = denominator <= 0 ? 0 : slack / denominator
    let done = progress * switchAt
    return Expectation(
      hoursOnSpot: switchAt, spotBilledHours: done * spot.billedPerUseful,
      onDemandBilledHours: (usefulHours - done) * onDemandPerUseful + setupHours,
      elapsedHours: deadlineHours)
  }
}
