/// One dimension of a Sobol sequence (I. M. Sobol, 1967), scrambled by a seed.
///
/// The points `0 ..< 2^m` fall one into each of 2^m equal parts of [0, 1), and points of different
/// dimensions spread evenly over the square and the cube as well, so that averages settle faster
/// than over random draws. Use a power of two of them, from the first.
///
/// The scramble is Owen's nested uniform one by hashing (S. Laine and T. Karras, 2011; B. Burley,
/// Journal of Computer Graphics Techniques 9(4), 2020; constants of N. Vegdahl, 2021): it keeps the
/// even spread and makes every point uniform, so that averages over seeds are unbiased.
struct SobolSequence {
  /// Dimensions there are numbers for.
  static let dimensions = JoeKuoNumbers.rows.count + 1

  /// By bit of the index, lowest first; the first digit after the point is the highest bit.
  private let directions: [UInt32]
  private let seed: UInt32

  /// - Parameter dimension: from 0; nil when there are no numbers for it.
  init?(dimension: Int, seed: UInt32) {
    guard dimension >= 0, dimension < Self.dimensions else { return nil }
    directions = Self.directions(dimension)
    self.seed = seed
  }

  /// Direction numbers by the recurrence of Bratley and Fox (ACM Algorithm 659, 1988).
  private static func directions(_ dimension: Int) -> [UInt32] {
    guard dimension > 0 else { return (0..<32).map { 1 << (31 - UInt32($0)) } }
    let (coefficients, first) = JoeKuoNumbers.rows[dimension - 1]
    let degree = first.count
    var numbers = first.enumerated().map { $1 << (31 - UInt32($0)) }
    for index in degree..<32 {
      var next = numbers[index - degree] ^ (numbers[index - degree] >> UInt32(degree))
      for step in 1..<max(degree, 1)
      where (coefficients >> UInt32(degree - 1 - step)) & 1 == 1 {
        next ^= numbers[index - step]
      }
      numbers.append(next)
    }
    return numbers
  }

  /// The 32 digits of a point before the scramble.
  func digits(at index: Int) -> UInt32 {
    let gray = UInt32(index) ^ (UInt32(index) >> 1)
    return (0..<32).reduce(0) { $0 ^ ((gray >> UInt32($1)) & 1 == 1 ? directions[$1] : 0) }
  }

  /// Writes the points of a range of indices, each strictly between 0 and 1.
  ///
  /// Any split of the whole into ranges gives the same points. They come in the order of Gray's code
  /// (I. A. Antonov and V. M. Saleev, 1979), which changes one direction a step and permutes each
  /// block of 2^m among itself.
  func write(_ range: Range<Int>, into points: UnsafeMutableBufferPointer<Double>) {
    var digits = digits(at: range.lowerBound)
    directions.withUnsafeBufferPointer { directions in
      for offset in 0..<range.count {
        points[offset] = Scramble.point(Scramble.nested(digits, seed: seed))
        let next = UInt32(range.lowerBound + offset + 1)
        digits ^= directions[min(31, next.trailingZeroBitCount)]
      }
    }
  }
}

/// Points that need no dimension of a Sobol sequence: one in each of 2^m equal parts again, but in an
/// order of their own, as in Latin hypercube sampling (M. D. McKay et al., Technometrics 21, 1979).
///
/// The order is a nested shuffle of the indices by a hash (Burley 2020), so that here too the first
/// 2^m points of a longer sequence are evenly spread.
struct LatinSequence {
  let seed: UInt32
  let orderSeed: UInt32

  func write(_ range: Range<Int>, into points: UnsafeMutableBufferPointer<Double>) {
    for offset in 0..<range.count {
      let index = UInt32(range.lowerBound + offset)
      let place = Scramble.nested(index, seed: orderSeed)
      points[offset] = Scramble.point(Scramble.nestedReversed(place, seed: seed))
    }
  }
}

/// Owen's nested uniform scramble by hashing.
enum Scramble {
  /// Each digit is flipped by a hash of the digits before it, highest first.
  @inline(__always)
  static func nested(_ digits: UInt32, seed: UInt32) -> UInt32 {
    nestedReversed(reversed(digits), seed: seed)
  }

  /// The same of digits that come lowest first.
  @inline(__always)
  static func nestedReversed(_ digits: UInt32, seed: UInt32) -> UInt32 {
    var hash = digits
    hash ^= hash &* 0x3d20_adea
    hash &+= seed
    hash &*= (seed >> 16) | 1
    hash ^= hash &* 0x0552_6c56
    hash ^= hash &* 0x53a2_2864
    return reversed(hash)
  }

  /// The middle of the interval that 32 digits stand for.
  @inline(__always)
  static func point(_ digits: UInt32) -> Double {
    (Double(digits) + 0.5) * 0x1p-32
  }

  /// The bits in the opposite order.
  @inline(__always)
  static func reversed(_ bits: UInt32) -> UInt32 {
    var word = bits.byteSwapped
    word = (word >> 4) & 0x0f0f_0f0f | (word & 0x0f0f_0f0f) << 4
    word = (word >> 2) & 0x3333_3333 | (word & 0x3333_3333) << 2
    return (word >> 1) & 0x5555_5555 | (word & 0x5555_5555) << 1
  }
}
