import Catalog

/// How far predictions of families of runs that were left out of the fit lay from what was
/// measured: quantiles of ln(measured / predicted).
struct ResidualSpread: Hashable, Sendable {
  var p10: Double
  var p90: Double
}

/// Residual spreads by scope, and how many rows each rests on.
struct Residuals: Hashable, Sendable {
  /// One row of `residuals.csv`.
  struct Row: Hashable, Sendable {
    /// `step` or `run`.
    var target: String
    /// A generation of accelerator, a kind (`gpu`, `tpu`, `trainium`) or `all`.
    var scope: String
    var count: Int
    var spread: ResidualSpread
  }

  var rows: [Row]

  /// Rows a scope must have for its own quantiles to be trusted.
  static let fewestRows = 10

  /// The spread for a kind: its own where enough rows stand behind it, else that of all, wider by a
  /// quarter since nothing says that the newcomer is like the rest.
  func spread(target: String, kind: AcceleratorKind) -> ResidualSpread {
    if let row = row(target, kind.rawValue), row.count >= Self.fewestRows { return row.spread }
    guard let all = row(target, "all") else { return ResidualSpread(p10: -0.5, p90: 0.5) }
    return ResidualSpread(p10: 1.25 * all.spread.p10, p90: 1.25 * all.spread.p90)
  }

  /// Published rows of a generation, steps and runs together.
  func count(generation: String) -> Int {
    rows.filter { $0.scope == generation }.reduce(0) { $0 + $1.count }
  }

  private func row(_ target: String, _ scope: String) -> Row? {
    rows.first { $0.target == target && $0.scope == scope }
  }

  static let fileName = "residuals.csv"

  /// Reads the table that is built in.
  ///
  /// - Throws: `FaultList` when the table is not as expected.
  static func read(text: String, file: String = fileName) throws(FaultList) -> Residuals {
    let table = TableReader(
      file: file, bytes: text.utf8, required: ["target", "scope", "rows", "ln_p10", "ln_p90"],
      optional: [])
    var faults = table.faults
    var rows: [Row] = []
    for var row in table.rows {
      let spread = ResidualSpread(
        p10: row.number("ln_p10", in: -5...5) ?? 0, p90: row.number("ln_p90", in: -5...5) ?? 0)
      rows.append(
        Row(
          target: row.requiredText("target"), scope: row.requiredText("scope"),
          count: row.requiredInteger("rows", in: 0...100_000), spread: spread))
      faults += row.faults
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return Residuals(rows: rows)
  }
}
