import Catalog

/// Fits the parameters of the step-time model on published runs.
///
/// Minimises Σ W ρ(r / scale) + Σ ((x − ln prior) / spread)², where x are the logarithms of the
/// parameters, r = ln(predicted / measured), ρ(z) = 2(√(1 + z²) − 1) bends the square into a line so
/// that an outlier can't drag the fit, and W lets a family of n rows weigh as much as n^0.4: rows of
/// one source err together, so that the tenth tells little that the first nine didn't. Steps and
/// whole runs have one scale; what runs scatter more is a few outliers, which ρ is there for.
/// Levenberg-Marquardt with a numerical Jacobian; deterministic.
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
  private static let scale = 0.12

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
  ///   - rounds: how often layouts that sources leave open are chosen anew between minimisations.
  func fitted(
    from start: Calibration, without family: String? = nil, iterations: Int = 15, rounds: Int = 1
  ) -> Calibration {
    var calibration = start
    for _ in 0..<rounds {
      let rows = prepared(calibration, without: family)
      calibration = Self.minimise(rows, calibration, iterations: iterations)
    }
    return calibration
  }

  /// Rows without a family, weighted, with the layouts that a calibration chooses.
  private func prepared(_ calibration: Calibration, without family: String?) -> [Target] {
    var rows = targets.filter { $0.published.run.family != family }
    var sizes: [String: Int] = [:]
    for row in rows { sizes[Self.group(row), default: 0] += 1 }
    for index in rows.indices {
      let size = Double(sizes[Self.group(rows[index])] ?? 1)
      rows[index].weight = Elementary.power(size, -0.6).squareRoot()
      let published = rows[index].published
      let choice = published.layout(parameters: calibration.parameters(for: published.machine))
      rows[index].layout = choice.layout
      rows[index].isSearched = choice.isSearched
    }
    return rows
  }

  private static func group(_ row: Target) -> String {
    row.published.run.kind.rawValue + "/" + row.published.run.family
  }

  /// Weighted, robust residuals of the rows, then of the priors.
  private static func residuals(_ rows: [Target], _ calibration: Calibration) -> [Double] {
    var parameters: [String: StepParameters] = [:]
    var result: [Double] = []
    result.reserveCapacity(rows.count + calibration.rows.count)
    for row in rows {
      let machine = row.published.machine
      let known = parameters[machine.generation]
      let resolved = known ?? calibration.parameters(for: machine)
      parameters[machine.generation] = resolved
      let predicted = row.published.predicted(
        row.layout, isSearched: row.isSearched, parameters: resolved)
      let z = (Elementary.ln(predicted) - row.measuredLogarithm) / scale
      let robust = (2 * ((1 + z * z).squareRoot() - 1) + 1e-12).squareRoot()
      result.append(row.weight * (z < 0 ? -robust : robust))
    }
    for row in calibration.rows {
      result.append(Elementary.ln(row.value / row.prior) / row.priorSpread)
    }
    return result
  }

  private static func minimise(
    _ rows: [Target], _ start: Calibration, iterations: Int
  ) -> Calibration {
    var current = start
    var residual = residuals(rows, current)
    var damping = 1e-2
    for _ in 0..<iterations {
      let jacobian = Self.jacobian(rows, current, residual)
      var isBetter = false
      for _ in 0..<6 {
        let step = LinearSystem.dampedStep(jacobian, residual, damping: damping)
        let trial = moved(current, by: step)
        let trialResidual = residuals(rows, trial)
        if sumOfSquares(trialResidual) < sumOfSquares(residual) {
          (current, residual, isBetter) = (trial, trialResidual, true)
          damping = max(1e-9, damping / 5)
          break
        }
        damping *= 4
      }
      if !isBetter { break }
    }
    return current
  }

  /// Derivatives of the residuals by the logarithm of each parameter, one column a parameter.
  private static func jacobian(
    _ rows: [Target], _ calibration: Calibration, _ residual: [Double]
  ) -> [[Double]] {
    let width = 1e-4
    let values = calibration.rows.map(\.value)
    return values.indices.map { index in
      var changed = values
      changed[index] *= Elementary.exponential(width)
      let other = residuals(rows, calibration.replacing(values: changed))
      return zip(other, residual).map { ($0 - $1) / width }
    }
  }

  /// A calibration moved in the logarithms of its parameters, kept within their bounds.
  private static func moved(_ calibration: Calibration, by step: [Double]) -> Calibration {
    let values = zip(calibration.rows, step).map { row, change in
      min(row.high, max(row.low, row.value * Elementary.exponential(change)))
    }
    return calibration.replacing(values: values)
  }

  private static func sumOfSquares(_ values: [Double]) -> Double {
    values.reduce(0) { $0 + $1 * $1 }
  }
}

/// Small dense linear algebra for the fit.
enum LinearSystem {
  /// The step of Levenberg and Marquardt: solves (JᵀJ + λ diag(JᵀJ)) x = −Jᵀr.
  ///
  /// - Parameter jacobian: one array per parameter, each with one entry per residual.
  static func dampedStep(
    _ jacobian: [[Double]], _ residual: [Double], damping: Double
  ) -> [Double] {
    let count = jacobian.count
    var matrix = [[Double]](repeating: [Double](repeating: 0, count: count), count: count)
    var right = [Double](repeating: 0, count: count)
    for row in 0..<count {
      for column in 0...row {
        let entry = dot(jacobian[row], jacobian[column])
        matrix[row][column] = entry
        matrix[column][row] = entry
      }
      right[row] = -dot(jacobian[row], residual)
    }
    for row in 0..<count { matrix[row][row] *= 1 + damping }
    return solved(matrix, right)
  }

  private static func dot(_ left: [Double], _ right: [Double]) -> Double {
    var sum = 0.0
    for index in left.indices { sum += left[index] * right[index] }
    return sum
  }

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
