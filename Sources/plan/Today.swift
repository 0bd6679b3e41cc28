import ArgumentParser
import Quantities

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The day it is, read once: what is planned, and how old prices are, counts from it.
enum Today {
  /// The clock's day in UTC; that of SOURCE_DATE_EPOCH where it is set, the usual way to make the output
  /// of programs repeatable (reproducible-builds.org).
  static let clock: CalendarDate = {
    let given = ProcessInfo.processInfo.environment["SOURCE_DATE_EPOCH"].flatMap { Double($0) }
    let seconds = given ?? Date().timeIntervalSince1970
    guard seconds >= 0, seconds < 2e11 else { return CalendarDate(daysSinceEpoch: 0) }
    return CalendarDate(daysSinceEpoch: Int((seconds / 86_400).rounded(.down)))
  }()

  /// A day given on the command line, or the clock's.
  ///
  /// - Throws: `UsageError` when it is before any price or beyond the lives of all who read this.
  static func day(_ text: String?) throws -> CalendarDate {
    guard let text else { return clock }
    let day = try CalendarDate(parsing: text)
    let year = day.parts.year
    guard (2020...2100).contains(year) else {
      throw UsageError("--today \(text): give the day it is, between 2020 and 2100")
    }
    return day
  }
}
