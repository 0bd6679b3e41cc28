/// The shapes in which torus machines are handed out.
///
/// TPU: Google's documentation of v4, v5e, v5p, v6e and TPU7x, as of 2026-08. Trainium: Neuron's
/// architecture pages of Trn1 and Trn2, 16 chips as a closed 4 by 4 torus, as of 2026-08-21.
public enum SliceShape {
  /// Edge of the cube of chips that v4, v5p and TPU7x slices are made of; only whole cubes close
  /// their axes.
  static let cubeEdge = 4
  static let cubeChips = 64
  /// Length at which an axis of a v5e or v6e slice is closed.
  static let closedFlatLength = 16
  /// Edge of the torus inside a Trainium1 or Trainium2 instance.
  static let trainiumEdge = 4

  /// Chips of the largest slice that can be had: v4 3072 on Cloud, v5p 6144 per job, TPU7x 9216.
  static func mostCubes(_ generation: String) -> Int? {
    switch generation {
    case "tpu-v4": 3072 / cubeChips
    case "tpu-v5p": 6144 / cubeChips
    case "tpu-v7x": 9216 / cubeChips
    default: nil
    }
  }

  /// Axes of one slice or instance of exactly this many chips.
  ///
  /// - Returns: nil when there is no slice of that size, or no rule for the generation.
  public static func axes(generation: String, chips: Int) -> [TorusAxis]? {
    switch generation {
    case "tpu-v4", "tpu-v5p", "tpu-v7x":
      if chips == 1 { return generation == "tpu-v7x" ? open([1, 1, 1]) : nil }
      if let small = smallCubic[chips] { return open(small) }
      return cubic(chips: chips, mostCubes: mostCubes(generation) ?? 0)
    case "tpu-v5e", "tpu-v6e":
      return flat[chips]?.map { TorusAxis(length: $0, isClosed: $0 == closedFlatLength) }
    case "trainium1", "trainium2":
      return trainium[chips]?.map { TorusAxis(length: $0, isClosed: $0 == trainiumEdge) }
    default: return nil
    }
  }

  /// The fewest equal slices that make up a number of chips.
  ///
  /// - Returns: nil when no number of slices of one allowed size does.
  public static func slices(
    generation: String, chips: Int
  ) -> (count: Int, axes: [TorusAxis])? {
    guard chips >= 1 else { return nil }
    if let axes = axes(generation: generation, chips: chips) { return (1, axes) }
    if generation.hasPrefix("trainium") {
      // Several instances are whole ones.
      let whole = trainiumEdge * trainiumEdge
      guard chips % whole == 0 else { return nil }
      return axes(generation: generation, chips: whole).map { (chips / whole, $0) }
    }
    for count in 1...chips where chips % count == 0 {
      if let axes = axes(generation: generation, chips: chips / count) { return (count, axes) }
    }
    return nil
  }

  private static let smallCubic = [4: [2, 2, 1], 8: [2, 2, 2], 16: [2, 2, 4], 32: [2, 4, 4]]
  private static let flat = [
    1: [1, 1], 4: [2, 2], 8: [2, 4], 16: [4, 4], 32: [4, 8], 64: [8, 8], 128: [8, 16],
    256: [16, 16],
  ]
  /// Parts of an instance as compact grids.
  private static let trainium = [1: [1, 1], 2: [1, 2], 4: [2, 2], 8: [2, 4], 16: [4, 4]]

  private static func open(_ lengths: [Int]) -> [TorusAxis] {
    lengths.map { TorusAxis(length: $0, isClosed: false) }
  }

  /// Whole cubes, in the block whose longest side is shortest.
  private static func cubic(chips: Int, mostCubes: Int) -> [TorusAxis]? {
    let cubes = chips / cubeChips
    guard chips % cubeChips == 0, (1...max(1, mostCubes)).contains(cubes) else { return nil }
    var best: [Int]?
    for first in 1...cubes where cubes % first == 0 && first * first * first <= cubes {
      let rest = cubes / first
      for second in first...rest where rest % second == 0 && second * second <= rest {
        let sides = [first, second, rest / second]
        if sides[2] < best?[2] ?? Int.max { best = sides }
      }
    }
    return best?.map { TorusAxis(length: $0 * cubeEdge, isClosed: true) }
  }
}
