import Quantities

// Bounds of the columns that hold numbers, table by table. What is plausible spans the built-in rows and
// several times more on both sides, so that a slip of a power of ten is found and the next generation
// of chips is not (a judgement; grade D). What is possible is wider by orders of magnitude, except
// where nature sets the end: fractions, efficiencies, peaks.

private let toPetaflops = Bounds.Slip(1000, "in PFLOP/s")
private let toGigaflops = Bounds.Slip(0.001, "in GFLOP/s")
private let toTerabytes = Bounds.Slip(1000, "in TB")
private let cents = Bounds.Slip(0.01, "in cents")

/// Dense peaks: TPU v2 has 23 per core pair, GB300 2,500; eight-bit and four-bit rates are up to ten
/// times those of 16 bit.
private let rate = Bounds(
  0.1...1e6, plausible: 10...50_000, "TFLOP/s", slips: [toPetaflops, toGigaflops])
private let chipCount = Bounds(1...10_000_000, plausible: 1...200_000, "chips")
private let scaleUpRate = Bounds(
  0.001...1e6, plausible: 5...10_000, "GB/s", slips: [toTerabytes])
private let scaleOutRate = Bounds(0.001...1e6, plausible: 1...10_000, "Gbit/s")

extension Accelerator {
  static let bounds: [String: Bounds] = [
    "bf16_tflops": rate, "fp8_tflops": rate, "fp4_tflops": rate, "measured_bf16_tflops": rate,
    "measured_fp8_tflops": rate,
    "memory_gib": Bounds(0.1...1e5, plausible: 4...2048, "GiB", slips: [toTerabytes]),
    "memory_gb_per_s": Bounds(1...1e6, plausible: 200...100_000, "GB/s", slips: [toTerabytes]),
    "scaleup_domain_chips": chipCount, "scaleup_gb_per_s": scaleUpRate,
    "scaleup_links": Bounds(1...1000, plausible: 1...144, "links"),
    "scaleout_gbit_per_s": scaleOutRate,
    "chips_per_host": Bounds(1...10_000, plausible: 1...144, "chips"),
    "cores_per_chip": Bounds(1...10_000, plausible: 1...64, "cores"),
    "power_w": Bounds(1...1e6, plausible: 50...5000, "W", slips: [Bounds.Slip(1000, "in kW")]),
  ]
}

extension Offer {
  static let bounds: [String: Bounds] = [
    "chips_per_instance": Bounds(1...10_000_000, plausible: 1...20_000, "chips"),
    "usd_per_instance_hour": Bounds(
      0...1e7, plausible: 0.02...500_000, "USD", slips: [cents, .thousands]),
    "min_term_hours": Bounds(0...1e6, plausible: 0...53_000, "hours"),
    "max_term_hours": Bounds(0...1e6, plausible: 0...53_000, "hours"),
    "max_instances": Bounds(1...10_000_000, plausible: 1...200_000),
    "max_instances_total": Bounds(1...10_000_000, plausible: 1...200_000),
    "multislice_max_chips": chipCount, "scaleup_domain_chips": chipCount,
    "scaleup_gb_per_s": scaleUpRate, "scaleout_gbit_per_s": scaleOutRate,
    "lead_days": Bounds(0...10_000, plausible: 0...730, "days"),
  ]

  /// Of the price of one chip; listed ones go from 0.13 (Trainium1, spot) to 18 (GB200).
  static let chipHourBounds = Bounds(0...1e6, plausible: 0.03...60, "USD per chip and hour")
}

extension ServerQuote {
  static let bounds: [String: Bounds] = [
    "chips": Bounds(1...10_000_000, plausible: 1...1024, "chips"),
    "capex_usd_typical": Bounds(
      0...1e11, plausible: 1000...50_000_000, "USD", slips: [.thousands]),
    "server_kw_max": Bounds(
      0.01...100_000, plausible: 0.3...2000, "kW", slips: [Bounds.Slip(0.001, "in W")]),
    "lead_time_weeks": Bounds(
      0...1000, plausible: 0...130, "weeks", slips: [Bounds.Slip(1.0 / 7, "in days")]),
  ]

  /// Of the price of one chip with its share of the server; known ones go from 8,000 to 126,000.
  static let chipPriceBounds = Bounds(0...1e9, plausible: 800...500_000, "USD a chip")
}

extension MeasuredThroughput {
  /// A model's estimate is off by a factor of two at the worst of the published runs; beyond four,
  /// one of the two speaks of something else.
  static let bounds: [String: Bounds] = [
    "speed_ratio": Bounds(
      0.01...20, plausible: 0.25...3, "times the model's speed", slips: [.percent]),
    "log_deviation": Bounds(0...3, plausible: 0...1),
    "runs": Bounds(1...1_000_000, plausible: 1...100_000, "runs"),
  ]
}

extension OwnershipParameter {
  static let bounds: [String: Bounds] = ["typical": UnitBounds.unknown]
}

extension ServicePrice {
  static let bounds: [String: Bounds] = ["typical": UnitBounds.unknown]
}

extension Claim {
  static let bounds: [String: Bounds] = ["typical": UnitBounds.unknown]
}

/// Bounds of a figure by the unit that its row names.
public enum UnitBounds {
  /// Of a unit that is not known.
  public static let unknown = Bounds(-1e15...1e15)

  /// Of a unit of ownership.csv or services.csv.
  public static func of(unit: String) -> Bounds { units[unit] ?? unknown }

  /// Of a metric of claims.csv.
  public static func of(metric: String) -> Bounds {
    if let known = metrics[metric] { return known }
    return metric.hasSuffix("_x") ? times : unknown
  }

  private static let times = Bounds(1e-3...1e6, plausible: 0.05...100, "times")
  private static let kilowattHour: [Bounds.Slip] = [cents, Bounds.Slip(0.001, "per MWh")]
  private static let percent = Bounds(-100...1000, plausible: -50...100, "percent")
  private static let gain = Bounds(-0.99...100, plausible: -0.9...5, slips: [.percent])
  /// A saving of the whole would leave nothing to pay.
  private static let saving = Bounds(-10...0.99, plausible: -1...0.95, slips: [.percent])

  private static let units: [String: Bounds] = [
    "avg_over_nameplate": Bounds(0.01...1.5, plausible: 0.2...1.1, slips: [.percent]),
    "bytes_per_parameter": Bounds(0.1...1000, plausible: 2...64, "bytes"),
    "correlation": Bounds(-1...1),
    "days": Bounds(0...36_500, plausible: 0...1500, "days"),
    "eur_per_kwh": Bounds(0...10, plausible: 0.005...0.8, "EUR per kWh", slips: kilowattHour),
    "fraction": .fraction, "fraction_each_way": .fraction, "fraction_of_bf16_peak": .fraction,
    "fraction_of_budget": Bounds(0...1000, plausible: 0...10, slips: [.percent]),
    "fraction_of_chip_price": Bounds(0...10, plausible: 0...2, slips: [.percent]),
    "fraction_of_list": Bounds(0...1, slips: [.percent]),
    "fraction_of_maximum": .fraction,
    "fraction_of_purchase_price": Bounds(0...2, plausible: 0...1, slips: [.percent]),
    "fraction_of_stated_gain": Bounds(0...10, plausible: 0...1.5, slips: [.percent]),
    "fraction_of_steps": .fraction,
    "fte_per_1000_gpus": Bounds(0...10_000, plausible: 0.2...500, "people"),
    "hours": Bounds(0...1e6, plausible: 0...20_000, "hours"),
    "kgco2e_per_8gpu_baseboard": Bounds(0...1e7, plausible: 50...50_000, "kg"),
    "kgco2e_per_kwh": Bounds(
      0...20, plausible: 0...1.5, "kg per kWh", slips: [Bounds.Slip(0.001, "in grams")]),
    "kw_per_gpu": Bounds(0.01...100, plausible: 0.2...10, "kW"),
    "log_sd": Bounds(0...5, plausible: 0...1.5),
    "minutes": Bounds(0...1e6, plausible: 0...10_000, "minutes"),
    "months": Bounds(0...1200, plausible: 0...240, "months"),
    "node_over_gpu_power": Bounds(1...20, plausible: 1...4, "times"),
    "orders_of_magnitude_per_year": Bounds(-5...5, plausible: -1...2),
    "per_chip_day": Bounds(0...10, plausible: 0...0.1, "per chip and day"),
    "per_day": Bounds(0...1e6, plausible: 0...1000, "per day"),
    "percent_of_accelerators": percent, "percent_of_hardware_capex": percent,
    "percent_of_hardware_capex_per_year": percent, "percent_of_nodes": percent,
    "percent_of_server_power": percent, "percent_per_year": percent, "percent_of_spend": percent,
    "productive_over_wall": Bounds(0.01...1, plausible: 0.2...1, slips: [.percent]),
    "ratio": Bounds(0.01...100, plausible: 0.5...5, slips: [.percent]),
    "ratio_infiniband_over_ethernet": Bounds(0.01...100, plausible: 0.5...10, "times"),
    "ratio_to_steady_state": Bounds(0.01...1000, plausible: 0.5...20, "times"),
    "server_over_gpu_power": Bounds(1...20, plausible: 1...4, "times"),
    "times_plan": Bounds(0.01...100, plausible: 0.5...5, "times"),
    "total_over_final_run": Bounds(1...10_000, plausible: 1...50, "times"),
    "usd_investment": Bounds(0...1e13, "USD"),
    "usd_per_1000_requests": Bounds(0...1000, plausible: 0...1, "USD"),
    "usd_per_8gpu_node": Bounds(0...1e8, plausible: 100...1_000_000, "USD"),
    "usd_per_8gpu_server_per_year": Bounds(0...1e8, plausible: 0...500_000, "USD a year"),
    "usd_per_fte_year": Bounds(
      0...1e8, plausible: 10_000...2_000_000, "USD a year", slips: [.thousands]),
    "usd_per_gb": Bounds(0...1000, plausible: 0...1, "USD per GB", slips: [cents]),
    "usd_per_gb_month": Bounds(0...1000, plausible: 0...3, "USD per GB and month", slips: [cents]),
    "usd_per_gpu": Bounds(0...1e7, plausible: 0...150_000, "USD a GPU"),
    "usd_per_chip_hour": Bounds(0...1e5, plausible: 0.03...60, "USD per chip and hour"),
    "usd_per_gpu_hour": Bounds(0...1e5, plausible: 0.03...60, "USD per GPU and hour"),
    "usd_per_gw": Bounds(0...1e15, plausible: 1e9...5e11, "USD"),
    "usd_per_hour": Bounds(0...1e6, plausible: 0.001...1000, "USD an hour", slips: [cents]),
    "usd_per_kw_month": Bounds(0...1e6, plausible: 20...2000, "USD per kW and month"),
    "usd_per_kwh": Bounds(0...10, plausible: 0.005...0.8, "USD per kWh", slips: kilowattHour),
    "usd_per_mw_it": Bounds(0...1e12, plausible: 1e6...5e8, "USD"),
    "usd_per_pb": Bounds(0...1e10, plausible: 1e4...1e7, "USD"),
    "usd_per_tb": Bounds(0...1e7, plausible: 5...10_000, "USD"),
    "weeks": Bounds(0...1000, plausible: 0...150, "weeks"),
    "years": Bounds(0.01...100, plausible: 0.25...30, "years"),
  ]

  private static let metrics: [String: Bounds] = [
    "cost_saving_fraction": saving, "cost_to_train_saving_fraction": saving,
    "tco_saving_fraction": saving, "it_cost_saving_fraction": saving,
    "price_discount_fraction": saving, "efficiency_gain_fraction": gain,
    "price_performance_gain_fraction": gain, "price_change_fraction": gain,
    "mfu_fraction": Bounds(0.001...1, plausible: 0.02...0.8, slips: [.percent]),
    "scaling_efficiency_fraction": Bounds(0...2, plausible: 0...1.1, slips: [.percent]),
    "development_share_fraction": .fraction, "final_run_share_fraction": .fraction,
    "price_usd_per_chip_hour": Bounds(
      0.001...1e5, plausible: 0.03...60, "USD per chip and hour"),
  ]
}
