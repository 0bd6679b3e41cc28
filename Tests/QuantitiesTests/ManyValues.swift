/// Values for round trips: the awkward ones by hand, and many more from a fixed sequence.
enum ManyValues {
  /// Powers of ten, values next to them, and thousands of doubles of every size up to 1e290.
  static let positive: [Double] = {
    var values: [Double] = [0.1, 0.3, 1.0 / 3, 2.0 / 3, 1e-300, .leastNonzeroMagnitude, 1.5, 49.99]
    var power = 1e-20
    for _ in 0..<45 {
      values += [power.nextDown, power, power.nextUp]
      power *= 10
    }
    var generator = SplitMix64(state: 20_261_123)
    while values.count < 5000 {
      let value = Double(bitPattern: generator.next() >> 1)
      if value.isFinite, value > 0, value < 1e290 { values.append(value) }
    }
    return values
  }()
}

/// The SplitMix64 sequence (Steele, Lea and Flood, 2014): the same values in every run.
private struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }
}
