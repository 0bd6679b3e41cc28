/// The amortised cost of a training run after Epoch AI: what analysts publish, to compare with.
///
/// Source: B. Cottier, R. Rahman, L. Fattorini, N. Maslej, D. Owen, "The rising costs of training
/// frontier AI models", arXiv:2405.21015, section 2 and its code, training-cost-trends. It leaves
/// out staff, storage, failed runs, idle time, resale and tax.
public struct EpochAmortisation: Hashable, Sendable {
  /// Price of a chip with its share of the server on the day it was acquired, US dollars.
  public var dollarsPerChip: Double
  /// From acquisition to the start of training.
  public var daysToStart: Double
  public var chipHours: Double
  /// Thermal design power of a chip, kW.
  public var kilowattsPerChip: Double
  /// Power of the server over that of its chips.
  public var serverRatio: Double
  public var powerUsageEffectiveness: Double
  /// US dollars a kWh.
  public var tariff: Double

  public init(
    dollarsPerChip: Double, daysToStart: Double, chipHours: Double, kilowattsPerChip: Double,
    serverRatio: Double, powerUsageEffectiveness: Double, tariff: Double
  ) {
    self.dollarsPerChip = dollarsPerChip
    self.daysToStart = daysToStart
    self.chipHours = chipHours
    self.kilowattsPerChip = kilowattsPerChip
    self.serverRatio = serverRatio
    self.powerUsageEffectiveness = powerUsageEffectiveness
    self.tariff = tariff
  }

  /// Orders of magnitude a year by which the price for the same performance falls.
  public static let decayPerYear = 0.14
  /// Share of a cluster's price that is its network.
  public static let interconnectShare = 0.19
  /// Average over rated draw of a server.
  public static let powerUtilisation = 0.75

  /// Value of a chip when training starts, `price x 10^(-0.14 days/365.25)`, US dollars.
  public var valueAtStart: Double {
    let years = daysToStart / HoursOf.daysAYear
    return dollarsPerChip * Elementary.power(10, -Self.decayPerYear * years)
  }

  /// US dollars a chip-hour: `V 0.14 ln 10 / hours of a year`.
  public var dollarsPerChipHour: Double {
    Self.dollarsPerChipHour(value: valueAtStart, hoursPerYear: HoursOf.year)
  }

  /// The instantaneous fall of a value, US dollars an hour.
  public static func dollarsPerChipHour(value: Double, hoursPerYear: Double) -> Double {
    value * decayPerYear * Elementary.logarithm(10) / hoursPerYear
  }

  public var hardwareDollars: Double { dollarsPerChipHour * chipHours }

  public var interconnectDollars: Double {
    hardwareDollars * Self.interconnectShare / (1 - Self.interconnectShare)
  }

  public var energyDollars: Double {
    let kilowatts: Double = kilowattsPerChip * serverRatio * Self.powerUtilisation
    return kilowatts * powerUsageEffectiveness * chipHours * tariff
  }

  /// In dollars of the day.
  public var nominalDollars: Double { hardwareDollars + interconnectDollars + energyDollars }

  /// What the chips cost to acquire with their network, US dollars: `chips x price / 0.81`.
  public static func acquisitionDollars(chips: Double, dollarsPerChip: Double) -> Double {
    chips * dollarsPerChip / (1 - interconnectShare)
  }
}

/// Sums of public bills of materials, to compare with.
public enum ClusterSheet {
  /// A public sheet for H100 clusters (August 2024): 310,000 dollars a node of 8, 50,000 of facility
  /// a node, 36,000 a switch, and the cables.
  public static func h100Dollars(nodes: Int, switches: Int, cableDollars: Double) -> Double {
    Double(nodes) * 360_000 + Double(switches) * 36_000 + cableDollars
  }

  /// Energy of chips at a share of their power over some hours, US dollars.
  public static func energyDollars(
    chips: Int, kilowattsPerChip: Double, utilisation: Double, powerUsageEffectiveness: Double,
    hours: Double, tariff: Double
  ) -> Double {
    let kilowatts: Double = Double(chips) * kilowattsPerChip * utilisation
    return kilowatts * powerUsageEffectiveness * hours * tariff
  }

  /// Hours of use after which a server costs less than renting: `capex / (rent - own running cost)`;
  /// nil when running it costs as much as the rent.
  ///
  /// Source: Lenovo LP2225 (2025), "On-premise vs cloud: generative AI total cost of ownership"; its
  /// running cost is power and cooling only.
  public static func breakEvenHours(
    capexDollars: Double, rentPerHour: Double, ownRunningPerHour: Double
  ) -> Double? {
    rentPerHour > ownRunningPerHour ? capexDollars / (rentPerHour - ownRunningPerHour) : nil
  }
}
