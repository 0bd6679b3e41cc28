import Quantities
import Uncertainty

/// One column of an outcome table, by its place: valid in both tables of the same `OutcomeSets`.
public struct Column: Hashable, Sendable {
  let index: Int
}

/// Outcomes drawn once: named columns of equal length, one number an outcome.
public struct OutcomeTable: Sendable {
  /// How many outcomes there are.
  public let count: Int
  var columns: [[Double]]

  /// All outcomes of one column.
  public subscript(column: Column) -> [Double] { columns[column.index] }
}

/// Two independent sets of outcomes of the same inputs: one sizes and chooses, the other reports.
///
/// The best of many noisy figures is biased upwards on the outcomes that chose it, so nothing that
/// is printed may come from those. The two are scrambled apart: halves of one low-discrepancy
/// sequence complete each other and aren't independent.
///
///     let sets = try OutcomeSets(
///       inputs: [OutcomeSets.score("team"), OutcomeSets.score("market")], seed: 7, samples: 65_536)
///     let team = sets.column("team")
public struct OutcomeSets: Sendable {
  /// Outcomes that size and choose.
  public internal(set) var choosing: OutcomeTable
  /// Outcomes that chances and percentiles are reported from.
  public private(set) var reporting: OutcomeTable
  /// The columns' names, in the order they were added.
  public private(set) var names: [String]

  /// Outcomes that choose unless said otherwise: with fewer the chance kept falls short of the chance
  /// asked (by 0.8 points at 1,024, by none to be seen at 4,096 and more).
  public static let usualChoosing = 4096

  /// Draws both sets.
  ///
  /// - Parameters:
  ///   - samples: outcomes that report. 0 makes both sets one outcome with every input at its median.
  ///   - choosing: outcomes that size and choose; a power of two is spread most evenly.
  /// - Throws: `SamplerError` when names or dimensions clash or a correlation is no correlation.
  public init(
    inputs: [UncertainInput], correlations: [InputCorrelation] = [], seed: UInt64, samples: Int,
    choosing: Int = OutcomeSets.usualChoosing
  ) throws(SamplerError) {
    let first = try Sampler(inputs: inputs, correlations: correlations, seed: seed)
    // The odd constant of SplitMix64: any other seed scrambles every stream anew.
    let second = try Sampler(
      inputs: inputs, correlations: correlations, seed: seed ^ 0x9E37_79B9_7F4A_7C15)
    names = inputs.map(\.name)
    if samples <= 0 {
      let medians = inputs.map { [$0.distribution.value(score: 0)] }
      self.choosing = OutcomeTable(count: 1, columns: medians)
      reporting = self.choosing
    } else {
      self.choosing = Self.table(first.draws(max(1, choosing)), inputs.count)
      reporting = Self.table(second.draws(samples), inputs.count)
    }
  }

  /// Outcomes given as they are, for tests and enumerations. Nil when columns differ in length or
  /// there are none.
  public init?(_ columns: [(name: String, choosing: [Double], reporting: [Double])]) {
    guard let first = columns.first, !first.choosing.isEmpty, !first.reporting.isEmpty,
      columns.allSatisfy({
        $0.choosing.count == first.choosing.count && $0.reporting.count == first.reporting.count
      })
    else { return nil }
    names = columns.map(\.name)
    choosing = OutcomeTable(count: first.choosing.count, columns: columns.map(\.choosing))
    reporting = OutcomeTable(count: first.reporting.count, columns: columns.map(\.reporting))
  }

  private static func table(_ draws: Draws, _ inputs: Int) -> OutcomeTable {
    OutcomeTable(count: draws.count, columns: (0..<inputs).map { Array(draws[$0]) })
  }

  /// An input that is a standard normal score: what shared doubt, grants and logarithms are built of.
  public static func score(
    _ name: String, dimension: Int? = nil
  ) throws(DistributionError) -> UncertainInput {
    UncertainInput(name, try .normal(mean: 0, standardDeviation: 1), dimension: dimension)
  }

  /// The column of a name; nil when there is none.
  public func column(_ name: String) -> Column? {
    names.firstIndex(of: name).map(Column.init)
  }

  /// Adds a column made from others, in both sets: for what is no sum of products.
  ///
  /// - Parameter make: whole columns in, a whole column of the same length out; what is missing is 0.
  @discardableResult
  public mutating func derive(
    _ name: String, from sources: [Column], _ make: ([[Double]]) -> [Double]
  ) -> Column {
    names.append(name)
    let tables: [WritableKeyPath<OutcomeSets, OutcomeTable>] = [\.choosing, \.reporting]
    for path in tables {
      let count = self[keyPath: path].count
      var made = make(sources.map { self[keyPath: path][$0] })
      if made.count < count { made += [Double](repeating: 0, count: count - made.count) }
      self[keyPath: path].columns.append(Array(made.prefix(count)))
    }
    return Column(index: names.count - 1)
  }
}
