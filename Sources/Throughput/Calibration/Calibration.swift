import Catalog

/// One parameter of the step-time model: its fitted value, what was believed before the fit and
/// how firmly.
struct CalibrationRow: Hashable, Sendable {
  /// A name of `StepParameters.fields`, or `generation_ratio`.
  var parameter: String
  /// The generation of accelerator that a ratio belongs to, else empty.
  var scope: String
  var value: Double
  var prior: Double
  /// Standard deviation of the logarithm of the prior.
  var priorSpread: Double
  var low: Double
  var high: Double
  var note: String
  /// The day of the fit, ISO.
  var fittedOn: String
}

/// The fitted parameters of the step-time model.
struct Calibration: Hashable, Sendable {
  var rows: [CalibrationRow]
  private(set) var shared = StepParameters()

  static let generationRatio = "generation_ratio"

  init(rows: [CalibrationRow]) {
    self.rows = rows
    shared = Self.shared(of: rows)
  }

  private static func shared(of rows: [CalibrationRow]) -> StepParameters {
    var parameters = StepParameters()
    for row in rows {
      guard let field = StepParameters.fields.first(where: { $0.name == row.parameter }) else {
        continue
      }
      parameters[keyPath: field.path] = row.value
    }
    return parameters
  }

  /// The parameters for a machine, its generation's ratio included.
  ///
  /// A generation without a row takes the best measured rate of matrix products where the catalogue
  /// has one, scaled by what Hopper's reaches in training over its measured rate; else the lowest
  /// ratio of a generation of the newest two, which errs on the slow side.
  func parameters(for machine: Machine) -> StepParameters {
    var parameters = shared
    if let ratio = ratio(of: machine.generation) {
      parameters.generationRatio = ratio
    } else if let measured = machine.measuredMatmulShare, let hopper = ratio(of: "hopper") {
      parameters.generationRatio = hopper * measured / Self.measuredShareOfHopper
    } else {
      let newest = ["blackwell", "hopper", "tpu-v6e", "tpu-v7x", "trainium2", "trainium3"]
      parameters.generationRatio = newest.compactMap(ratio).min() ?? 1
    }
    return parameters
  }

  /// H100 SXM: 794.5 of 989 TFLOP/s (`measured_bf16_tflops` of accelerators.csv).
  private static let measuredShareOfHopper = 0.803

  /// The fitted ratio of a generation, nil when none was fitted or believed.
  func ratio(of generation: String) -> Double? {
    rows.first { $0.parameter == Self.generationRatio && $0.scope == generation }?.value
  }

  /// As itself with other values, in the order of `rows`.
  func replacing(values: [Double]) -> Calibration {
    var changed = rows
    for index in changed.indices { changed[index].value = values[index] }
    return Calibration(rows: changed)
  }
}

extension Calibration {
  static let fileName = "calibration.csv"

  /// Reads the table that is built in.
  ///
  /// - Throws: `FaultList` when the table is not as expected.
  static func read(text: String, file: String = fileName) throws(FaultList) -> Calibration {
    let table = TableReader(
      file: file, bytes: text.utf8,
      required: [
        "parameter", "scope", "value", "prior", "sd_ln", "low", "high", "note", "fitted_on",
      ],
      optional: [])
    var faults = table.faults
    var rows: [CalibrationRow] = []
    let range = 1e-9...1e9
    for var row in table.rows {
      let name = row.requiredText("parameter")
      let isKnown = StepParameters.fields.contains { $0.name == name }
      if !isKnown && name != generationRatio {
        row.fail("parameter", "is no parameter of the step-time model")
      }
      let record = CalibrationRow(
        parameter: name, scope: row.text("scope"), value: row.number("value", in: range) ?? 1,
        prior: row.number("prior", in: range) ?? 1,
        priorSpread: row.number("sd_ln", in: range) ?? 1, low: row.number("low", in: range) ?? 1,
        high: row.number("high", in: range) ?? 1, note: row.text("note"),
        fittedOn: row.requiredText("fitted_on"))
      faults += row.faults
      rows.append(record)
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return Calibration(rows: rows)
  }
}
