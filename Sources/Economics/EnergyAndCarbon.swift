import Catalog

/// Electricity of a run and the carbon dioxide it stands for.
public struct EnergyUse: Hashable, Sendable {
  /// Chips times hours, idle ones included.
  public var chipHours: Double
  /// Largest draw of a chip, W.
  public var chipWatts: Double
  /// Draw of the whole node over that of its chips, both at their largest.
  public var nodeOverChip: Double
  /// Average over largest draw.
  public var utilisation: Double
  public var pue: Double

  /// - Parameters:
  ///   - nodeOverChip: 1 counts the chips alone, the convention of model cards.
  ///   - utilisation: 1 takes the rated power, the convention of model cards.
  public init(
    chipHours: Double, chipWatts: Double, nodeOverChip: Double = 1, utilisation: Double = 1,
    pue: Double = 1
  ) {
    self.chipHours = chipHours
    self.chipWatts = chipWatts
    self.nodeOverChip = nodeOverChip
    self.utilisation = utilisation
    self.pue = pue
  }

  /// `E = n T P k PUE`, kWh.
  public var kilowattHours: Double {
    chipHours * chipWatts / 1000 * nodeOverChip * utilisation * pue
  }

  public var megawattHours: Double { kilowattHours / 1000 }
}

/// Carbon dioxide equivalent, metric tonnes, location-based.
public enum Carbon {
  /// Of electricity from a grid.
  public static func tonnes(kilowattHours: Double, kilogramsPerKilowattHour: Double) -> Double {
    kilowattHours * kilogramsPerKilowattHour / 1000
  }

  /// The run's share of making the hardware: by the hours it is used over those of its life.
  public static func embodiedTonnes(
    kilogramsPerChip: Double, chipHours: Double, lifeHours: Double
  ) -> Double {
    kilogramsPerChip / 1000 * chipHours / lifeHours
  }

  /// The row of a grid's intensity a region draws from, `grid_carbon_intensity/SCOPE`; nil when the
  /// catalogue has none for it.
  ///
  /// By the place the provider states for the region. Rows named `national` are of another series
  /// (life cycle) than the rest: fit to rank, not to subtract.
  public static func gridRow(region: String, catalog: Catalog) -> OwnershipParameter? {
    guard let scope = gridScope(region: region) else { return nil }
    return catalog.ownership("grid_carbon_intensity/\(scope)")
  }

  /// Regions whose name begins so, and the grid they draw from.
  private static let grids: [(prefix: String, scope: String)] = [
    ("us-east-1-dfw", "us-texas-ercot"), ("us-east-1-atl", "us-georgia"),
    ("us-east-1", "us-pjm"), ("us-east-2", "us-pjm"), ("us-gov-east-1", "us-pjm"),
    ("us-west-2-phx", ""), ("us-west-2", "us-oregon"), ("us-gov-west-1", "us-oregon"),
    ("ca-central-1", "canada-montreal"), ("eu-west-1", "ireland-national"),
    ("eu-west-2", "uk-london"), ("eu-west-3", "france-paris"),
    ("eu-central-1", "germany-frankfurt"), ("eu-north-1", "sweden-national"),
    ("eu-south-2", "spain-national"), ("ap-northeast-1", "japan-tokyo"),
    ("ap-northeast-2", "south-korea-national"), ("ap-northeast-3", "japan-osaka"),
    ("ap-south-", "india-national"), ("ap-southeast-1", "singapore-national"),
    ("ap-southeast-2", "australia-national"), ("ap-southeast-4", "australia-national"),
    ("us-central1", "us-iowa"), ("us-central2", "us-oklahoma"), ("us-east1", "us-south-carolina"),
    ("us-east4", "us-pjm"), ("us-east5", "us-pjm"), ("us-south1", "us-texas-ercot"),
    ("us-west1", "us-oregon"), ("us-west2", "us-los-angeles"), ("us-west3", "us-salt-lake-city"),
    ("us-west4", "us-las-vegas"), ("northamerica-northeast1", "canada-montreal"),
    ("europe-north1", "finland-region"), ("europe-west2", "uk-london"),
    ("europe-west3", "germany-frankfurt"), ("europe-west4", "netherlands-region"),
    ("europe-west9", "france-paris"), ("asia-northeast1", "japan-tokyo"),
    ("asia-northeast2", "japan-osaka"), ("asia-northeast3", "south-korea-national"),
    ("asia-south1", "india-national"), ("asia-southeast1", "singapore-national"),
    ("us-colocation", "us-national"),
  ]

  /// Scope of the row a region draws from; nil when none is known.
  public static func gridScope(region: String) -> String? {
    let found = grids.first { region.hasPrefix($0.prefix) }?.scope
    return found == "" ? nil : found
  }
}
