import Planning
import Quantities

/// The answer of a plan as rows and words: what to sign, the routes side by side, when, how sure and
/// what to do first.
///
/// Made from a plan once; every face lays out the same texts.
public struct AnswerPage: Hashable, Sendable {
  /// What is said of each route, in order.
  public enum Row: String, CaseIterable, Hashable, Sendable {
    case buys, cost, same, cash, back, keeps, granted, price, wins, starts, done, best

    /// Its label beside the values.
    public var label: String {
      switch self {
      case .buys: "compute for the money"
      case .cost: "cash against the others"
      case .same: "same model needs"
      case .cash: "cash"
      case .back: "worth afterwards"
      case .keeps: "keeps money and end"
      case .granted: "granted"
      case .price: "a chip-hour today"
      case .wins: "wins at"
      case .starts: "starts training"
      case .done: "done"
      case .best: "best route in"
      }
    }

    /// What it is and how it is made.
    public var meaning: String {
      switch self {
      case .buys:
        "what the budget trains on this route, in effective compute, over what the answer trains"
      case .cost: "cash of this route over that of the dearest one shown"
      case .same:
        "the least budget with which this route trains the answer's model and keeps the chance asked "
          + "for, once it is granted"
      case .cash:
        "what leaves the account until the job ends: the middle of all outcomes drawn, and what 8 in 10 "
          + "stay within"
      case .back: "what the servers are worth when the job ends, discounted to the start"
      case .keeps: "chance to keep both budget and end, once it is granted"
      case .granted: "chance that the seller or the queue grants it at this size"
      case .price:
        "what a buyer of this size is expected to pay today; of own servers their price over the hours "
          + "of their life"
      case .wins:
        "the price a chip-hour at which the route becomes the answer; of the answer that up to which "
          + "it stays the answer"
      case .starts: "the month in which the final run starts, after contract, wait and porting"
      case .done:
        "the month in which the model is there: the middle of all outcomes drawn, and what 8 in 10 are "
          + "done by"
      case .best:
        "of 100 outcomes drawn, those in which this route is the best of the routes asked about, grants "
          + "and plans B inside"
      }
    }
  }

  /// What goes on in a stretch of a route's calendar.
  public enum Stage: String, CaseIterable, Hashable, Sendable {
    /// Deciding, contract, queue or delivery.
    case waiting
    /// Porting, staging, experiments, and evaluation after the run.
    case preparing
    case training
    /// From the middle outcome to the one that 8 in 10 are done by.
    case late

    /// What the legend says.
    public var label: String {
      switch self {
      case .waiting: "contract and wait"
      case .preparing: "prepare, evaluate"
      case .training: "train"
      case .late: "8 in 10 are done by its end"
      }
    }
  }

  /// One stretch of a calendar.
  public struct Stretch: Hashable, Sendable {
    public var stage: Stage
    public var start: CalendarDate
    public var end: CalendarDate
  }

  /// A route beside the others.
  public struct Column: Hashable, Sendable {
    public var route: Route
    /// Whether it is the answer's.
    public var isAnswer: Bool
    public var isYardstick: Bool
    /// Its option; nil when none fits.
    public var id: String?
    /// `2,048 TPU v6e`.
    public var what = ""
    /// `1-year commitment, South Carolina`.
    public var terms = ""
    /// Length of the bar of what it buys or costs, 0 to 1.
    public var bar = 0.0
    public var values: [Row: String] = [:]
    public var risk = ""
    public var stretches: [Stretch] = []
  }

  /// The best route for an end so many months away.
  public struct End: Hashable, Sendable {
    public var months: Int
    /// Nil when none can be done by then.
    public var route: Route?
    /// `60 of 100`; empty when none can.
    public var chance: String
  }

  /// Something to do first.
  public struct Step: Hashable, Sendable {
    public var action: String
    /// `commits nothing`, `$48k`.
    public var money: String
    /// `by 2 Jan 2027`.
    public var by: String
  }

  /// Which route, and how much better.
  public var headline: String
  /// What to sign, in the words of the answer; or why there is nothing to sign.
  public var sign: String
  /// How sure the route is; empty where only one was asked about.
  public var sureness: String
  /// Whether rented GPUs would beat it.
  public var yardstick: String
  /// What to do first.
  public var first: String
  /// What is trained, and what it is like among published models.
  public var trained: [String]
  /// What it turns on.
  public var turns: [String]
  /// What is cheaper if a request is granted; empty when nothing is.
  public var ifGranted: String
  /// The routes asked about, then the yardstick.
  public var columns: [Column]
  public var ends: [End]
  public var steps: [Step]
  /// Options as good as the answer, by their names.
  public var ties: [String]
  /// The first day of the calendars, and the day that all have ended by.
  public var start: CalendarDate
  public var end: CalendarDate

  /// The rows that any route has a value for.
  public var rows: [Row] {
    Row.allCases.filter { row in columns.contains { $0.values[row] != nil } }
  }

  /// The column of a route.
  public func column(_ route: Route) -> Column? { columns.first { $0.route == route } }

  /// What it says first, in order.
  public var verdict: [String] {
    [sign, sureness, yardstick, first].filter { !$0.isEmpty }
  }

  /// The page in five sentences, to be read aloud: which route and how much better, what to sign, how
  /// sure, what would beat it, what to do first.
  public var spoken: [String] { ([headline] + verdict).filter { !$0.isEmpty } }
}
