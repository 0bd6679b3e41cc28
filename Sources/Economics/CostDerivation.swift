import Catalog

/// One number that goes into a term of the bill.
public struct DerivationInput: Hashable, Sendable {
  public var name: String
  public var value: Double
  public var unit: String
  /// Nil for what follows from the plan itself: hours, instances, tokens.
  public var provenance: Provenance?

  public init(_ name: String, _ value: Double, _ unit: String, _ provenance: Provenance? = nil) {
    self.name = name
    self.value = value
    self.unit = unit
    self.provenance = provenance
  }
}

/// How one term of the bill came to be: its formula in words, and the numbers in it.
public struct CostDerivation: Hashable, Sendable {
  public var term: CostTerm
  public var formula: String
  public var inputs: [DerivationInput]
  /// What the formula gives, US dollars.
  public var dollars: Double

  public init(
    _ term: CostTerm, _ formula: String, _ inputs: [DerivationInput], dollars: Double
  ) {
    self.term = term
    self.formula = formula
    self.inputs = inputs
    self.dollars = dollars
  }
}

// MARK: Owning

extension OwnershipFigures {
  /// How each term of a purchase came to be, in the order of the bill; empty without a price.
  ///
  /// - Parameter used: the rows behind the figures, by name.
  public func derivations(
    chips wanted: Int, usefulHours: Double, experimentHours: Double, used: [FigureUsed]
  ) -> [CostDerivation] {
    guard
      let bill = OwnershipBill(
        figures: self, chips: wanted, usefulHours: usefulHours, experimentHours: experimentHours)
    else { return [] }
    let reading = FigureNames(used)
    return onceDerivations(bill, reading) + hourlyDerivations(bill, reading)
  }

  private func onceDerivations(_ bill: OwnershipBill, _ named: FigureNames) -> [CostDerivation] {
    let servers = DerivationInput("servers", bill.servers, "")
    let chips = DerivationInput("chips", bill.chips, "")
    let price = named.input("Price of a server")
    let attached: Double = (bill.networkDollars ?? 0) + (bill.storageDollars ?? 0)
    let hardware = DerivationInput(
      "servers, spares, network and storage", bill.resaleBasis + attached, "USD")
    let all: [(CostTerm, String, [DerivationInput?], Double?)] = [
      (.servers, "servers × price", [servers, price], bill.serverDollars),
      (
        .spares, "servers × spare servers per server, rounded × price",
        [servers, named.input("Spare servers"), price], bill.spareDollars
      ),
      (
        .network, "chips × network per chip", [chips, named.input("Cluster network")],
        bill.networkDollars
      ),
      (
        .storageHardware, "chips × storage per chip", [chips, named.input("Storage hardware")],
        bill.storageDollars
      ),
      (
        .installation, "share × hardware", [named.input("Installation"), hardware],
        bill.installationDollars
      ),
      (.salesTax, "rate × hardware", [named.input("Sales tax"), hardware], bill.taxDollars),
    ]
    return all.compactMap { term, formula, inputs, dollars in
      guard let dollars, dollars != 0 else { return nil }
      return CostDerivation(term, formula, inputs.compactMap { $0 }, dollars: dollars)
    }
  }

  private func hourlyDerivations(_ bill: OwnershipBill, _ named: FigureNames) -> [CostDerivation] {
    let further = bill.runStartHour - bill.startHour
    let held = bill.heldHours - further
    let powered = bill.poweredHours - further
    let heldHours = DerivationInput("hours from delivery to the end of the run", held, "h")
    let poweredHours = DerivationInput("hours of burn-in and run", powered, "h")
    let chips = DerivationInput("chips", bill.chips, "")
    let rated = [
      DerivationInput("servers and spares", bill.servers + bill.spares, ""),
      named.input("Rated power of a server"), named.input("Power of switches and storage"),
    ]
    let drawn = [
      DerivationInput("servers", bill.servers, ""), named.input("Rated power of a server"),
      named.input("Power of switches and storage"), named.input("Average over rated power"),
      named.input("Power usage effectiveness"),
    ]
    let all: [(CostTerm, String, [DerivationInput?], Double?, Double)] = [
      (
        .colocation, "rated kW × price a month ÷ 730.5 h × hours",
        rated + [named.input("Colocation"), heldHours], bill.colocationPerHour, held
      ),
      (
        .energy, "kW drawn × power usage effectiveness × tariff × hours",
        drawn + [named.input("Electricity"), poweredHours], bill.energyPerHour, powered
      ),
      (
        .staff, "people per 1,000 chips × chips × pay ÷ 8,766 h × hours",
        [named.input("Operations staff"), chips, named.input("Cost of staff"), heldHours],
        bill.staffPerHour, held
      ),
      (
        .maintenance, "share a year × hardware ÷ 8,766 h × hours",
        [named.input("Maintenance"), heldHours], bill.maintenancePerHour, held
      ),
    ]
    var list: [CostDerivation] = all.compactMap { term, formula, inputs, perHour, hours in
      guard let perHour, perHour != 0 else { return nil }
      return CostDerivation(term, formula, inputs.compactMap { $0 }, dollars: perHour * hours)
    }
    let standing: Double =
      (bill.colocationPerHour ?? 0) + (bill.staffPerHour ?? 0) + (bill.maintenancePerHour ?? 0)
    let perHour: Double = standing + (bill.energyPerHour ?? 0)
    if further > 0 {
      list.append(
        CostDerivation(
          .experiments, "hours × colocation, electricity, staff and maintenance an hour",
          [
            DerivationInput("hours the servers are kept for experiments", further, "h"),
            DerivationInput("running costs", perHour, "USD per hour"),
          ], dollars: perHour * further))
    }
    return list
  }
}

/// Looks figures up by name.
private struct FigureNames {
  private let figures: [FigureUsed]

  init(_ figures: [FigureUsed]) {
    self.figures = figures
  }

  func input(_ name: String) -> DerivationInput? {
    figures.first { $0.name == name }.map {
      DerivationInput($0.name, $0.value, $0.unit, $0.provenance)
    }
  }
}
