import Catalog
import Decisions
import RealModule
import Uncertainty

/// The outcomes that a plan is decided on: every doubt is one column, drawn once and shared by all
/// options that depend on it.
///
/// Inputs with ranges of their own stand as values over their median; doubts that several figures
/// share in part (the team's, a maker's market, a channel's) stand as standard normal scores.
struct OutcomeDraws {
  private(set) var sets: OutcomeSets
  /// Medians of the inputs that are drawn, by name.
  private let medians: [String: Double]

  /// - Parameters:
  ///   - inputs: with ranges; those of speeds are left out, which are built of scores.
  ///   - scores: names of standard normal scores.
  /// - Throws: `SamplerError`, `DistributionError`.
  init(
    inputs: [PlanInput], scores: [String], correlations: [InputCorrelation], scenario: Scenario,
    choosing: Int
  ) throws {
    let drawn = inputs.filter { !Self.isSpeed($0.name) && $0.name != InputDeclaration.loss.name }
    var columns = drawn.map {
      UncertainInput($0.name, $0.distribution, dimension: $0.dimension)
    }
    for name in scores {
      columns.append(try OutcomeSets.score(name, dimension: Self.dimensions[name]))
    }
    let names = Set(columns.map(\.name))
    sets = try OutcomeSets(
      inputs: columns,
      correlations: correlations.filter { names.contains($0.first) && names.contains($0.second) },
      seed: scenario.seed, samples: scenario.samples, choosing: choosing)
    medians = Dictionary(uniqueKeysWithValues: drawn.map { ($0.name, $0.median) })
  }

  /// Dimensions of the low-discrepancy sequence, beyond those of the inputs, for what matters most.
  private static let dimensions: [String: Int] = ["team": 13, "stack.gpu": 14, "goodput": 15]

  private static func isSpeed(_ name: String) -> Bool {
    InputDeclaration.named(name).map {
      [InputDeclaration.throughput.name, InputDeclaration.goodput.name].contains(
        $0.declaration.name)
    } ?? false
  }

  /// The score of a name; a name that was not declared is a mistake of the caller's and counts as
  /// certain.
  func loading(_ name: String, _ weight: Double) -> [Loading] {
    guard weight != 0, let column = sets.column(name) else { return [] }
    return [Loading(column, weight)]
  }

  /// An input over its median; 1 where it is certain.
  func factor(_ name: String) -> Figure {
    guard let median = medians[name], median != 0, let column = sets.column(name) else {
      return .constant(1)
    }
    return .column(column) * (1 / median)
  }

  /// An input's value; `usual` where it is certain.
  func value(_ name: String, usual: Double) -> Figure {
    guard medians[name] != nil, let column = sets.column(name) else { return .constant(usual) }
    return .column(column)
  }

  /// A length of time.
  func figure(_ length: UncertainDays) -> Figure {
    guard length.days > 0 else { return .zero }
    return .logLinear(median: length.days, loading(length.name, length.deviation))
  }

  /// Days until the machines stand, as a column of its own: waits and porting go on side by side.
  mutating func startDays(_ phases: PhaseLengths) -> Figure {
    let names = phases.startDoubts.filter { sets.column($0) != nil }
    guard !names.isEmpty else { return .constant(phases.startDays()) }
    let key = "start/\(phases.key)"
    if let known = sets.column(key) { return .column(known) }
    let lengths = [
      phases.decide, phases.contract, phases.wait, phases.delivery, phases.hall,
      phases.installation, phases.porting,
    ]
    let drawn = lengths.map { daysColumn($0) }
    let column = sets.derive(key, from: drawn.compactMap { $0 }) { columns in
      var next = columns.makeIterator()
      let count = columns.first?.count ?? 0
      let days = zip(lengths, drawn).map { length, column in
        column.flatMap { _ in next.next() } ?? [Double](repeating: length.days, count: count)
      }
      return (0..<count).map { index in
        let there: Double = max(
          days[2][index], max(days[3][index], days[4][index]) + days[5][index])
        return days[0][index] + days[1][index] + max(there, days[6][index])
      }
    }
    return .column(column)
  }

  /// The days of a length in each outcome, once for all that share it; nil where it is certain.
  private mutating func daysColumn(_ length: UncertainDays) -> Column? {
    guard length.deviation > 0, length.days > 0, let score = sets.column(length.name) else {
      return nil
    }
    let key = "days/\(length.name)/\(length.days)/\(length.deviation)"
    if let known = sets.column(key) { return known }
    return sets.derive(key, from: [score]) { columns in
      (columns.first ?? []).map { length.value($0) }
    }
  }
}

extension PhaseLengths {
  /// What tells two starts apart.
  var key: String {
    [decide, contract, wait, delivery, hall, installation, porting]
      .map { "\($0.name)=\($0.days)~\($0.deviation)" }.joined(separator: ",")
  }
}
