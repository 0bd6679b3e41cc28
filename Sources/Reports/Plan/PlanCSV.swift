import Economics
import Planning

/// A plan as CSV: one row an option, the keys of the JSON document flattened with `_`.
///
/// The columns and their order never depend on the plan; new ones are only added at the end.
public struct PlanCSV {
  let plan: Plan

  public init(_ plan: Plan) {
    self.plan = plan
  }

  /// Each column's path of keys in an option's object.
  static let paths: [[String]] = {
    let percentiles = ["p10", "p50", "p80", "p90"]
    func each(_ key: String, _ inner: [String]) -> [[String]] { inner.map { [key, $0] } }
    var paths: [[String]] = [
      ["id"], ["route"], ["provider"], ["offer"], ["accelerator"], ["region"], ["purchase"],
      ["chips"], ["instances"], ["feasible"],
    ]
    paths += each(
      "model",
      [
        "name", "total_parameters", "active_parameters", "tokens", "sequence_length",
        "global_batch_tokens", "flops", "experts", "experts_per_token", "shared_experts",
        "tokens_per_active_parameter", "dense_equivalent_parameters",
      ])
    paths += each(
      "strategy",
      [
        "tensor", "pipeline", "virtual_pipeline", "context", "expert", "data", "zero_stage",
        "micro_batch", "recompute", "precision", "step_seconds", "extrapolated",
      ])
    for key in [
      "mfu", "tokens_per_second_per_chip", "tuned_tokens_per_second_per_chip", "goodput",
    ] { paths += each(key, percentiles) }
    paths += [["start"], ["finish"], ["lead_days"]]
    for key in ["days", "run_days", "cost_cash_usd", "cost_economic_usd"] {
      paths += each(key, percentiles)
    }
    paths += each("breakdown_usd", CostTerm.allCases.map(\.rawValue))
    paths += each("predicted_loss", percentiles)
    paths += [["energy_mwh"], ["co2_t"]]
    paths += each("probability", ["within_budget", "by_deadline", "both", "best"])
    paths += [["evidence"], ["rank_effective_compute"], ["rank_cash_usd"]]
    paths += each("planned", ["cost_cash_usd", "cost_economic_usd", "days", "run_days", "finish"])
    paths += each("obtain", ["class", "chance", "requests", "longest_term_days", "note"])
    paths += percentiles.map { ["obtain", "wait_days", $0] }
    paths += each("equivalent", ["compute_share", "same_model_usd", "same_model_reason"])
    paths += [
      ["list_usd_per_chip_hour"], ["expected_usd_per_chip_hour"], ["precision"], ["software"],
    ]
    return paths
  }()

  /// The file.
  public var text: String {
    let lists = ["reasons", "warnings"]
    var writer = CSVWriter(
      header: Self.paths.map { $0.joined(separator: "_") } + ["rank"] + lists)
    let ranks = Dictionary(
      plan.ranking.enumerated().map { ($1, $0 + 1) }, uniquingKeysWith: { first, _ in first })
    for (index, assessment) in plan.assessments.enumerated() {
      let option = PlanDocument.option(assessment)
      let cells = Self.paths.map { option[$0] ?? .null }
      let rank = ranks[index].map { JSONValue.integer($0) } ?? .null
      writer.append(
        cells + [
          rank, Self.list(assessment.reasons.map(\.message)), Self.list(assessment.warnings),
        ])
    }
    return writer.text
  }

  /// Texts in one cell; nothing when there are none.
  private static func list(_ texts: [String]) -> JSONValue {
    .text(texts.joined(separator: "; "))
  }
}
