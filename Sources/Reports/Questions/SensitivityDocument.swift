import Planning
import Quantities

extension SensitivitySheet {
  /// Everything as one document.
  var document: JSONValue {
    func ends(_ ends: Sensitivity.LowAndHigh) -> JSONValue {
      .object([.init("p10", .decimal(ends.low, 2)), .init("p90", .decimal(ends.high, 2))])
    }
    return .object([
      .init("schema_version", .string(PlanDocument.schemaVersion)),
      .init("option", .string(found.optionID)),
      .init("seed", .shortest(Double(found.seed))), .init("samples", .integer(found.samples)),
      .init(
        "inputs",
        .array(
          found.bars.map { bar in
            .object([
              .init("name", .string(bar.input.name)),
              .init("meaning", .string(bar.input.meaning)),
              .init("unit", .string(bar.input.unit)),
              .init("p10", .significant(bar.values.low, 6)),
              .init("p50", .significant(bar.input.median, 6)),
              .init("p90", .significant(bar.values.high, 6)),
              .init("cost_economic_usd", ends(bar.economic)),
              .init("cost_cash_usd", ends(bar.cash)), .init("days", ends(bar.days)),
              .init("first_order", .decimal(bar.firstOrder?.value, 4)),
              .init("first_order_error", .decimal(bar.firstOrder?.standardError, 4)),
              .init("total", .decimal(bar.total?.value, 4)),
              .init("total_error", .decimal(bar.total?.standardError, 4)),
              .init("grade", .string(bar.input.provenance.grade.rawValue)),
              .init("source_url", .string(bar.input.provenance.source)),
            ])
          })),
      .init(
        "flips",
        .array(
          found.flips.map { flip in
            .object([
              .init("option", .string(flip.optionID)),
              .init("lever", .string(flip.lever.rawValue)),
              .init("value", .decimal(flip.value, 4)),
              .init("distance_sd", .decimal(flip.distance, 3)),
              .init("chance_beyond", .decimal(flip.chanceBeyond, 4)),
            ])
          })),
      .init(
        "indifference",
        .object([
          .init("option", found.contourID.map { .string($0) } ?? .null),
          .init(
            "points",
            .array(
              found.contour.map { point in
                .object([
                  .init("speed", .decimal(point.first, 2)),
                  .init("price", .decimal(point.second, 4)),
                ])
              })),
        ])),
      .init("perfect_information_usd", .decimal(found.perfectInformation, 2)),
      .init(
        "knowledge",
        .array(
          found.informationValues.map { known in
            .object([
              .init("name", .string(known.input.name)),
              .init("worth_usd", .decimal(known.dollars, 2)),
            ])
          })),
      .init(
        "trials",
        .array(
          found.trials.map { trial in
            .object([
              .init("accelerator", .string(trial.accelerator)),
              .init("offer", trial.offer.map { .string($0) } ?? .null),
              .init("chips", .integer(trial.chips)), .init("hours", .shortest(trial.hours)),
              .init("deviation_before", .decimal(trial.priorDeviation, 4)),
              .init("deviation_after", .decimal(trial.posteriorDeviation, 4)),
              .init("cost_usd", .decimal(trial.worth?.cost, 2)),
              .init("worth_usd", .decimal(trial.gain, 2)),
              .init("is_worth_running", trial.worth.map { .bool($0.isWorthRunning) } ?? .null),
            ])
          })),
    ])
  }
}
