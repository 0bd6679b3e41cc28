import Catalog
import Quantities
import Workload

/// Which model is to be trained.
public enum ModelChoice: Hashable, Sendable {
  /// The best one the budget buys, by the scaling law.
  case fromBudget
  /// A shape that is given: a preset, or a file.
  case architecture(TransformerArchitecture)
  /// A parameter count, in the default shape.
  case parameters(Double)
  /// A mixture of experts by the ladder's rule: active and total parameters.
  case mixture(active: Double, total: Double)
}

/// What is asked: budget, job, dates, policy, assumptions. Every field but the budget has a default.
public struct Scenario: Hashable, Sendable {
  /// The limit on cash spent for the job until it ends, US dollars.
  public var budgetDollars: Double
  public var model: ModelChoice = .fromBudget
  /// Training tokens; nil lets the scaling law choose.
  public var tokens: Double?
  /// Tokens per sequence.
  public var sequenceLength = 8192
  /// Tokens per optimizer step; nil takes a tenth power of two below the critical batch size.
  public var globalBatchTokens: Double?
  /// The day that the plan is made on: ages count to it, and nothing starts before it.
  public var today: CalendarDate
  /// The day the job may start.
  public var start: CalendarDate
  /// Time from `start` by which the run must have ended.
  public var deadline: TimeSpan?
  /// The longest run considered; nil leaves it to deadline and horizon.
  public var longestRun: TimeSpan?
  /// Without a deadline the answer is for an end within 18 months, so that bought servers, which take
  /// most of a year to arrive, can compete.
  public static let horizon = TimeSpan(days: 548)
  public var routes: Set<Route> = Set(Route.allCases)
  /// Regions allowed; empty allows all.
  public var regions: Set<String> = []
  /// Providers allowed; empty allows all.
  public var providers: Set<String> = []
  /// Purchase types allowed; empty allows all but spot, whose interruptions no source puts a rate on.
  public var purchases: Set<Purchase> = []
  /// Chips in the largest cluster considered: the 16,384 of Llama 3.1 405B (arXiv 2407.21783), the
  /// largest single training cluster with published figures for the whole run.
  public var largestCluster = 16_384
  /// Whether the job touches user data, which keeps it on machines of one's own.
  public var containsUserData = false
  /// Limits of policy.
  public var policy = Policy()
  /// Claims taken for true.
  public var claims: [AppliedClaim] = []
  /// The rest of the bill.
  public var overheads = Overheads()
  public var renting = RentalAssumptions()
  public var owning = OwningAssumptions()
  /// Offers in the buyer's hands, which stand among the catalogue's.
  public var quotes: [ScenarioQuote] = []
  /// Limits on figures of the answer.
  public var requirements: [Requirement] = []
  /// Ranges of uncertain inputs in place of the catalogue's, by the input's name.
  public var spreads: [String: SettledRange] = [:]
  /// Worlds the options are priced in: a power of two spreads them most evenly. A chance of
  /// this many is known to a third of a per cent, less than what is printed of it. 0 for none, only the
  /// one in which every input is at its median.
  public var samples = 16_384
  /// What the worlds are drawn from; the same seed gives the same ones.
  public var seed: UInt64 = 1
  /// Discount rate a year, for what is left over at the end.
  public var discountRate = 0.08
  /// Chance of keeping the budget, and the deadline, that a model sized from them is given; the rest of
  /// the money is its contingency.
  public var confidence = 0.8

  public init(budgetDollars: Double, start: CalendarDate) {
    self.budgetDollars = budgetDollars
    self.start = start
    today = start
  }

  /// What a model that the budget chooses is for: served afterwards, or trained for its loss alone.
  public var purpose: Purpose.Kind = .serve
  /// What serving asks of such a model, where it is not what is usual.
  public var serving = ServingNeeds()
  /// Whether the budget chooses among dense models only.
  public var isDense = false
  /// Laws of the loss in place of the default's, two at most.
  public var laws: [String] = []
  /// Different tokens there are.
  public var uniqueTokens = Purpose.usualUniqueTokens
  /// The recipe that every chip trains in; nil for what the field uses on each.
  public var precision: Precision?
  /// What trains where it runs; nil for what is usual on each chip.
  public var software: GivenSoftware?
  /// Shares of the tokens on sequences of other lengths; none by default.
  public var curriculum: [CurriculumPhase] = []
  /// Days of the calendar's phases in place of the judgement table's, by their key.
  public var calendar: [String: Double] = [:]

  /// The end that is asked for: the deadline, or the horizon.
  public var end: TimeSpan { deadline ?? Self.horizon }

  /// Whether the budget chooses what is trained: the model and its tokens, or the tokens of a model that
  /// is given. Options are then told apart by the effective compute that the money buys.
  public var isSizedFromBudget: Bool { tokens == nil }

  /// Whether the budget chooses the model itself.
  public var choosesModel: Bool { isSizedFromBudget && givenArchitecture == nil }

  /// Whether the budget chooses the tokens of a model that is given.
  public var asksForTokens: Bool { isSizedFromBudget && givenArchitecture != nil }

  /// The laws that the quality of models is judged by.
  var lossLaw: LossLaw { (try? LossLaw(ids: laws)) ?? LossLaw() }

  /// What the budget chooses from.
  var shapeChoices: ShapeChoices {
    ShapeChoices(
      law: lossLaw, purpose: serving.purpose(purpose),
      uniqueTokens: uniqueTokens,
      kinds: givenArchitecture.map { .only($0) } ?? (isDense ? .dense : .all))
  }

  /// What tells two sets of choices apart.
  var shapeKey: String {
    "\(purpose.rawValue) \(serving.key) \(isDense) \(laws.joined(separator: ",")) \(uniqueTokens) "
      + (givenArchitecture.map { "\($0.name) \($0.hashValue)" } ?? "")
  }

  /// The day by which the run must have ended, when the scenario has one.
  public var deadlineDate: CalendarDate? {
    deadline.map {
      CalendarDate(daysSinceEpoch: start.daysSinceEpoch + Int($0.days.rounded(.down)))
    }
  }

  /// What the model is called in reports.
  public var modelName: String {
    switch model {
    case .fromBudget: "sized from the budget"
    case .architecture(let architecture): architecture.name
    case .parameters(let count): "\(Count.short(count)) default shape"
    case .mixture(let active, let total):
      "mixture of \(Count.short(total)), \(Count.short(active)) active"
    }
  }
}
