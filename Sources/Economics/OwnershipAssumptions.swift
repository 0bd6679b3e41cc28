import Catalog

/// One figure that owning rests on, with where it comes from.
public struct Assumed: Hashable, Sendable {
  /// The value used: the middle of the row, or one drawn or given by the user.
  public var value: Double
  /// What is known about it.
  public var interval: Interval
  public var unit: String
  /// Id of the catalogue row, or of the quote.
  public var sourceID: String
  public var provenance: Provenance

  public init(
    _ value: Double, interval: Interval? = nil, unit: String, sourceID: String,
    provenance: Provenance
  ) {
    self.value = value
    self.interval = interval ?? Interval(low: nil, typical: value, high: nil)
    self.unit = unit
    self.sourceID = sourceID
    self.provenance = provenance
  }

  /// A row's central value; nil when the row is missing or has none.
  public init?(_ row: OwnershipParameter?) {
    guard let row, let value = row.value.central else { return nil }
    self.init(
      value, interval: row.value, unit: row.unit, sourceID: row.id, provenance: row.provenance)
  }
}

/// Where owned servers stand.
public enum Facility: Hashable, Sendable {
  /// Space and power rented by the kW and month; energy on top.
  case colocation
  /// A hall built for them, written off in a straight line over its life.
  case ownHall(lifeYears: Double)
}

/// What the owner decides: scopes of the catalogue's rows, and what no catalogue can know.
public struct OwnershipChoices: Hashable, Sendable {
  public var facility: Facility
  /// Scope of `electricity_price`: `us-industrial`, `us-texas`, `germany` …
  public var electricityScope: String
  /// US dollars for a euro, needed where the tariff is in euros.
  public var dollarsPerEuro: Double?
  /// Scope of `pue`.
  public var pueScope: String
  /// Scope of `power_utilisation`.
  public var powerScope: String
  /// Scope of `sales_tax`; nil when exempt.
  public var salesTaxScope: String?
  /// Weeks from order to delivery, over the quote's own.
  public var leadTimeWeeks: Double?
  /// Whether to pay for the optional software of the maker.
  public var buysSoftware: Bool
  /// Share of the purchase that is borrowed; its interest is a cost of its own.
  public var financedShare: Double
  /// US dollars to take everything down, where known.
  public var decommissioningDollars: Double?
  /// Share of hours the hardware is expected to be used over its life, for the charge by usage.
  public var expectedUtilisation: Double?
  /// Per year, for value left.
  public var discountRatePerYear: Double

  public init(
    facility: Facility = .colocation, electricityScope: String = "us-industrial",
    dollarsPerEuro: Double? = nil, pueScope: String = "colo-modern",
    powerScope: String = "gpu-planning", salesTaxScope: String? = "us-combined",
    leadTimeWeeks: Double? = nil, buysSoftware: Bool = false, financedShare: Double = 0,
    decommissioningDollars: Double? = nil, expectedUtilisation: Double? = nil,
    discountRatePerYear: Double = 0.08
  ) {
    self.facility = facility
    self.electricityScope = electricityScope
    self.dollarsPerEuro = dollarsPerEuro
    self.pueScope = pueScope
    self.powerScope = powerScope
    self.salesTaxScope = salesTaxScope
    self.leadTimeWeeks = leadTimeWeeks
    self.buysSoftware = buysSoftware
    self.financedShare = financedShare
    self.decommissioningDollars = decommissioningDollars
    self.expectedUtilisation = expectedUtilisation
    self.discountRatePerYear = discountRatePerYear
  }
}

/// Everything owning a cluster rests on; nil where no figure is known, which leaves the term out of
/// the cost and names it as not included.
public struct OwnershipAssumptions: Hashable, Sendable {
  public var choices: OwnershipChoices
  /// US dollars for one server.
  public var serverDollars: Assumed?
  /// Largest draw of one server, kW.
  public var serverKilowatts: Assumed?
  /// US dollars per chip; nil when unknown, or when the quote includes it.
  public var networkDollarsPerChip: Assumed?
  public var includesNetwork: Bool
  public var storageDollarsPerChip: Assumed?
  /// Percent of the hardware price.
  public var installationPercent: Assumed?
  public var sparePercent: Assumed?
  public var salesTaxPercent: Assumed?
  public var colocationDollarsPerKilowattMonth: Assumed?
  public var hallDollarsPerMegawatt: Assumed?
  public var hallBuildMonths: Assumed?
  public var pue: Assumed?
  /// US dollars per kWh.
  public var electricityDollarsPerKilowattHour: Assumed?
  /// Average draw over the largest.
  public var powerUtilisation: Assumed?
  /// Percent of the servers' power drawn by network, storage and management.
  public var otherPowerPercent: Assumed?
  public var staffPer1000Chips: Assumed?
  public var staffDollarsPerYear: Assumed?
  /// Percent of the hardware price a year.
  public var maintenancePercentPerYear: Assumed?
  /// US dollars per server and year.
  public var softwareDollarsPerServerYear: Assumed?
  /// Percent a year.
  public var interestPercentPerYear: Assumed?
  public var leadTimeWeeks: Assumed?
  public var installWeeks: Assumed?
  public var burnInWeeks: Assumed?
  public var lifeYears: Assumed?
  public var residualValue: ResidualValue?

  /// Assumptions with nothing known, to be filled in by hand.
  public init(choices: OwnershipChoices = OwnershipChoices(), includesNetwork: Bool = false) {
    self.choices = choices
    self.includesNetwork = includesNetwork
  }

  /// Every figure used, in the order of the fields, for `plan explain`.
  public var figures: [(name: String, figure: Assumed)] {
    let all: [(String, Assumed?)] = [
      ("server price", serverDollars), ("server power", serverKilowatts),
      ("network", networkDollarsPerChip), ("storage", storageDollarsPerChip),
      ("installation", installationPercent), ("spares", sparePercent),
      ("sales tax", salesTaxPercent), ("colocation", colocationDollarsPerKilowattMonth),
      ("own hall", hallDollarsPerMegawatt), ("time to build the hall", hallBuildMonths),
      ("PUE", pue), ("electricity", electricityDollarsPerKilowattHour),
      ("average over largest draw", powerUtilisation), ("other power", otherPowerPercent),
      ("staff", staffPer1000Chips), ("cost of staff", staffDollarsPerYear),
      ("maintenance", maintenancePercentPerYear), ("software", softwareDollarsPerServerYear),
      ("interest", interestPercentPerYear), ("lead time", leadTimeWeeks),
      ("installation time", installWeeks), ("burn-in", burnInWeeks), ("life", lifeYears),
    ]
    return all.compactMap { name, figure in figure.map { (name, $0) } }
  }
}
