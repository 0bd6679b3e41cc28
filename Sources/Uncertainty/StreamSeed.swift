/// Seeds of streams of draws, from the plan's seed and the stream's name alone.
struct StreamSeed {
  private var state: UInt64

  /// FNV-1a of the name's UTF-8 (G. Fowler, L. C. Noll and K.-P. Vo), which is the same on every
  /// machine and in every run, unlike Swift's own hash.
  init(_ seed: UInt64, name: String) {
    var hash: UInt64 = 0xcbf2_9ce4_8422_2325
    for byte in name.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01b3 }
    var seeds = StreamSeed(state: hash)
    state = seeds.next() ^ seed
    state = next()
  }

  private init(state: UInt64) { self.state = state }

  /// The next of a row of unrelated numbers: SplitMix64 (Steele, Lea and Flood, OOPSLA 2014).
  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// The upper half of the next.
  mutating func nextHalf() -> UInt32 { UInt32(truncatingIfNeeded: next() >> 32) }
}
