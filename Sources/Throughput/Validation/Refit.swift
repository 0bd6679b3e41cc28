import Catalog
import Quantities

/// A calibration fitted anew, as the tables that the model is built with.
public struct Refit: Sendable {
  /// `calibration.csv`.
  public var calibration: String
  /// `residuals.csv`.
  public var residuals: String
  /// `error-scale.csv`.
  public var errorScale: String
  /// `validation.csv`.
  public var validation: String { report.table }
  /// The published runs predicted by the new calibration, each left out with its family.
  public var report: ValidationReport

  /// Fits the step-time model's parameters from their priors, then measures how far families lie
  /// that a fit has not seen. Takes seconds in an optimised build.
  ///
  /// - Parameters:
  ///   - runs: published runs to fit on.
  ///   - catalog: where the accelerators' figures come from.
  ///   - day: of the fit, for the table.
  public init(runs: [PublishedRun], catalog: Catalog, day: CalendarDate) {
    let builtIn = ThroughputModel.builtIn
    let priors = Calibration(
      rows: builtIn.calibration.rows.map { row in
        var row = row
        row.value = row.prior
        return row
      })
    let fitted = CalibrationFit(runs: runs, catalog: catalog).fitted(from: priors, iterations: 15)
    var model = builtIn
    model.calibration = fitted
    let unseen = Validation(catalog: catalog, model: model).leaveOneFamilyOut(rows: runs)
    let spreads = Residuals(of: unseen.scored, catalog: catalog)
    calibration = fitted.table(fittedOn: day.iso)
    residuals = spreads.table
    // As they will be read back: the tables keep four decimals.
    let rounded = (try? Residuals.read(text: residuals)) ?? spreads
    let level = unseen.errorLevel(builtIn.errors)
    errorScale = ErrorScale.table(level: level)
    model.residuals = rounded
    model.errors = (try? ErrorScale.read(text: errorScale)) ?? builtIn.errors
    let validation = Validation(catalog: catalog, model: model)
    report = ValidationReport(
      rows: unseen.rows.map { validation.ranged($0) })
  }
}

extension ValidationReport {
  /// The level of a scale of errors under which the mean logarithm of the absolute errors of these rows
  /// is that of a Laplace distribution: the most likely one.
  func errorLevel(_ errors: ErrorScale) -> Double {
    let scaled: [Double] = scored.compactMap { row in
      guard row.run.kind == .step, let measured = row.measured, let predicted = row.predicted
      else { return nil }
      let error = abs(Elementary.ln(measured / predicted.p50))
      return error / Elementary.exponential(errors.shape(row.features))
    }
    // The quantile that ranges promise, rather than the mean, which a few outliers would decide.
    let place = Self.quantile(scaled.sorted(), 0.8)
    return Elementary.ln(max(1e-6, place / 1.609_437_9))
  }
}

extension Validation {
  /// A predicted row with the ranges of this model.
  func ranged(_ row: ValidationRow) -> ValidationRow {
    guard let middle = row.predicted?.p50, let kind = catalog.accelerator(row.run.accelerator)?.kind
    else { return row }
    let spread =
      row.run.kind == .run
      ? model.residuals.spread(target: "run", kind: kind) : model.errors.spread(row.features)
    var row = row
    row.predicted = Percentiles(
      p10: middle * Elementary.exponential(spread.p10), p50: middle,
      p90: middle * Elementary.exponential(spread.p90))
    return row
  }
}

extension Calibration {
  /// The table that `read` takes.
  func table(fittedOn day: String) -> String {
    var lines = ["parameter,scope,value,prior,sd_ln,low,high,fitted,note,fitted_on"]
    for row in rows {
      let numbers = [row.value, row.prior, row.priorSpread, row.low, row.high]
      let note = row.note.contains(",") ? "\"\(row.note)\"" : row.note
      let fitted = row.isFitted ? "yes" : "no"
      let cells = [row.parameter, row.scope] + numbers.map { "\($0)" } + [fitted, note, day]
      lines.append(cells.joined(separator: ","))
    }
    return lines.joined(separator: "\n") + "\n"
  }
}

extension Residuals {
  /// Quantiles of ln(measured / predicted) by target and scope.
  ///
  /// - Parameter rows: rows with a measured value, predicted by fits that have not seen them.
  init(of rows: [ValidationRow], catalog: Catalog) {
    var groups: [String: [Double]] = [:]
    for row in rows {
      guard let measured = row.measured, let predicted = row.predicted,
        let accelerator = catalog.accelerator(row.run.accelerator)
      else { continue }
      let error = Elementary.ln(measured / predicted.p50)
      for scope in ["all", accelerator.kind.rawValue, accelerator.generation] {
        groups[row.run.kind.rawValue + "," + scope, default: []].append(error)
      }
    }
    self.rows = groups.sorted { $0.key < $1.key }.map { key, errors in
      let names = key.split(separator: ",").map(String.init)
      let sorted = errors.sorted()
      // The middle prediction stays inside its own range.
      let spread = ResidualSpread(
        p10: min(-0.01, ValidationReport.quantile(sorted, 0.1)),
        p90: max(0.01, ValidationReport.quantile(sorted, 0.9)))
      return Row(target: names[0], scope: names[1], count: errors.count, spread: spread)
    }
  }

  /// The table that `read` takes.
  var table: String {
    var lines = ["target,scope,rows,ln_p10,ln_p90"]
    for row in rows {
      let low = Decimals.fixed(row.spread.p10, 4)
      let high = Decimals.fixed(row.spread.p90, 4)
      lines.append("\(row.target),\(row.scope),\(row.count),\(low),\(high)")
    }
    return lines.joined(separator: "\n") + "\n"
  }
}
