import Testing

@testable import Uncertainty

@Suite struct SobolSequenceTests {
  private func sequence(_ dimension: Int, seed: UInt32 = 1) throws -> SobolSequence {
    try #require(SobolSequence(dimension: dimension, seed: seed))
  }

  private func points(_ dimension: Int, _ count: Int, seed: UInt32) throws -> [Double] {
    var points = [Double](repeating: 0, count: count)
    let sequence = try sequence(dimension, seed: seed)
    points.withUnsafeMutableBufferPointer { sequence.write(0..<count, into: $0) }
    return points
  }

  @Test("every polynomial is primitive and every direction number odd and small enough")
  func numbers() {
    #expect(SobolSequence.dimensions == 64)
    var seen: Set<[UInt32]> = []
    for (coefficients, numbers) in JoeKuoNumbers.rows {
      let degree = UInt32(numbers.count)
      for (index, number) in numbers.enumerated() {
        #expect(number % 2 == 1 && number < 1 << UInt32(index + 1))
      }
      let polynomial: UInt32 = 1 << degree | coefficients << 1 | 1
      #expect(seen.insert([degree, coefficients]).inserted)
      // Primitive: the powers of x run through all remainders before they come back to 1.
      var (power, order): (UInt32, Int) = (1, 0)
      repeat {
        power <<= 1
        if power >> degree == 1 { power ^= polynomial }
        order += 1
      } while power != 1 && order <= 1 << degree
      #expect(order == 1 << degree - 1)
    }
  }

  // Joe and Kuo, "Notes on generating Sobol sequences", 2008: the first points in Gray order.
  @Test("the first points before the scramble are the published ones")
  func firstPoints() throws {
    let expected: [[Double]] = [
      [0, 0.5, 0.75, 0.25, 0.375, 0.875, 0.625, 0.125],
      [0, 0.5, 0.25, 0.75, 0.375, 0.875, 0.125, 0.625],
      [0, 0.5, 0.25, 0.75, 0.625, 0.125, 0.875, 0.375],
    ]
    for (dimension, values) in expected.enumerated() {
      let sequence = try sequence(dimension)
      #expect(values.indices.map { Double(sequence.digits(at: $0)) * 0x1p-32 } == values)
    }
    #expect(SobolSequence(dimension: 64, seed: 0) == nil)
  }

  @Test("every dimension puts one point into each equal part, scrambled and all", arguments: 0..<64)
  func evenParts(dimension: Int) throws {
    for count in [16, 4096] {
      let points = try points(dimension, count, seed: UInt32(dimension) &* 2_654_435_769 &+ 12_345)
      #expect(Set(points.map { Int($0 * Double(count)) }).count == count)
    }
  }

  @Test("the first two dimensions fill every elementary rectangle once")
  func rectangles() throws {
    let first = try points(0, 1024, seed: 0x1234_5678)
    let second = try points(1, 1024, seed: 0x9abc_def1)
    for bits in 0...10 {
      let (wide, high) = (Double(1 << bits), Double(1 << (10 - bits)))
      let cells = zip(first, second).map { Int($0 * wide) * Int(high) + Int($1 * high) }
      #expect(Set(cells).count == 1024)
    }
  }

  @Test("a Latin stream puts one point into each equal part, at every power of two")
  func latin() {
    for seed in 0..<20 as Range<UInt32> {
      var points = [Double](repeating: 0, count: 4096)
      let stream = LatinSequence(seed: seed &* 77_777_777, orderSeed: seed &* 1_234_567_891 &+ 5)
      points.withUnsafeMutableBufferPointer { stream.write(0..<4096, into: $0) }
      for count in [2, 64, 4096] {
        #expect(Set(points.prefix(count).map { Int($0 * Double(count)) }).count == count)
      }
    }
  }

  @Test("over seeds each single point is uniform, and the averages of a function are unbiased")
  func unbiased() throws {
    let seeds = 4000
    var seed = StreamSeed(3, name: "seeds")
    var bins = [Int](repeating: 0, count: 20)
    var averages = 0.0
    for _ in 0..<seeds {
      let points = try points(2, 4, seed: seed.nextHalf())
      bins[Int(points[0] * 20)] += 1
      averages += points.reduce(0) { $0 + $1 * $1 } / 4
    }
    // Chi-squared with 19 degrees of freedom: 43.8 is exceeded once in a thousand.
    let expected = Double(seeds) / 20
    let chiSquared = bins.reduce(0) { sum, count in
      sum + (Double(count) - expected) * (Double(count) - expected) / expected
    }
    #expect(chiSquared < 43.8)
    #expect((averages / Double(seeds) - 1.0 / 3).magnitude < 3e-3)
  }
}
