// The C library's mathematics, alone: `Foundation` would bring the tables of Unicode with it.
#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// e to the power x.
func exponential(_ x: Double) -> Double { exp(x) }

/// Natural logarithm.
func naturalLogarithm(_ x: Double) -> Double { log(x) }

/// A base to a real power.
func power(_ base: Double, _ exponent: Double) -> Double { pow(base, exponent) }
