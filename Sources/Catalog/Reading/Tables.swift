import Quantities

/// The columns of each table of the catalogue, and how a row becomes a record.
///
/// The layout of each table is documented by `columns`; `pricing/` and a user's own files follow
/// the same one. Columns may stand in any order; those not required may be left out.
protocol CatalogTable: Identifiable where ID == String {
  /// The file's name in `pricing/`.
  static var fileName: String { get }
  static var requiredColumns: [String] { get }
  static var optionalColumns: [String] { get }
  /// Of the columns that hold numbers.
  static var bounds: [String: Bounds] { get }
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
      "chips_per_host", "cores_per_chip", "power_w", "status", "status_reason", "expected_date",
    ] + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredName("id"),
      kind: row.choice("kind", AcceleratorKind.self) ?? .gpu,
      vendor: row.text("vendor"), name: row.requiredText("name"),
      generation: row.requiredName("generation"), releaseDate: row.text("release_date"),
      bf16Teraflops: row.number("bf16_tflops"),
      fp8Teraflops: row.number("fp8_tflops"),
      fp4Teraflops: row.number("fp4_tflops"),
      measuredBF16Teraflops: row.number("measured_bf16_tflops"),
      measuredFP8Teraflops: row.number("measured_fp8_tflops"),
      memoryGiB: row.number("memory_gib"),
      memoryGBPerSecond: row.number("memory_gb_per_s"),
      scaleUpTopology: row.choice(
        "scaleup_topology", ScaleUpTopology.self, fallback: ScaleUpTopology.none)
        ?? .none,
      scaleUpDomainChips: row.integer("scaleup_domain_chips"),
      scaleUpGBPerSecond: row.number("scaleup_gb_per_s"),
      scaleUpLinks: row.integer("scaleup_links"),
      scaleOutGbitPerSecond: row.number("scaleout_gbit_per_s"),
      chipsPerHost: row.integer("chips_per_host"),
      coresPerChip: row.integer("cores_per_chip"),
      powerWatts: row.number("power_w"),
      availability: row.choice("status", Availability.self, fallback: .available) ?? .available,
      availabilityReason: row.text("status_reason"), expectedDate: row.partialDate("expected_date"),
      provenance: row.provenance())
    checkMeasured(&row)
  }

  /// No product of matrices is faster than the peak.
  private func checkMeasured(_ row: inout TableRow) {
    let pairs = [
      ("bf16_tflops", measuredBF16Teraflops, bf16Teraflops),
      ("fp8_tflops", measuredFP8Teraflops, fp8Teraflops),
    ]
    for (column, measured, peak) in pairs {
      guard let measured, let peak, measured > peak else { continue }
      row.fail(
        "measured_\(column)",
        "\(Bounds.shown(measured)) is above the peak, \(column) \(Bounds.shown(peak)); a rate of "
          + "sparse matrices?")
    }
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
    ] + SellerTerms.columns + provenanceColumns

  /// The columns of offers.csv in the order they are written.
  public static let columns = [
    "id", "provider", "instance", "accelerator", "chips_per_instance", "region", "purchase",
    "usd_per_instance_hour", "payment", "min_term_hours", "term_step_hours", "max_term_hours",
    "term_rule", "max_instances", "max_instances_total", "chip_counts", "multislice_max_chips",
    "scaleup_domain_chips", "scaleup_gb_per_s", "scaleout_gbit_per_s", "lead_days", "obtainable",
    "status_reason", "source_url", "as_of", "grade", "note",
  ]

  /// The columns of a quote's terms, written after the others where a row uses one.
  public static let termColumns = SellerTerms.columns

  init(row: inout TableRow) {
    let purchase = row.choice("purchase", Purchase.self) ?? .onDemand
    if purchase == .own {
      row.fail("purchase", "“own” is no way to rent; quotes.csv holds servers")
    }
    let price = row.number("usd_per_instance_hour")
    if price == 0 { row.fail("usd_per_instance_hour", "0 is no price; leave it empty if unknown") }
    self.init(
      id: row.requiredName("id"), provider: row.requiredName("provider"),
      instance: row.requiredName("instance"), accelerator: row.requiredName("accelerator"),
      chipsPerInstance: row.requiredInteger("chips_per_instance"),
      region: row.name("region"), purchase: purchase, usdPerInstanceHour: price,
      payment: row.choice("payment", PaymentSchedule.self, fallback: .hourly) ?? .hourly,
      minTermHours: row.number("min_term_hours"),
      maxTermHours: row.number("max_term_hours"),
      termRule: row.choice("term_rule", TermRule.self, fallback: TermRule.none) ?? .none,
      maxInstances: row.integer("max_instances"),
      maxInstancesTotal: row.integer("max_instances_total"),
      chipCounts: row.integers("chip_counts", in: 1...10_000_000),
      multisliceMaxChips: row.integer("multislice_max_chips"),
      scaleUpDomainChips: row.integer("scaleup_domain_chips"),
      scaleUpGBPerSecond: row.number("scaleup_gb_per_s"),
      scaleOutGbitPerSecond: row.number("scaleout_gbit_per_s"),
      leadDays: row.number("lead_days"),
      obtainable: row.choice("obtainable", Obtainability.self, fallback: .unknown) ?? .unknown,
      reason: row.text("status_reason"), provenance: row.provenance(),
      terms: row.sellerTerms())
    if let usdPerChipHour, row.faults.isEmpty {
      row.judge("usd_per_instance_hour", usdPerChipHour, Self.chipHourBounds)
    }
  }
}

extension ServerQuote: CatalogTable {
  static let fileName = "quotes.csv"
  static let requiredColumns = ["id", "accelerator", "chips", "name", "source_url", "grade"]
  static let optionalColumns =
    [
      "capex_usd_low", "capex_usd_typical", "capex_usd_high", "server_kw_max",
      "includes_network", "lead_time_weeks", "rack_note", "status", "status_reason",
    ] + SellerTerms.columns + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredName("id"), accelerator: row.requiredName("accelerator"),
      chips: row.requiredInteger("chips"), name: row.requiredText("name"),
      capex: row.interval("capex_usd_low", "capex_usd_typical", "capex_usd_high"),
      serverKilowattsMax: row.number("server_kw_max"),
      includesNetwork: row.text("includes_network"),
      leadTimeWeeks: row.number("lead_time_weeks"), rackNote: row.text("rack_note"),
      status: row.choice("status", QuoteStatus.self, fallback: .available) ?? .available,
      reason: row.text("status_reason"), provenance: row.provenance(), terms: row.sellerTerms())
    if let low = capex.lower, low <= 0 {
      row.fail("capex_usd_low", "\(low) is no price; leave it empty if unknown")
    } else if let middle = capex.central, row.faults.isEmpty {
      row.judge("capex_usd_typical", middle / Double(chips), Self.chipPriceBounds)
    }
  }
}

extension OwnershipParameter: CatalogTable {
  static let fileName = "ownership.csv"
  static let requiredColumns = ["id", "parameter", "scope", "unit", "source_url", "grade"]
  static let optionalColumns = ["low", "typical", "high"] + provenanceColumns

  init(row: inout TableRow) {
    let unit = row.requiredName("unit")
    self.init(
      id: row.requiredName("id"), parameter: row.requiredName("parameter"),
      scope: row.name("scope"), unit: unit,
      value: row.interval("low", "typical", "high", UnitBounds.of(unit: unit)),
      provenance: row.provenance())
  }
}

extension ServicePrice: CatalogTable {
  static let fileName = "services.csv"
  static let requiredColumns = [
    "id", "provider", "category", "name", "unit", "source_url", "grade",
  ]
  static let optionalColumns = ["region", "low", "typical", "high"] + provenanceColumns

  init(row: inout TableRow) {
    let unit = row.requiredName("unit")
    self.init(
      id: row.requiredName("id"), provider: row.requiredName("provider"),
      category: row.requiredName("category"), name: row.requiredText("name"),
      region: row.name("region"), unit: unit,
      value: row.interval("low", "typical", "high", UnitBounds.of(unit: unit)),
      provenance: row.provenance())
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
    let metric = row.requiredName("metric")
    self.init(
      id: row.requiredName("id"), claimant: row.requiredText("claimant"), date: row.text("date"),
      subject: row.text("subject"), baseline: row.text("baseline"),
      metric: metric,
      value: row.interval("low", "typical", "high", UnitBounds.of(metric: metric)),
      route: row.name("route"), accelerator: row.name("applies_to_accelerator"),
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

  /// Begins a note that says what is implausible in the runs behind a row.
  public static let doubtMark = "check: "

  init(row: inout TableRow) {
    let ratio = row.number("speed_ratio")
    let deviation = row.number("log_deviation")
    if ratio == nil { row.fail("speed_ratio", "is missing") }
    if deviation == nil { row.fail("log_deviation", "is missing") }
    self.init(
      id: row.requiredName("id"), speedRatio: ratio ?? 1, logDeviation: deviation ?? 0,
      runs: row.requiredInteger("runs"), provenance: row.provenance())
    // What plan calibrate wondered at is said by every plan that uses the row.
    if provenance.note.hasPrefix(Self.doubtMark) {
      row.doubt("note", String(provenance.note.dropFirst(Self.doubtMark.count)))
    }
  }
}
