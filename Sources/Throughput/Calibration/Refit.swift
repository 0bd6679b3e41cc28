import Catalog
import Quantities

/// A calibration fitted anew, as the tables that the model is built with.
public struct Refit: Sendable {
  /// `calibration.csv`.
  public var calibration: String
  /// `residuals.csv`.
  public var residuals: String
  /// `validation.csv`.
  public var validation: String { report.table }
  /// The published runs predicted by the new calibration, each left out with its family.
  public var report: ValidationReport

  /// Fits the step-time model's parameters from their priors, then measures how far families lie
  /// that a fit has not seen. Takes half a minute in an optimised build.
  ///
  /// - Parameters:
  ///   - runs: published runs to fit on.
  ///   - catalog: where the accelerators' figures come from.
  ///   - day: of the fit, for the table.
  public init(runs: [PublishedRun], catalog: Catalog, day: CalendarDate) {
    let builtIn = ThroughputModel.builtIn.calibration
    let priors = builtIn.replacing(values: builtIn.rows.map(\.prior))
    let fitted = CalibrationFit(runs: runs, catalog: catalog)
      .fitted(from: priors, iterations: 15, rounds: 3)
    let model = ThroughputModel(
      calibration: fitted, residuals: ThroughputModel.builtIn.residuals)
    let unseen = Validation(catalog: catalog, model: model).leaveOneFamilyOut(rows: runs)
    let spreads = Residuals(of: unseen.scored, catalog: catalog)
    calibration = fitted.table(fittedOn: day.iso)
    residuals = spreads.table
    // As they will be read back: the table keeps four decimals.
    let rounded = (try? Residuals.read(text: residuals)) ?? spreads
    let measured = ThroughputModel(calibration: fitted, residuals: rounded)
    report = Validation(catalog: catalog, model: measured).leaveOneFamilyOut(rows: runs)
  }
}

extension Calibration {
  /// The table that `read` takes.
  func table(fittedOn day: String) -> String {
    var lines = ["parameter,scope,value,prior,sd_ln,low,high,note,fitted_on"]
    for row in rows {
      let numbers = [row.value, row.prior, row.priorSpread, row.low, row.high]
      let note = row.note.contains(",") ? "\"\(row.note)\"" : row.note
      let cells = [row.parameter, row.scope] + numbers.map { "\($0)" } + [note, day]
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
