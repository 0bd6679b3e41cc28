import Economics
import RealModule
import Workload

/// One option in any world: cash, economic cost, days and loss as functions of a few numbers.
struct OptionModel: Hashable, Sendable {
  /// What a world comes to.
  struct CostAndTime: Sendable {
    /// US dollars.
    var cash: Double
    var economic: Double
    /// Of the run, from its first to its last hour.
    var runDays: Double
    /// From the scenario's start to the end of the run.
    var totalDays: Double
  }

  var bill: OptionBill
  /// Of the run, at the median.
  var hours: Double
  /// Loss at the law's centre, and its standard deviation over the law's joint constants.
  var loss: Double
  var lossDeviation: Double
  /// What the model's size and the law itself leave of the loss, and what the tokens add.
  var parameterTerm: Double
  var tokenTerm: Double

  /// What a world comes to.
  @inline(__always)
  func result(_ world: World) -> CostAndTime {
    let amounts = bill.amounts(hours: hours * world.slowness, world)
    let days = amounts.calendarHours / 24
    return CostAndTime(
      cash: amounts.cash, economic: amounts.economic, runDays: days,
      totalDays: days + bill.lead.days(world))
  }

  /// The loss in a world.
  ///
  /// - Parameter law: standard deviations by which the scaling law errs, the same for all options.
  func loss(law: Double) -> Double { loss + lossDeviation * law }
}
