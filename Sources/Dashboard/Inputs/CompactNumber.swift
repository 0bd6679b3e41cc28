import Quantities

/// Numbers as short as a person would type them, and exact.
enum CompactNumber {
  private static let suffixes: [(String, Double)] = [
    ("T", 1e12), ("B", 1e9), ("M", 1e6), ("k", 1e3),
  ]

  /// The shortest of `60M`, `1.5T`, `8192` that reads back as the same number.
  static func text(_ value: Double) -> String {
    let plain = Decimals.shortest(value)
    let shortened = suffixes.compactMap { suffix, size -> String? in
      guard abs(value) >= size else { return nil }
      let text = Decimals.shortest(value / size) + suffix
      return (try? Magnitude.parse(text)) == value && text.count < plain.count ? text : nil
    }
    return shortened.first ?? plain
  }

  /// A number to three significant digits.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return value }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    // Below 100, digits after the point are what is significant.
    while value / unit < 100, unit > 1e-12 { unit /= 10 }
    let scaled = (value / unit).rounded()
    return unit >= 1 ? scaled * unit : scaled / (1 / unit).rounded()
  }
}
