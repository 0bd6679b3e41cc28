import Quantities
import Catalog
import RealModule

/// What somebody's own measured runs say of the model, accelerator by accelerator.
public enum OwnRuns {
  /// Scatter of runs of one team on one machine about that machine's middle, standard deviation of
  /// the logarithm: that of the published steps on one accelerator after its own median is taken
  /// off, 12 % at the median of absolute errors, over 0.6745.
  static let scatter = 0.18

  /// Posterior of an accelerator's speed over the model's, from own runs.
  ///
  /// The model's own spread for runs never seen is the prior of the accelerator's middle; runs
  /// scatter about that middle. With n runs of mean log ratio m̄ the middle is
  /// m̄ n σ₀²/(n σ₀² + s²), and the next run lies about it with variance
  /// s² + σ₀² s²/(n σ₀² + s²) (normal with known variances; Gelman et al., Bayesian Data Analysis,
  /// section 2.5). s is the runs' own deviation, pooled with the published scatter as if that were
  /// four runs more.
  ///
  /// - Parameters:
  ///   - report: predictions for the runs, with the calibration as shipped.
  ///   - source: what the rows will say they come from.
  ///   - asOf: ISO date.
  /// - Returns: one row an accelerator that has a measured and predicted run.
  public static func measured(
    _ report: ValidationReport, source: String, asOf: String
  ) -> [MeasuredThroughput] {
    var ratios: [String: [Double]] = [:]
    var spreads: [String: Double] = [:]
    for row in report.rows {
      guard let measured = row.measured, let predicted = row.predicted, measured > 0 else {
        continue
      }
      // Less time than predicted is more speed.
      ratios[row.run.accelerator, default: []].append(
        Double.log(predicted.p50 / measured))
      spreads[row.run.accelerator] =
        Double.log(predicted.p90 / predicted.p10) / 2.563_103
    }
    return ratios.keys.sorted().compactMap { id in
      guard let values = ratios[id], let prior = spreads[id] else { return nil }
      let count = Double(values.count)
      let mean = values.reduce(0, +) / count
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      let variance = (squares + 4 * scatter * scatter) / (count - 1 + 4)
      let weight = count * prior * prior / (count * prior * prior + variance)
      let middle = variance * prior * prior / (count * prior * prior + variance)
      return MeasuredThroughput(
        id: id, speedRatio: Double.exp(mean * weight),
        logDeviation: (variance + middle).squareRoot(), runs: values.count,
        provenance: Provenance(source: source, asOf: asOf, grade: .a))
    }
  }
}

extension ThroughputEstimate {
  /// The estimate with what own runs showed: its middle moved, its range theirs, evidence A.
  public func corrected(by measured: MeasuredThroughput) -> ThroughputEstimate {
    var estimate = self
    let ends = Double.exp(measured.logDeviation * 1.281_551_565_5)
    func moved(_ range: Percentiles) -> Percentiles {
      let middle = range.p50 * measured.speedRatio
      return Percentiles(p10: middle / ends, p50: middle, p90: middle * ends)
    }
    estimate.stepSeconds /= measured.speedRatio
    estimate.tokensPerSecondPerChip = moved(tokensPerSecondPerChip)
    estimate.tunedTokensPerSecondPerChip = estimate.tokensPerSecondPerChip
    estimate.modelFlopsUtilization = moved(modelFlopsUtilization)
    estimate.hardwareFlopsUtilization *= measured.speedRatio
    estimate.breakdown = breakdown.map {
      NamedPart(name: $0.name, value: $0.value / measured.speedRatio)
    }
    estimate.isExtrapolated = false
    estimate.evidence = .a
    return estimate
  }
}
