import Quantities
import Testing

/// Days of the calendar.
struct CalendarDateTests {
  @Test(
    "A date knows its place in the count of days",
    arguments: [
      // Unix time 0; 951782400, 1709164800 and 1795392000 seconds divided by 86400; the bounds.
      ("1970-01-01", 0), ("2000-02-29", 11_016), ("2024-02-29", 19_782), ("2026-11-23", 20_780),
      ("1969-12-31", -1), ("0001-01-01", -719_162), ("9999-12-31", 2_932_896),
    ] as [(String, Int)])
  func counts(_ text: String, _ days: Int) throws {
    let date = try CalendarDate(parsing: text)
    #expect(date.daysSinceEpoch == days)
    #expect(date.iso == text)
  }

  @Test("Every day of eight centuries follows the one before it, by the months' own lengths")
  func walks() {
    var (year, month, day) = (1600, 1, 1)
    var index = CalendarDate(year: 1600, month: 1, day: 1)?.daysSinceEpoch ?? 0
    var broken: [String] = []
    while year < 2400 {
      let date = CalendarDate(daysSinceEpoch: index)
      if date.parts != (year, month, day) || (try? CalendarDate(parsing: date.iso)) != date {
        broken.append(date.iso)
      }
      index += 1
      let isLeap = year % 4 == 0 && (year % 100 != 0 || year % 400 == 0)
      let lengths = [31, isLeap ? 29 : 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]
      day += 1
      if day > lengths[month - 1] { (month, day) = (month + 1, 1) }
      if month > 12 { (year, month) = (year + 1, 1) }
    }
    #expect(broken == [])
  }

  @Test(
    "What is no date is turned away",
    arguments: [
      "", "banana", "2026-02-29", "1900-02-29", "2026-13-01", "2026-00-10", "2026-04-31",
      "2026-1-1",
      "0000-01-01", "20261123", "2026/11/23", "+026-11-23", "2026-11-23T00:00", "２０２６-11-23",
    ])
  func refuses(_ text: String) {
    #expect(throws: QuantityError("“\(text)” is not a date (like 2026-11-23)")) {
      try CalendarDate(parsing: text)
    }
  }

  @Test(
    "A day begun is a day used, a rounding error is not a day begun",
    arguments: [
      (0, "2026-11-23"), (1, "2026-11-24"), (1.01, "2026-11-25"), (0.1 * 3 / 0.1, "2026-11-26"),
      (-1, "2026-11-22"), (39, "2027-01-01"), (1e300, "9999-12-31"), (.infinity, "9999-12-31"),
      (.nan, "9999-12-31"), (-.infinity, "0001-01-01"),
    ] as [(Double, String)])
  func adds(_ days: Double, _ expected: String) throws {
    let start = try CalendarDate(parsing: "2026-11-23")
    #expect(start.adding(days: days).iso == expected)
    #expect(days.isNaN || (start < start.adding(days: days)) == (days > 0))
  }

  @Test(
    "Nobody answers at a weekend: its days become the Friday before",
    arguments: [
      ("2027-01-01", "2027-01-01"), ("2027-01-02", "2027-01-01"), ("2027-01-03", "2027-01-01"),
      ("2027-01-04", "2027-01-04"), ("1970-01-03", "1970-01-02"), ("1969-12-28", "1969-12-26"),
    ])
  func workday(_ day: String, _ expected: String) throws {
    #expect(try CalendarDate(parsing: day).workday.iso == expected)
  }
}
