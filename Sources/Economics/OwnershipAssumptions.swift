import Catalog

/// A figure with the catalogue row it came from.
public struct Sourced: Hashable, Sendable {
  public var value: Interval
  /// Id of the catalogue's row, `pue/colo-modern`.
  public var id: String
  public var unit: String
  public var provenance: Provenance

  public init(value: Interval, id: String, unit: String, provenance: Provenance) {
    self.value = value
    self.id = id
    self.unit = unit
    self.provenance = provenance
  }

  public init(_ row: OwnershipParameter) {
    self.init(value: row.value, id: row.id, unit: row.unit, provenance: row.provenance)
  }
}

/// What owning hardware is taken to cost beyond the servers; each nil when nothing is known.
public struct OwnershipAssumptions: Hashable, Sendable {
  /// The cost of the cluster's network for clusters of up to some size.
  public struct NetworkPrice: Hashable, Sendable {
    /// Largest cluster it holds for, chips; the largest of all holds for anything above too.
    public var upToChips: Int
    /// US dollars a chip: switches and cables (network cards are in the server's price).
    public var dollarsPerChip: Sourced
  }

  /// Ascending by size.
  public var network: [NetworkPrice] = []
  /// US dollars a chip of a fabric of 800 Gbit/s a chip.
  public var network800G: Sourced?
  /// US dollars a chip.
  public var storage: Sourced?
  /// Percent of the hardware's price.
  public var installation: Sourced?
  /// Percent of the servers.
  public var spares: Sourced?
  /// Percent of the hardware's price.
  public var salesTax: Sourced?
  /// US dollars a month and kW of rated power.
  public var colocation: Sourced?
  /// US dollars a kWh.
  public var electricity: Sourced?
  /// Power usage effectiveness: facility power over the servers' power.
  public var powerUsageEffectiveness: Sourced?
  /// Average draw over the rated draw of a server.
  public var powerUtilisation: Sourced?
  /// Percent of the servers' power that switches and storage draw on top.
  public var otherPower: Sourced?
  /// Percent of the hardware's price a year.
  public var maintenance: Sourced?
  /// Full-time people per 1,000 chips.
  public var staff: Sourced?
  /// US dollars a person and year.
  public var staffCost: Sourced?
  /// Value after 1, 2, 3 … years as a fraction of the price; nil where no row is.
  public var residualValue: [Sourced?] = []
  /// Weeks from delivery to running, before burn-in.
  public var installWeeks: Sourced?
  /// Weeks of burn-in.
  public var burnInWeeks: Sourced?
  /// Weeks from order to delivery by family of accelerator, where a quote names none.
  public var leadWeeks: [String: Sourced] = [:]

  public init() {}

  /// The rows of the catalogue that stand for a cluster of GPU servers in a modern colocation hall
  /// in the United States.
  public static func standard(from catalog: Catalog) -> OwnershipAssumptions {
    func row(_ id: String) -> Sourced? { catalog.ownership(id).map { Sourced($0) } }
    /// The row when its unit is the one the sum is made in; any other would be a wrong price.
    func row(_ id: String, in unit: String) -> Sourced? {
      row(id).flatMap { $0.unit == unit ? $0 : nil }
    }
    var standard = OwnershipAssumptions()
    standard.network = networkPrices(catalog)
    standard.network800G = row("networking_capex_800g/800g-fabric", in: "usd_per_gpu")
    standard.storage = row("storage_capex/training-flash", in: "usd_per_gpu")
    standard.installation = row("installation_pct/all", in: "percent_of_hardware_capex")
    standard.spares = row("spare_node_ratio/long-runs", in: "percent_of_nodes")
    standard.salesTax = row("sales_tax/us-combined", in: "percent_of_hardware_capex")
    standard.colocation = row("colocation_rent/wholesale-250-500kw", in: "usd_per_kw_month")
    standard.electricity = row("electricity_price/us-industrial", in: "usd_per_kwh")
    standard.powerUsageEffectiveness = row("pue/colo-modern", in: "ratio")
    standard.powerUtilisation = row("power_utilisation/gpu-planning", in: "avg_over_nameplate")
    standard.otherPower = row("non_server_it_power/h100-cluster", in: "percent_of_server_power")
    standard.maintenance = row(
      "maintenance/support-and-parts", in: "percent_of_hardware_capex_per_year")
    standard.staff = row("ops_staff/gpu-cluster", in: "fte_per_1000_gpus")
    standard.staffCost = row("ops_staff_cost/us-loaded", in: "usd_per_fte_year")
    standard.residualValue = (1...5).map {
      row("residual_value_year_\($0)/h100-class", in: "fraction_of_purchase_price")
    }
    standard.installWeeks = row("delivery_install_time/colocation", in: "weeks")
    standard.burnInWeeks = row("burn_in_time/oem-and-own", in: "weeks")
    standard.leadWeeks["hopper"] = row("server_lead_time/h100-2026", in: "weeks")
    standard.leadWeeks["blackwell"] = row("server_lead_time/b200-2026", in: "weeks")
    return standard
  }

  /// Rows `networking_capex/gpus-A` and `gpus-A-B`: the last number is the size they hold up to.
  private static func networkPrices(_ catalog: Catalog) -> [NetworkPrice] {
    catalog.ownership
      .filter { $0.parameter == "networking_capex" && $0.unit == "usd_per_gpu" }
      .compactMap { row in
        guard let size = row.scope.split(separator: "-").last.flatMap({ Int($0) }) else {
          return nil
        }
        return NetworkPrice(upToChips: size, dollarsPerChip: Sourced(row))
      }
      .sorted { $0.upToChips < $1.upToChips }
  }

  /// The price of a cluster's network.
  public func network(chips: Int) -> Sourced? {
    (network.first { chips <= $0.upToChips } ?? network.last)?.dollarsPerChip
  }
}
