import Planning
import Quantities
import Reports

/// What the dashboard shows of a plan: its options with their figures, its words, and what can be
/// looked up about one option.
///
/// Made from a plan in one place, so that the views know how things look and not how they were
/// worked out.
public struct PlanFace: Sendable {
  /// A cost that is not known exactly.
  public struct CostRange: Hashable, Sendable {
    public let p10: Money
    public let p50: Money
    public let p90: Money

    public init(p10: Money, p50: Money, p90: Money) {
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
    }

    public init(_ dollars: Percentiles) {
      self.init(
        p10: Money(dollars: dollars.p10), p50: Money(dollars: dollars.p50),
        p90: Money(dollars: dollars.p90))
    }

    subscript(percentile: Percentile) -> Money {
      switch percentile {
      case .p10: p10
      case .p50: p50
      case .p90: p90
      }
    }
  }

  /// One row of the ranking, or one that was ruled out.
  public struct Option: Hashable, Sendable {
    public let id: String
    public let route: Route
    public let name: String
    /// Where it is, or a name for what tells it from its kin; may be empty.
    public let place: String
    /// What it shares with options that differ in place only.
    public let kin: String
    /// Place in the ranking, from 1; nil for an option that is ruled out.
    public var rank: Int?
    /// Why it is ruled out, by how much, and what would bring it in; nil when it is not.
    public var reason: String?
    /// How many more options, without a row of their own, differ from it in place only.
    public var others = 0
    /// Nil where it is unknown, here and below.
    public var chips: Int?
    /// Parameters of the model it trains.
    public var parameters: Double?
    public var tokens: Double?
    /// Model FLOPs of the whole run.
    public var flops: Double?
    public var loss: Percentiles?
    /// Model FLOPs utilisation, 0 to 1.
    public var utilization: Percentiles?
    /// Days of training.
    public var days: Percentiles?
    /// Days from the start of the scenario to the end of the run, at the median.
    public var totalDays: Double?
    /// Chance of keeping to budget and dates, 0 to 1.
    public var chance: Double?
    /// The weakest grade of evidence behind it, A to D.
    public var evidence = ""
    /// What leaves the account.
    public var cash: CostRange?
    /// What the job uses up.
    public var economic: CostRange?
    /// Parts of the cost that add up to the p50 of `cash`.
    public var breakdown: [Part] = []
    /// Whether a claim that is taken for true changes its figures.
    public var isClaimed = false
    /// The economic cost when owned hardware is charged for its share of a busy life; nil where it
    /// is the same.
    public var usage: CostRange?
    /// Whether no other option beats it on cost and time at once.
    public var isOnFrontier = false

    public init(id: String, route: Route, name: String, place: String = "", kin: String? = nil) {
      self.id = id
      self.route = route
      self.name = name
      self.place = place
      self.kin = kin ?? "\(route.rawValue) \(name)"
    }

    /// Name and place.
    public var title: String { place.isEmpty ? name : "\(name), \(place)" }

    /// The cost of one kind.
    public func cost(_ kind: CostKind) -> CostRange? {
      switch kind {
      case .economic: economic
      case .cash: cash
      case .usage: usage ?? economic
      }
    }
  }

  /// One part of a cost.
  public struct Part: Hashable, Sendable {
    public let label: String
    public let amount: Money

    public init(_ label: String, _ amount: Money) {
      self.label = label
      self.amount = amount
    }
  }

  /// The scenario it is the plan of.
  public var scenario: Scenario
  /// The recommendation in a sentence, or why there is none.
  public var answer: String
  /// The route recommended, if any.
  public var answerRoute: Route?
  /// The page that answers what was asked; nil where nothing was weighed.
  public var page: AnswerPage?
  /// What is trained: `llama-3.1-70b, 15.0T tokens`.
  public var job: String
  /// The same where there is little room.
  public var shortJob = ""
  /// The date prices are as of.
  public var catalogDate: String
  /// The weakest grade of evidence behind the answer.
  public var evidence: String
  /// Ranked options, best first.
  public var ranked: [Option]
  /// Options that can't be done, with their reasons.
  public var ruledOut: [Option]
  public var warnings: [String]
  /// What would change the answer.
  public var flips: [String]
  /// What each claim taken for true would have to be, and what was measured.
  public var claimNotes: [String] = []
  /// How each number of one option came to be; asked for only when it is looked at.
  public var explain: @Sendable (_ id: String) -> [Document.Item]
  /// What else there is to know of one option; asked for only when it is looked at.
  public var detail: @Sendable (_ id: String) -> Detail
  /// What moves one option, worked out when it is looked at; takes a while. Nil where nothing is
  /// known of it.
  public var sensitivityOf: (@Sendable (_ id: String) -> Sensitivity?)?
  /// The whole plan as a report, the same bytes as the batch command gives.
  public var report: @Sendable (_ format: PlanFormat) -> String

  public init(
    scenario: Scenario, answer: String, answerRoute: Route? = nil, job: String = "",
    catalogDate: String = "-", evidence: String = "-", ranked: [Option] = [],
    ruledOut: [Option] = [], warnings: [String] = [], flips: [String] = [],
    explain: @escaping @Sendable (_ id: String) -> [Document.Item] = { _ in [] },
    detail: @escaping @Sendable (_ id: String) -> Detail = { _ in Detail() },
    report: @escaping @Sendable (_ format: PlanFormat) -> String = { _ in "" }
  ) {
    self.scenario = scenario
    self.answer = answer
    self.answerRoute = answerRoute
    self.job = job
    self.catalogDate = catalogDate
    self.evidence = evidence
    self.ranked = ranked
    self.ruledOut = ruledOut
    self.warnings = warnings
    self.flips = flips
    self.explain = explain
    self.detail = detail
    self.report = report
  }

  public func option(_ id: String) -> Option? {
    ranked.first { $0.id == id } ?? ruledOut.first { $0.id == id }
  }

  /// The routes that were weighed.
  public var routes: [Route] { scenario.routes.sorted() }
  /// Whether every option trains a model of its own size, the best it can for the budget.
  public var isSizedFromBudget: Bool { scenario.isSizedFromBudget }
}

/// The costs that are never mixed.
public enum CostKind: String, Hashable, Sendable, CaseIterable {
  case economic, cash
  /// As economic, with owned hardware charged by usage.
  case usage = "by-usage"

  /// The next one, round and round.
  var next: CostKind {
    switch self {
    case .economic: .cash
    case .cash: .usage
    case .usage: .economic
    }
  }
}

/// Which of its values stands for something uncertain.
public enum Percentile: String, Hashable, Sendable, CaseIterable {
  case p50, p10, p90

  /// The next one, round and round.
  var next: Percentile {
    switch self {
    case .p50: .p10
    case .p10: .p90
    case .p90: .p50
    }
  }
}

extension Percentiles {
  subscript(percentile: Percentile) -> Double {
    switch percentile {
    case .p10: p10
    case .p50: p50
    case .p90: p90
    }
  }
}
