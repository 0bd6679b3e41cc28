import Catalog

/// One parameter of the step-time model: its fitted value, what was believed before the fit and
/// how firmly.
struct CalibrationRow: Hashable, Sendable {
  /// A name of `StepParameters.fields`, `chip` or `stack`.
  var parameter: String
  /// The accelerator or generation that a chip's factor belongs to, the stack that a stack's does; else
  /// empty.
  var scope: String
  var value: Double
  var prior: Double
  /// Standard deviation of the logarithm of the prior.
  var priorSpread: Double
  var low: Double
  var high: Double
  /// Whether the fit moves it. Those that published runs can't tell from others stay at their priors.
  var isFitted: Bool
  var note: String
  /// The day of the fit, ISO.
  var fittedOn: String
}

/// The fitted parameters of the step-time model.
struct Calibration: Hashable, Sendable {
  var rows: [CalibrationRow]
  private(set) var shared = StepParameters()

  static let chip = "chip"
  static let stack = "stack"

  init(rows: [CalibrationRow]) {
    self.rows = rows
    for row in rows {
      guard let field = Self.paths[row.parameter] else { continue }
      shared[keyPath: field] = row.value
    }
  }

  private static let paths: [String: WritableKeyPath<StepParameters, Double> & Sendable] =
    Dictionary(
      StepParameters.fields.map { ($0.name, $0.path) }, uniquingKeysWith: { first, _ in first })

  /// The parameters for a machine and its software.
  ///
  /// A chip without a row of its own or its generation's takes the best measured rate of matrix
  /// products where the catalogue has one, over the nine tenths that kernels of large products reach;
  /// else four fifths.
  func parameters(for machine: Machine, _ software: SoftwareStack) -> StepParameters {
    var parameters = shared
    parameters.chip = chipFactor(machine)
    parameters.slowness = factor(Self.stack, software.name) ?? software.slowness
    return parameters
  }

  private func chipFactor(_ machine: Machine) -> Double {
    if let known = factor(Self.chip, machine.id) ?? factor(Self.chip, machine.generation) {
      return known
    }
    return machine.measuredMatmulShare.map { min(1.1, $0 / 0.9) } ?? 0.8
  }

  /// A factor of its scope, nil when none was fitted or believed.
  func factor(_ parameter: String, _ scope: String) -> Double? {
    rows.first { $0.parameter == parameter && $0.scope == scope }?.value
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
        "parameter", "scope", "value", "prior", "sd_ln", "low", "high", "fitted", "note",
        "fitted_on",
      ],
      optional: [])
    var faults = table.faults
    var rows: [CalibrationRow] = []
    let range = 1e-9...1e9
    for var row in table.rows {
      let name = row.requiredText("parameter")
      let isKnown = StepParameters.fields.contains { $0.name == name }
      if !isKnown && name != chip && name != stack {
        row.fail("parameter", "is no parameter of the step-time model")
      }
      let record = CalibrationRow(
        parameter: name, scope: row.text("scope"), value: row.number("value", in: range) ?? 1,
        prior: row.number("prior", in: range) ?? 1,
        priorSpread: row.number("sd_ln", in: range) ?? 1, low: row.number("low", in: range) ?? 1,
        high: row.number("high", in: range) ?? 1, isFitted: row.text("fitted") == "yes",
        note: row.text("note"),
        fittedOn: row.requiredText("fitted_on"))
      faults += row.faults
      rows.append(record)
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return Calibration(rows: rows)
  }
}
