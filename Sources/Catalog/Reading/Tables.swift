/// The columns of each table of the catalogue, and how a row becomes a record.
///
/// The layout of each table is documented by `columns`; `pricing/` and a user's own files follow
/// the same one. Columns may stand in any order; those not required may be left out.
protocol CatalogTable: Identifiable where ID == String {
  /// The file's name in `pricing/`.
  static var fileName: String { get }
  static var requiredColumns: [String] { get }
  static var optionalColumns: [String] { get }
  /// Reads a row; what is wrong with it is noted in the row.
  init(row: inout TableRow)
}

/// Columns every table has: where a figure comes from.
let provenanceColumns = ["source_url", "as_of", "grade", "note"]

extension Accelerator: CatalogTable {
  static let fileName = "accelerators.csv"
  static let requiredColumns = ["id", "kind", "name", "generation", "source_url", "grade"]
  static let optionalColumns =
    [
      "vendor", "release_date", "bf16_tflops", "fp8_tflops", "fp4_tflops", "measured_bf16_tflops",
      "measured_fp8_tflops", "memory_gib", "memory_gb_per_s", "scaleup_topology",
      "scaleup_domain_chips", "scaleup_gb_per_s", "scaleup_links", "scaleout_gbit_per_s",
      "chips_per_host", "cores_per_chip", "power_w", "status", "status_reason",
    ] + provenanceColumns

  init(row: inout TableRow) {
    let rate = 1e-3...1e7
    self.init(
      id: row.requiredText("id"),
      kind: row.choice("kind", AcceleratorKind.self) ?? .gpu,
      vendor: row.text("vendor"), name: row.requiredText("name"),
      generation: row.requiredText("generation"), releaseDate: row.text("release_date"),
      bf16Teraflops: row.number("bf16_tflops", in: rate),
      fp8Teraflops: row.number("fp8_tflops", in: rate),
      fp4Teraflops: row.number("fp4_tflops", in: rate),
      measuredBF16Teraflops: row.number("measured_bf16_tflops", in: rate),
      measuredFP8Teraflops: row.number("measured_fp8_tflops", in: rate),
      memoryGiB: row.number("memory_gib", in: rate),
      memoryGBPerSecond: row.number("memory_gb_per_s", in: rate),
      scaleUpTopology: row.choice(
        "scaleup_topology", ScaleUpTopology.self, fallback: ScaleUpTopology.none)
        ?? .none,
      scaleUpDomainChips: row.integer("scaleup_domain_chips", in: 1...10_000_000),
      scaleUpGBPerSecond: row.number("scaleup_gb_per_s", in: rate),
      scaleUpLinks: row.integer("scaleup_links", in: 1...1000),
      scaleOutGbitPerSecond: row.number("scaleout_gbit_per_s", in: rate),
      chipsPerHost: row.integer("chips_per_host", in: 1...10_000),
      coresPerChip: row.integer("cores_per_chip", in: 1...10_000),
      powerWatts: row.number("power_w", in: 1...1e6),
      availability: row.choice("status", Availability.self, fallback: .available) ?? .available,
      availabilityReason: row.text("status_reason"), provenance: row.provenance())
  }
}

extension Offer: CatalogTable {
  static let fileName = "offers.csv"
  static let requiredColumns = [
    "id", "provider", "instance", "accelerator", "chips_per_instance", "region", "purchase",
    "usd_per_instance_hour", "source_url", "grade",
  ]
  static let optionalColumns =
    [
      "payment", "min_term_hours", "term_step_hours", "max_term_hours", "term_rule",
      "max_instances", "max_instances_total", "chip_counts", "multislice_max_chips",
      "scaleup_domain_chips", "scaleup_gb_per_s", "scaleout_gbit_per_s", "lead_days",
      "obtainable", "status_reason",
    ] + provenanceColumns

  /// The columns of offers.csv in the order they are written.
  public static let columns = [
    "id", "provider", "instance", "accelerator", "chips_per_instance", "region", "purchase",
    "usd_per_instance_hour", "payment", "min_term_hours", "term_step_hours", "max_term_hours",
    "term_rule", "max_instances", "max_instances_total", "chip_counts", "multislice_max_chips",
    "scaleup_domain_chips", "scaleup_gb_per_s", "scaleout_gbit_per_s", "lead_days", "obtainable",
    "status_reason", "source_url", "as_of", "grade", "note",
  ]

  init(row: inout TableRow) {
    let hours = 0.0...1e6
    let count = 1...10_000_000
    let purchase = row.choice("purchase", Purchase.self) ?? .onDemand
    if purchase == .own {
      row.fail("purchase", "“own” is no way to rent; quotes.csv holds servers")
    }
    let price = row.number("usd_per_instance_hour", in: 0...1e9)
    if price == 0 { row.fail("usd_per_instance_hour", "0 is no price; leave it empty if unknown") }
    self.init(
      id: row.requiredText("id"), provider: row.requiredText("provider"),
      instance: row.requiredText("instance"), accelerator: row.requiredText("accelerator"),
      chipsPerInstance: row.requiredInteger("chips_per_instance", in: count),
      region: row.text("region"), purchase: purchase, usdPerInstanceHour: price,
      payment: row.choice("payment", PaymentSchedule.self, fallback: .hourly) ?? .hourly,
      minTermHours: row.number("min_term_hours", in: hours),
      maxTermHours: row.number("max_term_hours", in: hours),
      termRule: row.choice("term_rule", TermRule.self, fallback: TermRule.none) ?? .none,
      maxInstances: row.integer("max_instances", in: count),
      maxInstancesTotal: row.integer("max_instances_total", in: count),
      chipCounts: row.integers("chip_counts", in: count),
      multisliceMaxChips: row.integer("multislice_max_chips", in: count),
      scaleUpDomainChips: row.integer("scaleup_domain_chips", in: count),
      scaleUpGBPerSecond: row.number("scaleup_gb_per_s", in: 1e-3...1e7),
      scaleOutGbitPerSecond: row.number("scaleout_gbit_per_s", in: 1e-3...1e7),
      leadDays: row.number("lead_days", in: 0...10_000),
      obtainable: row.choice("obtainable", Obtainability.self, fallback: .unknown) ?? .unknown,
      reason: row.text("status_reason"), provenance: row.provenance())
  }
}

extension ServerQuote: CatalogTable {
  static let fileName = "quotes.csv"
  static let requiredColumns = ["id", "accelerator", "chips", "name", "source_url", "grade"]
  static let optionalColumns =
    [
      "capex_usd_low", "capex_usd_typical", "capex_usd_high", "server_kw_max",
      "includes_network", "lead_time_weeks", "rack_note", "status", "status_reason",
    ] + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredText("id"), accelerator: row.requiredText("accelerator"),
      chips: row.requiredInteger("chips", in: 1...10_000_000), name: row.requiredText("name"),
      capex: row.interval("capex_usd_low", "capex_usd_typical", "capex_usd_high"),
      serverKilowattsMax: row.number("server_kw_max", in: 0.01...100_000),
      includesNetwork: row.text("includes_network"),
      leadTimeWeeks: row.number("lead_time_weeks", in: 0...1000), rackNote: row.text("rack_note"),
      status: row.choice("status", QuoteStatus.self, fallback: .available) ?? .available,
      reason: row.text("status_reason"), provenance: row.provenance())
    if let low = capex.lower, low <= 0 {
      row.fail("capex_usd_low", "\(low) is no price; leave it empty if unknown")
    }
  }
}

extension OwnershipParameter: CatalogTable {
  static let fileName = "ownership.csv"
  static let requiredColumns = ["id", "parameter", "scope", "unit", "source_url", "grade"]
  static let optionalColumns = ["low", "typical", "high"] + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredText("id"), parameter: row.requiredText("parameter"),
      scope: row.text("scope"), unit: row.requiredText("unit"),
      value: row.interval("low", "typical", "high"), provenance: row.provenance())
  }
}

extension ServicePrice: CatalogTable {
  static let fileName = "services.csv"
  static let requiredColumns = [
    "id", "provider", "category", "name", "unit", "source_url", "grade",
  ]
  static let optionalColumns = ["region", "low", "typical", "high"] + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredText("id"), provider: row.requiredText("provider"),
      category: row.requiredText("category"), name: row.requiredText("name"),
      region: row.text("region"), unit: row.requiredText("unit"),
      value: row.interval("low", "typical", "high"), provenance: row.provenance())
  }
}

extension Claim: CatalogTable {
  static let fileName = "claims.csv"
  static let requiredColumns = ["id", "claimant", "subject", "metric", "source_url", "grade"]
  static let optionalColumns =
    [
      "date", "baseline", "low", "typical", "high", "route", "applies_to_accelerator",
      "independent", "wording",
    ] + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredText("id"), claimant: row.requiredText("claimant"), date: row.text("date"),
      subject: row.text("subject"), baseline: row.text("baseline"),
      metric: row.requiredText("metric"), value: row.interval("low", "typical", "high"),
      route: row.text("route"), accelerator: row.text("applies_to_accelerator"),
      independent: row.choice("independent", YesNo.self, fallback: .no) == .yes,
      wording: row.text("wording"), provenance: row.provenance())
  }
}

/// `yes` or `no`.
enum YesNo: String, CaseIterable {
  case yes, no
}

extension MeasuredThroughput: CatalogTable {
  static let fileName = "measured.csv"
  static let requiredColumns = [
    "id", "speed_ratio", "log_deviation", "runs", "source_url", "grade",
  ]
  static let optionalColumns = ["as_of", "note"]

  init(row: inout TableRow) {
    let ratio = row.number("speed_ratio", in: 0.01...100)
    let deviation = row.number("log_deviation", in: 0...3)
    if ratio == nil { row.fail("speed_ratio", "is missing") }
    if deviation == nil { row.fail("log_deviation", "is missing") }
    self.init(
      id: row.requiredText("id"), speedRatio: ratio ?? 1, logDeviation: deviation ?? 0,
      runs: row.requiredInteger("runs", in: 1...1_000_000), provenance: row.provenance())
  }
}
