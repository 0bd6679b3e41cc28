import Catalog

/// How often chips of a kind stop a job, and how long it takes to be back.
public struct FailureRates: Hashable, Sendable {
  public var kind: AcceleratorKind
  /// Unplanned interruptions per chip and hour; low, typical and high.
  public var perChipHour: Interval
  /// Seconds from an interruption to work again; low, typical and high.
  public var restartSeconds: Interval
  public var provenance: Provenance

  /// Mean seconds between interruptions of a job that stops when any of its chips does.
  public static func meanSecondsBetweenFailures(perChipHour: Double, chips: Int) -> Double {
    3600 / (perChipHour * Double(max(1, chips)))
  }

  /// Chip-hours per interruption that a run has seen, its rate's inverse.
  public static func chipHoursPerInterruption(
    chips: Int, days: Double, interruptions: Int
  ) -> Double {
    Double(chips) * days * 24 / Double(max(1, interruptions))
  }

  static let fileName = "failure-rates.csv"

  /// The rates that are built in, one row a kind.
  public static let builtIn: [FailureRates] = {
    do {
      return try read(text: EmbeddedTables.text(fileName))
    } catch {
      preconditionFailure("built-in table: \(error)")
    }
  }()

  /// The built-in rates of a kind.
  public static func of(_ kind: AcceleratorKind) -> FailureRates? {
    builtIn.first { $0.kind == kind }
  }

  /// Reads a table of rates.
  ///
  /// - Throws: `FaultList` with every line that is not as expected.
  static func read(text: String, file: String = fileName) throws(FaultList) -> [FailureRates] {
    let columns = ["per_chip_hour_low", "per_chip_hour", "per_chip_hour_high"]
    let restarts = ["restart_s_low", "restart_s", "restart_s_high"]
    let table = TableReader(
      file: file, bytes: text.utf8,
      required: ["kind"] + columns + restarts + ["source_url", "as_of", "grade", "note"],
      optional: [])
    var faults = table.faults
    var rates: [FailureRates] = []
    for var row in table.rows {
      let kind = row.choice("kind", AcceleratorKind.self)
      let rate = FailureRates(
        kind: kind ?? .gpu, perChipHour: row.interval(columns[0], columns[1], columns[2]),
        restartSeconds: row.interval(restarts[0], restarts[1], restarts[2]),
        provenance: row.provenance())
      for (name, value) in zip(columns + restarts, rate.values) where (value ?? 0) <= 0 {
        row.fail(name, "expected a number above 0")
      }
      faults += row.faults
      rates.append(rate)
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return rates
  }

  private var values: [Double?] {
    [
      perChipHour.low, perChipHour.typical, perChipHour.high, restartSeconds.low,
      restartSeconds.typical, restartSeconds.high,
    ]
  }
}
