import Catalog
import Quantities

/// Own measurements as the table that is laid over the catalogue.
public enum MeasuredSheet {
  /// `measured.csv`.
  public static func csv(_ rows: [MeasuredThroughput]) -> String {
    let names = [
      "id", "speed_ratio", "log_deviation", "runs", "source_url", "as_of", "grade", "note",
    ]
    return Sheet(
      columns: names.map { Sheet.Column($0, $0) },
      rows: rows.map { row in
        [
          .string(row.id), .significant(row.speedRatio, 6), .significant(row.logDeviation, 6),
          .integer(row.runs), .string(row.provenance.source), .string(row.provenance.asOf),
          .string(row.provenance.grade.rawValue), .string(row.provenance.note),
        ]
      }
    ).csv
  }
}
