/// What one purchase costs a chip, as amounts and hourly rates: for engines that price many lengths and
/// many outcomes, in which prices move apart. What is unknown counts nothing here; `OwnershipOutcome`
/// names it.
public struct OwnershipRates: Hashable, Sendable {
  /// US dollars a chip that follow the server's price: servers, spares, their installation and tax.
  public var serverDollars: Double
  /// US dollars a chip of network and storage, with their installation and tax.
  public var attachedDollars: Double
  /// US dollars a chip and hour from the dock on.
  public var colocationPerHour: Double
  public var staffPerHour: Double
  /// Upkeep that follows the server's price, and that of network and storage.
  public var serverUpkeepPerHour: Double
  public var attachedUpkeepPerHour: Double
  /// US dollars a chip and hour while the servers are on.
  public var energyPerHour: Double
  /// kW of the facility a chip while the servers are on; nil where no power is known.
  public var facilityKilowatts: Double?
  /// What the value left is a fraction of, US dollars a chip.
  public var resaleBasis: Double
  /// Spare servers, which come in whole ones, over the servers that work.
  public var sparesPerServer: Double

  /// Nil when the server has no price.
  public init?(figures: OwnershipFigures, chips: Int) {
    guard let bill = OwnershipBill(figures: figures, chips: chips, usefulHours: 0), bill.chips > 0
    else { return nil }
    let servers: Double = bill.serverDollars + (bill.spareDollars ?? 0)
    let attached: Double = (bill.networkDollars ?? 0) + (bill.storageDollars ?? 0)
    let added: Double =
      1 + (figures.installationFraction ?? 0) + (figures.salesTaxFraction ?? 0)
    serverDollars = servers * added / bill.chips
    attachedDollars = attached * added / bill.chips
    colocationPerHour = (bill.colocationPerHour ?? 0) / bill.chips
    staffPerHour = (bill.staffPerHour ?? 0) / bill.chips
    let upkeep: Double = (figures.maintenanceFractionPerYear ?? 0) / HoursOf.year / bill.chips
    serverUpkeepPerHour = servers * upkeep
    attachedUpkeepPerHour = attached * upkeep
    energyPerHour = (bill.energyPerHour ?? 0) / bill.chips
    facilityKilowatts = bill.facilityKilowatts.map { [chips = bill.chips] in $0 / chips }
    resaleBasis = bill.resaleBasis / bill.chips
    sparesPerServer = bill.spares / max(1, bill.servers)
  }
}
