import RealModule

/// Expected costs of options by cell of one input, and from them what knowing that input, or seeing
/// a trial of it, is worth.
///
/// The policy "in this cell choose that option" is made on one half of the draws and priced on the
/// other, and the other way round. Made and priced on the same draws it would take noise for
/// knowledge, the more options the more so. (Cells: M. Strong and J. E. Oakley, Medical Decision
/// Making 33, 2013, pages 755-766.)
public struct ConditionalCosts: Sendable {
  private let partition: InputPartition
  private let options: Int
  /// Sums of costs, by half, option and cell.
  private var sums: [Double]
  /// Draws, by half and cell.
  private let sizes: [Double]

  public init(options: Int, partition: InputPartition) {
    self.options = options
    self.partition = partition
    sums = [Double](repeating: 0, count: 2 * options * partition.count)
    var sizes = [Double](repeating: 0, count: 2 * partition.count)
    let draws = partition.cells.count
    for (draw, cell) in partition.cells.enumerated() {
      sizes[Self.half(draw, of: draws) * partition.count + Int(cell)] += 1
    }
    self.sizes = sizes
  }

  private static func half(_ draw: Int, of draws: Int) -> Int { draw < draws / 2 ? 0 : 1 }

  /// Enters an option's cost in each world, less being better, in the worlds of the partition.
  public mutating func add(_ option: Int, _ values: [Double]) {
    let draws = min(values.count, partition.cells.count)
    for draw in 0..<draws {
      let row = Self.half(draw, of: partition.cells.count) * options + option
      sums[row * partition.count + Int(partition.cells[draw])] += values[draw]
    }
  }

  /// What it would be worth to know the input exactly before choosing (its EVPPI), in the costs'
  /// unit; nil when no option has a finite expected cost.
  public var valueOfKnowing: Double? {
    let draws = Double(partition.cells.count)
    return value(
      of: (0..<partition.count).map { cell in
        Signal(
          cells: cell..<cell + 1, weights: [1],
          shares: (0..<2).map { sizes[$0 * partition.count + cell] / draws })
      })
  }

  /// What it is worth to see a trial of the input before choosing (its EVSI), in the costs' unit;
  /// nil when no option has a finite expected cost.
  ///
  /// The trial shows the input's standard normal score with normal noise, so that the score's
  /// posterior is normal too; expected costs given the result are those of the cells, weighted by
  /// it. Exact for normal and lognormal inputs as cells grow small, whatever the costs; for other
  /// shapes the trial is taken to measure their score. (After H. Jalal and F. Alarid-Escudero,
  /// Medical Decision Making 38, 2018, without their assumption that costs are linear.)
  ///
  /// - Parameter informativeness: of `TrialUpdate`.
  public func valueOfTrial(informativeness: Double) -> Double? {
    let rest: Double = .sqrt(max(0, 1 - informativeness * informativeness))
    guard rest > 1e-6 else { return valueOfKnowing }
    return value(
      of: (0..<Self.signals).map { index in
        let chance = (Double(index) + 0.5) / Double(Self.signals)
        let centre = informativeness * NormalDistribution.quantile(chance)
        let below = partition.edges.map { NormalDistribution.cumulative(($0 - centre) / rest) }
        let share = 0.5 / Double(Self.signals)
        return Signal(
          cells: 0..<partition.count, weights: zip(below.dropFirst(), below).map { $0 - $1 },
          shares: [share, share])
      })
  }

  /// Equally likely results that a trial is cut into.
  private static let signals = 512

  /// Something one may be shown.
  private struct Signal {
    /// The cells it leaves possible, and the chance of each.
    var cells: Range<Int>
    var weights: [Double]
    /// How often it is shown in either half, as a share of all draws.
    var shares: [Double]
  }

  // MARK: Policies

  /// What the best choice given each signal saves against the best one without.
  private func value(of signals: [Signal]) -> Double? {
    let totals = (0..<options).map(total)
    let candidates = (0..<options).filter { totals[$0].isFinite }
    guard let usual = candidates.min(by: { totals[$0] < totals[$1] }) else { return nil }
    let means = cellMeans
    func cost(_ option: Int, _ half: Int, _ signal: Signal) -> Double {
      let start = (half * options + option) * partition.count + signal.cells.lowerBound
      var cost = 0.0
      for (offset, weight) in signal.weights.enumerated() { cost += weight * means[start + offset] }
      return cost
    }
    var saved = 0.0
    for half in 0..<2 {
      for signal in signals {
        // Without a reason to change, the choice stays.
        var (chosen, least) = (usual, cost(usual, half, signal))
        for option in candidates {
          let other = cost(option, half, signal)
          if other < least { (chosen, least) = (option, other) }
        }
        let (usualCost, cost) = (cost(usual, 1 - half, signal), cost(chosen, 1 - half, signal))
        saved += signal.shares[1 - half] * (usualCost - cost)
      }
    }
    return max(0, saved)
  }

  /// The sum of an option's costs over all draws.
  private func total(_ option: Int) -> Double {
    (0..<2).reduce(0) { sum, half in
      let start = (half * options + option) * partition.count
      return sum + sums[start..<start + partition.count].reduce(0, +)
    }
  }

  /// Expected costs by half, option and cell; where a half has no draws, those of the other.
  private var cellMeans: [Double] {
    let count = partition.count
    return sums.indices.map { index in
      let (row, cell) = (index / count, index % count)
      let (half, option) = (row / options, row % options)
      let size = sizes[half * count + cell]
      if size > 0 { return sums[index] / size }
      let other = 1 - half
      return sums[(other * options + option) * count + cell] / sizes[other * count + cell]
    }
  }
}
