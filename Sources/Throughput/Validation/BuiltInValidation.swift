import Catalog
import Quantities

/// What `plan validate` finds for the published runs, kept as a table: finding it anew takes
/// seconds, and nothing in it depends on what is asked.
extension ValidationReport {
  static let fileName = "validation.csv"

  /// The published runs with the predictions of fits that have not seen their family.
  public static let builtIn: ValidationReport = {
    do {
      return try read(text: EmbeddedTables.text(fileName), runs: PublishedRun.builtIn)
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// Reads the table.
  ///
  /// - Throws: `FaultList` when the table is not as expected.
  static func read(
    text: String, file: String = fileName, runs: [PublishedRun]
  ) throws(FaultList) -> ValidationReport {
    let table = TableReader(
      file: file, bytes: text.utf8,
      required: [
        "id", "generation", "measured", "predicted_p10", "predicted_p50", "predicted_p90",
      ], optional: [])
    let known = Dictionary(runs.map { ($0.id, $0) }, uniquingKeysWith: { first, _ in first })
    var faults = table.faults
    var rows: [ValidationRow] = []
    for var row in table.rows {
      let range = 0.0...1e15
      let percentiles = ["predicted_p10", "predicted_p50", "predicted_p90"]
        .compactMap { row.number($0, in: range) }
      let measured = row.number("measured", in: range)
      if let run = known[row.requiredText("id")] {
        rows.append(
          ValidationRow(
            run: run, measured: measured,
            predicted: percentiles.count == 3
              ? Percentiles(p10: percentiles[0], p50: percentiles[1], p90: percentiles[2])
              : nil, generation: row.text("generation"), reason: ""))
      } else {
        row.fail("id", "is no published run; make the table anew with plan-fit")
      }
      faults += row.faults
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return ValidationReport(rows: rows)
  }

  /// The table that `read` takes; more digits than `plan validate` shows, so that its rounding is the same.
  var table: String {
    func text(_ value: Double?) -> String { value.map { Decimals.significant($0, 13) } ?? "" }
    let lines = rows.map { row in
      [
        row.run.id, row.generation, text(row.measured), text(row.predicted?.p10),
        text(row.predicted?.p50), text(row.predicted?.p90),
      ].joined(separator: ",")
    }
    let header = "id,generation,measured,predicted_p10,predicted_p50,predicted_p90"
    return ([header] + lines).joined(separator: "\n") + "\n"
  }
}
