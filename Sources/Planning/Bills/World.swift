/// One way things may turn out: for each factor how many times its median it is, and how much longer
/// than at the median the run takes.
struct World: Sendable {
  /// Length of the run over the median: chips slower than thought, or more hours lost.
  var slowness = 1.0
  /// By raw value of `Factor`; as many lanes as the next power of two.
  var lanes = SIMD16<Double>(repeating: 1)

  /// The world in which every input is at its median: the one whose bill is shown.
  static var median: World { World() }

  subscript(factor: Factor) -> Double {
    @inline(__always) get { lanes[factor.rawValue] }
    @inline(__always) set { lanes[factor.rawValue] = newValue }
  }
}
