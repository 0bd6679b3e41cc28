import Quantities

/// What a published run cost, hardware amortised: Epoch AI's model (Cottier et al., "The rising costs
/// of training frontier AI models", arXiv 2405.21015; code epoch-research/training-cost-trends).
///
/// A third way to charge owned hardware, to compare with published figures. Without staff, storage,
/// failed runs, idle time, resale and tax.
public struct EpochAmortisation: Hashable, Sendable {
  /// US dollars for one chip with its share of the server, when acquired.
  public var chipDollars: Double
  /// Days from the acquisition to the start of training.
  public var daysOwned: Double
  public var chipHours: Double
  /// Rated power of a chip, kW.
  public var chipKilowatts: Double
  /// Rated power of the server over that of its chips: 1.82 for H100, 2.03 for A100.
  public var serverOverChip: Double
  public var pue: Double
  public var dollarsPerKilowattHour: Double
  /// Price index of the target month over that of publication; 1 for nominal dollars.
  public var priceIndex: Double

  public init(
    chipDollars: Double, daysOwned: Double, chipHours: Double, chipKilowatts: Double,
    serverOverChip: Double, pue: Double, dollarsPerKilowattHour: Double, priceIndex: Double = 1
  ) {
    self.chipDollars = chipDollars
    self.daysOwned = daysOwned
    self.chipHours = chipHours
    self.chipKilowatts = chipKilowatts
    self.serverOverChip = serverOverChip
    self.pue = pue
    self.dollarsPerKilowattHour = dollarsPerKilowattHour
    self.priceIndex = priceIndex
  }

  /// Fall of the price of performance, orders of magnitude a year.
  public static let decayOrdersPerYear = 0.14
  /// Hours in the method's year of 365.25 days.
  static let hoursPerYear = 8766.0
  /// Share of the cluster's price spent on the network.
  static let networkShare = 0.19
  /// Average over rated power of a GPU server.
  static let powerShare = 0.75
  /// Days from the release of a chip to its delivery.
  static let deliveryDays = 90.0
  /// Days from the end of training to its publication.
  static let publicationDays = 60.0

  /// The day the hardware is taken to be acquired: the day of the first price, or 90 days after the
  /// release when that is later.
  public static func acquired(firstPrice: CalendarDate, released: CalendarDate) -> CalendarDate {
    max(firstPrice, released.adding(days: deliveryDays))
  }

  /// The days the hardware was owned before training, which started 60 days and its own length
  /// before publication, and not before the acquisition.
  public static func daysOwned(
    acquired: CalendarDate, published: CalendarDate, trainingHours: Double
  ) -> Double {
    let before = publicationDays + trainingHours / 24
    let start = Double(published.daysSinceEpoch) - before
    return max(0, start.rounded(.down) - Double(acquired.daysSinceEpoch))
  }

  /// Value of a chip when training starts: `price × 10^(−0.14 × days/365.25)`, US dollars.
  public var chipValueDollars: Double {
    chipDollars * Elementary.pow(10, -Self.decayOrdersPerYear * daysOwned / Finance.daysPerYear)
  }

  /// `value × 0.14 ln 10 / 8766`, US dollars a chip-hour.
  public var dollarsPerChipHour: Double {
    chipValueDollars * Self.decayOrdersPerYear * Elementary.log(10) / Self.hoursPerYear
  }

  public var hardwareDollars: Double { dollarsPerChipHour * chipHours }

  public var networkDollars: Double {
    hardwareDollars * Self.networkShare / (1 - Self.networkShare)
  }

  public var energyDollars: Double {
    let kilowatts = chipKilowatts * serverOverChip * Self.powerShare * pue
    return kilowatts * chipHours * dollarsPerKilowattHour
  }

  /// Hardware, network and energy in dollars of the target month.
  public var totalDollars: Double {
    (hardwareDollars + networkDollars + energyDollars) * priceIndex
  }

  /// Price of the whole cluster with its network, US dollars at the acquisition.
  public static func acquisitionDollars(chips: Double, chipDollars: Double) -> Double {
    chips * chipDollars / (1 - networkShare)
  }
}
