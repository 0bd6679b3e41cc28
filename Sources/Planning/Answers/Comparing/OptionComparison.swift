import Economics
import Quantities
import Workload

/// Where the gap between two options comes from: the bill line by line, then what makes it so.
///
///     let gap = OptionComparison(plan.ranked[0], plan.ranked[1], scenario: plan.scenario)
///     print(gap?.bill.cash.gap ?? 0)  // cents
///
/// All of it speaks of the median run. Shares of a gap are Shapley values of the formulas in
/// `CostFactors`, rounded so that they sum exactly to the gap: to the cent, to a hundredth of a day,
/// to a ten-thousandth of the loss.
public struct OptionComparison: Sendable {
  public var first: Assessment
  public var second: Assessment
  public var bill: CostComparison
  /// What makes the gap in cash, in cents; empty where the bill can't be taken apart.
  public var cashDrivers: [GapDriver]
  /// What makes the gap in economic cost, in cents.
  public var economicDrivers: [GapDriver]
  /// Days from the scenario's start to the end of the run, in hundredths.
  public var days: (first: Int64, second: Int64)
  /// What makes the gap in time, in hundredths of a day.
  public var timeDrivers: [GapDriver]
  /// Predicted loss, in ten-thousandths of a nat per token.
  public var loss: (first: Int64, second: Int64)
  /// What makes the gap in loss, in ten-thousandths.
  public var lossDrivers: [GapDriver]

  /// - Returns: nil when either option has no figures.
  public init?(_ first: Assessment, _ second: Assessment, scenario: Scenario) {
    guard let one = first.outcome, let other = second.outcome else { return nil }
    let economic = (
      first: Self.economicCents(one, scenario), second: Self.economicCents(other, scenario)
    )
    guard let bill = CostComparison(one.breakdown, other.breakdown, economic: economic) else {
      return nil
    }
    self.first = first
    self.second = second
    self.bill = bill
    (cashDrivers, economicDrivers, timeDrivers) = ([], [], [])
    days = (Self.hundredths(one), Self.hundredths(other))
    func loss(_ outcome: Outcome) -> Int64 {
      Int64((outcome.predictedLoss.p50 * 1e4).rounded())
    }
    self.loss = (loss(one), loss(other))
    // Size, experts and tokens act through the compute they are worth.
    lossDrivers = [
      GapDriver(
        "effective_compute", "Effective compute", one.effectiveCompute ?? one.model.flops,
        other.effectiveCompute ?? other.model.flops, unit: "FLOPs",
        share: self.loss.second - self.loss.first)
    ]
    guard let a = CostFactors(first, economicCents: economic.first),
      let b = CostFactors(second, economicCents: economic.second)
    else { return }
    cashDrivers = Self.moneyDrivers(a, b, gap: bill.cash.gap, countsLeft: false)
    economicDrivers = Self.moneyDrivers(
      a, b, gap: economic.second - economic.first, countsLeft: true)
    timeDrivers = Self.timeDrivers(a, b, gap: days.second - days.first)
  }

  /// Cents of the economic cost of the median run, from the same flows as its bill.
  private static func economicCents(_ outcome: Outcome, _ scenario: Scenario) -> Int64 {
    let flows = outcome.cashFlow
    let left =
      flows.cash - flows.economic(discountRate: scenario.discountRate, from: scenario.start)
    return outcome.breakdown.map(\.cents).reduce(0, +) - Money(dollars: left).cents
  }

  private static func hundredths(_ outcome: Outcome) -> Int64 {
    Int64((outcome.planned.days * 100).rounded())
  }

  /// What decides how many hours of peak the work takes.
  private static func speed(_ a: CostFactors, _ b: CostFactors) -> [GapFactor] {
    [
      GapFactor("work", "Work to be done", "FLOPs", a.work, b.work),
      GapFactor("mfu", "MFU", "fraction", a.utilization, b.utilization),
      GapFactor("goodput", "Share of hours that trains", "fraction", a.goodput, b.goodput),
    ]
  }

  /// Hours of a petaFLOP/s of peak.
  private static func hours(_ factors: [Double]) -> Double {
    factors[0] / (factors[1] * factors[2] * 3600e15)
  }

  private static func moneyDrivers(
    _ a: CostFactors, _ b: CostFactors, gap: Int64, countsLeft: Bool
  ) -> [GapDriver] {
    var factors =
      speed(a, b) + [
        GapFactor("price", "Price of a PFLOP/s of peak for an hour", "USD", a.price, b.price),
        GapFactor("unused", "Paid and not used, to the run's cost", "fraction", a.unused, b.unused),
        GapFactor(
          "experiments", "Experiments, to the run's cost", "fraction", a.experiments, b.experiments),
        GapFactor("other", "Other lines of the bill", "USD", a.other, b.other),
      ]
    if countsLeft {
      factors.append(
        GapFactor("left", "Worth at the end, to the run's cost", "fraction", a.left, b.left))
    }
    return GapFactor.drivers(factors, gap: gap, perUnit: 100) { values in
      let left = countsLeft ? values[7] : 0
      return hours(values) * values[3] * (1 + values[4] + values[5] - left) + values[6]
    }
  }

  private static func timeDrivers(_ a: CostFactors, _ b: CostFactors, gap: Int64) -> [GapDriver] {
    let factors =
      speed(a, b) + [
        GapFactor("peak", "Peak of all chips", "PFLOP/s", a.peak, b.peak),
        GapFactor("waits", "Queues and gaps during the run", "days", a.waitDays, b.waitDays),
        GapFactor("lead", "Wait before the first useful hour", "days", a.leadDays, b.leadDays),
      ]
    return GapFactor.drivers(factors, gap: gap, perUnit: 100) { values in
      hours(values) / values[3] / 24 + values[4] + values[5]
    }
  }
}
