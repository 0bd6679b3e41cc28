#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// The elementary functions of the C library, so that only this file knows which one it is.
enum Elementary {
  static func exp(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.exp(x)
    #elseif canImport(Musl)
      Musl.exp(x)
    #else
      Darwin.exp(x)
    #endif
  }

  /// `exp(x) − 1`, exact for small `x`.
  static func expm1(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.expm1(x)
    #elseif canImport(Musl)
      Musl.expm1(x)
    #else
      Darwin.expm1(x)
    #endif
  }

  static func log(_ x: Double) -> Double {
    #if canImport(Glibc)
      Glibc.log(x)
    #elseif canImport(Musl)
      Musl.log(x)
    #else
      Darwin.log(x)
    #endif
  }

  static func pow(_ base: Double, _ exponent: Double) -> Double {
    #if canImport(Glibc)
      Glibc.pow(base, exponent)
    #elseif canImport(Musl)
      Musl.pow(base, exponent)
    #else
      Darwin.pow(base, exponent)
    #endif
  }

  /// Distribution function of the standard normal, `Φ(z) = erfc(−z/√2)/2`.
  static func normalDistribution(_ z: Double) -> Double {
    let x = -z / 2.0.squareRoot()
    #if canImport(Glibc)
      return Glibc.erfc(x) / 2
    #elseif canImport(Musl)
      return Musl.erfc(x) / 2
    #else
      return Darwin.erfc(x) / 2
    #endif
  }
}
