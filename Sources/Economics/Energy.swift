import Catalog

/// Electricity of a job.
public struct EnergyUse: Hashable, Sendable {
  public var chipHours: Double
  /// Average draw of a chip, kW. Model cards use the thermal design power: too much for a chip, too
  /// little for its share of a server.
  public var kilowattsPerChip: Double
  /// Power of the whole server over that of its chips.
  public var hostFactor: Double
  public var powerUsageEffectiveness: Double

  public init(
    chipHours: Double, kilowattsPerChip: Double, hostFactor: Double = 1,
    powerUsageEffectiveness: Double = 1
  ) {
    self.chipHours = chipHours
    self.kilowattsPerChip = kilowattsPerChip
    self.hostFactor = hostFactor
    self.powerUsageEffectiveness = powerUsageEffectiveness
  }

  /// kWh at the meter: `E = n T P k_host PUE`.
  public var kilowattHours: Double {
    chipHours * kilowattsPerChip * hostFactor * powerUsageEffectiveness
  }

  /// What a rented chip draws and its provider's overhead, from the catalogue; nil where the
  /// accelerator's power is not published (Trainium) or the provider's overhead is not.
  ///
  /// A GPU's thermal design power stands for its rating: times the measured ratio of a server's
  /// power to its GPUs' and the average over rated draw. A TPU's figure is a measured mean of the
  /// chip, taken as it is: the draw of its host is not published.
  public static func rented(
    accelerator: Accelerator, provider: String, chipHours: Double, catalog: Catalog
  ) -> EnergyUse? {
    guard let watts = accelerator.powerWatts, let overhead = pue(provider, catalog) else {
      return nil
    }
    var hostFactor = 1.0
    if accelerator.kind == .gpu {
      let ratio = accelerator.generation == "ampere" ? "a100" : "h100"
      guard
        let server = catalog.ownership("server_power_ratio/\(ratio)")?.value.central,
        let share = catalog.ownership("power_utilisation/gpu-planning")?.value.central
      else { return nil }
      hostFactor = server * share
    }
    return EnergyUse(
      chipHours: chipHours, kilowattsPerChip: watts / 1000, hostFactor: hostFactor,
      powerUsageEffectiveness: overhead)
  }

  private static func pue(_ provider: String, _ catalog: Catalog) -> Double? {
    switch provider {
    case "aws": return catalog.ownership("pue/aws-global")?.value.central
    case "gcp": return catalog.ownership("pue/google-fleet")?.value.central
    default: return nil
    }
  }
}

/// Greenhouse gas of a job, by where the electricity is drawn (not by what certificates are bought).
public enum Carbon {
  /// Metric tons of CO2e of electricity.
  public static func tons(kilowattHours: Double, kilogramsPerKilowattHour: Double) -> Double {
    kilowattHours * kilogramsPerKilowattHour / 1000
  }

  /// Metric tons of CO2e of making the hardware, the job's share of its life.
  public static func embodiedTons(
    kilogramsPerChip: Double, chipHours: Double, lifeHours: Double
  ) -> Double {
    kilogramsPerChip / 1000 * chipHours / lifeHours
  }

  /// The grid of a cloud region; nil where no figure is in the catalogue.
  ///
  /// The yearly grid figures of cloud regions where there is one for the place, else the national
  /// figure, which is on a life-cycle basis and some higher. Regions of the United States without a
  /// figure of their own get the national one.
  public static func grid(region: String, catalog: Catalog) -> Sourced? {
    let scope = gridScopes.first { region.hasPrefix($0.region) }?.scope
    return scope.flatMap { catalog.ownership("grid_carbon_intensity/\($0)") }.map { Sourced($0) }
  }

  /// Beginnings of region names, the longer before the shorter.
  private static let gridScopes: [(region: String, scope: String)] = [
    ("us-east-1-atl", "us-georgia"), ("us-east-1-dfw", "us-texas-ercot"),
    ("us-west-2-phx", "us-national"), ("us-west-2-lax", "us-los-angeles"),
    ("us-east-1", "us-pjm"), ("us-east-2", "us-pjm"), ("us-gov-east", "us-pjm"),
    ("us-west-2", "us-oregon"), ("us-gov-west", "us-oregon"), ("us-central1", "us-iowa"),
    ("us-central2", "us-oklahoma"), ("us-east1", "us-south-carolina"), ("us-east4", "us-pjm"),
    ("us-east5", "us-pjm"), ("us-south1", "us-texas-ercot"), ("us-west1", "us-oregon"),
    ("us-west2", "us-los-angeles"), ("us-west3", "us-salt-lake-city"),
    ("us-west4", "us-las-vegas"), ("us-", "us-national"),
    ("northamerica-northeast1", "canada-montreal"), ("ca-central-1", "canada-montreal"),
    ("ap-northeast-1", "japan-tokyo"), ("asia-northeast1", "japan-tokyo"),
    ("ap-northeast-3", "japan-osaka"), ("asia-northeast2", "japan-osaka"),
    ("ap-northeast-2", "south-korea-national"), ("asia-northeast3", "south-korea-national"),
    ("ap-southeast-1", "singapore-national"), ("asia-southeast1", "singapore-national"),
    ("ap-southeast-2", "australia-national"), ("ap-southeast-4", "australia-national"),
    ("australia-", "australia-national"), ("ap-south-", "india-national"),
    ("asia-south1", "india-national"), ("asia-south2", "india-national"),
    ("eu-central-1", "germany-frankfurt"),
    ("europe-west3", "germany-frankfurt"), ("eu-west-3", "france-paris"),
    ("europe-west9", "france-paris"), ("eu-west-2", "uk-london"), ("europe-west2", "uk-london"),
    ("europe-west4", "netherlands-region"), ("europe-north1", "finland-region"),
    ("eu-north-1", "sweden-national"), ("eu-west-1", "ireland-national"),
    ("eu-south-2", "spain-national"), ("europe-southwest1", "spain-national"),
    ("europe-central2", "poland-national"),
  ]
}
