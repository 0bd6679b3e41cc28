import Catalog

/// Fits the parameters of the step-time model on published runs.
///
/// Minimises Σ W ρ(r) + Σ ((x − ln prior) / spread)², where x are the logarithms of the fitted
/// parameters, r = ln(predicted / measured) over a scale, ρ the Huber function, which bends the square
/// into a line so that an outlier can't drag the fit, and W lets a family of n rows weigh as much as
/// n^0.75: rows of one source err together. Gauss-Newton with weights taken anew at every step and a
/// numerical Jacobian; deterministic.
struct CalibrationFit: Sendable {
  /// One row of the fit: what was measured, and its weight.
  struct Target: Sendable {
    var published: PublishedProblem
    var measuredLogarithm: Double
    var weight: Double
    var layout = Layout()
    var isSearched = false
  }

  private(set) var targets: [Target] = []

  /// Scale of the residuals, where the square turns into a line.
  private static let scale = 0.05

  init(runs: [PublishedRun], catalog: Catalog) {
    for run in runs where run.isScored {
      guard let accelerator = catalog.accelerator(run.accelerator),
        let published = try? PublishedProblem(run, accelerator: accelerator),
        let measured = published.measured, measured > 0
      else { continue }
      targets.append(
        Target(
          published: published, measuredLogarithm: Elementary.ln(measured), weight: 1))
    }
  }

  /// The calibration that fits best, starting from another one.
  ///
  /// - Parameters:
  ///   - family: a family of runs to leave out.
  ///   - iterations: steps of the minimiser.
  func fitted(
    from start: Calibration, without family: String? = nil, iterations: Int = 15
  ) -> Calibration {
    let steps = weighted(targets.filter { $0.published.run.kind == .step }, without: family)
    let calibration = Self.minimise(steps, start, iterations: iterations) { !$0.isOfRuns }
    // Whole runs say nothing of the step: theirs are the two figures that make hours of it.
    var runs = weighted(targets.filter { $0.published.run.kind == .run }, without: family)
    for index in runs.indices {
      let published = runs[index].published
      let choice = published.layout(parameters: published.parameters(calibration))
      runs[index].layout = choice.layout
      runs[index].isSearched = choice.isSearched
    }
    return Self.minimise(runs, calibration, iterations: iterations) { $0.isOfRuns }
  }

  private func weighted(_ rows: [Target], without family: String?) -> [Target] {
    var rows = rows.filter { $0.published.run.family != family }
    var sizes: [String: Int] = [:]
    for row in rows { sizes[row.published.run.family, default: 0] += 1 }
    for index in rows.indices {
      let size = Double(sizes[rows[index].published.run.family] ?? 1)
      rows[index].weight = Elementary.power(size, -0.25)
      rows[index].layout = rows[index].published.ruled
    }
    return rows
  }

  /// ln(predicted / measured) of the rows.
  private static func residuals(_ rows: [Target], _ calibration: Calibration) -> [Double] {
    rows.map { row in
      let parameters = row.published.parameters(calibration)
      let predicted = row.published.predicted(
        row.layout, isSearched: row.isSearched, parameters: parameters)
      return Elementary.ln(predicted) - row.measuredLogarithm
    }
  }

  private static func minimise(
    _ rows: [Target], _ start: Calibration, iterations: Int,
    _ isFree: (CalibrationRow) -> Bool
  ) -> Calibration {
    let free = start.rows.indices.filter { start.rows[$0].isFitted && isFree(start.rows[$0]) }
    guard !rows.isEmpty, !free.isEmpty else { return start }
    var current = start
    for _ in 0..<iterations {
      let residual = residuals(rows, current)
      var weights = rows.map(\.weight)
      for index in weights.indices {
        let size = abs(residual[index])
        weights[index] *= (size < scale ? 1 : scale / size) / (scale * scale) / 2
      }
      let jacobian = Self.jacobian(rows, current, residual, free)
      let step = normalStep(jacobian, residual, weights, current, free)
      current = moved(current, by: step, free)
    }
    return current
  }

  /// Solves the normal equations with the priors.
  private static func normalStep(
    _ jacobian: [[Double]], _ residual: [Double], _ weights: [Double],
    _ calibration: Calibration, _ free: [Int]
  ) -> [Double] {
    let count = free.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var right = [Double](repeating: 0, count: count)
    for row in 0..<count {
      for column in 0...row {
        var sum = 0.0
        for index in residual.indices {
          sum += weights[index] * jacobian[row][index] * jacobian[column][index]
        }
        matrix[row][column] = sum
        matrix[column][row] = sum
      }
      var sum = 0.0
      for index in residual.indices {
        sum -= weights[index] * jacobian[row][index] * residual[index]
      }
      let known = calibration.rows[free[row]]
      let firmness = 1 / (known.priorSpread * known.priorSpread)
      matrix[row][row] += firmness
      right[row] = sum - firmness * Elementary.ln(known.value / known.prior)
    }
    return LinearSystem.solved(matrix, right).map { min(0.3, max(-0.3, $0)) }
  }

  /// Derivatives of the residuals by the logarithm of each free parameter, one column a parameter.
  private static func jacobian(
    _ rows: [Target], _ calibration: Calibration, _ residual: [Double], _ free: [Int]
  ) -> [[Double]] {
    let width = 1e-4
    return free.map { index in
      var changed = calibration.rows
      changed[index].value *= Elementary.exponential(width)
      let other = residuals(rows, Calibration(rows: changed))
      return zip(other, residual).map { ($0 - $1) / width }
    }
  }

  /// A calibration moved in the logarithms of its free parameters, kept within their bounds.
  private static func moved(
    _ calibration: Calibration, by step: [Double], _ free: [Int]
  ) -> Calibration {
    var rows = calibration.rows
    for (index, change) in zip(free, step) {
      let row = rows[index]
      rows[index].value = min(
        row.high, max(row.low, row.value * Elementary.exponential(change)))
    }
    return Calibration(rows: rows)
  }
}

extension CalibrationRow {
  /// Whether it makes hours of whole runs out of steps.
  var isOfRuns: Bool { parameter.hasPrefix("run_") }
}

/// Small dense linear algebra for the fit.
enum LinearSystem {
  /// Solves a symmetric positive definite system by Cholesky's decomposition.
  static func solved(_ matrix: [[Double]], _ right: [Double]) -> [Double] {
    let count = right.count
    var lower = matrix
    var x = right
    for row in 0..<count {
      for column in 0...row {
        var sum = lower[row][column]
        for inner in 0..<column { sum -= lower[row][inner] * lower[column][inner] }
        lower[row][column] =
          row == column ? max(sum, 1e-300).squareRoot() : sum / lower[column][column]
      }
    }
    for row in 0..<count {
      for inner in 0..<row { x[row] -= lower[row][inner] * x[inner] }
      x[row] /= lower[row][row]
    }
    for row in (0..<count).reversed() {
      for inner in (row + 1)..<count { x[row] -= lower[inner][row] * x[inner] }
      x[row] /= lower[row][row]
    }
    return x
  }
}
