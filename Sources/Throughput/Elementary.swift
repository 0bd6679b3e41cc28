#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few elementary functions this floor needs, from the platform's C library.
enum Elementary {
  /// Natural logarithm.
  static func ln(_ value: Double) -> Double { log(value) }

  /// Base-2 logarithm.
  static func binaryLogarithm(_ value: Double) -> Double { log2(value) }

  /// e to a power.
  static func exponential(_ value: Double) -> Double { exp(value) }

  /// A power.
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }

  /// (a² + b²)^(1/2): how long two activities take that overlap well but not perfectly. It equals
  /// the longer one when the other is short, and 1.41 of it when both are alike.
  @inline(__always)
  static func overlapped(_ first: Double, _ second: Double) -> Double {
    (first * first + second * second).squareRoot()
  }
}

extension Collection<UInt8> {
  /// Where a text first stands, nil when it doesn't.
  func first(of text: String) -> Range<Index>? {
    let wanted = text.utf8
    guard let head = wanted.first else { return startIndex..<startIndex }
    var rest = self[...]
    while let start = rest.firstIndex(of: head) {
      rest = rest[start...]
      var (place, isAll) = (start, true)
      for byte in wanted {
        guard place < endIndex, self[place] == byte else {
          isAll = false
          break
        }
        place = index(after: place)
      }
      if isAll { return start..<place }
      rest = rest.dropFirst()
    }
    return nil
  }
}
