import Quantities
import Catalog

/// One published run against the prediction for it.
public struct ValidationRow: Sendable {
  public var run: PublishedRun
  /// Chip-hours of a run, seconds of a step; nil when the source gives none.
  public var measured: Double?
  /// nil when the run could not be predicted; it then counts as an error of 100 %.
  public var predicted: Percentiles?
  /// Generation of the accelerator; empty when the accelerator is unknown.
  public var generation: String
  /// Why there is no prediction; empty when there is one.
  public var reason: String

  /// `chip-hours` or `s`.
  public var unit: String { run.kind == .run ? "chip-hours" : "s" }

  /// |predicted / measured − 1| of the middle prediction; nil when nothing was measured.
  public var absolutePercentageError: Double? {
    guard let measured else { return nil }
    guard let predicted else { return 100 }
    return abs(predicted.p50 / measured - 1) * 100
  }

  /// Whether the measured value lies between the 10th and the 90th percentile; nil when nothing was
  /// measured.
  public var isInside80: Bool? {
    guard let measured else { return nil }
    guard let predicted else { return false }
    return predicted.p10 <= measured && measured <= predicted.p90
  }
}

/// Predicted against measured for a list of published runs.
public struct Validation: Sendable {
  let catalog: Catalog
  let model: ThroughputModel

  /// - Parameter catalog: where the accelerators' figures come from.
  public init(catalog: Catalog, model: ThroughputModel = .builtIn) {
    self.catalog = catalog
    self.model = model
  }

  /// Predicts every row with the model as calibrated.
  public func run(rows: [PublishedRun]) -> ValidationReport {
    ValidationReport(rows: rows.map { predict($0, model.calibration) })
  }

  /// Predicts every row with a calibration fitted on the built-in runs of all *other* families, as
  /// an honest measure of what to expect for a run never seen.
  public func leaveOneFamilyOut(rows: [PublishedRun]) -> ValidationReport {
    let fit = CalibrationFit(runs: rows, catalog: catalog)
    let start = model.calibration
    var results: [ValidationRow] = []
    var fitted: [String: Calibration] = [:]
    for row in rows {
      let known = fitted[row.family]
      let calibration = known ?? fit.fitted(from: start, without: row.family, iterations: 6)
      fitted[row.family] = calibration
      results.append(predict(row, calibration))
    }
    return ValidationReport(rows: results)
  }

  private func predict(_ run: PublishedRun, _ calibration: Calibration) -> ValidationRow {
    var row = ValidationRow(run: run, measured: nil, predicted: nil, generation: "", reason: "")
    guard let accelerator = catalog.accelerator(run.accelerator) else {
      row.reason = "\(run.place): accelerator: \(run.accelerator) is not in the catalogue"
      row.measured = run.statedMeasure
      return row
    }
    row.generation = accelerator.generation
    do throws(Infeasibility) {
      let published = try PublishedProblem(run, accelerator: accelerator)
      row.measured = published.measured
      let middle = published.predicted(calibration)
      guard middle.isFinite, middle > 0 else {
        throw Infeasibility(
          code: "input", message: "The row's figures make no step.", limit: 0, needed: 0, unit: "")
      }
      let spread = model.residuals.spread(
        target: run.kind.rawValue, generation: accelerator.generation, kind: accelerator.kind)
      row.predicted = Percentiles(
        p10: middle * Elementary.exponential(spread.p10), p50: middle,
        p90: middle * Elementary.exponential(spread.p90))
    } catch {
      row.reason = "\(run.place): \(error.message)"
      row.measured = run.statedMeasure
    }
    return row
  }
}

extension PublishedProblem {
  /// Chip-hours of a run, seconds of a step, with the layout that the calibration finds best among
  /// those the source leaves open.
  func predicted(_ calibration: Calibration) -> Double {
    let parameters = calibration.parameters(for: machine)
    let (layout, isSearched) = layout(parameters: parameters)
    return predicted(layout, isSearched: isSearched, parameters: parameters)
  }

  /// As above, under a given layout.
  func predicted(_ layout: Layout, isSearched: Bool, parameters: StepParameters) -> Double {
    let timer = LayerTimer(problem: problem, machine: machine, parameters: parameters)
    let seconds = timer.step(layout, isSearched: isSearched).total
    guard run.kind == .run else { return seconds }
    return chipHours(stepSeconds: seconds, parameters: parameters)
  }
}
