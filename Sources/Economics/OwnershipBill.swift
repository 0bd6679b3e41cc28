/// What one purchase costs, as amounts and hourly rates; nil is unknown. Scalars only, so that many
/// candidates can be priced without allocating.
struct OwnershipBill {
  /// Servers that work, and spare ones beside them.
  var servers: Double
  var spares: Double
  /// Chips of the servers that work.
  var chips: Double
  // US dollars, once.
  var serverDollars: Double
  var spareDollars: Double?
  var networkDollars: Double?
  var storageDollars: Double?
  var installationDollars: Double?
  var taxDollars: Double?
  // US dollars an hour.
  var colocationPerHour: Double?
  var staffPerHour: Double?
  var maintenancePerHour: Double?
  /// kW of the facility while the servers are on.
  var facilityKilowatts: Double?
  var energyPerHour: Double?
  // Hours from the order's midnight.
  var deliveryHour: Double
  var powerOnHour: Double
  var startHour: Double
  /// The start of the final run, after the experiments.
  var runStartHour: Double
  /// The end of the final run.
  var endHour: Double

  /// Nil when the server has no price, or the chips or the hours are out of reach.
  init?(
    figures: OwnershipFigures, chips wanted: Int, usefulHours: Double, experimentHours: Double = 0
  ) {
    guard let price = figures.dollarsPerServer, wanted > 0, usefulHours >= 0,
      experimentHours >= 0, usefulHours + experimentHours <= HoursOf.longestRun
    else { return nil }
    servers = (Double(wanted) / Double(figures.chipsPerServer)).rounded(.up)
    chips = servers * Double(figures.chipsPerServer)
    // Whoever plans for spares has one at least.
    let working = servers
    spares = figures.spareFraction.map { $0 > 0 ? max(1, (working * $0).rounded()) : 0 } ?? 0
    serverDollars = servers * price
    if figures.spareFraction != nil { spareDollars = spares * price }
    networkDollars = figures.networkDollarsPerChip.map { [chips] in $0 * chips }
    storageDollars = figures.storageDollarsPerChip.map { [chips] in $0 * chips }
    let attached: Double = (networkDollars ?? 0) + (storageDollars ?? 0)
    let hardware: Double = serverDollars + (spareDollars ?? 0) + attached
    installationDollars = figures.installationFraction.map { $0 * hardware }
    taxDollars = figures.salesTaxFraction.map { $0 * hardware }
    maintenancePerHour = figures.maintenanceFractionPerYear.map { $0 * hardware / HoursOf.year }
    if let people = figures.staffPerThousandChips, let pay = figures.staffDollarsPerYear {
      staffPerHour = people * chips / 1000 * pay / HoursOf.year
    }

    deliveryHour = (figures.leadWeeks ?? 0) * HoursOf.week
    powerOnHour = deliveryHour + (figures.installWeeks ?? 0) * HoursOf.week
    startHour = powerOnHour + (figures.burnInWeeks ?? 0) * HoursOf.week
    runStartHour = startHour + experimentHours
    endHour = runStartHour + usefulHours
    setPower(figures)
  }

  private mutating func setPower(_ figures: OwnershipFigures) {
    guard let kilowatts = figures.kilowattsPerServer else { return }
    let withOther = 1 + (figures.otherPowerFraction ?? 0)
    // Space and power are leased for the rated draw of every server in the hall, spares too.
    let ratedKilowatts = kilowatts * (servers + spares) * withOther
    colocationPerHour = figures.colocationDollarsPerKilowattMonth.map {
      $0 / HoursOf.month * ratedKilowatts
    }
    guard let share = figures.powerUtilisation, let overhead = figures.powerUsageEffectiveness
    else { return }
    let drawn = kilowatts * servers * withOther * share * overhead
    facilityKilowatts = drawn
    energyPerHour = figures.electricityDollarsPerKilowattHour.map { $0 * drawn }
  }

  /// Servers and spares, US dollars: what the value left is a fraction of.
  var resaleBasis: Double { serverDollars + (spareDollars ?? 0) }

  /// Everything paid on the day of the order, US dollars.
  var onceDollars: Double {
    let attached: Double = (networkDollars ?? 0) + (storageDollars ?? 0)
    let added: Double = (installationDollars ?? 0) + (taxDollars ?? 0)
    return serverDollars + (spareDollars ?? 0) + attached + added
  }

  /// Hours paid for from delivery to the end of the run.
  var heldHours: Double { endHour - deliveryHour }

  /// Hours the servers are on: burn-in, run and experiments.
  var poweredHours: Double { endHour - powerOnHour }

  var cashDollars: Double {
    let held: Double = (colocationPerHour ?? 0) + (staffPerHour ?? 0) + (maintenancePerHour ?? 0)
    return onceDollars + held * heldHours + (energyPerHour ?? 0) * poweredHours
  }
}
