import Quantities
import Uncertainty

/// One option reported on outcomes that neither sized nor chose it.
public struct Report: Sendable {
  /// The work done, in the candidate's own unit.
  public let work: Double
  public let choice: Choice
  /// What it comes to in each outcome: for economic cost, energy and whatever else hangs on hours.
  public let runs: Runs
  public let cashUsd: Percentiles
  public let meanCashUsd: Double
  /// Days from today to the end of the run.
  public let days: Percentiles
  /// Days on the machines, experiments with the run.
  public var runDays: Percentiles { Percentiles(of: runs.runDays) }
  public let withinBudget: Double
  public let byDeadline: Double
  /// Chance that budget and deadline are both kept: the one that was asked for, given the grant;
  /// for chains with the grants inside.
  public let both: Estimate

  /// - Parameter runs: on outcomes that neither sized nor chose it.
  public init(_ work: Double, _ choice: Choice, _ runs: Runs) {
    let count = Double(max(1, runs.cashUsd.count))
    self.work = work
    self.choice = choice
    self.runs = runs
    cashUsd = Percentiles(of: runs.cashUsd)
    meanCashUsd = runs.cashUsd.reduce(0, +) / count
    days = Percentiles(of: runs.days)
    var (budget, deadline, both) = (0, 0, 0)
    for (isWithin, isBy) in zip(runs.isWithinBudget, runs.isByDeadline) {
      budget += isWithin ? 1 : 0
      deadline += isBy ? 1 : 0
      both += isWithin && isBy ? 1 : 0
    }
    withinBudget = Double(budget) / count
    byDeadline = Double(deadline) / count
    self.both = .chance(hits: both, draws: max(1, runs.cashUsd.count))
  }
}

extension Decider {
  /// Reports a standing on the other outcomes; nil when it has no size.
  ///
  /// - Parameter work: in the candidate's own unit, such as tokens rounded down; what was sized, or
  ///   asked for, unless given.
  public func report(_ standing: Standing, work: Double? = nil) -> Report? {
    let candidate = candidates[standing.candidate]
    guard let choice = standing.assessment.choice else { return nil }
    let asked = question.work.map(candidate.curve.work)
    guard let work = work ?? asked ?? standing.assessment.sizing?.work else { return nil }
    let runs = Sizer(outcomes.reporting).runs(candidate, choice, work: work, question)
    return Report(work, choice, runs)
  }

  /// The best option by the end: decided anew for each, on the same outcomes.
  ///
  /// - Parameter days: ends as days from today, such as those of 6, 9, 12, 18 and 24 months.
  public func byEnd(_ days: [Double]) -> [End] {
    days.map { end in
      var question = question
      question.deadlineDays = end
      let decider = Decider(outcomes: outcomes, question: question, candidates: candidates)
        .contending()
      let decision = decider.decide()
      return End(
        days: end, sign: decision.sign, rank: decision.sign?.rank ?? 0,
        routes: decider.routeChances(decision))
    }
  }

  /// The answer for one end.
  public struct End: Sendable {
    public let days: Double
    public let sign: Standing?
    /// The leader's weighed work or cash; 0 when nothing can be signed.
    public let rank: Double
    public let routes: RouteChances
  }
}
