import Quantities
import Catalog

/// Errors of a group of predictions.
public struct ValidationSummary: Sendable {
  /// `all`, `steps with stated layout`, `steps`, `runs`, or an accelerator's id.
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
}

/// Predicted against measured, row by row and in groups.
public struct ValidationReport: Sendable {
  public var rows: [ValidationRow]

  /// Rows that count: with a measured value, and not marked as context only.
  public var scored: [ValidationRow] {
    rows.filter { $0.run.isScored && $0.absolutePercentageError != nil }
  }

  /// Overall, by kind of row, and by accelerator in alphabetical order.
  public var summaries: [ValidationSummary] {
    let scored = scored
    var groups: [(String, [ValidationRow])] = [
      ("all", scored),
      ("steps with stated layout", scored.filter { $0.run.kind == .step && $0.run.isStated }),
      ("steps", scored.filter { $0.run.kind == .step }),
      ("runs", scored.filter { $0.run.kind == .run }),
    ]
    for accelerator in Set(scored.map(\.run.accelerator)).sorted() {
      groups.append((accelerator, scored.filter { $0.run.accelerator == accelerator }))
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
  /// peak on 6ND operations, and every accelerator at the median utilisation of its scored rows.
  /// The second knows the answers, so it is a hard one to beat.
  ///
  /// - Returns: summaries for steps and runs together, named `40 % of peak` and
  ///   `median of accelerator`.
  public func baselines(rows: [PublishedRun]) -> [ValidationSummary] {
    var flat: [ValidationRow] = []
    for run in rows where run.isScored {
      guard let accelerator = catalog.accelerator(run.accelerator),
        let published = try? PublishedProblem(run, accelerator: accelerator),
        let measured = published.measured
      else { continue }
      let machine = published.machine
      let tokens = run.kind == .run ? run.number("tokens") : published.problem.batchTokens
      let flops = 6 * published.matmulWeights * (tokens ?? 0)
      let peak = published.problem.usesFP8 ? machine.peak8 : machine.peak16
      let unitSeconds: Double = flops / (0.4 * peak)
      let whole = run.kind == .run ? machine.unitsPerChip * 3600 : machine.units
      let middle = unitSeconds / whole
      guard middle > 0 else { continue }
      let range = Percentiles(p10: middle, p50: middle, p90: middle)
      flat.append(
        ValidationRow(
          run: run, measured: measured, predicted: range, generation: machine.generation,
          reason: ""))
    }
    let median = Self.scaledToMedian(flat)
    return [
      ValidationReport.summary("40 % of peak", flat),
      ValidationReport.summary("median of accelerator", median),
    ].compactMap { $0 }
  }

  private static func scaledToMedian(_ rows: [ValidationRow]) -> [ValidationRow] {
    var scaled: [ValidationRow] = []
    for accelerator in Set(rows.map(\.run.accelerator)).sorted() {
      let group = rows.filter { $0.run.accelerator == accelerator }
      let ratios: [Double] = group.compactMap { row in
        guard let measured = row.measured, let predicted = row.predicted else { return nil }
        return measured / predicted.p50
      }
      let factor = ValidationReport.quantile(ratios.sorted(), 0.5)
      for var row in group {
        row.predicted = row.predicted.map {
          Percentiles(p10: $0.p10 * factor, p50: $0.p50 * factor, p90: $0.p90 * factor)
        }
        scaled.append(row)
      }
    }
    return scaled
  }
}
