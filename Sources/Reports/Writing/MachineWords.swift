/// Names that machines give to terms and units, as people read them.
public enum MachineWords {
  private static let own = [
    "usd": "USD", "kw": "kW", "kwh": "kWh", "gib": "GiB", "gb": "GB", "fte": "full-time staff",
    "gpu": "GPU", "gpus": "GPUs", "avg": "average",
  ]

  /// `matrix_products` as “matrix products”, `usd_per_kwh` as “USD per kWh”.
  public static func of(_ name: String) -> String {
    name.split(whereSeparator: { $0 == "_" || $0 == " " }).map { own[String($0)] ?? String($0) }
      .joined(separator: " ")
  }
}
