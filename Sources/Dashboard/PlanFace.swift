import Planning
import Quantities

/// What the dashboard shows of a plan, in words and amounts ready to print.
///
/// Made from a plan in one place, so that the views know how things look and not how they were
/// worked out.
public struct PlanFace: Sendable {
  /// A cost that is not known exactly.
  public struct Range: Hashable, Sendable {
    public let p10: Money
    public let p50: Money
    public let p90: Money

    public init(p10: Money, p50: Money, p90: Money) {
      self.p10 = p10
      self.p50 = p50
      self.p90 = p90
    }
  }

  /// One row of the ranking, or one that was ruled out.
  public struct Option: Hashable, Sendable {
    public let id: String
    public let route: Route
    public let name: String
    /// Place in the ranking, from 1; nil for an option that is ruled out.
    public var rank: Int?
    /// Why it is ruled out, by how much, and what would bring it in; nil when it is not.
    public var reason: String?
    /// Chips it takes, as text; empty when unknown, here and below.
    public var chips = ""
    /// Parameters of the model it trains.
    public var parameters = ""
    public var days = ""
    public var tokens = ""
    public var loss = ""
    public var mfu = ""
    /// Whether it keeps to budget and dates, and how likely.
    public var fits = ""
    /// The weakest grade of evidence behind it, A to D.
    public var evidence = ""
    /// Days from start to end, for charts.
    public var dayCount: Double?
    /// What leaves the account.
    public var cash: Range?
    /// What the job uses up.
    public var economic: Range?
    /// Parts of the cost that add up to the p50 of `cash`.
    public var breakdown: [Part] = []

    public init(id: String, route: Route, name: String) {
      self.id = id
      self.route = route
      self.name = name
    }

    /// The cost of one kind.
    public func cost(_ kind: CostKind) -> Range? {
      kind == .cash ? cash : economic
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

  /// The recommendation in a sentence, or why there is none.
  public var answer: String
  /// The route recommended, if any.
  public var answerRoute: Route?
  public var budget: Money
  /// What is trained: `llama-3.1-70b, 15.0T tokens`.
  public var job: String
  /// The date prices are as of.
  public var catalogDate: String
  /// The weakest grade of evidence behind the answer.
  public var evidence: String
  /// Whether every option trains a model of its own size, the best it can for the budget.
  public var isSizedFromBudget: Bool
  /// Days until the deadline, when there is one.
  public var deadlineDays: Double?
  /// Ranked options, best first.
  public var ranked: [Option]
  /// Options that can't be done, with their reasons.
  public var ruledOut: [Option]
  public var warnings: [String]
  /// What would change the answer.
  public var flips: [String]
  /// How each number of one option came to be; asked for only when it is looked at.
  public var explain: @Sendable (_ id: String) -> [Document.Item]

  public init(
    answer: String, answerRoute: Route?, budget: Money, job: String, catalogDate: String,
    evidence: String, isSizedFromBudget: Bool = false, deadlineDays: Double? = nil,
    ranked: [Option], ruledOut: [Option],
    warnings: [String], flips: [String] = [],
    explain: @escaping @Sendable (_ id: String) -> [Document.Item]
  ) {
    self.answer = answer
    self.answerRoute = answerRoute
    self.budget = budget
    self.job = job
    self.catalogDate = catalogDate
    self.evidence = evidence
    self.isSizedFromBudget = isSizedFromBudget
    self.deadlineDays = deadlineDays
    self.ranked = ranked
    self.ruledOut = ruledOut
    self.warnings = warnings
    self.flips = flips
    self.explain = explain
  }

  public func option(_ id: String) -> Option? {
    ranked.first { $0.id == id } ?? ruledOut.first { $0.id == id }
  }
}

/// The two costs that are never mixed.
public enum CostKind: String, Hashable, Sendable {
  case economic, cash

  public var other: CostKind { self == .cash ? .economic : .cash }
}
