import Catalog

extension OwnershipAssumptions {
  /// The assumptions for a quote, from the catalogue's rows.
  ///
  /// Scopes by the choices; the network's row by the tiers a fabric of so many chips needs
  /// (`ClosFabric`), or the 800 Gbit/s row where a chip has that much; parameters with one row take
  /// that row. A missing row leaves nil.
  ///
  /// - Parameters:
  ///   - accelerator: the quote's accelerator, for its network rate and its power.
  ///   - chips: chips the job uses.
  public init(
    catalog: Catalog, quote: ServerQuote, accelerator: Accelerator, chips: Int,
    choices: OwnershipChoices = OwnershipChoices()
  ) {
    self.init(choices: choices, includesNetwork: quote.includesNetwork == "yes")
    func row(_ id: String) -> Assumed? { Assumed(catalog.ownership(id)) }
    setServer(quote, accelerator: accelerator, overhead: row("node_overhead_power/olmo3-nodes"))
    if !includesNetwork {
      let isFast = (accelerator.scaleOutGbitPerSecond ?? 0) >= 800
      let scope = ClosFabric.sheetScope(chips: chips)
      networkDollarsPerChip = row(
        isFast ? "networking_capex_800g/800g-fabric" : "networking_capex/\(scope)")
    }
    storageDollarsPerChip = row("storage_capex/training-flash")
    installationPercent = row("installation_pct/all")
    sparePercent = row("spare_node_ratio/long-runs")
    salesTaxPercent = choices.salesTaxScope.flatMap { row("sales_tax/\($0)") }
    switch choices.facility {
    case .colocation:
      colocationDollarsPerKilowattMonth = row("colocation_rent/wholesale-250-500kw")
    case .ownHall:
      hallDollarsPerMegawatt = row("facility_build_cost/own-hall")
      hallBuildMonths = row("facility_build_time/own-hall")
    }
    pue = row("pue/\(choices.pueScope)")
    electricityDollarsPerKilowattHour = Self.inDollars(
      row("electricity_price/\(choices.electricityScope)"), dollarsPerEuro: choices.dollarsPerEuro)
    powerUtilisation = row("power_utilisation/\(choices.powerScope)")
    otherPowerPercent = row("non_server_it_power/h100-cluster")
    staffPer1000Chips = row("ops_staff/gpu-cluster")
    staffDollarsPerYear = row("ops_staff_cost/us-loaded")
    maintenancePercentPerYear = row("maintenance/support-and-parts")
    if choices.buysSoftware {
      softwareDollarsPerServerYear = row("software/nvidia-ai-enterprise")
    }
    if choices.financedShare > 0 { interestPercentPerYear = row("cost_of_debt/gpu-backed") }
    installWeeks = row("delivery_install_time/colocation")
    burnInWeeks = row("burn_in_time/oem-and-own")
    lifeYears = row("depreciation_life/range")
    residualValue = ResidualValue(catalog: catalog)
  }

  private mutating func setServer(
    _ quote: ServerQuote, accelerator: Accelerator, overhead: Assumed?
  ) {
    if let price = quote.capex.central {
      serverDollars = Assumed(
        price, interval: quote.capex, unit: "usd_per_server", sourceID: quote.id,
        provenance: quote.provenance)
    }
    if let kilowatts = quote.serverKilowattsMax {
      serverKilowatts = Assumed(
        kilowatts, unit: "kw_per_server", sourceID: quote.id, provenance: quote.provenance)
    } else if let watts = accelerator.powerWatts, let overhead {
      // No rating of the server: the chips' own power by the measured share of the whole node.
      serverKilowatts = Assumed(
        watts * Double(quote.chips) / 1000 * overhead.value, unit: "kw_per_server",
        sourceID: overhead.sourceID, provenance: overhead.provenance)
    }
    if let weeks = choices.leadTimeWeeks {
      leadTimeWeeks = Assumed(
        weeks, unit: "weeks", sourceID: "choice/lead_time_weeks",
        provenance: Provenance(source: "the scenario", asOf: "", grade: .d))
    } else if let weeks = quote.leadTimeWeeks {
      leadTimeWeeks = Assumed(
        weeks, unit: "weeks", sourceID: quote.id, provenance: quote.provenance)
    }
  }

  /// A tariff in US dollars; nil when it is in euros and no rate is given.
  private static func inDollars(_ tariff: Assumed?, dollarsPerEuro: Double?) -> Assumed? {
    guard var tariff, tariff.unit == "eur_per_kwh" else { return tariff }
    guard let rate = dollarsPerEuro else { return nil }
    tariff.value *= rate
    tariff.interval = Interval(
      low: tariff.interval.low.map { $0 * rate },
      typical: tariff.interval.typical.map { $0 * rate },
      high: tariff.interval.high.map { $0 * rate })
    tariff.unit = "usd_per_kwh"
    return tariff
  }
}
