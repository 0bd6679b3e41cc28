import Catalog
import Uncertainty

/// What sampling says of the choice between a plan's options.
public struct Decision: Sendable {
  /// Worlds the options were priced in, and what they were drawn from.
  public var samples: Int
  public var seed: UInt64
  /// What was drawn.
  public var inputs: [PlanInput]
  /// What the stated correlations were multiplied by to be possible together; 1 when they were.
  public var correlationShare: Double
  /// The chance that the recommended option is best, whatever its region; nil when nothing fits.
  public var confidence: Estimate?
  /// The option whose misses weigh least over all worlds: what it costs beyond the best, and, more
  /// heavily, what it overruns budget and deadline by. Nil when nothing fits.
  public var leastRegretID: String?
  /// Why the first two options can't be told apart; nil when they can.
  public var tooCloseToCall: String?
}
