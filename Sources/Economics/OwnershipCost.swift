import Catalog
import Quantities

/// A purchase priced and dated.
public struct OwnershipOutcome: Hashable, Sendable {
  public var bill: OwnershipBill
  public var assumptions: OwnershipAssumptions
  /// The day of the first useful hour.
  public var readyDate: CalendarDate
  /// Every payment, and the value left at the end: the incremental charge is its economic cost.
  public var cashFlow: CashFlow
  /// The other charge; nil without an expected utilisation or a life.
  public var usage: UsageCharge?
  /// From the grid, burn-in and job, PUE included; nil when the power is unknown.
  public var energyKilowattHours: Double?
  /// What was not known and counted as nothing.
  public var caveats: [String]
}

/// What owning costs.
public enum OwnershipCost {
  /// The dated cash flow of buying a cluster, running one job on it and stopping.
  ///
  /// - Parameters:
  ///   - quote: the server.
  ///   - chips: chips the job uses; rounded up to whole servers.
  ///   - usefulHours: hours of the job, failures included.
  ///   - start: the day of the order.
  ///   - assumptions: from `OwnershipAssumptions(catalog:quote:accelerator:chips:choices:)`.
  /// - Throws: `Violations` when the server has no price.
  public static func outcome(
    quote: ServerQuote, chips: Int, usefulHours: Double, start: CalendarDate,
    assumptions: OwnershipAssumptions
  ) throws(Violations) -> OwnershipOutcome {
    let bill = try OwnershipBill(quote: quote, chips: chips, assumptions: assumptions)
    let endHours = bill.readyHours + usefulHours
    var flow = CashFlow(
      start: start, end: MonthlySpread.date(start, hours: endHours), tenure: .own,
      discountRatePerYear: bill.discountRatePerYear)
    let ledger = OwnershipLedger(
      bill: bill, assumed: assumptions, start: start, usefulHours: usefulHours)
    flow.add(ledger.purchase())
    flow.add(ledger.running())
    flow.add(ledger.ending())
    for omitted in ledger.omissions(quote: quote) { flow.omit(omitted) }
    let choices = assumptions.choices
    return OwnershipOutcome(
      bill: bill, assumptions: assumptions,
      readyDate: MonthlySpread.date(start, hours: bill.readyHours), cashFlow: flow,
      usage: usage(bill, hours: usefulHours, choices: choices, life: assumptions.lifeYears?.value),
      energyKilowattHours: bill.loadKilowatts.map { $0 * (bill.burnInHours + usefulHours) },
      caveats: caveats(quote, assumptions))
  }

  private static func usage(
    _ bill: OwnershipBill, hours: Double, choices: OwnershipChoices, life: Double?
  ) -> UsageCharge? {
    guard let share = choices.expectedUtilisation, let life else { return nil }
    return bill.usageCharge(usefulHours: hours, utilisation: share, lifeYears: life)
  }

  private static func caveats(
    _ quote: ServerQuote, _ assumed: OwnershipAssumptions
  ) -> [String] {
    var caveats: [String] = []
    if assumed.leadTimeWeeks == nil {
      caveats.append("no delivery time is known for \(quote.name), and none is counted")
    }
    if assumed.installWeeks == nil || assumed.burnInWeeks == nil {
      caveats.append("the time to install and to burn in is not known, and not counted in full")
    }
    if assumed.residualValue == nil {
      caveats.append("no resale value is known, and none is counted on")
    }
    if quote.status == .used {
      caveats.append("a used server is taken to lose value like a new one")
    }
    return caveats
  }
}

/// Turns a bill into dated flows, each with the rows it rests on.
struct OwnershipLedger {
  let bill: OwnershipBill
  let assumed: OwnershipAssumptions
  let start: CalendarDate
  let usefulHours: Double

  func purchase() -> [Flow] {
    let price = assumed.serverDollars
    let servers = "\(bill.servers) servers of \(bill.chips / bill.servers) chips"
    let spares = "\(bill.spares) spare servers"
    let ofHardware = "of the hardware price"
    return [
      flow(.servers, bill.serversDollars, servers, [price]),
      flow(.spares, bill.sparesDollars, spares, [price, assumed.sparePercent]),
      flow(
        .network, bill.networkDollars, "\(bill.chips) chips", [assumed.networkDollarsPerChip]),
      flow(
        .storageHardware, bill.storageDollars, "\(bill.chips) chips",
        [assumed.storageDollarsPerChip]),
      flow(
        .installation, bill.installationDollars, ofHardware, [assumed.installationPercent]),
      flow(.salesTax, bill.salesTaxDollars, ofHardware, [assumed.salesTaxPercent]),
      flow(
        .facility, bill.hallDollars, "for the largest draw",
        [assumed.hallDollarsPerMegawatt, assumed.serverKilowatts]),
    ]
  }

  func running() -> [Flow] {
    let installed = bill.installHours + bill.burnInHours + usefulHours
    let delivery = bill.leadHours
    let space = [assumed.colocationDollarsPerKilowattMonth, assumed.serverKilowatts]
    let people = [assumed.staffPer1000Chips, assumed.staffDollarsPerYear]
    let power = [
      assumed.electricityDollarsPerKilowattHour, assumed.serverKilowatts, assumed.powerUtilisation,
      assumed.pue, assumed.otherPowerPercent,
    ]
    var flows = monthly(.colocation, bill.colocationPerHour, from: delivery, installed, space)
    flows += monthly(.staff, bill.staffPerHour, from: delivery, installed, people)
    flows += monthly(
      .maintenance, bill.maintenancePerHour, from: delivery, installed,
      [assumed.maintenancePercentPerYear])
    flows += monthly(
      .software, bill.softwarePerHour, from: delivery, installed,
      [assumed.softwareDollarsPerServerYear])
    flows += monthly(
      .financing, bill.interestPerHour, from: 0, delivery + installed,
      [assumed.interestPercentPerYear])
    flows += monthly(
      .energy, bill.energyPerHour, from: delivery + bill.installHours,
      bill.burnInHours + usefulHours, power)
    return flows
  }

  func ending() -> [Flow] {
    let end = MonthlySpread.date(start, hours: bill.readyHours + usefulHours)
    let value = bill.valueLeftDollars(usefulHours: usefulHours)
    let age = (bill.readyHours - bill.leadHours + usefulHours) / 24 / Finance.daysPerYear
    return [
      Flow(end, .decommissioning, bill.decommissioningDollars, note: "given"),
      Flow(
        end, .residualValue, -value, kind: .valueLeft,
        note: "hardware at \(Decimals.fixed(age, 2)) years",
        sourceIDs: assumed.residualValue?.sourceIDs ?? []),
    ]
  }

  /// Terms left out, with what is missing.
  func omissions(quote: ServerQuote) -> [OmittedTerm] {
    var omitted: [OmittedTerm] = []
    func need(_ term: CostTerm, _ figures: [Assumed?], _ reason: String) {
      if figures.contains(nil) { omitted.append(OmittedTerm(term, reason)) }
    }
    if assumed.includesNetwork {
      omitted.append(OmittedTerm(.network, "already inside the price of the quote"))
    } else {
      need(.network, [assumed.networkDollarsPerChip], "no price of a network is known")
    }
    need(.spares, [assumed.sparePercent], "no share of spares is known")
    need(.storageHardware, [assumed.storageDollarsPerChip], "no price of storage is known")
    need(.installation, [assumed.installationPercent], "no price of installation is known")
    let noPower = "no power of \(quote.name) is known"
    let power = assumed.serverKilowatts
    switch assumed.choices.facility {
    case .colocation:
      need(
        .colocation, [assumed.colocationDollarsPerKilowattMonth, power],
        power == nil ? noPower : "no rent is known")
      omitted.append(OmittedTerm(.facility, "the servers stand in a rented hall"))
    case .ownHall:
      omitted.append(OmittedTerm(.colocation, "the servers stand in a hall of one's own"))
      need(
        .facility, [assumed.hallDollarsPerMegawatt, power],
        power == nil ? noPower : "no price of a hall is known")
    }
    let tariff = assumed.electricityDollarsPerKilowattHour
    need(
      .energy, [tariff, power, assumed.powerUtilisation, assumed.pue],
      tariff == nil ? "no tariff in US dollars is known for this place" : noPower)
    need(
      .staff, [assumed.staffPer1000Chips, assumed.staffDollarsPerYear], "no staffing is known")
    need(.maintenance, [assumed.maintenancePercentPerYear], "no price of maintenance is known")
    if !assumed.choices.buysSoftware {
      omitted.append(OmittedTerm(.software, "optional, not needed to train"))
    }
    if assumed.choices.salesTaxScope == nil {
      omitted.append(OmittedTerm(.salesTax, "exempt by choice"))
    }
    if assumed.residualValue == nil {
      omitted.append(OmittedTerm(.residualValue, "no resale value is known"))
    }
    return omitted
  }

  private func flow(
    _ term: CostTerm, _ dollars: Double, _ note: String, _ figures: [Assumed?]
  ) -> Flow {
    Flow(start, term, dollars, note: note, sourceIDs: figures.compactMap { $0?.sourceID })
  }

  private func monthly(
    _ term: CostTerm, _ dollarsPerHour: Double, from: Double, _ length: Double,
    _ figures: [Assumed?]
  ) -> [Flow] {
    guard dollarsPerHour != 0 else { return [] }
    let sources = figures.compactMap { $0?.sourceID }
    return MonthlySpread.parts(start: start, offset: from, length: length).map { part in
      Flow(
        part.date, term, part.hours * dollarsPerHour,
        note:
          "\(Decimals.fixed(part.hours, 0)) h at \(Decimals.fixed(dollarsPerHour, 2)) USD an hour",
        sourceIDs: sources)
    }
  }
}
