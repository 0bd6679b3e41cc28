import Quantities
import Throughput

/// Predicted against measured, as tables.
public enum ValidationSheets {
  /// One row a published run, with the columns scripts rely on.
  public static func rows(_ report: ValidationReport) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id", widest: 44), .init("kind", "Kind"),
        .init("measured", "Measured", numeric: true),
        .init("predicted_p10", "p10", numeric: true),
        .init("predicted_p50", "Predicted", numeric: true),
        .init("predicted_p90", "p90", numeric: true), .init("unit", "Unit"),
        .init("absolute_percentage_error", "Error %", numeric: true),
        .init("inside_80", "In 80 %"),
      ],
      rows: report.rows.map { row in
        [
          .string(row.run.id), .string(row.run.kind.rawValue), .significant(row.measured, 6),
          .significant(row.predicted?.p10, 6), .significant(row.predicted?.p50, 6),
          .significant(row.predicted?.p90, 6), .string(row.unit),
          .decimal(row.absolutePercentageError, 2),
          row.isInside80.map { .bool($0) } ?? .null,
        ]
      })
  }

  /// Errors by group of rows; the baselines last.
  ///
  /// - Parameter showsFamilies: whether each family of rows has a line of its own.
  public static func summary(
    _ report: ValidationReport, baselines: [ValidationSummary], showsFamilies: Bool = true
  ) -> Sheet {
    Sheet(
      columns: [
        .init("group", "Group"), .init("rows", "Rows", numeric: true),
        .init("median_error_percent", "Median error %", numeric: true),
        .init("p90_error_percent", "p90 %", numeric: true),
        .init("bias_percent", "Bias %", numeric: true),
        .init("coverage_80_percent", "In 80 % range", numeric: true),
      ],
      rows: report.summaries.filter { showsFamilies || !$0.isFamily }
        .map { cells($0, covers: true) }
        + baselines.map { cells($0, covers: false) })
  }

  private static func cells(_ group: ValidationSummary, covers: Bool) -> [JSONValue] {
    [
      .string(covers ? group.group : "baseline: \(group.group)"), .integer(group.count),
      .decimal(group.medianError, 1), .decimal(group.p90Error, 1), .decimal(group.bias, 1),
      covers ? .decimal(group.coverage80, 0) : .null,
    ]
  }
}
