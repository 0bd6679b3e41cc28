import Catalog

/// A figure that went into a cost, named, with its source.
public struct FigureUsed: Hashable, Sendable {
  public var name: String
  public var value: Double
  public var unit: String
  public var provenance: Provenance

  public init(name: String, value: Double, unit: String, provenance: Provenance) {
    self.name = name
    self.value = value
    self.unit = unit
    self.provenance = provenance
  }
}

/// The numbers one purchase is reckoned with: plain scalars, to be resolved once and then priced
/// many times, or shifted one by one in a sensitivity. Nil is unknown.
public struct OwnershipFigures: Hashable, Sendable {
  /// Chips of one server.
  public var chipsPerServer: Int
  /// US dollars a server.
  public var dollarsPerServer: Double?
  /// Rated kW of a server.
  public var kilowattsPerServer: Double?
  /// US dollars a chip; 0 where the server's price has the network in it.
  public var networkDollarsPerChip: Double?
  /// US dollars a chip.
  public var storageDollarsPerChip: Double?
  /// Fraction of the hardware's price.
  public var installationFraction: Double?
  /// Spare servers per server.
  public var spareFraction: Double?
  /// Fraction of the hardware's price.
  public var salesTaxFraction: Double?
  /// US dollars a month and rated kW.
  public var colocationDollarsPerKilowattMonth: Double?
  /// US dollars a kWh.
  public var electricityDollarsPerKilowattHour: Double?
  public var powerUsageEffectiveness: Double?
  /// Average over rated draw.
  public var powerUtilisation: Double?
  /// Switches and storage, as a fraction of the servers' power.
  public var otherPowerFraction: Double?
  /// Fraction of the hardware's price a year.
  public var maintenanceFractionPerYear: Double?
  public var staffPerThousandChips: Double?
  /// US dollars a person and year.
  public var staffDollarsPerYear: Double?
  public var leadWeeks: Double?
  public var installWeeks: Double?
  public var burnInWeeks: Double?
  /// Fraction of the price left after 1, 2, 3 … years.
  public var residualFractions: ResidualCurve

  /// The typical figures for a server quote and a cluster of a size.
  ///
  /// Where a row has no typical figure the middle of its range stands for it.
  public init(
    quote: ServerQuote, accelerator: Accelerator, chips: Int, assumptions: OwnershipAssumptions
  ) {
    var reader = FigureReader()
    self.init(
      quote: quote, accelerator: accelerator, chips: chips, assumptions: assumptions, into: &reader)
  }

  /// The rows behind the numbers of a purchase.
  public static func used(
    quote: ServerQuote, accelerator: Accelerator, chips: Int, assumptions: OwnershipAssumptions
  ) -> [FigureUsed] {
    var reader = FigureReader()
    _ = OwnershipFigures(
      quote: quote, accelerator: accelerator, chips: chips, assumptions: assumptions,
      into: &reader)
    return reader.used
  }

  init(
    quote: ServerQuote, accelerator: Accelerator, chips: Int, assumptions: OwnershipAssumptions,
    into reader: inout FigureReader
  ) {
    let percent = 0.01
    chipsPerServer = max(1, quote.chips)
    dollarsPerServer = reader.read(quote.capex.central, "Price of a server", "usd", quote)
    kilowattsPerServer = reader.read(
      quote.serverKilowattsMax, "Rated power of a server", "kW", quote)
    if quote.includesNetwork == "yes" {
      networkDollarsPerChip = 0
    } else {
      let isFast = (accelerator.scaleOutGbitPerSecond ?? 0) >= 800
      let price = isFast ? assumptions.network800G : assumptions.network(chips: chips)
      networkDollarsPerChip = reader.read(price, "Cluster network")
    }
    storageDollarsPerChip = reader.read(assumptions.storage, "Storage hardware")
    installationFraction = reader.read(assumptions.installation, "Installation", percent)
    spareFraction = reader.read(assumptions.spares, "Spare servers", percent)
    salesTaxFraction = reader.read(assumptions.salesTax, "Sales tax", percent)
    colocationDollarsPerKilowattMonth = reader.read(assumptions.colocation, "Colocation")
    electricityDollarsPerKilowattHour = reader.read(assumptions.electricity, "Electricity")
    powerUsageEffectiveness = reader.read(
      assumptions.powerUsageEffectiveness, "Power usage effectiveness")
    powerUtilisation = reader.read(assumptions.powerUtilisation, "Average over rated power")
    otherPowerFraction = reader.read(
      assumptions.otherPower, "Power of switches and storage", percent)
    maintenanceFractionPerYear = reader.read(assumptions.maintenance, "Maintenance", percent)
    staffPerThousandChips = reader.read(assumptions.staff, "Operations staff")
    staffDollarsPerYear = reader.read(assumptions.staffCost, "Cost of staff")
    if let quoted = quote.leadTimeWeeks {
      leadWeeks = reader.read(quoted, "Lead time", "weeks", quote)
    } else {
      leadWeeks = reader.read(assumptions.leadWeeks[accelerator.generation], "Lead time")
    }
    installWeeks = reader.read(assumptions.installWeeks, "Delivery and installation")
    burnInWeeks = reader.read(assumptions.burnInWeeks, "Burn-in")
    residualFractions = ResidualCurve(
      assumptions.residualValue.enumerated().map { index, row in
        reader.read(row, "Value left after year \(index + 1)")
      })
  }

  /// Days from the order to the first hour of work; nil when a part of it is unknown.
  public var leadDays: Double? {
    guard let leadWeeks, let installWeeks, let burnInWeeks else { return nil }
    return 7 * (leadWeeks + installWeeks + burnInWeeks)
  }
}

/// Takes the typical figure of a row and remembers that it was used.
struct FigureReader {
  private(set) var used: [FigureUsed] = []

  mutating func read(_ row: Sourced?, _ name: String, _ scale: Double = 1) -> Double? {
    guard let row, let value = row.value.central else { return nil }
    used.append(
      FigureUsed(name: name, value: value, unit: row.unit, provenance: row.provenance))
    return value * scale
  }

  mutating func read(
    _ value: Double?, _ name: String, _ unit: String, _ quote: ServerQuote
  ) -> Double? {
    guard let value else { return nil }
    used.append(FigureUsed(name: name, value: value, unit: unit, provenance: quote.provenance))
    return value
  }
}

/// What a server is worth over its years, as a fraction of its price.
public struct ResidualCurve: Hashable, Sendable {
  /// After 1, 2, 3 … years; nil where unknown.
  public var fractions: [Double?]

  /// The fraction at every age, when it is given and no curve is followed.
  public var fixed: Double?

  /// How fast value is lost, over the usual rate: the fraction left is raised to this power.
  public var decay = 1.0

  public init(_ fractions: [Double?]) {
    self.fractions = fractions
  }

  /// The same fraction at every age.
  public static func constant(_ fraction: Double) -> ResidualCurve {
    var curve = ResidualCurve([])
    curve.fixed = fraction
    return curve
  }

  /// The fraction left at an age: log-linear between the years known, from 1 when new, and on at
  /// the last rate of decay past the last year. Nil when no year is known.
  public func fraction(years: Double) -> Double? {
    if let fixed { return fixed }
    let age = max(0, years)
    var left = (years: 0.0, fraction: 1.0)
    var right: (years: Double, fraction: Double)?
    for (index, fraction) in fractions.enumerated() {
      guard let fraction, fraction > 0 else { continue }
      if let passed = right {
        if passed.years >= age { break }
        left = passed
      }
      right = (Double(index + 1), fraction)
    }
    guard let right else { return nil }
    let way = (age - left.years) / (right.years - left.years)
    let usual = left.fraction * Elementary.power(right.fraction / left.fraction, way)
    return decay == 1 ? usual : Elementary.power(usual, decay)
  }
}
