/// A length of time, held in hours.
public struct TimeSpan: Hashable, Comparable, Sendable {
  /// Hours.
  public var hours: Double

  public init(hours: Double) {
    self.hours = hours
  }

  public init(days: Double) {
    self.hours = days * 24
  }

  /// Days of 24 hours.
  public var days: Double {
    hours / 24
  }

  /// Hours in a mean Gregorian month, 365.2425 × 24 / 12.
  public static let hoursPerMonth = 730.485
  /// Hours in a year as clouds bill it: 365 days.
  public static let hoursPerYear = 8760.0

  /// Hours in one of each unit; a month is a twelfth of the mean Gregorian year.
  private static let units: [(names: [String], hours: Double)] = [
    (["mo", "month", "months"], hoursPerMonth),
    (["min", "minute", "minutes"], 1.0 / 60),
    (["h", "hour", "hours"], 1),
    (["d", "day", "days"], 24),
    (["w", "week", "weeks"], 168),
    (["y", "yr", "year", "years"], hoursPerYear),
  ]

  /// Reads `36h`, `90d`, `12w`, `6mo`, `1y`.
  ///
  /// - Throws: `QuantityError` when the number or its unit is missing or unknown.
  public init(parsing text: String, as what: String = "a length of time") throws(QuantityError) {
    let trimmed = text.withoutOuterSpaces
    let unit = String(trimmed.reversed().prefix { $0.isLetter }.reversed())
    let number = String(trimmed.dropLast(unit.count)).withoutOuterSpaces
    guard let found = Self.units.first(where: { $0.names.contains(unit) }),
      Magnitude.isPlainNumber(number)
    else {
      throw QuantityError(
        "“\(Magnitude.printable(text))” is not \(what) (like 36h, 90d, 12w, 6mo or 1y)")
    }
    let value = try Magnitude.parse(number: number, within: text, as: what)
    guard value >= 0 else {
      throw QuantityError("“\(Magnitude.printable(text))” is not \(what): it must be 0 or more")
    }
    guard (value * found.hours).isFinite else {
      throw QuantityError("“\(Magnitude.printable(text))” is too large for \(what)")
    }
    self.hours = value * found.hours
  }

  /// The shortest text that reads back as the same span: `90d`, `36h`.
  public var roundTrip: String {
    let days = hours / 24
    return days == days.rounded() && days * 24 == hours
      ? Decimals.shortest(days) + "d" : Decimals.shortest(hours) + "h"
  }

  public static func < (left: TimeSpan, right: TimeSpan) -> Bool {
    left.hours < right.hours
  }
}
