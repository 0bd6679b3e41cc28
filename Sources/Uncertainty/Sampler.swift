import Quantities

/// Draws of all inputs together: the worlds in which every option is priced.
///
///     let sampler = try Sampler(inputs: [mfu, price], seed: 7)
///     let draws = sampler.draws(4096)
///     draws[0]  // 4,096 values of the first input
///
/// Each input's stream comes from the seed, its name and its dimension and from nothing else: another
/// input more, or one less, changes no other draw, unless it is correlated with them and listed
/// before them. All options see the same draws (common random numbers), so that their differences
/// are known far better than each alone. The same seed gives the same bytes however the range of
/// draws is split over threads.
public struct Sampler: Sendable {
  public let inputs: [UncertainInput]
  public let seed: UInt64
  /// What the stated correlations were multiplied by to be possible together; 1 when they were.
  public let correlationShare: Double
  private let correlations: [InputCorrelation]
  private let lower: LowerTriangle?

  /// Dimensions an input may claim; the other half of those there are numbers for make the second,
  /// independent set of draws that sensitivity indices need.
  public static let ownDimensions = SobolSequence.dimensions / 2

  /// - Throws: `SamplerError` when names or dimensions clash or a correlation is no correlation.
  public init(
    inputs: [UncertainInput], correlations: [InputCorrelation] = [], seed: UInt64
  ) throws(SamplerError) {
    try SamplerError.check(inputs)
    self.inputs = inputs
    self.seed = seed
    self.correlations = correlations
    let matrix = try Self.matrix(inputs, correlations)
    (lower, correlationShare) =
      matrix.map { Self.nearest($0, order: inputs.count) } ?? (nil, 1)
  }

  /// A sampler of some of the inputs, by place, correlated among themselves as they are here; their
  /// own streams are the same.
  ///
  /// - Throws: `SamplerError`, never for places of this sampler's inputs.
  public func keeping(_ places: [Int]) throws(SamplerError) -> Sampler {
    let names = Set(places.map { inputs[$0].name })
    return try Sampler(
      inputs: places.map { inputs[$0] },
      correlations: correlations.filter { names.contains($0.first) && names.contains($0.second) },
      seed: seed)
  }

  /// The matrix of correlations, row by row; nil when there are none.
  private static func matrix(
    _ inputs: [UncertainInput], _ correlations: [InputCorrelation]
  ) throws(SamplerError) -> [Double]? {
    guard !correlations.isEmpty else { return nil }
    let order = inputs.count
    var indices: [String: Int] = [:]
    for (index, input) in inputs.enumerated() { indices[input.name] = index }
    var matrix = [Double](repeating: 0, count: order * order)
    for index in 0..<order { matrix[index * order + index] = 1 }
    for correlation in correlations {
      let first = try SamplerError.index(of: correlation.first, in: indices)
      let second = try SamplerError.index(of: correlation.second, in: indices)
      let coefficient = correlation.coefficient
      guard first != second, coefficient.magnitude <= 1 else {
        throw SamplerError(
          "the correlation of \(correlation.first) and \(correlation.second) is "
            + "\(Decimals.shortest(coefficient)); it links two inputs and lies between -1 and 1")
      }
      matrix[first * order + second] = coefficient
      matrix[second * order + first] = coefficient
    }
    return matrix
  }

  /// The triangle of the matrix, or of the nearest possible one on the way to no correlation at all:
  /// every coefficient times the same share, by bisection.
  private static func nearest(
    _ matrix: [Double], order: Int
  ) -> (LowerTriangle?, Double) {
    func triangle(_ share: Double) -> LowerTriangle? {
      var shrunk = matrix.map { $0 * share }
      for index in 0..<order { shrunk[index * order + index] = 1 }
      return LowerTriangle(shrunk, order: order)
    }
    if let whole = triangle(1) { return (whole, 1) }
    var (low, high) = (0.0, 1.0)
    for _ in 0..<30 {
      let middle = (low + high) / 2
      if triangle(middle) == nil { high = middle } else { low = middle }
    }
    return (triangle(low), low)
  }

  // MARK: Drawing

  /// The first draws; best a power of two of them.
  public func draws(_ count: Int) -> Draws { draws(0..<count) }

  /// A range of the draws, for one thread of several.
  public func draws(_ range: Range<Int>) -> Draws {
    values(fromScores: scores(range, set: .first))
  }

  /// Which of two independent sets of draws.
  enum DrawSet { case first, second }

  /// Independent standard normal scores, a column an input.
  func scores(_ range: Range<Int>, set: DrawSet) -> Draws {
    let count = range.count
    let values = [Double](unsafeUninitializedCapacity: inputs.count * count) { buffer, filled in
      for (index, input) in inputs.enumerated() {
        let column = UnsafeMutableBufferPointer(
          rebasing: buffer[index * count..<(index + 1) * count])
        column.initialize(repeating: 0)
        write(input, range, set, into: column)
        for draw in 0..<count { column[draw] = NormalDistribution.quantile(column[draw]) }
      }
      filled = inputs.count * count
    }
    return Draws(count: count, values: values)
  }

  /// The inputs' values at independent scores, correlated as stated.
  func values(fromScores scores: Draws) -> Draws {
    var draws = scores
    let count = draws.count
    draws.values.withUnsafeMutableBufferPointer { buffer in
      lower?.apply(to: buffer, count: count)
      for (index, input) in inputs.enumerated() {
        input.distribution.transform(
          UnsafeMutableBufferPointer(rebasing: buffer[index * count..<(index + 1) * count]))
      }
    }
    return draws
  }

  /// Points of an input's own stream, uniform between 0 and 1.
  private func write(
    _ input: UncertainInput, _ range: Range<Int>, _ set: DrawSet,
    into points: UnsafeMutableBufferPointer<Double>
  ) {
    var seeds = StreamSeed(seed, name: input.name)
    if set == .second { _ = seeds.next() }
    let scramble = seeds.nextHalf()
    let offset = set == .first ? 0 : Self.ownDimensions
    let dimension = input.dimension.map { $0 + offset }
    if let dimension, let sequence = SobolSequence(dimension: dimension, seed: scramble) {
      sequence.write(range, into: points)
    } else {
      var orders = StreamSeed(UInt64(scramble), name: input.name)
      LatinSequence(seed: scramble, orderSeed: orders.nextHalf()).write(range, into: points)
    }
  }
}

/// Draws of several inputs, in flat storage: all draws of the first input, then of the second.
public struct Draws: Sendable {
  /// Draws of each input.
  public let count: Int
  public internal(set) var values: [Double]

  /// The draws of one input, by its place among the sampler's inputs.
  public subscript(input: Int) -> ArraySlice<Double> {
    values[input * count..<(input + 1) * count]
  }
}
