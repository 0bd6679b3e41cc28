import Uncertainty

/// What moves one option's figures, what would change the choice, and what it is worth to know more.
public struct Sensitivity: Sendable {
  /// A figure at an input's 10th and 90th percentile, all else at its median.
  public struct LowAndHigh: Hashable, Sendable {
    public var low: Double
    public var high: Double

    /// How far it moves as the input rises.
    public var swing: Double { high - low }
  }

  /// What one input alone does to the option.
  public struct Bar: Hashable, Sendable {
    public var input: PlanInput
    /// The input's own values at its 10th and 90th percentile.
    public var values: LowAndHigh
    /// US dollars.
    public var economic: LowAndHigh
    public var cash: LowAndHigh
    /// From the scenario's start to the end of the run.
    public var days: LowAndHigh
    /// Share of the variance of economic cost it explains alone, and with others; nil where the
    /// cost does not vary or could not be had in every world.
    public var firstOrder: Estimate?
    public var total: Estimate?
  }

  /// What it is worth to learn an input before choosing.
  public struct InformationValue: Hashable, Sendable {
    public var input: PlanInput
    /// US dollars of what decides.
    public var dollars: Double
  }

  /// What a benchmark on a few rented chips is worth to the choice.
  public struct Trial: Hashable, Sendable {
    public var accelerator: String
    /// What is rented for it; nil when nobody rents it out by the hour or block.
    public var offer: String?
    public var chips: Int
    public var hours: Double
    /// Standard deviation of the logarithm of the speed, before and after.
    public var priorDeviation: Double
    public var posteriorDeviation: Double
    /// Expected gain of choosing after it, and its cost where it can be had; US dollars.
    public var worth: TrialWorth?
    /// The gain, also where it can't be had.
    public var gain: Double
  }

  /// The option looked at.
  public var optionID: String
  public var label: String
  /// US dollars at the median.
  public var economicDollars: Double
  public var cashDollars: Double
  public var totalDays: Double
  /// Widest in economic cost first.
  public var bars: [Bar]
  /// Options that are not chosen, best first, each with its levers.
  public var flips: [Flip]
  /// Speed and price at which the best option of another kind ties; empty without one.
  public var contour: [IndifferencePoint]
  /// The option the contour is of.
  public var contourID: String?
  /// US dollars that knowing everything before choosing is worth; nil when nothing can be chosen.
  public var perfectInformation: Double?
  /// Most valuable first; inputs that are worth nothing to know are left out.
  public var informationValues: [InformationValue]
  public var trials: [Trial]
  /// Worlds the values of information were averaged over.
  public var samples: Int
  public var seed: UInt64
}

/// A benchmark: how many chips, for how long.
public struct TrialSize: Hashable, Sendable {
  public var chips: Int
  public var hours: Double

  public init(chips: Int = 64, hours: Double = 48) {
    self.chips = chips
    self.hours = hours
  }
}
