import Quantities

/// Cuts a stretch of hours at the ends of calendar months, for bills in arrears.
enum MonthlySpread {
  /// One part of a stretch.
  struct Part {
    /// The day it is paid: the first of the next month, or the end of the stretch.
    var date: CalendarDate
    /// Hours from the start of the stretch.
    var from: Double
    var to: Double

    var hours: Double { to - from }
  }

  /// The parts of a stretch, in order.
  ///
  /// - Parameters:
  ///   - start: the day hours are counted from.
  ///   - offset: hours from `start` to the stretch.
  ///   - length: hours of the stretch.
  static func parts(start: CalendarDate, offset: Double, length: Double) -> [Part] {
    var parts: [Part] = []
    var from = 0.0
    while length - from > 1e-9 {
      let day = floor(start, hours: offset + from)
      let next = firstOfNextMonth(after: day)
      let monthEnd = Double(next.daysSinceEpoch - start.daysSinceEpoch) * 24 - offset
      let to = min(length, monthEnd > from + 1e-9 ? monthEnd : from + 24)
      parts.append(Part(date: date(start, hours: offset + to), from: from, to: to))
      from = to
    }
    return parts
  }

  /// The day on which some hours have passed; a day begun counts as the next.
  static func date(_ start: CalendarDate, hours: Double) -> CalendarDate {
    start.adding(days: hours / 24 - 1e-9)
  }

  private static func floor(_ start: CalendarDate, hours: Double) -> CalendarDate {
    CalendarDate(daysSinceEpoch: start.daysSinceEpoch + Int((hours / 24 + 1e-9).rounded(.down)))
  }

  private static func firstOfNextMonth(after day: CalendarDate) -> CalendarDate {
    let parts = day.parts
    let next = parts.month == 12 ? (parts.year + 1, 1) : (parts.year, parts.month + 1)
    return CalendarDate(year: next.0, month: next.1, day: 1) ?? day.adding(days: 31)
  }
}
