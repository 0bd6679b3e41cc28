import Quantities
import Catalog

/// One published run against the prediction for it.
public struct ValidationRow: Sendable {
  public var run: PublishedRun
  /// Chip-hours of a run, seconds of a step; nil when the source gives none.
  public var measured: Double?
  /// What the prediction is like, for its range.
  var features = ErrorScale.Features()
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
    ValidationReport(rows: Cores.each(rows) { predict($0, model.calibration) })
  }

  /// Predicts every row with a calibration fitted on the built-in runs of all *other* families, as
  /// an honest measure of what to expect for a run never seen.
  public func leaveOneFamilyOut(rows: [PublishedRun]) -> ValidationReport {
    let fit = CalibrationFit(runs: rows, catalog: catalog)
    let start = model.calibration
    let families = Array(Set(rows.map(\.family))).sorted()
    let calibrations = Cores.each(families) {
      fit.fitted(from: start, without: $0, iterations: 5)
    }
    let fitted = Dictionary(
      zip(families, calibrations), uniquingKeysWith: { first, _ in first })
    return ValidationReport(
      rows: Cores.each(rows) { predict($0, fitted[$0.family] ?? start) })
  }

  private func predict(_ run: PublishedRun, _ calibration: Calibration) -> ValidationRow {
    var row = ValidationRow(run: run, measured: nil, predicted: nil, generation: "", reason: "")
    guard let (accelerator, isKnown) = Self.likeliest(run.accelerator, in: catalog) else {
      row.reason = "\(run.place): accelerator: the catalogue is empty"
      row.measured = run.statedMeasure
      return row
    }
    row.generation = accelerator.generation
    if !isKnown {
      row.reason =
        "\(run.place): accelerator: \(run.accelerator) is not in the catalogue; predicted as "
        + "\(accelerator.id), in a wide range"
    }
    do throws(Infeasibility) {
      let published = try PublishedProblem(run, accelerator: accelerator)
      row.measured = published.measured
      let middle = published.predicted(calibration)
      guard middle.p50.isFinite, middle.p50 > 0 else {
        throw Infeasibility(
          code: "input", message: "The row's figures make no step.", limit: 0, needed: 0, unit: "")
      }
      let spread = self.spread(published, middle, isKnown: isKnown)
      row.features = middle.features
      row.predicted = Percentiles(
        p10: middle.p50 * Elementary.exponential(spread.p10), p50: middle.p50,
        p90: middle.p50 * Elementary.exponential(spread.p90))
    } catch {
      row.reason = "\(run.place): \(error.message)"
      row.measured = run.statedMeasure
    }
    return row
  }

  private func spread(
    _ published: PublishedProblem, _ middle: PublishedProblem.Prediction, isKnown: Bool
  ) -> ResidualSpread {
    var spread = model.errors.spread(middle.features)
    if published.run.kind == .run {
      spread = model.residuals.spread(target: "run", kind: published.machine.kind)
    }
    guard isKnown else { return ResidualSpread(p10: spread.p10 - 0.7, p90: spread.p90 + 0.7) }
    return spread
  }

  /// The catalogue's accelerator of an id; for an unknown one the one whose id shares most of its first
  /// letters, else A100 as a chip of the middle.
  static func likeliest(_ id: String, in catalog: Catalog) -> (Accelerator, isKnown: Bool)? {
    if let known = catalog.accelerator(id) { return (known, true) }
    let near = catalog.accelerators.filter { ($0.bf16Teraflops ?? 0) > 0 }
      .map { ($0, $0.id.commonPrefix(with: id).count) }
      .max { $0.1 < $1.1 }
    if let near, near.1 >= 3 { return (near.0, false) }
    return catalog.accelerator("a100-80g").map { ($0, false) }
  }
}

extension String {
  /// The letters with which both begin.
  fileprivate func commonPrefix(with other: String) -> Substring {
    let count = zip(self, other).prefix { $0 == $1 }.count
    return prefix(count)
  }
}
