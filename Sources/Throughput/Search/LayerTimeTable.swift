/// Times of a model's layers that were already found: they depend on neither the chips of the job nor
/// its batch nor the depth of its pipeline, so that thousands of layouts share one.
///
/// An open table of places, because the searches ask it some ten million times a second.
struct LayerTimeTable {
  private struct Key: Equatable {
    var tensor = 0.0
    var context = 0.0
    var expert = 0.0
    var microBatch = 0.0
    /// Bits: sequence parallelism, full sharding, whether there is a pipeline.
    var switches = 0

    var mixed: UInt {
      var hash = Self.mix(UInt(switches), tensor)
      hash = Self.mix(hash, context)
      hash = Self.mix(hash, expert)
      return Self.mix(hash, microBatch)
    }

    /// Multiplies by 2⁶⁴ over the golden ratio (Knuth, The Art of Computer Programming, section 6.4).
    @inline(__always)
    private static func mix(_ hash: UInt, _ part: Double) -> UInt {
      let mixed = (hash ^ UInt(truncatingIfNeeded: part.bitPattern)) &* 0x9E37_79B9_7F4A_7C15
      return mixed ^ (mixed >> 32)
    }
  }

  /// Places in `found` by hash, -1 for none; their number is a power of two, at least twice as many as
  /// are taken.
  private var slots = ContiguousArray(repeating: Int32(-1), count: 64)
  private var keys: ContiguousArray<Key> = []
  private(set) var found: ContiguousArray<LayerTimes> = []

  /// The place in `found` of the times of a layout's layers.
  mutating func place(_ layout: Layout, _ timer: LayerTimer) -> Int {
    var switches = layout.isSequenceParallel && layout.tensor > 1 ? 1 : 0
    if layout.zero == 3 { switches |= 2 }
    if layout.pipeline > 1 && timer.overlapsExperts { switches |= 4 }
    let key = Key(
      tensor: layout.tensor, context: layout.context, expert: layout.expert,
      microBatch: layout.microBatch, switches: switches)
    var slot = self.slot(key)
    while slots[slot] >= 0 {
      let place = Int(slots[slot])
      if keys[place] == key { return place }
      slot = (slot + 1) & (slots.count - 1)
    }
    slots[slot] = Int32(keys.count)
    keys.append(key)
    found.append(Self.timed(layout, timer))
    if 2 * keys.count > slots.count { grow() }
    return keys.count - 1
  }

  mutating func removeAll() {
    for slot in slots.indices { slots[slot] = -1 }
    keys.removeAll(keepingCapacity: true)
    found.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  private func slot(_ key: Key) -> Int {
    Int(truncatingIfNeeded: key.mixed) & (slots.count - 1)
  }

  private mutating func grow() {
    slots = ContiguousArray(repeating: -1, count: 2 * slots.count)
    for (place, key) in keys.enumerated() {
      var slot = self.slot(key)
      while slots[slot] >= 0 { slot = (slot + 1) & (slots.count - 1) }
      slots[slot] = Int32(place)
    }
  }

  private static func timed(_ start: Layout, _ timer: LayerTimer) -> LayerTimes {
    var layout = start
    layout.recompute = .none
    var times = timer.times(timer.shape(layout))
    guard timer.isUnfused else { return times }
    // Software of before 2023 shards norms only where it computes them again.
    layout.recompute = .selective
    times.selective = timer.times(timer.shape(layout)).selective
    return times
  }
}
