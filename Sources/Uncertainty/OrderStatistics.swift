/// Finds the smallest, the hundredth, the thousandth of many values without sorting them all.
///
/// Values are counted into equal intervals and only the intervals that hold a wanted one are looked
/// into, so that time grows with the number of values alone. Keeps its working memory: one serves any
/// number of columns, on one thread.
struct OrderStatistics {
  private static let intervals = 4096
  /// Up to this many values sorting them is faster.
  private static let few = 128

  private var counts = [Int32](repeating: 0, count: intervals)
  private var intervalOf: [UInt16] = []
  private var gathered: [Double] = []

  /// The values of given ranks; nil when a value is not a number.
  ///
  /// - Parameters:
  ///   - ranks: from 0, ascending, each less than the number of values.
  ///   - values: may be infinite.
  mutating func select(_ ranks: [Int], from values: [Double]) -> [Double]? {
    let range = ValueRange(values)
    if range.hasNaN { return nil }
    return select(ranks, from: values, range, depth: 0)
  }

  private mutating func select(
    _ ranks: [Int], from values: [Double], _ range: ValueRange, depth: Int
  ) -> [Double] {
    let scale = Double(Self.intervals) / (range.high - range.low)
    // Deep down only heavy ties or infinities are left.
    guard values.count > Self.few, depth < 4, scale > 0, scale.isFinite else {
      let sorted = values.sorted()
      return ranks.map { sorted[$0] }
    }
    count(values, low: range.low, scale: scale)
    let places = places(ranks)
    let regions = gather(values, places)
    var found: [Double] = []
    for (slot, region) in regions.enumerated() {
      let own = places.filter { $0.slot == slot }.map(\.rank)
      if region.count <= Self.few {
        gathered[region].sort()
        found += own.map { gathered[region.lowerBound + $0] }
      } else {
        let part = Array(gathered[region])
        var deeper = OrderStatistics()
        found += deeper.select(own, from: part, ValueRange(part), depth: depth + 1)
      }
    }
    return found
  }

  /// Finds each value's interval and counts the values of each.
  private mutating func count(_ values: [Double], low: Double, scale: Double) {
    if intervalOf.count < values.count {
      intervalOf = [UInt16](repeating: 0, count: values.count)
    }
    let last = Double(Self.intervals - 1)
    intervalOf.withUnsafeMutableBufferPointer { intervalOf in
      for (index, value) in values.enumerated() {
        // Infinities go to the ends. Adding 2^52 leaves the whole number in the lowest bits.
        let position: Double = (value - low) * scale
        let clamped: Double = position > 0 ? (position < last ? position : last) : 0
        intervalOf[index] = UInt16(truncatingIfNeeded: (clamped + 0x1p52).bitPattern)
      }
      counts.withUnsafeMutableBufferPointer { counts in
        counts.update(repeating: 0)
        for index in values.indices { counts[Int(intervalOf[index])] &+= 1 }
      }
    }
  }

  /// Where a wanted rank lies: which of the intervals looked into, and its rank within it.
  private struct Place {
    var interval: Int
    var slot: Int
    var rank: Int
  }

  private func places(_ ranks: [Int]) -> [Place] {
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
  private mutating func gather(_ values: [Double], _ places: [Place]) -> [Range<Int>] {
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
        for (index, interval) in intervalOf.prefix(values.count).enumerated() {
          let next = counts[Int(interval)]
          guard next >= 0 else { continue }
          gathered[Int(next)] = values[index]
          counts[Int(interval)] = next &+ 1
        }
      }
    }
    return regions
  }
}

/// The least and the greatest finite one of some values, infinite when there is none.
private struct ValueRange {
  var low = Double.infinity
  var high = -Double.infinity
  var hasNaN = false

  init(_ values: [Double]) {
    var nans = 0
    // Four at a time, so that no comparison waits for the one before.
    var lows = SIMD4<Double>(repeating: .infinity)
    var highs = -lows
    let whole = values.count / 4 * 4
    values.withUnsafeBufferPointer { values in
      for index in stride(from: 0, to: whole, by: 4) {
        let four = SIMD4(
          values[index], values[index + 1], values[index + 2], values[index + 3])
        lows.replace(with: four, where: four .< lows)
        highs.replace(with: four, where: four .> highs)
      }
      for value in values { nans &+= value == value ? 0 : 1 }
    }
    for value in values[whole...] {
      low = min(low, value)
      high = max(high, value)
    }
    hasNaN = nans > 0
    low = min(low, lows.min())
    high = max(high, highs.max())
    guard low == -.infinity || high == .infinity else { return }
    let finite = values.filter(\.isFinite)
    low = finite.min() ?? .infinity
    high = finite.max() ?? -.infinity
  }
}
