import Quantities

/// One option with one number of chips: the money it takes and the day it ends, with a chance.
public struct ReachPoint: Hashable, Sendable {
  /// The option's id.
  public var id: String
  public var route: Route
  /// The option in a few words.
  public var label: String
  public var accelerator: String
  public var chips: Int
  /// Least budget that is kept with the chance, US dollars.
  public var budgetDollars: Double
  /// Days from the start by which the run has ended and been checked with the chance.
  public var days: Double
  /// Of the median run, US dollars.
  public var cashDollars: Double
  public var economicDollars: Double
  /// Days from the start until the median run has ended and been checked.
  public var medianDays: Double
  /// Least budget with which budget and the deadline asked are both kept with the chance; that of the
  /// budget alone where no deadline is asked, or it can't be kept.
  public var budgetInTimeDollars = Double.infinity
  /// Days within which, and with the budget asked, the run is done with the chance; those of the time
  /// alone where no budget is asked, or it can't be kept.
  public var daysInBudget = Double.infinity
  /// The most tokens that budget and deadline leave room for with the chance; nil where one of them
  /// is not given.
  public var mostTokens: Double?
}

/// What a given job takes of money and time on every option and number of chips: what inverse
/// questions are read off.
///
///     let reach = try Planner(catalog: catalog).reach(of: scenario)
///     reach.leastBudget(byDay: 90)?.budgetDollars
///
/// The chance is over everything uncertain, by order statistics over the outcomes drawn. Against the
/// limits that are asked it is one chance, that both are kept; the trade of money against time, where
/// nothing is asked, keeps each.
public struct Reach: Sendable {
  /// Ten years: nobody waits longer for a run.
  public static let longestDays = 3652.5
  /// Outcomes that a point is reckoned on, at most: the chance is then known to a point in a hundred.
  static let mostOutcomes = 2048

  /// The chance with which each point keeps its budget and its day.
  public var chance: Double
  /// What is asked; where no budget is, with that for which sellers' prices are expected.
  public var scenario: Scenario
  /// Nil when none was given.
  public var budgetDollars: Double?
  /// Days from the start; nil when none was given.
  public var deadlineDays: Double?
  /// Every option and number of chips that nothing but money or time could stand against.
  public var points: [ReachPoint]

  /// The least money that has the job done by a day: the question of a deadline without a budget.
  ///
  /// By the deadline asked the two are kept together.
  public func leastBudget(byDay days: Double) -> ReachPoint? {
    points.filter { $0.days <= days }.min {
      (budget($0, byDay: days), $0.days) < (budget($1, byDay: days), $1.days)
    }
  }

  /// The soonest end that a budget pays for; with the budget asked the two are kept together.
  public func soonest(within dollars: Double) -> ReachPoint? {
    points.filter { $0.budgetDollars <= dollars }
      .min {
        (days($0, within: dollars), $0.budgetDollars)
          < (days($1, within: dollars), $1.budgetDollars)
      }
  }

  /// US dollars with which a point keeps a day.
  public func budget(_ point: ReachPoint, byDay days: Double) -> Double {
    days == deadlineDays ? point.budgetInTimeDollars : point.budgetDollars
  }

  /// Days within which a point is done with some dollars.
  public func days(_ point: ReachPoint, within dollars: Double) -> Double {
    dollars == budgetDollars ? point.daysInBudget : point.days
  }

  /// Each option's least budget by a day, cheapest first.
  public func leastBudgets(byDay days: Double) -> [ReachPoint] {
    best(points.filter { $0.days <= days }) { (budget($0, byDay: days), $0.days) }
  }

  /// The points none of which costs less and ends sooner, soonest first: money against time.
  public var trade: [ReachPoint] {
    var least = Double.infinity
    return points.sorted { ($0.days, $0.budgetDollars, $0.id) < ($1.days, $1.budgetDollars, $1.id) }
      .filter { point in
        guard point.budgetDollars < least else { return false }
        least = point.budgetDollars
        return true
      }
  }

  /// Among the numbers of chips of each offer and purchase the one of least key, least key first;
  /// places of an offer count as one.
  private func best(
    _ points: [ReachPoint], _ key: (ReachPoint) -> (Double, Double)
  ) -> [ReachPoint] {
    var seen: Set<String> = []
    return points.sorted { left, right in
      let (a, b) = (key(left), key(right))
      return a == b ? left.id < right.id : a < b
    }.filter { point in
      let parts = point.id.split(separator: "/")
      return seen.insert([0, 1, 2, 4].map { String(parts[$0]) }.joined(separator: "/")).inserted
    }
  }

  // MARK: What binds

  /// A limit that stands in the way, or would.
  public enum Limit: String, Sendable {
    case budget, deadline
  }

  /// The point that comes nearest to keeping both limits: by the share it goes over the worse one.
  public struct Nearest: Hashable, Sendable {
    public var point: ReachPoint
    /// The limits it breaks; none when the job fits.
    public var broken: [Limit]
    /// What it needs over the limit it breaks most, as a fraction; 0 when it fits.
    public var overshoot: Double
  }

  /// The nearest plan to budget and deadline; nil without points or without limits.
  public var nearest: Nearest? {
    guard budgetDollars != nil || deadlineDays != nil else { return nil }
    func over(_ point: ReachPoint) -> (budget: Double, deadline: Double) {
      (
        budgetDollars.map { point.budgetInTimeDollars / $0 - 1 } ?? -1,
        deadlineDays.map { point.days / $0 - 1 } ?? -1
      )
    }
    let found = points.min { left, right in
      let (a, b) = (over(left), over(right))
      let (worstA, worstB) = (max(a.budget, a.deadline, 0), max(b.budget, b.deadline, 0))
      return (worstA, left.budgetDollars, left.id) < (worstB, right.budgetDollars, right.id)
    }
    return found.map { point in
      let over = over(point)
      return Nearest(
        point: point,
        broken: (over.budget > 0 ? [.budget] : []) + (over.deadline > 0 ? [.deadline] : []),
        overshoot: max(over.budget, over.deadline, 0))
    }
  }

  /// Another point and what each day between the two is worth.
  public struct Step: Hashable, Sendable {
    public var point: ReachPoint
    /// US dollars of budget for a day: the shadow price of the deadline.
    public var dollarsPerDay: Double
  }

  /// The first later day at which less money would do; nil without a deadline, where it can't be kept,
  /// or where waiting saves nothing.
  public var nextSaving: Step? {
    guard let days = deadlineDays, let now = trade.last(where: { $0.days <= days }),
      let later = trade.first(where: { $0.days > days && $0.budgetDollars < now.budgetDollars })
    else { return nil }
    return Step(
      point: later,
      dollarsPerDay: (now.budgetDollars - later.budgetDollars) / (later.days - days))
  }

  /// The least more money that ends the job sooner than a budget does; nil without a budget, where it
  /// is too small, or where no money is enough.
  public var nextHaste: Step? {
    guard let budgetDollars, let now = trade.first(where: { $0.budgetDollars <= budgetDollars }),
      let sooner = trade.last(where: { $0.days < now.days })
    else { return nil }
    return Step(
      point: sooner,
      dollarsPerDay: (sooner.budgetDollars - budgetDollars) / (now.days - sooner.days))
  }

  /// The most tokens the given model can be trained on within both limits; nil where one is missing.
  public var mostTokens: ReachPoint? {
    points.filter { ($0.mostTokens ?? 0) > 0 }.max { left, right in
      (left.mostTokens ?? 0, -left.budgetDollars, right.id)
        < (right.mostTokens ?? 0, -right.budgetDollars, left.id)
    }
  }
}
