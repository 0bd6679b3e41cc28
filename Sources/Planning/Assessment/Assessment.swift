import Catalog
import Economics
import Quantities
import Throughput

/// What an option would train.
public struct PlannedModel: Hashable, Sendable {
  /// A preset's id, or a description of the size chosen for the budget.
  public var name: String
  public var totalParameters: Double
  public var activeParameters: Double
  public var tokens: Double
  public var sequenceLength: Int
  /// Tokens per optimizer step.
  public var globalBatchTokens: Double
  /// Model FLOPs of the whole run: no recomputation, causal attention counted once.
  public var flops: Double
  /// Of a mixture: routed experts, those a token visits, and those every token meets; nil when dense.
  public var experts: Int?
  public var expertsPerToken: Int?
  public var sharedExperts: Int?
  /// Parameters of the dense model of the same quality; nil where no law says.
  public var denseEquivalentParameters: Double?

  public var tokensPerActiveParameter: Double { tokens / activeParameters }
}

/// One line of the cost breakdown.
public struct CostLine: Hashable, Sendable {
  /// The term's name for machines: `accelerator_rent`.
  public var term: String
  /// The term's name for people.
  public var label: String
  /// Whole cents; negative for what comes back.
  public var cents: Int64

  public init(term: String, label: String, cents: Int64) {
    self.term = term
    self.label = label
    self.cents = cents
  }

  public var dollars: Double { Double(cents) / 100 }
}

/// A cost term without a figure: shown, never silently zero.
public struct NotIncluded: Hashable, Sendable {
  public var term: String
  public var reason: String

  public init(term: String, reason: String) {
    self.term = term
    self.reason = reason
  }
}

/// Chances, each between 0 and 1.
public struct Chances: Hashable, Sendable {
  public var withinBudget: Double
  /// Nil when the scenario has no deadline.
  public var byDeadline: Double?
  public var both: Double
  /// Chance of being the best option; nil until options are sampled together.
  public var best: Double?
}

/// What the calendar of an option looks like.
public struct Schedule: Hashable, Sendable {
  /// The day the final run starts.
  public var start: CalendarDate
  /// Days from the scenario's start to that day.
  public var leadDays: Double
  /// Days of training.
  public var runDays: Percentiles
  /// The day the run ends, at the median.
  public var finish: CalendarDate

  /// Days from the scenario's start to the end of the run.
  public var totalDays: Percentiles

  public init(
    start: CalendarDate, leadDays: Double, runDays: Percentiles, totalDays: Percentiles,
    finish: CalendarDate
  ) {
    self.start = start
    self.leadDays = leadDays
    self.runDays = runDays
    self.totalDays = totalDays
    self.finish = finish
  }
}

/// The figures of an option whose throughput and cost could be computed.
public struct Outcome: Sendable {
  public var model: PlannedModel
  public var throughput: ThroughputEstimate
  public var schedule: Schedule
  public var costCash: Percentiles
  public var costEconomic: Percentiles
  /// Of owned hardware: the economic cost when the job bears only its share of the hardware's busy
  /// life; nil when rented.
  public var costByUsage: Percentiles?
  /// What should be kept aside beyond the median run: P80 less P50 of the cash, US dollars.
  public var contingencyDollars: Double
  /// The p50 world's cash, term by term; sums to its total to the cent.
  public var breakdown: [CostLine]
  /// How each line of the breakdown came to be.
  public var derivations: [CostDerivation]
  /// The dated flows of the p50 world, from which cash, economic cost and breakdown derive.
  public var cashFlow: CashFlow
  public var notIncluded: [NotIncluded]
  public var predictedLoss: Percentiles
  /// Electricity of the final run and of what is bought for it; nil where no power is published.
  public var energyMWh: Double?
  /// Greenhouse gas of that electricity by the grid it is drawn from, not by certificates; metric
  /// tons of CO2e. Nil where no figure for the place is known.
  public var carbonTonnes: Double?
  /// The job's share of making the hardware, metric tons of CO2e; nil where no figure is known.
  public var embodiedCarbonTonnes: Double?
  public var chances: Chances
  /// Against the best option of each world; nil until options are sampled together, and of all but
  /// the best region of an offer.
  public var regrets: Regrets?
  /// Of the sampled percentiles; nil until options are sampled.
  public var samplingErrors: SamplingErrors?
  /// The option as a function of the world.
  var inWorlds: OptionModel
  /// With every input at its median: what breakdown, payments and calendar are of.
  public var planned: PlannedFigures
  /// Tokens a second and chip at the option's chips before the team's lag; `throughput` is after it.
  public var tunedTokensPerSecondPerChip: Percentiles
  /// A first own run's rate over the tuned one, at the median.
  public var teamLag: Double
  public var obtaining: Procurement
  public var phases: [CalendarPhase]
  public var equivalents = Equivalents(published: [])
  public var blanks: [BoundedBlank] = []
  /// US dollars a chip-hour at list, and as a buyer of this size is expected to pay; of bought servers
  /// the price over the hours of their life at the use assumed.
  public var listDollarsPerChipHour: Double?
  public var expectedDollarsPerChipHour: Double?
  /// What options are ordered by: effective compute weighed by the grant with a budget, else cash so
  /// weighed, US dollars.
  public var rank: Double?
  /// In operations of the best dense model; nil for a model that is given.
  public var effectiveCompute: Double?
}

/// What one option comes to: its figures, or the reasons it is out; often both.
public struct Assessment: Identifiable, Sendable {
  /// `route/provider/offer/region/purchase/chips`.
  public var id: String
  public var route: Route
  public var provider: String
  /// The instance or slice rented, or the quote bought.
  public var offer: String
  public var accelerator: String
  public var region: String
  public var purchase: Purchase
  public var chips: Int
  public var instances: Int
  /// Nil when a limit stopped it before any figure could be computed.
  public var outcome: Outcome?
  /// Empty when the option fits.
  public var reasons: [Reason]
  /// What to know before taking it.
  public var warnings: [String]
  /// The weakest evidence among its figures.
  public var evidence: EvidenceGrade
  public var sources: [SourcedFigure]
  /// Claims taken for true that change its figures: a hypothesis, not evidence.
  public var claims: [AppliedClaim]

  /// The option in a few words: `gcp v6e-slice, us-east5, commit_3y`.
  public var label: String {
    let place = region.isEmpty ? "region not stated" : region
    return "\(provider) \(offer), \(place), \(purchase.rawValue)"
  }

  /// How its capacity is had at its number of chips; nil where no size was found.
  public var obtaining: Procurement? { outcome?.obtaining }

  /// Whether nothing stands against it.
  public var isFeasible: Bool { reasons.isEmpty && outcome != nil }
}
