import Catalog

/// What owning comes to, as plain scalars: cheap enough for every draw of a sample.
///
/// Time runs in hours from the order: delivery, installation, burn-in, then useful hours. From
/// delivery on, space, staff and upkeep are paid; from burn-in on, energy.
public struct OwnershipBill: Hashable, Sendable {
  public var servers: Int
  public var spares: Int
  /// Chips in the working servers.
  public var chips: Int

  // Paid at the order, US dollars.
  public var serversDollars = 0.0
  public var sparesDollars = 0.0
  public var networkDollars = 0.0
  public var storageDollars = 0.0
  public var installationDollars = 0.0
  public var salesTaxDollars = 0.0
  public var hallDollars = 0.0

  // Paid while installed, US dollars an hour.
  public var colocationPerHour = 0.0
  public var staffPerHour = 0.0
  public var maintenancePerHour = 0.0
  public var softwarePerHour = 0.0
  /// From the order on.
  public var interestPerHour = 0.0

  /// US dollars an hour of load.
  public var energyPerHour = 0.0
  /// Drawn from the grid under load, PUE included; nil when unknown.
  public var loadKilowatts: Double?
  /// Largest draw of all IT, kW; nil when unknown.
  public var itKilowatts: Double?
  /// At the end of the job, US dollars.
  public var decommissioningDollars = 0.0

  // Calendar, hours.
  public var leadHours = 0.0
  public var installHours = 0.0
  public var burnInHours = 0.0

  public var hallLifeYears = 0.0
  public var residualValue: ResidualValue?
  public var discountRatePerYear = 0.0

  static let hoursPerWeek = 168.0
  /// Hours in a twelfth of the billing year of 8,760 hours.
  static let hoursPerMonth = Finance.hoursPerYear / 12

  /// Bill of a cluster for some chips; whole servers, and whole spare servers.
  ///
  /// - Throws: `Violations` with `no_price` when the server has no price.
  public init(
    quote: ServerQuote, chips: Int, assumptions: OwnershipAssumptions
  ) throws(Violations) {
    guard let price = assumptions.serverDollars?.value else {
      throw Violations([
        Violation(
          code: "no_price", message: "no server price is known: \(quote.reason)",
          nearestChange: "put a quote for \(quote.id) into your own quotes.csv")
      ])
    }
    servers = max(1, (chips + quote.chips - 1) / quote.chips)
    self.chips = servers * quote.chips
    let spareShare = (assumptions.sparePercent?.value ?? 0) / 100
    spares = Int((spareShare * Double(servers) - 1e-9).rounded(.up))
    serversDollars = price * Double(servers)
    sparesDollars = price * Double(spares)
    discountRatePerYear = assumptions.choices.discountRatePerYear
    residualValue = assumptions.residualValue
    decommissioningDollars = assumptions.choices.decommissioningDollars ?? 0
    setPurchase(assumptions)
    setPower(assumptions)
    setRunning(assumptions)
    setCalendar(assumptions)
  }

  private mutating func setPurchase(_ assumed: OwnershipAssumptions) {
    networkDollars = (assumed.networkDollarsPerChip?.value ?? 0) * Double(chips)
    storageDollars = (assumed.storageDollarsPerChip?.value ?? 0) * Double(chips)
    installationDollars = hardwareDollars * (assumed.installationPercent?.value ?? 0) / 100
    salesTaxDollars = hardwareDollars * (assumed.salesTaxPercent?.value ?? 0) / 100
  }

  private mutating func setPower(_ assumed: OwnershipAssumptions) {
    guard let server = assumed.serverKilowatts?.value else { return }
    let other = 1 + (assumed.otherPowerPercent?.value ?? 0) / 100
    let installed = server * Double(servers + spares) * other
    itKilowatts = installed
    hallDollars = installed / 1000 * (assumed.hallDollarsPerMegawatt?.value ?? 0)
    let perMonth = (assumed.colocationDollarsPerKilowattMonth?.value ?? 0) * installed
    colocationPerHour = perMonth / Self.hoursPerMonth
    guard let share = assumed.powerUtilisation?.value, let pue = assumed.pue?.value else { return }
    // Spares stand by; their idle draw is not published and not counted.
    let load = server * Double(servers) * other * share * pue
    loadKilowatts = load
    energyPerHour = load * (assumed.electricityDollarsPerKilowattHour?.value ?? 0)
  }

  private mutating func setRunning(_ assumed: OwnershipAssumptions) {
    if let people = assumed.staffPer1000Chips?.value, let cost = assumed.staffDollarsPerYear?.value
    {
      staffPerHour = people * Double(chips) / 1000 * cost / Finance.hoursPerYear
    }
    let upkeep = (assumed.maintenancePercentPerYear?.value ?? 0) / 100
    maintenancePerHour = hardwareDollars * upkeep / Finance.hoursPerYear
    let licence = assumed.softwareDollarsPerServerYear?.value ?? 0
    softwarePerHour = licence * Double(servers) / Finance.hoursPerYear
    let interest = (assumed.interestPercentPerYear?.value ?? 0) / 100
    let borrowed = purchaseDollars * assumed.choices.financedShare
    interestPerHour = borrowed * interest / Finance.hoursPerYear
  }

  private mutating func setCalendar(_ assumed: OwnershipAssumptions) {
    let delivery = (assumed.leadTimeWeeks?.value ?? 0) * Self.hoursPerWeek
    let hall = (assumed.hallBuildMonths?.value ?? 0) * Self.hoursPerMonth
    leadHours = max(delivery, hall)
    installHours = (assumed.installWeeks?.value ?? 0) * Self.hoursPerWeek
    burnInHours = (assumed.burnInWeeks?.value ?? 0) * Self.hoursPerWeek
    if case .ownHall(let years) = assumed.choices.facility { hallLifeYears = years }
  }
}

extension OwnershipBill {
  /// Servers, spares, network and storage: what can be sold again.
  public var hardwareDollars: Double {
    serversDollars + sparesDollars + networkDollars + storageDollars
  }

  /// Everything paid at the order.
  public var purchaseDollars: Double {
    hardwareDollars + installationDollars + salesTaxDollars + hallDollars
  }

  /// Paid while installed, energy and interest apart, US dollars an hour.
  public var standingPerHour: Double {
    colocationPerHour + staffPerHour + maintenancePerHour + softwarePerHour
  }

  /// Hours from the order to the first useful hour.
  public var readyHours: Double { leadHours + installHours + burnInHours }

  /// Worth of hardware and hall at the end of a job, undiscounted, US dollars.
  public func valueLeftDollars(usefulHours: Double) -> Double {
    let age = (installHours + burnInHours + usefulHours) / 24 / Finance.daysPerYear
    // Without a curve nothing is known of a resale, and nothing is counted on.
    let hardware = residualValue.map { hardwareDollars * $0.fraction(ageYears: age) } ?? 0
    let hall = hallLifeYears > 0 ? hallDollars * max(0, 1 - age / hallLifeYears) : 0
    return hardware + hall
  }

  /// Full cash of buying, running the job and stopping, US dollars.
  public func cashDollars(usefulHours: Double) -> Double {
    let installed = installHours + burnInHours + usefulHours
    let running = standingPerHour * installed + interestPerHour * (leadHours + installed)
    let energy = energyPerHour * (burnInHours + usefulHours)
    return purchaseDollars + running + energy + decommissioningDollars
  }

  /// The incremental charge: full cash less the discounted value at the end of the job.
  ///
  /// Right when nothing else would use the machines.
  public func incrementalDollars(usefulHours: Double) -> Double {
    let years = (readyHours + usefulHours) / 24 / Finance.daysPerYear
    let factor = Finance.discountFactor(ratePerYear: discountRatePerYear, years: years)
    return cashDollars(usefulHours: usefulHours)
      - valueLeftDollars(usefulHours: usefulHours) * factor
  }
}

/// The charge by usage: the job's share of a life in which the machines are kept busy.
///
/// Right when other work waits for them. The capital is spread by its annuity over the life, the
/// standing costs by the year, both over the hours the machines are expected to be used.
public struct UsageCharge: Hashable, Sendable {
  /// US dollars.
  public var capitalDollars: Double
  /// Space, staff, upkeep, software, US dollars.
  public var standingDollars: Double
  public var energyDollars: Double
  /// Share of hours used that it assumes, 0...1.
  public var utilisation: Double
  public var lifeYears: Double

  public var totalDollars: Double { capitalDollars + standingDollars + energyDollars }
}

extension OwnershipBill {
  /// What the capital costs a year over a life, the value at its end taken off, US dollars.
  public func capitalPerYear(lifeYears: Double) -> Double {
    let left = residualValue.map { hardwareDollars * $0.fraction(ageYears: lifeYears) } ?? 0
    let capital = Finance.equivalentAnnualCost(
      price: purchaseDollars - hallDollars, salvage: left, years: lifeYears,
      ratePerYear: discountRatePerYear)
    guard hallLifeYears > 0 else {
      let rate = discountRatePerYear
      return capital + hallDollars / Finance.annuityFactor(ratePerYear: rate, years: lifeYears)
    }
    let hall = Finance.equivalentAnnualCost(
      price: hallDollars, salvage: 0, years: hallLifeYears, ratePerYear: discountRatePerYear)
    return capital + hall
  }

  /// The charge for some useful hours at a utilisation over a life; nil for a utilisation or a life
  /// of nothing.
  public func usageCharge(
    usefulHours: Double, utilisation: Double, lifeYears: Double
  ) -> UsageCharge? {
    guard utilisation > 0, lifeYears > 0 else { return nil }
    let years = usefulHours / (Finance.hoursPerYear * utilisation)
    return UsageCharge(
      capitalDollars: capitalPerYear(lifeYears: lifeYears) * years,
      standingDollars: standingPerHour * Finance.hoursPerYear * years,
      energyDollars: energyPerHour * usefulHours, utilisation: utilisation, lifeYears: lifeYears)
  }
}
