import Quantities
import Testing

/// Numbers as they are printed.
struct DecimalsTests {
  @Test(
    "A fixed number of decimals rounds the exact binary value",
    arguments: [
      (2.5, 0, "3"), (-2.5, 0, "-3"), (0.5, 0, "1"), (-0.4, 0, "0"), (1234.5678, 2, "1234.57"),
      (0.05, 1, "0.1"), (1.115, 2, "1.11"), (0.285, 2, "0.28"), (3.0625, 3, "3.063"),
      (7, 3, "7.000"), (0.000_000_001, 9, "0.000000001"), (1e17, 1, "100000000000000000.0"),
      (1e20, 0, "1e+20"), (.infinity, 2, "inf"), (-.infinity, 2, "-inf"), (.nan, 2, "nan"),
    ] as [(Double, Int, String)])
  func fixes(_ value: Double, _ decimals: Int, _ expected: String) {
    #expect(Decimals.fixed(value, decimals) == expected)
  }

  @Test(
    "Groups of three digits are parted by commas",
    arguments: [
      (0, 0, "0"), (999, 0, "999"), (1000, 0, "1,000"), (1_234_567.4, 0, "1,234,567"),
      (-1234.5, 1, "-1,234.5"), (-123, 0, "-123"), (-0.4, 0, "0"), (1e20, 0, "1e+20"),
      (.infinity, 0, "inf"),
    ] as [(Double, Int, String)])
  func groups(_ value: Double, _ decimals: Int, _ expected: String) {
    #expect(Decimals.grouped(value, decimals) == expected)
  }

  @Test(
    "A narrow column gets three significant digits and a suffix",
    arguments: [
      (0, "0"), (7, "7"), (0.5, "0.50"), (9.994, "9.99"), (9.995, "10.0"), (99.94, "99.9"),
      (99.95, "100"), (999.4, "999"), (999.5, "1.00k"), (5e7, "50.0M"), (-1.5e9, "-1.50B"),
      (-0.001, "0.00"), (15e12, "15.0T"), (1e15, "1.00P"), (1e18, "1000P"), (.infinity, "inf"),
    ] as [(Double, String)])
  func shortens(_ value: Double, _ expected: String) {
    #expect(Decimals.short(value) == expected)
  }

  @Test(
    "A number can keep its significant digits, in plain or exponent form",
    arguments: [
      (0.123456, 3, "0.123"), (6.02214e23, 4, "6.022e23"), (1234.56, 5, "1234.6"), (0, 3, "0"),
      (9.9996, 4, "10.00"), (0.99996, 4, "1.000"), (-0.00012345, 2, "-0.00012"),
      (1.5e-7, 2, "1.5e-7"), (9.99e-7, 2, "1.0e-6"), (9.9999e20, 3, "1.00e21"),
      (123_456, 3, "123456"),
    ] as [(Double, Int, String)])
  func keepsSignificantDigits(_ value: Double, _ digits: Int, _ expected: String) {
    #expect(Decimals.significant(value, digits) == expected)
  }

  @Test("Short and fixed forms stay within half a unit of their last digit")
  func printsNearby() throws {
    let values = ManyValues.positive.filter { $0 > 1 && $0 < 9e14 }
    try #require(values.count > 100)
    let astray = values.filter { value in
      let short = (try? Magnitude.parse(Decimals.short(value))) ?? .nan
      let fixed = (try? Magnitude.parse(Decimals.fixed(value, 3))) ?? .nan
      return !(abs(short / value - 1) <= 0.00503) || !(abs(fixed - value) <= 0.0006)
    }
    #expect(astray == [])
  }
}
