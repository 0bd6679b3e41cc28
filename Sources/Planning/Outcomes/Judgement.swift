import Economics
import RealModule
import Workload

/// What is compared to say which option is best: less is better, and always in US dollars.
///
/// Of a given model it is the economic cost. A model sized from the budget is judged by its loss: in
/// each world the run lasts as long and spends as much as planned, so that slower chips see fewer
/// tokens and dearer ones make a smaller cluster; a deadline cuts a run that begins later. The loss
/// this reaches is put in money: what the budget would have to be for the reference loss, were the
/// law followed at the same cost of compute. At the median this orders options as their losses do.
struct Judgement: Sendable {
  /// Nil where economic cost decides.
  var sizing: LossInDollars?

  struct LossInDollars: Sendable {
    var budgetDollars: Double
    /// What the best option's model and tokens leave above the irreducible loss.
    var referenceLeft: Double
    var tokenExponent: Double
    /// 1/γ of the frontier L* − E = K·(C/6)^−γ.
    var computePower: Double
    /// Hours from the scenario's start to the deadline.
    var deadlineHours: Double?
  }

  init(_ scenario: Scenario, best: OptionModel?) {
    guard scenario.isSizedFromBudget, let best else { return }
    let law = AdditiveScalingLaw.besiroglu
    let (alpha, beta) = (law.parameterExponent, law.tokenExponent)
    sizing = LossInDollars(
      budgetDollars: scenario.budgetDollars, referenceLeft: best.parameterTerm + best.tokenTerm,
      tokenExponent: beta, computePower: (alpha + beta) / (alpha * beta),
      deadlineHours: scenario.deadline?.hours)
  }

  /// What the loss of a model sized from the budget leaves above the irreducible one, in a world;
  /// less is better.
  ///
  /// - Parameters:
  ///   - amounts: of the planned hours, however slow the world is.
  ///   - leadDays: of the world.
  ///   - plannedCash: of the option at the median.
  @inline(__always)
  func score(
    _ option: OptionModel, _ world: World, _ amounts: OptionBill.CostOfRun, leadDays: Double,
    plannedCash: Double
  ) -> Double {
    guard let sizing else { return amounts.economic }
    var share: Double = plannedCash / amounts.cash / world.slowness
    if let deadline = sizing.deadlineHours {
      let room: Double = deadline - 24 * leadDays
      share *= min(1, room / amounts.calendarHours)
    }
    // Below a tenth of the tokens the law says nothing: no world counts as worse than that.
    share = max(share, 0.1)
    return option.parameterTerm + option.tokenTerm * .pow(share, -sizing.tokenExponent)
  }

  /// A score in US dollars.
  func dollars(_ score: Double) -> Double {
    guard let sizing else { return score }
    return sizing.budgetDollars * .pow(score / sizing.referenceLeft, sizing.computePower)
  }

  /// What decides in a world, US dollars.
  func value(_ option: OptionModel, _ world: World) -> Double {
    guard sizing != nil else { return option.result(world).economic }
    let planned = option.bill.amounts(hours: option.hours)
    return dollars(
      score(
        option, world, option.bill.amounts(hours: option.hours, world),
        leadDays: option.bill.lead.days(world), plannedCash: planned.cash))
  }
}
