import Catalog

/// What a job pays for beside its accelerators: the rest of the bill.
///
/// Nil is not known: the term is then listed as not included, never counted as nothing.
public struct Overheads: Hashable, Sendable {
  /// All computing of the project over the final run's.
  public enum Experiments: Hashable, Sendable {
    /// A published range of the catalogue, by its scope: `known-recipe`, `new-recipe`, `frontier`.
    case published(String)
    /// So many times the final run; 1 is the final run alone.
    case times(Double)
  }

  public var experiments: Experiments = .published("known-recipe")
  /// Kinds of accelerator the team's training software already runs on: porting to them is free.
  public var stacksInUse: Set<AcceleratorKind>?
  /// Work to port to a stack that is new; nil takes the published weeks as one person's.
  public var portingPersonWeeks: Double?
  /// Tokens a CPU instance prepares in an hour, measured on the pipeline in question.
  public var preparedTokensPerInstanceHour: Double?
  /// Bytes a token takes in storage: 4, a token's number of 32 bits.
  public var corpusBytesPerToken: Double = 4
  /// Full checkpoints kept, on average over the run.
  public var checkpointsKept: Double?
  /// GB taken out at the end; nil takes the final weights, of 2 bytes a parameter.
  public var egressGigabytes: Double?
  /// Fraction of the cloud bill that a support plan costs; nil is none bought.
  public var supportFraction: Double?
  /// Fraction of the cloud bill paid as tax on top.
  public var cloudTaxFraction: Double?

  public init() {}
}

/// What renting is taken to be like beyond the offers' own terms.
public struct RentalAssumptions: Hashable, Sendable {
  /// Fraction off list by provider; not off Capacity Blocks and spot, whose prices are their own.
  public var discounts: [String: Double] = [:]
  /// US dollars promised to a provider, owed also when less is spent.
  public var promisedDollars: [String: Double] = [:]
  /// What an unused hour of a commitment is worth to other work, as a fraction of its price.
  public var idleValueFraction: Double = 0
  /// Mean hours between two times that spot capacity of the whole job is taken back.
  public var spotMeanHours: Double?
  /// Hours to get spot capacity again after it was taken back.
  public var spotGapHours: Double = 0
  /// Hours a flex-start request waits in its queue; nil takes the longest a queue holds it.
  public var queueWaitHours: Double?
  /// Hours without capacity between two blocks or reservations in a row.
  public var gapHours: Double = 0

  public init() {}
}

/// What owning is taken to be like beyond the catalogue's figures.
public struct OwningAssumptions: Hashable, Sendable {
  /// Scope of an `electricity_price` row for the place the servers stand in; nil is the average of
  /// United States industry.
  public var place: String?
  /// US dollars a kWh; over the place's.
  public var dollarsPerKilowattHour: Double?
  /// Fraction of its price a server is worth when the job is done; over the catalogue's curve.
  public var residualFraction: Double?
  /// Years the hardware is kept, for the charge by usage; nil is the catalogue's typical life.
  public var lifeYears: Double?
  /// Share of its life the hardware is expected to be kept busy, for the charge by usage.
  public var expectedUtilisation: Double = 1
  /// Whether there is a hall with power: nothing is waited for.
  public var hasOwnHall = false
  /// What a chip-hour of other work on the machines would rent for, US dollars; nil when not said.
  public var useWorth: Double?
  /// Most power there is for own machines, MW; nil without a limit.
  public var powerMegawatts: Double?
  /// Whether the economic cost that ranks is the charge by usage instead of the incremental one.
  public var chargesByUsage = false

  public init() {}
}

/// Limits that are nobody's price: where and with whom, and how much of it.
public struct Policy: Hashable, Sendable {
  /// Regions ruled out.
  public var deniedRegions: Set<String> = []
  /// Providers ruled out.
  public var deniedProviders: Set<String> = []
  /// Largest fraction of the budget that one provider may get.
  public var shareLimits: [String: Double] = [:]
  /// Most chips of an accelerator that are granted, by its id.
  public var quotas: [String: Int] = [:]

  public init() {}
}
