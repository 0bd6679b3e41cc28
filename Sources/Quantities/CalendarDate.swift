/// A day of the proleptic Gregorian calendar, without time of day or time zone.
public struct CalendarDate: Hashable, Comparable, Sendable {
  /// Days since 1970-01-01.
  public var daysSinceEpoch: Int

  public init(daysSinceEpoch: Int) {
    self.daysSinceEpoch = daysSinceEpoch
  }

  /// A date from its parts; nil when there is no such day.
  ///
  /// Day count after H. Hinnant, "chrono-compatible low-level date algorithms", days_from_civil.
  public init?(year: Int, month: Int, day: Int) {
    guard (1...9999).contains(year), (1...12).contains(month), day >= 1,
      day <= Self.length(ofMonth: month, year: year)
    else { return nil }
    let shiftedYear = month <= 2 ? year - 1 : year
    let era = shiftedYear / 400
    let yearOfEra = shiftedYear - era * 400
    let monthFromMarch = (month + 9) % 12
    let dayOfYear = (153 * monthFromMarch + 2) / 5 + day - 1
    let dayOfEra = yearOfEra * 365 + yearOfEra / 4 - yearOfEra / 100 + dayOfYear
    self.daysSinceEpoch = era * 146_097 + dayOfEra - 719_468
  }

  /// Reads an ISO date, `2026-11-23`.
  ///
  /// - Throws: `QuantityError` when the text is not of that form or there is no such day.
  public init(parsing text: String) throws(QuantityError) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    let isShaped =
      parts.map(\.count) == [4, 2, 2]
      && parts.allSatisfy { $0.allSatisfy { $0.isASCII && $0.isNumber } }
    guard isShaped, let year = Int(parts[0]), let month = Int(parts[1]), let day = Int(parts[2]),
      let date = CalendarDate(year: year, month: month, day: day)
    else {
      throw QuantityError("“\(Magnitude.printable(text))” is not a date (like 2026-11-23)")
    }
    self = date
  }

  /// Year, month (1...12) and day (1...31); Hinnant's civil_from_days.
  public var parts: (year: Int, month: Int, day: Int) {
    let shifted = daysSinceEpoch + 719_468
    let era = (shifted >= 0 ? shifted : shifted - 146_096) / 146_097
    let dayOfEra = shifted - era * 146_097
    let yearOfEra = (dayOfEra - dayOfEra / 1460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365
    let dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100)
    let monthFromMarch = (5 * dayOfYear + 2) / 153
    let day = dayOfYear - (153 * monthFromMarch + 2) / 5 + 1
    let month = monthFromMarch < 10 ? monthFromMarch + 3 : monthFromMarch - 9
    return (yearOfEra + era * 400 + (month <= 2 ? 1 : 0), month, day)
  }

  /// ISO form, `2026-11-23`.
  public var iso: String {
    let (year, month, day) = parts
    func padded(_ value: Int, _ width: Int) -> String {
      let digits = String(value)
      return String(repeating: "0", count: max(0, width - digits.count)) + digits
    }
    return "\(padded(year, 4))-\(padded(month, 2))-\(padded(day, 2))"
  }

  /// The date itself from Monday to Friday; of a weekend the Friday before.
  public var workday: CalendarDate {
    // The first day of the count, 1970-01-01, was a Thursday.
    let fromMonday = ((daysSinceEpoch + 3) % 7 + 7) % 7
    return CalendarDate(daysSinceEpoch: daysSinceEpoch - max(0, fromMonday - 4))
  }

  /// The date this many days later; part days are rounded up, because a day begun is a day used.
  ///
  /// A millionth of a day is forgiven, so that 3 days summed up as 3.0000000000000004 stay 3. The
  /// calendar ends on 9999-12-31: whatever lies beyond, or is not a number, is that day.
  public func adding(days: Double) -> CalendarDate {
    let last = Self.dayCount9999
    let sum = Double(daysSinceEpoch) + (days - 1e-6).rounded(.up)
    guard sum < Double(last) else { return CalendarDate(daysSinceEpoch: last) }
    return CalendarDate(daysSinceEpoch: Int(max(sum, Self.dayCount0001)))
  }

  /// 9999-12-31 in days since 1970-01-01.
  private static let dayCount9999 = 2_932_896
  /// 0001-01-01 in days since 1970-01-01.
  private static let dayCount0001 = -719_162.0

  private static func length(ofMonth month: Int, year: Int) -> Int {
    switch month {
    case 2: return year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28
    case 4, 6, 9, 11: return 30
    default: return 31
    }
  }

  public static func < (left: CalendarDate, right: CalendarDate) -> Bool {
    left.daysSinceEpoch < right.daysSinceEpoch
  }
}
