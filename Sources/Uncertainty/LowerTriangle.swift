/// The lower triangle L of a symmetric matrix A = L·Lᵀ (A.-L. Cholesky): turns independent scores
/// into correlated ones.
struct LowerTriangle: Hashable, Sendable {
  let order: Int
  /// Row by row, with zeros above the diagonal.
  let entries: [Double]

  /// Nil when the matrix has a negative eigenvalue.
  ///
  /// - Parameters:
  ///   - matrix: row by row, with ones on the diagonal; only its lower half is read.
  ///   - tolerance: how far below zero a pivot may fall and still count as zero, because the entries
  ///     were rounded.
  init?(_ matrix: [Double], order: Int, tolerance: Double = 1e-12) {
    var lower = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      for column in 0...row {
        var rest = matrix[row * order + column]
        for inner in 0..<column {
          rest -= lower[row * order + inner] * lower[column * order + inner]
        }
        if column < row {
          let pivot = lower[column * order + column]
          lower[row * order + column] = pivot > 0 ? rest / pivot : 0
          guard pivot > 0 || rest.magnitude <= tolerance.squareRoot() else { return nil }
        } else {
          guard rest >= -tolerance else { return nil }
          lower[row * order + row] = rest > 1e-12 ? rest.squareRoot() : 0
        }
      }
    }
    self.order = order
    entries = lower
  }

  /// Replaces columns of independent scores by correlated ones, in place.
  ///
  /// - Parameter columns: `order` columns of `count` scores, one after the other.
  func apply(to columns: UnsafeMutableBufferPointer<Double>, count: Int) {
    // From the last row up, so that what a row is made from is still there.
    for row in stride(from: order - 1, through: 0, by: -1) where !isIdentity(row) {
      let target = row * count
      let own = entries[row * order + row]
      for draw in 0..<count { columns[target + draw] *= own }
      for inner in 0..<row {
        let factor = entries[row * order + inner]
        guard factor != 0 else { continue }
        let source = inner * count
        for draw in 0..<count { columns[target + draw] += factor * columns[source + draw] }
      }
    }
  }

  private func isIdentity(_ row: Int) -> Bool {
    (0..<row).allSatisfy { entries[row * order + $0] == 0 } && entries[row * order + row] == 1
  }
}

/// Several numbers that are jointly normal, such as the fitted constants of one law, which must never
/// be drawn one by one.
public struct JointNormal: Hashable, Sendable {
  public let means: [Double]
  private let lower: LowerTriangle

  /// - Parameter covariance: row by row. It may be nearly singular, and a negative eigenvalue that
  ///   four printed digits explain is taken for none.
  /// - Throws: when it is not the covariance of anything.
  public init(means: [Double], covariance: [[Double]]) throws(DistributionError) {
    let order = means.count
    guard covariance.count == order, covariance.allSatisfy({ $0.count == order }) else {
      throw DistributionError("a covariance needs a row and a column for each of \(order) means")
    }
    for row in 0..<order {
      for column in 0..<row where covariance[row][column] != covariance[column][row] {
        throw DistributionError("a covariance must be symmetric")
      }
    }
    let deviations = (0..<order).map { max(0, covariance[$0][$0]).squareRoot() }
    var correlation = [Double](repeating: 0, count: order * order)
    for row in 0..<order {
      correlation[row * order + row] = 1
      for column in 0..<row where deviations[row] > 0 && deviations[column] > 0 {
        correlation[row * order + column] =
          covariance[row][column] / (deviations[row] * deviations[column])
      }
    }
    guard (0..<order).allSatisfy({ covariance[$0][$0] >= 0 }),
      let scaled = LowerTriangle(correlation, order: order, tolerance: 2e-4)
    else {
      throw DistributionError("a covariance must not have a negative eigenvalue")
    }
    self.means = means
    lower = scaled.scaled(by: deviations)
  }

  /// Replaces columns of independent standard normal scores by draws of the numbers, in place.
  ///
  /// - Parameter columns: as many columns as means, `count` scores each, one after the other.
  public func transform(_ columns: UnsafeMutableBufferPointer<Double>, count: Int) {
    lower.apply(to: columns, count: count)
    for (row, mean) in means.enumerated() {
      for draw in 0..<count { columns[row * count + draw] += mean }
    }
  }
}

extension LowerTriangle {
  /// Row i times the i-th factor.
  func scaled(by factors: [Double]) -> LowerTriangle {
    LowerTriangle(
      order: order,
      entries: entries.enumerated().map { $1 * factors[$0 / order] })
  }

  private init(order: Int, entries: [Double]) {
    self.order = order
    self.entries = entries
  }
}
