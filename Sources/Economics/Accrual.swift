import Quantities

/// Spreads a cost that grows with the hours over the calendar months it falls in.
enum Accrual {
  /// One month's part of a stretch of hours.
  struct Month {
    /// The day it is paid: the last of the month, or the last day touched when that is sooner.
    var due: CalendarDate
    /// Hours since the start of the count, first and last of this part.
    var from: Double
    var to: Double
    var hours: Double { to - from }
  }

  /// The stretch from hour `from` to hour `to`, both counted from midnight of `start`, cut at the
  /// ends of months; paid in arrears.
  static func months(start: CalendarDate, from: Double, to: Double) -> [Month] {
    guard to > from, to.isFinite, to <= HoursOf.longestRun * 2 else { return [] }
    let lastDay = start.daysSinceEpoch + max(0, Int((to / HoursOf.day).rounded(.up)) - 1)
    var result: [Month] = []
    var hour = from
    while hour < to {
      let day = CalendarDate(
        daysSinceEpoch: start.daysSinceEpoch + Int((hour / HoursOf.day).rounded(.down)))
      let next = firstOfNextMonth(after: day)
      let end = min(to, Double(next - start.daysSinceEpoch) * HoursOf.day)
      result.append(
        Month(due: CalendarDate(daysSinceEpoch: min(next - 1, lastDay)), from: hour, to: end))
      hour = end
    }
    return result
  }

  /// Days since the epoch of the first day of the next month.
  private static func firstOfNextMonth(after date: CalendarDate) -> Int {
    // 32 days after the first of any month lie in the next one.
    let inNext = CalendarDate(daysSinceEpoch: date.daysSinceEpoch - date.parts.day + 1 + 32)
    return inNext.daysSinceEpoch - inNext.parts.day + 1
  }
}
