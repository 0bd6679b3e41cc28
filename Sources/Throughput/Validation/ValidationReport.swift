import Quantities
import Catalog

/// Errors of a group of predictions.
public struct ValidationSummary: Sendable {
  /// `all`, `steps`, `runs`, a kind of job, an accelerator's id or `family: ` and its name.
  public var group: String
  public var count: Int
  /// Median of the absolute percentage errors.
  public var medianError: Double
  /// Mean of the absolute percentage errors.
  public var meanError: Double
  /// 90th percentile of the absolute percentage errors.
  public var p90Error: Double
  /// exp of the median of ln(predicted / measured), less 1, percent: positive when predictions are
  /// too slow.
  public var bias: Double
  /// Share of measured values inside the 80 % range, percent.
  public var coverage80: Double
  /// Whether it is of one family of rows.
  public var isFamily: Bool { group.hasPrefix("family: ") }
}

/// Predicted against measured, row by row and in groups.
public struct ValidationReport: Sendable {
  public var rows: [ValidationRow]

  /// Rows that count: with a measured value, and not marked as context only.
  public var scored: [ValidationRow] {
    rows.filter { $0.run.isScored && $0.absolutePercentageError != nil }
  }

  /// Overall, steps, runs, by kind of job, by accelerator and by family in alphabetical order. Hybrids
  /// stand apart from steps: what is known of them is one model.
  public var summaries: [ValidationSummary] {
    let scored = scored
    let steps = scored.filter { $0.run.kind == .step && !$0.run.isHybrid }
    var groups: [(String, [ValidationRow])] = [
      ("all", scored), ("steps", steps), ("steps with stated layout", steps.filter(\.run.isStated)),
      ("runs", scored.filter { $0.run.kind == .run }), ("mixtures", steps.filter(\.run.isMixture)),
      ("hybrids", scored.filter { $0.run.kind == .step && $0.run.isHybrid }),
      ("low_precision", scored.filter { $0.run.kind == .step && $0.run.isLowPrecision }),
      ("amd", scored.filter { $0.run.kind == .step && $0.generation.hasPrefix("cdna") }),
      (
        "racks of 72",
        scored.filter { $0.run.kind == .step && ["gb200", "gb300"].contains($0.run.accelerator) }
      ),
    ]
    for accelerator in Set(scored.map(\.run.accelerator)).sorted() {
      groups.append((accelerator, scored.filter { $0.run.accelerator == accelerator }))
    }
    for family in Set(scored.map(\.run.family)).sorted() {
      groups.append(("family: " + family, scored.filter { $0.run.family == family }))
    }
    return groups.compactMap { Self.summary($0.0, $0.1) }
  }

  static func summary(_ group: String, _ rows: [ValidationRow]) -> ValidationSummary? {
    let errors = rows.compactMap(\.absolutePercentageError).sorted()
    guard !errors.isEmpty else { return nil }
    let ratios: [Double] = rows.compactMap { row in
      guard let measured = row.measured, let predicted = row.predicted else { return nil }
      return Elementary.ln(predicted.p50 / measured)
    }
    let inside = rows.filter { $0.isInside80 == true }.count
    let middle = quantile(ratios.sorted(), 0.5)
    return ValidationSummary(
      group: group, count: errors.count, medianError: quantile(errors, 0.5),
      meanError: errors.reduce(0, +) / Double(errors.count), p90Error: quantile(errors, 0.9),
      bias: (Elementary.exponential(middle) - 1) * 100,
      coverage80: 100 * Double(inside) / Double(rows.count))
  }

  /// Linear interpolation between order statistics; 0 of nothing.
  static func quantile(_ sorted: [Double], _ share: Double) -> Double {
    guard let last = sorted.indices.last else { return 0 }
    let place = share * Double(last)
    let below = Int(place)
    let above = min(below + 1, last)
    return sorted[below] + (sorted[above] - sorted[below]) * (place - Double(below))
  }
}

extension Validation {
  /// What two simple rules of thumb would have made of the same rows: every machine at 40 % of its
  /// peak on 6ND operations, and every accelerator at the median utilisation of its scored rows in
  /// other families, that of all accelerators where it has none.
  ///
  /// Beside them, of whole runs, what knowing how a team fared on the same accelerator would make of this
  /// model's predictions: each run by the median error of that team's others. No model does better
  /// without knowing more of a run than its columns tell.
  ///
  /// - Returns: for all rows, steps, runs, mixtures, hybrids and low precision each a summary named
  ///   `40 % of peak, GROUP` and one named `median of accelerator, GROUP`; last `team known, runs`.
  public func baselines(rows: [PublishedRun]) -> [ValidationSummary] {
    let scored = rows.filter(\.isScored)
    let flat = Cores.each(scored) { atFortyPercent($0) }.compactMap { $0 }
    let median = Self.scaledToMedian(flat)
    let groups: [(String, (ValidationRow) -> Bool)] = [
      ("all", { _ in true }), ("steps", { $0.run.kind == .step && !$0.run.isHybrid }),
      ("runs", { $0.run.kind == .run }),
      ("mixtures", { $0.run.kind == .step && $0.run.isMixture && !$0.run.isHybrid }),
      ("hybrids", { $0.run.kind == .step && $0.run.isHybrid }),
      ("low_precision", { $0.run.kind == .step && $0.run.isLowPrecision }),
    ]
    let rivals = groups.flatMap { name, belongs in
      [
        ValidationReport.summary("40 % of peak, \(name)", flat.filter(belongs)),
        ValidationReport.summary("median of accelerator, \(name)", median.filter(belongs)),
      ].compactMap { $0 }
    }
    let floor = ValidationReport.summary("team known, runs", scaledToTeam(scored))
    return rivals + [floor].compactMap { $0 }
  }

  private func scaledToTeam(_ runs: [PublishedRun]) -> [ValidationRow] {
    let rows = run(rows: runs.filter { $0.kind == .run }).rows
    let known = rows.filter { $0.measured != nil && $0.predicted != nil }
    return known.compactMap { row in
      let others = known.filter {
        $0.run.id != row.run.id && $0.run.family == row.run.family
          && $0.run.accelerator == row.run.accelerator
      }
      let ratios: [Double] = others.compactMap { other in
        guard let measured = other.measured, let predicted = other.predicted else { return nil }
        return measured / predicted.p50
      }
      guard !ratios.isEmpty else { return nil }
      let factor = ValidationReport.quantile(ratios.sorted(), 0.5)
      var scaled = row
      scaled.predicted = row.predicted.map {
        Percentiles(p10: $0.p10 * factor, p50: $0.p50 * factor, p90: $0.p90 * factor)
      }
      return scaled
    }
  }

  private func atFortyPercent(_ run: PublishedRun) -> ValidationRow? {
    guard let accelerator = catalog.accelerator(run.accelerator),
      let published = try? PublishedProblem(run, accelerator: accelerator),
      let measured = published.measured
    else { return nil }
    let machine = published.machine
    let tokens = run.kind == .run ? run.number("tokens") : published.problem.batchTokens
    let flops = 6 * published.matmulWeights * (tokens ?? 0)
    let unitSeconds: Double =
      flops / (0.4 * Recipe(published.problem.precision, on: machine).peak)
    let whole = run.kind == .run ? machine.unitsPerChip * 3600 : machine.units
    let middle = unitSeconds / whole
    guard middle > 0 else { return nil }
    return ValidationRow(
      run: run, measured: measured,
      predicted: Percentiles(p10: middle, p50: middle, p90: middle),
      generation: machine.generation, reason: "")
  }

  private static func scaledToMedian(_ rows: [ValidationRow]) -> [ValidationRow] {
    var ratios: [(family: String, accelerator: String, ratio: Double)] = []
    for row in rows {
      guard let measured = row.measured, let predicted = row.predicted else { continue }
      ratios.append((row.run.family, row.run.accelerator, measured / predicted.p50))
    }
    ratios.sort { $0.ratio < $1.ratio }
    var factors: [[String]: Double] = [:]
    func factor(_ run: PublishedRun) -> Double {
      let strangers = ratios.filter { $0.family != run.family }
      let alike = strangers.filter { $0.accelerator == run.accelerator }
      let known = (alike.isEmpty ? strangers : alike).map(\.ratio)
      return known.isEmpty ? 1 : ValidationReport.quantile(known, 0.5)
    }
    return rows.map { row in
      let key = [row.run.family, row.run.accelerator]
      let factor = factors[key] ?? factor(row.run)
      factors[key] = factor
      var scaled = row
      scaled.predicted = row.predicted.map {
        Percentiles(p10: $0.p10 * factor, p50: $0.p50 * factor, p90: $0.p90 * factor)
      }
      return scaled
    }
  }
}
