import RealModule

/// How much of a standard normal score a logarithm or another score carries.
public struct Loading: Hashable, Sendable {
  public var column: Column
  public var weight: Double

  public init(_ column: Column, _ weight: Double) {
    self.column = column
    self.weight = weight
  }

  /// A score that two groups share in part: correlation `correlation` between any two own parts.
  ///
  /// - Returns: `deviation · (√correlation · shared + √(1 − correlation) · own)`.
  public static func shared(
    _ shared: Column, own: Column, correlation: Double, deviation: Double = 1
  ) -> [Loading] {
    [
      Loading(shared, deviation * .sqrt(max(0, correlation))),
      Loading(own, deviation * .sqrt(max(0, 1 - correlation))),
    ]
  }
}

/// A figure that differs between outcomes: a sum of products of columns and exponentials of scores.
///
///     let speed = Figure.logLinear(median: 2.1e15, [Loading(team, 0.2), Loading(chip, 0.3)])
///     let start = Figure.column(wait) + 14            // days
///     let price = Figure.column(discount) * 2.40      // dollars
public struct Figure: Hashable, Sendable {
  /// `constant · Π factors · exp(Σ weight · score)`.
  struct Part: Hashable, Sendable {
    var constant: Double
    var factors: [Column] = []
    var exponents: [Loading] = []
  }

  var parts: [Part]

  /// The same in every outcome.
  public static func constant(_ value: Double) -> Figure { Figure(parts: [Part(constant: value)]) }

  public static let zero = Figure.constant(0)

  /// The column itself.
  public static func column(_ column: Column) -> Figure {
    Figure(parts: [Part(constant: 1, factors: [column])])
  }

  /// `median · exp(Σ weight · score)`: lognormal with shared and own parts of doubt.
  public static func logLinear(median: Double, _ loadings: [Loading]) -> Figure {
    Figure(parts: [Part(constant: median, exponents: loadings)])
  }

  public static func + (left: Figure, right: Figure) -> Figure {
    if left == .zero { return right }
    return right == .zero ? left : Figure(parts: left.parts + right.parts)
  }

  public static func + (left: Figure, right: Double) -> Figure { left + .constant(right) }

  public static func * (left: Figure, right: Double) -> Figure { left * .constant(right) }

  public static func * (left: Figure, right: Figure) -> Figure {
    Figure(
      parts: left.parts.flatMap { first in
        right.parts.map { second in
          Part(
            constant: first.constant * second.constant, factors: first.factors + second.factors,
            exponents: first.exponents + second.exponents)
        }
      })
  }

  /// Whether the figure hangs on a column.
  public func depends(on column: Column) -> Bool {
    parts.contains {
      $0.factors.contains(column) || $0.exponents.contains { $0.column == column }
    }
  }

  /// The figure with a column at one value in all outcomes.
  public func fixing(_ column: Column, at value: Double) -> Figure {
    Figure(
      parts: parts.map { part in
        var fixed = part
        for factor in part.factors where factor == column { fixed.constant *= value }
        fixed.factors.removeAll { $0 == column }
        let score = part.exponents.reduce(0) { $0 + ($1.column == column ? $1.weight : 0) }
        if score != 0 { fixed.constant *= .exp(score * value) }
        fixed.exponents.removeAll { $0.column == column }
        return fixed
      })
  }

  /// All values of a table.
  public func values(in table: OutcomeTable) -> [Double] {
    var values = [Double](repeating: 0, count: table.count)
    var scratch = [Double](repeating: 0, count: table.count)
    write(table, 0..<table.count, into: &values, scratch: &scratch)
    return values
  }

  /// Writes the values of a range of outcomes to the front of `values`.
  func write(
    _ table: OutcomeTable, _ range: Range<Int>, into values: inout [Double],
    scratch: inout [Double]
  ) {
    let count = range.count
    let first = range.lowerBound
    values.withUnsafeMutableBufferPointer { values in
      for index in 0..<count { values[index] = 0 }
      for part in parts {
        if part.factors.isEmpty && part.exponents.isEmpty {
          for index in 0..<count { values[index] += part.constant }
          continue
        }
        scratch.withUnsafeMutableBufferPointer { product in
          part.write(table, first, count, into: product)
          for index in 0..<count { values[index] += product[index] }
        }
      }
    }
  }
}

extension Figure.Part {
  fileprivate func write(
    _ table: OutcomeTable, _ first: Int, _ count: Int,
    into product: UnsafeMutableBufferPointer<Double>
  ) {
    for index in 0..<count { product[index] = exponents.isEmpty ? constant : 0 }
    for loading in exponents {
      table.columns[loading.column.index].withUnsafeBufferPointer { column in
        for index in 0..<count { product[index] += loading.weight * column[first + index] }
      }
    }
    if !exponents.isEmpty {
      for index in 0..<count { product[index] = constant * .exp(product[index]) }
    }
    for factor in factors {
      table.columns[factor.index].withUnsafeBufferPointer { column in
        for index in 0..<count { product[index] *= column[first + index] }
      }
    }
  }
}
