import Quantities
import Uncertainty

/// How much worse than the best option one turns out.
public struct Regrets: Hashable, Sendable {
  /// The expected regret, US dollars of what decides.
  public var dollars: Estimate
  /// Expected penalties of percents beyond the best, beyond the budget and beyond the deadline.
  public var penalty: Double
}

/// How far chance may have moved sampled percentiles: standard errors.
public struct SamplingErrors: Hashable, Sendable {
  public var cash: Percentiles
  public var economic: Percentiles
  public var totalDays: Percentiles
}
