#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

extension Elementary {
  /// e^value − 1, exact for small values too.
  static func exponentialLessOne(_ value: Double) -> Double { expm1(value) }

  /// ln(1 + value), exact for small values too.
  static func logarithmOfOnePlus(_ value: Double) -> Double { log1p(value) }
}
