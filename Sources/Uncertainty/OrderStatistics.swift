/// Finds the smallest, the hundredth, the thousandth of many values without sorting them all.
///
/// Values are counted into equal intervals and only the intervals that hold a wanted one are looked
/// into, so that time grows with the number of values alone. Keeps its working memory: one serves any
/// number of columns, on one thread.
struct OrderStatistics {
  private static let intervals = 4096
  /// Up to this many values sorting them is faster.
  private static let few = 512

  private var counts = [Int32](repeating: 0, count: intervals)
  private var gathered: [Double] = []

  /// The values of given ranks; nil when a value is not a number.
  ///
  /// - Parameters:
  ///   - ranks: from 0, ascending, each less than the number of values.
  ///   - values: may be infinite.
  mutating func select(_ ranks: [Int], from values: [Double]) -> [Double]? {
    if values.contains(where: \.isNaN) { return nil }
    return select(ranks, from: values, depth: 0)
  }

  private mutating func select(_ ranks: [Int], from values: [Double], depth: Int) -> [Double] {
    let (low, high) = Self.finiteRange(values)
    let scale = Double(Self.intervals) / (high - low)
    // Deep down only heavy ties or infinities are left.
    guard values.count > Self.few, depth < 4, scale > 0, scale.isFinite else {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    let places = count(values, low: low, scale: scale, ranks)
    let wanted = gather(values, low: low, scale: scale, places)
    var found: [Double] = []
    for (slot, region) in wanted.enumerated() {
      let own = places.filter { $0.slot == slot }.map(\.rank)
      if region.count <= Self.few {
        gathered[region].sort()
        found += own.map { gathered[region.lowerBound + $0] }
      } else {
        var deeper = OrderStatistics()
        found += deeper.select(own, from: Array(gathered[region]), depth: depth + 1)
      }
    }
    return found
  }

  /// Where a wanted rank lies: which of the intervals looked into, and its rank within it.
  private struct Place {
    var interval: Int
    var slot: Int
    var rank: Int
  }

  /// Counts the values of each interval and finds the ranks' places.
  private mutating func count(
    _ values: [Double], low: Double, scale: Double, _ ranks: [Int]
  ) -> [Place] {
    counts.withUnsafeMutableBufferPointer { counts in
      counts.update(repeating: 0)
      for value in values { counts[Self.interval(value, low, scale)] += 1 }
    }
    var places: [Place] = []
    var (interval, before) = (0, 0)
    for rank in ranks {
      while before + Int(counts[interval]) <= rank {
        before += Int(counts[interval])
        interval += 1
      }
      var slot = 0
      if let last = places.last { slot = last.slot + (last.interval == interval ? 0 : 1) }
      places.append(Place(interval: interval, slot: slot, rank: rank - before))
    }
    return places
  }

  /// Copies the values of the wanted intervals together, and says which lie where.
  private mutating func gather(
    _ values: [Double], low: Double, scale: Double, _ places: [Place]
  ) -> [Range<Int>] {
    var regions: [Range<Int>] = []
    var end = 0
    for place in places where place.slot == regions.count {
      regions.append(end..<end + Int(counts[place.interval]))
      end = regions[place.slot].upperBound
    }
    if gathered.count < end { gathered = [Double](repeating: 0, count: end) }
    // From here on the counts say where an interval's next value goes, or that it isn't wanted.
    counts.withUnsafeMutableBufferPointer { counts in
      counts.update(repeating: -1)
      for place in places { counts[place.interval] = Int32(regions[place.slot].lowerBound) }
      gathered.withUnsafeMutableBufferPointer { gathered in
        for value in values {
          let interval = Self.interval(value, low, scale)
          let next = counts[interval]
          guard next >= 0 else { continue }
          gathered[Int(next)] = value
          counts[interval] = next + 1
        }
      }
    }
    return regions
  }

  /// Infinities go to the ends.
  @inline(__always)
  private static func interval(_ value: Double, _ low: Double, _ scale: Double) -> Int {
    let position: Double = (value - low) * scale
    guard position > 0 else { return 0 }
    return position < Double(intervals) ? Int(position) : intervals - 1
  }

  private static func finiteRange(_ values: [Double]) -> (Double, Double) {
    var (low, high) = (Double.infinity, -Double.infinity)
    for value in values {
      if value < low && value > -.infinity { low = value }
      if value > high && value < .infinity { high = value }
    }
    return (low, high)
  }
}
