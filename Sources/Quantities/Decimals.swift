/// Prints numbers the same way everywhere: `.` decimal mark, no locale.
public enum Decimals {
  /// A number with a fixed count of decimals, halves rounded away from zero on the exact binary
  /// value: `fixed(2.5, 0)` is `3`, `fixed(1234.5678, 2)` is `1234.57`.
  ///
  /// - Parameters:
  ///   - value: any finite number below about 9e18 / 10^decimals; others print in shortest form.
  ///   - decimals: 0...9.
  public static func fixed(_ value: Double, _ decimals: Int) -> String {
    guard value.isFinite else { return value.isNaN ? "nan" : value < 0 ? "-inf" : "inf" }
    var power = 1.0
    for _ in 0..<decimals { power *= 10 }
    let scaled = scaledAndRounded(abs(value), by: power)
    guard scaled < 9e18 else { return shortest(value) }
    let units = UInt64(scaled)
    let sign = value < 0 && units > 0 ? "-" : ""
    guard decimals > 0 else { return "\(sign)\(units)" }
    let divisor = UInt64(power)
    let fraction = String(units % divisor)
    let padding = String(repeating: "0", count: decimals - fraction.count)
    return "\(sign)\(units / divisor).\(padding)\(fraction)"
  }

  /// `value * power` to the nearest whole number, decided on the exact product: 1.115 is a hair less
  /// than it says, yet 1.115 * 100 rounds to 111.5 before anything can be seen of the hair.
  static func scaledAndRounded(_ value: Double, by power: Double) -> Double {
    let product = value * power
    let below = product.rounded(.down)
    let lost = (-product).addingProduct(value, power)
    return product - below == 0.5 && lost < 0 ? below : product.rounded()
  }

  /// A number with `,` between groups of three digits, for people: `grouped(1234567.4)` is
  /// `1,234,567`.
  public static func grouped(_ value: Double, _ decimals: Int = 0) -> String {
    let text = fixed(value, decimals)
    let sign = text.hasPrefix("-") ? "-" : ""
    let parts = text.drop { $0 == "-" }.split(separator: ".", omittingEmptySubsequences: false)
    guard let whole = parts.first, whole.allSatisfy(\.isNumber) else { return text }
    var out = ""
    for (index, digit) in whole.enumerated() {
      if index > 0 && (whole.count - index) % 3 == 0 { out.append(",") }
      out.append(digit)
    }
    return sign + out + (parts.count > 1 ? "." + parts[1] : "")
  }

  /// A number with a magnitude suffix and three significant digits, for narrow columns: `50.0M`.
  ///
  /// - Parameters:
  ///   - value: the number.
  ///   - suffixes: the suffix for each power of 1000, from 10³ up.
  public static func short(_ value: Double, suffixes: [String] = ["k", "M", "B", "T", "P"])
    -> String
  {
    guard value.isFinite else { return fixed(value, 0) }
    var scaled = abs(value)
    var suffix = ""
    for next in suffixes where scaled >= 999.5 {
      scaled /= 1000
      suffix = next
    }
    let decimals = scaled >= 99.95 ? 0 : scaled >= 9.995 ? 1 : 2
    let text =
      suffix.isEmpty && scaled == scaled.rounded() ? fixed(scaled, 0) : fixed(scaled, decimals)
    let isZero = !text.contains { ("1"..."9").contains($0) }
    return (value < 0 && !isZero ? "-" : "") + text + suffix
  }

  /// A number with this many significant digits, in plain notation where that is short, else with an
  /// exponent: `significant(0.123456, 3)` is `0.123`, `significant(6.02214e23, 4)` is `6.022e23`.
  public static func significant(_ value: Double, _ digits: Int) -> String {
    guard value.isFinite, value != 0 else { return fixed(value, 0) }
    var exponent = 0
    var scaled = abs(value)
    while scaled >= 10 { (scaled, exponent) = (scaled / 10, exponent + 1) }
    while scaled < 1 { (scaled, exponent) = (scaled * 10, exponent - 1) }
    let decimals = max(0, digits - 1)
    // 9.9996 in four digits is 10.00: rounding has carried into one more digit before the mark.
    var mantissa = fixed(scaled, decimals)
    if mantissa.hasPrefix("10") { (mantissa, exponent) = (fixed(1, decimals), exponent + 1) }
    if exponent >= -4 && exponent < 15 {
      let places = max(0, decimals - exponent)
      return places <= 15 ? fixed(value, places) : shortest(value)
    }
    return (value < 0 ? "-" : "") + mantissa + "e\(exponent)"
  }

  /// The shortest text that reads back as the same `Double`, without a trailing `.0`: `0.1`, `50`.
  public static func shortest(_ value: Double) -> String {
    let text = "\(value)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }
}
