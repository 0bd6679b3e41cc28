import Quantities
import Uncertainty

/// What the whole plan answers: what to sign, what is cheaper if granted, what to do first.
public struct Answer: Hashable, Sendable {
  /// What can be contracted, and by which option.
  public struct Signing: Hashable, Sendable {
    public var id: String
    public var sentence: String
  }

  /// What would cost less for the signed answer's model if a request were granted.
  public struct IfGranted: Hashable, Sendable {
    public var id: String
    public var savingDollars: Double
    /// Of the whole chain of requests.
    public var chance: Double
    public var sentence: String
  }

  /// A small run before signing.
  public struct Pilot: Hashable, Sendable {
    /// The option it is a pilot for.
    public var id: String
    public var chips: Int
    public var days: Double
    public var dollars: Double
    /// US dollars of budget that what it teaches is worth; nil where that was not worked out.
    public var worthDollars: Double?
    /// Whether some reading would change which option leads.
    public var couldChange = false
    public var sentence: String
  }

  /// One of the three routes beside the others.
  public struct RouteAnswer: Hashable, Sendable {
    public var route: Route
    /// Its best option under a contract; nil with the reason in `risk` when none fits.
    public var id: String?
    public var computeShare: Double? = nil
    public var sameModelDollars: Double? = nil
    /// Dates of the end of the run; nil when none fits.
    public var done: DateRange? = nil
    /// Chance of being the best of the three routes, grants inside, 0 to 1; they sum to 1.
    public var chanceBest: Double
    /// Expected price a chip-hour at which the route becomes the answer; for the leader the price up
    /// to which it holds. Nil with the reason.
    public var winsAtDollarsPerChipHour: Double? = nil
    public var winsAtReason: String? = nil
    /// The main risk, in a few words.
    public var risk: String
  }

  /// Days at the 10th, 50th, 80th and 90th percentile.
  public struct DateRange: Hashable, Sendable {
    public var p10: CalendarDate
    public var p50: CalendarDate
    public var p80: CalendarDate
    public var p90: CalendarDate
  }

  /// Rented GPUs, the yardstick.
  public struct Yardstick: Hashable, Sendable {
    public var id: String?
    public var computeShare: Double?
    /// By how much it would beat the answer, or that it doesn't.
    public var sentence: String
  }

  /// The best route if the end is so many months away.
  public struct ByEnd: Hashable, Sendable {
    public var months: Int
    /// Nil when none can be done by then.
    public var route: Route?
    /// Chance of being the best of the three routes by then.
    public var chance: Double?
  }

  /// The answer with the doubt about the team shared otherwise between chips than is judged.
  public struct AtCorrelation: Hashable, Sendable {
    /// Of the team's lag on any two chips.
    public var correlation: Double
    public var route: Route
    public var isSame: Bool
    /// Chance that the answer's own route is the best.
    public var chanceBest: Double
  }

  /// What to do on the first day.
  public struct Step: Hashable, Sendable {
    public enum StepKind: String, Hashable, Sendable {
      case sign, ask, pilot
    }

    public var action: String
    public var kind: StepKind
    /// US dollars committed by it: what is only asked for commits nothing.
    public var dollars: Double
    public var by: CalendarDate
  }

  /// Nil when nothing of class contract or in hand fits on the three routes.
  public var sign: Signing?
  /// Why there is nothing to sign, when there isn't.
  public var noSignSentence: String?
  public var ifGranted: IfGranted?
  public var pilot: Pilot?
  public var routes: [RouteAnswer]
  public var yardstick: Yardstick
  public var byEnd: [ByEnd]
  public var monday: [Step]
  /// Ids of options whose rank is within 10 % of the answer's.
  public var ties: [String]
  /// False where another route is best more often than the leader's.
  public var isToldApart = true
  /// Share of outcomes in which the leading option isn't granted.
  public var leaderRefused = 0.0
  /// What holds the answer back, and the money that it leaves; nil when nothing fits.
  public var limits: LimitsOfOption?
  /// At correlations 0 and 1; empty without outcomes.
  public var atCorrelations: [AtCorrelation] = []
  /// The best route at list prices, and whether it is the same.
  public var routeAtListPrices: Route?
  public var sameAtListPrices: Bool?
}

extension Answer {
  /// The chance that the route of the answer is the best; nil when nothing can be signed.
  public func confidence(of samples: Int) -> Estimate? {
    guard let sign, let row = routes.first(where: { $0.id == sign.id }) else { return nil }
    let hits = Int((row.chanceBest * Double(samples)).rounded())
    return .chance(hits: hits, draws: max(1, samples))
  }

  /// Why the first two routes can't be told apart; nil when they can.
  public var closeness: String? {
    guard sign != nil, !isToldApart else { return nil }
    return "not told apart: the answer's route is not the one that is best most often"
  }
}
