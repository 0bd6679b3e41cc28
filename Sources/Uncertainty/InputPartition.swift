/// The draws of one input cut into cells of about as many draws each, from low to high; equal values
/// share a cell.
public struct InputPartition: Sendable {
  /// The cell of each draw.
  let cells: [UInt16]
  /// Number of cells.
  let count: Int
  /// Standard normal scores that divide the cells, one more than cells, from −∞ to ∞.
  let edges: [Double]

  /// - Parameter cells: at most this many, fewer where values are equal; from 1 to 65,536. By default
  ///   one for every 256 draws, from 8 to 64, so that noise averages out in each.
  /// - Returns: nil without draws, or when one is not a number.
  public init?(_ draws: ArraySlice<Double>, cells: Int? = nil) {
    let values = Array(draws)
    let wanted = cells ?? min(64, max(8, values.count / 256))
    guard !values.isEmpty, (1...65_536).contains(wanted) else { return nil }
    var order = OrderStatistics()
    let ranks = (1..<max(1, wanted)).map { $0 * values.count / wanted }
    guard let dividers = order.select(ranks, from: values) else { return nil }
    // A value lies in the cell of as many dividers as are at most as large.
    var found = values.map { UInt16(Self.countAtMost($0, dividers)) }
    var sizes = [Int](repeating: 0, count: wanted)
    for cell in found { sizes[Int(cell)] += 1 }
    var names = [UInt16](repeating: 0, count: wanted)
    var edges = [-Double.infinity]
    var (used, below) = (0, 0)
    for (cell, size) in sizes.enumerated() where size > 0 {
      names[cell] = UInt16(used)
      used += 1
      below += size
      edges.append(NormalDistribution.quantile(Double(below) / Double(values.count)))
    }
    for draw in found.indices { found[draw] = names[Int(found[draw])] }
    self.cells = found
    count = used
    self.edges = edges
  }

  /// How many of ascending numbers are at most a value, by bisection.
  private static func countAtMost(_ value: Double, _ ascending: [Double]) -> Int {
    var (low, high) = (0, ascending.count)
    while low < high {
      let middle = (low + high) / 2
      if ascending[middle] <= value { low = middle + 1 } else { high = middle }
    }
    return low
  }
}
