import Catalog
import Quantities

/// Whether, when and for how long an option's capacity can be had.
public struct Procurement: Hashable, Sendable {
  public var kind: CapacityClass
  /// Chance that it is granted at this size and for as long as the run needs it, 0 to 1: the mean
  /// over the outcomes drawn; for a chain of requests, that of the whole chain.
  public var chance: Double
  /// Days from asking until the machines can be used; nil when not drawn.
  public var waitDays: Percentiles?
  /// Requests in a row that the run takes; 1 for a contract.
  public var requests: Int
  /// The longest term sold, days; nil without a limit.
  public var longestTermDays: Double?
  /// What happens at the end, what is refunded, whose word it is: one or two sentences.
  public var note: String
}

extension Assessment {
  /// 0 for what can be contracted or is in hand on the routes asked about, 1 for the yardstick's
  /// contracts, 2 for requests.
  var orderOfObtaining: Int {
    guard let obtaining, obtaining.kind != .request else { return 2 }
    return route == .rentGPU ? 1 : 0
  }
}

/// One stretch of an option's calendar, of the plan with every input at its median.
public struct CalendarPhase: Hashable, Sendable {
  /// The phases, in their order; a plan has those that take time.
  public enum Name: String, CaseIterable, Hashable, Sendable {
    case decide, contract, wait, delivery, porting, staging, experiments, run, evaluation, margin
  }

  public var name: Name
  public var start: CalendarDate
  /// The day after its last; not before `start`.
  public var end: CalendarDate
}

/// An option with every input at its median: breakdown, payments and calendar are of these figures.
public struct PlannedFigures: Hashable, Sendable {
  /// US dollars.
  public var cashDollars: Double
  public var economicDollars: Double
  /// From the scenario's start to the end of the run.
  public var days: Double
  public var runDays: Double
  /// The day the run ends.
  public var finish: CalendarDate
}

/// What an option's training is worth beside others'.
public struct Equivalents: Hashable, Sendable {
  /// A published model and how this option's compute compares with its.
  public struct Published: Hashable, Sendable {
    public var model: String
    /// FLOPs of this option's run over the published model's.
    public var computeRatio: Double
  }

  /// This option's effective compute for the budget over the leading answer's.
  public var computeShare: Double?
  /// US dollars in cash by this option's route and terms for the leading answer's effective compute:
  /// the least budget that keeps the chance, given the grant; nil with a reason.
  public var sameModelDollars: Double?
  /// Why there is no such budget: `too_slow`, `beyond_20_budgets`; nil where there is one.
  public var sameModelReason: String?
  public var published: [Published]
}

/// A figure that no source gives and that stands at a bound with a range.
public struct BoundedBlank: Hashable, Sendable {
  /// What it is, in words.
  public var figure: String
  public var unit: String
  public var low: Double
  public var high: Double
  /// Whether the answer's route or option changes with the figure at either end.
  public var changesAnswer: Bool
}
