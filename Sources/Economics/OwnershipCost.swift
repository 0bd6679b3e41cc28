import Catalog
import Quantities

/// How much of bought hardware is charged to the job.
public enum OwnershipCharge: Hashable, Sendable {
  /// The full price, less what the servers are worth when the job ends: right when nothing else
  /// would use them.
  case incremental
  /// The job's share of the busy hours of the hardware's life: right when other work waits for it.
  case byUsage(lifeYears: Double, utilisation: Double)
}

/// What a purchase costs and when, and what the sum leaves out.
public struct OwnershipOutcome: Sendable {
  public var cashFlow: CashFlow
  /// Servers bought to work, and spare ones beside them.
  public var servers: Int
  public var spareServers: Int
  /// Days from the order to the first hour of work: lead time, delivery and installation, burn-in.
  /// Nil when a part is unknown; dates then count the known parts only.
  public var leadDays: Double?
  /// The first day of work.
  public var startDate: CalendarDate
  /// Electricity of burn-in and run, with the facility's overhead; nil when the power is unknown.
  public var energyKilowattHours: Double?
  /// Terms the sum leaves out, each with the reason.
  public var notIncluded: [(term: CostTerm, reason: String)]
  /// Every figure used, with its source.
  public var figures: [FigureUsed]
}

/// What buying and keeping servers costs for one job.
///
/// The method is the cash flows of a purchase (servers, network, storage, installation, spares, tax
/// on the day of the order; colocation, electricity, staff and maintenance by the month from
/// delivery to the end of the run). Choices made where sources are silent:
/// - Everything bought is paid on the day of the order.
/// - Spares are the fraction of the servers, rounded to the nearest whole one; they take up rated
///   power in the hall and draw none.
/// - Servers draw their average power in burn-in and run, and none while they are installed.
/// - Prices by the month and the year are charged by the hour (730.5 h and 8,766 h).
/// - The value left at the end counts servers and spares only: no source prices used networks and
///   storage.
public enum OwnershipCost {
  /// The bill of a purchase, or nil when the quote has no price or the job is out of reach.
  ///
  /// - Parameters:
  ///   - chips: wanted; whole servers are bought.
  ///   - usefulHours: of the run, from its first to its last hour of work.
  ///   - experimentHours: that the servers work before the final run. Their colocation, electricity, staff and upkeep stand under experiments.
  public static func outcome(
    quote: ServerQuote, accelerator: Accelerator, chips: Int, usefulHours: Double,
    experimentHours: Double = 0,
    orderDate: CalendarDate, assumptions: OwnershipAssumptions, charge: OwnershipCharge
  ) -> OwnershipOutcome? {
    var reader = FigureReader()
    let figures = OwnershipFigures(
      quote: quote, accelerator: accelerator, chips: chips, assumptions: assumptions,
      into: &reader)
    guard
      var outcome = outcome(
        figures: figures, chips: chips, usefulHours: usefulHours,
        experimentHours: experimentHours, orderDate: orderDate, charge: charge)
    else { return nil }
    outcome.figures = reader.used
    return outcome
  }

  /// The same from figures already resolved, perhaps shifted; `figures` of the outcome is empty.
  public static func outcome(
    figures: OwnershipFigures, chips: Int, usefulHours: Double, experimentHours: Double = 0,
    orderDate: CalendarDate, charge: OwnershipCharge
  ) -> OwnershipOutcome? {
    guard
      let bill = OwnershipBill(
        figures: figures, chips: chips, usefulHours: usefulHours, experimentHours: experimentHours)
    else { return nil }
    var flows = onceFlows(bill, orderDate) + monthlyFlows(bill, orderDate)
    let recovery = recovery(
      bill, figures.residualFractions, orderDate, charge,
      usefulHours: usefulHours + experimentHours)
    if let recovery { flows.append(recovery) }
    return OwnershipOutcome(
      cashFlow: CashFlow(flows: flows), servers: Int(bill.servers),
      spareServers: Int(bill.spares), leadDays: figures.leadDays,
      startDate: orderDate.adding(days: bill.startHour / HoursOf.day),
      energyKilowattHours: bill.facilityKilowatts.map { $0 * bill.poweredHours },
      notIncluded: OwnershipGaps.list(bill, figures, hasRecovery: recovery != nil), figures: [])
  }

  /// The sum of the outcome's cash flow, without making it: for loops that price many candidates.
  public static func cashDollars(
    figures: OwnershipFigures, chips: Int, usefulHours: Double, experimentHours: Double = 0
  ) -> Double? {
    OwnershipBill(
      figures: figures, chips: chips, usefulHours: usefulHours, experimentHours: experimentHours)?
      .cashDollars
  }

  private static func onceFlows(_ bill: OwnershipBill, _ day: CalendarDate) -> [Flow] {
    let amounts: [(CostTerm, Double?)] = [
      (.servers, bill.serverDollars), (.spares, bill.spareDollars),
      (.network, bill.networkDollars), (.storageHardware, bill.storageDollars),
      (.installation, bill.installationDollars), (.salesTax, bill.taxDollars),
    ]
    return amounts.compactMap { term, dollars in
      guard let dollars, dollars != 0 else { return nil }
      return Flow(date: day, term: term, dollars: dollars, note: "paid with the order")
    }
  }

  private static func monthlyFlows(_ bill: OwnershipBill, _ order: CalendarDate) -> [Flow] {
    let rates: [(term: CostTerm, perHour: Double?, from: Double)] = [
      (.colocation, bill.colocationPerHour, bill.deliveryHour),
      (.energy, bill.energyPerHour, bill.powerOnHour),
      (.staff, bill.staffPerHour, bill.deliveryHour),
      (.maintenance, bill.maintenancePerHour, bill.deliveryHour),
    ]
    var flows: [Flow] = []
    for rate in rates {
      guard let perHour = rate.perHour, perHour != 0 else { continue }
      let before = Accrual.months(start: order, from: rate.from, to: bill.startHour)
      let after = Accrual.months(start: order, from: bill.runStartHour, to: bill.endHour)
      for month in before + after {
        flows.append(
          Flow(
            date: month.due, term: rate.term, dollars: month.hours * perHour,
            note: "paid in arrears"))
      }
      for month in Accrual.months(start: order, from: bill.startHour, to: bill.runStartHour) {
        flows.append(
          Flow(
            date: month.due, term: .experiments, dollars: month.hours * perHour,
            note: "\(rate.term.label.lowercased()) while experiments run"))
      }
    }
    return flows
  }

  /// The outcome's economic cost from the day of the order, without making the outcome.
  public static func economicDollars(
    figures: OwnershipFigures, chips: Int, usefulHours: Double, experimentHours: Double = 0,
    charge: OwnershipCharge, discountRate: Double
  ) -> Double? {
    dollars(
      figures: figures, chips: chips, usefulHours: usefulHours, experimentHours: experimentHours,
      charge: charge, discountRate: discountRate)?.economic
  }

  /// Cash and economic cost of the outcome, without making it.
  public static func dollars(
    figures: OwnershipFigures, chips: Int, usefulHours: Double, experimentHours: Double = 0,
    charge: OwnershipCharge, discountRate: Double
  ) -> (cash: Double, economic: Double)? {
    guard
      let bill = OwnershipBill(
        figures: figures, chips: chips, usefulHours: usefulHours, experimentHours: experimentHours)
    else { return nil }
    let cash = bill.cashDollars
    guard
      let left = bill.left(
        figures.residualFractions, charge: charge, usefulHours: usefulHours + experimentHours)
    else { return (cash, cash) }
    let years = left.days / HoursOf.daysAYear
    return (cash, cash - left.dollars / Elementary.power(1 + discountRate, years))
  }

  private static func recovery(
    _ bill: OwnershipBill, _ curve: ResidualCurve, _ order: CalendarDate,
    _ charge: OwnershipCharge, usefulHours: Double
  ) -> Flow? {
    guard let left = bill.left(curve, charge: charge, usefulHours: usefulHours) else { return nil }
    let note =
      charge == .incremental
      ? "value of the servers when the run ends"
      : "share of the hardware's life left to other work"
    return Flow(
      date: order.adding(days: left.days), term: .residualValue, dollars: left.dollars,
      note: note, isRecovery: true)
  }
}

extension OwnershipBill {
  /// What is not the job's to bear, US dollars, and days from the order to when it comes back; nil
  /// when no figure says.
  func left(
    _ curve: ResidualCurve, charge: OwnershipCharge, usefulHours: Double
  ) -> (dollars: Double, days: Double)? {
    switch charge {
    case .incremental:
      guard let fraction = curve.fraction(years: heldHours / HoursOf.year) else { return nil }
      return (fraction * resaleBasis, (endHour / HoursOf.day).rounded(.up))
    case .byUsage(let lifeYears, let utilisation):
      let busyHours = lifeYears * HoursOf.year * utilisation
      guard busyHours > 0 else { return nil }
      // Other work carries its share of what was paid, so it is not a later income: dated with the
      // order, where the economic cost does not discount it.
      return ((1 - min(1, usefulHours / busyHours)) * onceDollars, 0)
    }
  }
}
