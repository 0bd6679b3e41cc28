#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// The few functions of the C library this floor needs, in one place.
enum Elementary {
  static func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
  static func exponential(_ value: Double) -> Double { exp(value) }
  /// e to the value, less 1, exact for small values.
  static func exponentialLessOne(_ value: Double) -> Double { expm1(value) }
  /// Natural logarithm.
  static func logarithm(_ value: Double) -> Double { log(value) }
  /// Natural logarithm of 1 plus the value, exact for small values.
  static func logarithmOfOnePlus(_ value: Double) -> Double { log1p(value) }
  /// Distribution function of the standard normal, `erfc(-z/√2)/2`.
  static func normalDistribution(_ score: Double) -> Double { erfc(-score / 2.0.squareRoot()) / 2 }
}

/// Lengths of time used throughout, so that a month or a year is the same everywhere.
enum HoursOf {
  static let day = 24.0
  static let week = 168.0
  static let daysAYear = 365.25
  /// Julian year, 365.25 days: 8,766 h.
  static let year = 8766.0
  /// A twelfth of it: prices by the month are charged by the hour at this length, whatever the
  /// calendar month's.
  static let month = 730.5
  /// Longest run that is given dates (1,000 years): past it a cash flow has no meaning.
  static let longestRun = 8_766_000.0
}
