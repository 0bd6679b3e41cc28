import Catalog
import Economics
import Quantities
import Testing

@testable import Planning

@Suite("Tracking by a bill")
struct BilledTrackingTests {
  private func day(_ iso: String) throws -> CalendarDate { try CalendarDate(parsing: iso) }

  @Test("days become weeks from Monday, without gaps, and have no tokens")
  func weeks() throws {
    // 7 January 2026 is a Wednesday; the bill says nothing of the week between.
    let days = [try day("2026-01-07"): ["": 10.0], try day("2026-01-21"): ["": 5.0]]
    let actuals = try Actuals.billed(
      file: "b", days: days, hasTerms: false, tokens: nil, against: SavedPlanSample.option())
    #expect(actuals.weeks.map(\.start.iso) == ["2026-01-05", "2026-01-12", "2026-01-19"])
    #expect(actuals.weeks.map(\.dollars) == [10, 0, 5])
    #expect(actuals.weeks.allSatisfy { $0.tokens == nil })
    #expect(!Tracking(actuals, against: try SavedPlanSample.option()).hasTerms)
  }

  @Test("a table of tokens gives the weeks' days, and terms stay apart")
  func tokens() throws {
    let table = try Actuals.read(
      file: "t", bytes: "week,tokens\n2026-01-08,7e10\n2026-01-15,6e10\n".utf8)
    let days = [
      try day("2026-01-07"): ["accelerator_rent": 10.0],
      try day("2026-01-16"): ["accelerator_rent": 5.0, "object_storage": 1],
    ]
    let actuals = try Actuals.billed(
      file: "b", days: days, hasTerms: true, tokens: table, against: SavedPlanSample.option())
    #expect(actuals.weeks.map(\.start.iso) == ["2026-01-01", "2026-01-08", "2026-01-15"])
    #expect(actuals.weeks.map { $0.tokens ?? -1 } == [-1, 7e10, 6e10])
    #expect(actuals.weeks[2].spend == [.acceleratorRent: 5, .objectStorage: 1])
  }

  @Test("money beyond ten plans in a week is refused, as in a table")
  func impossible() throws {
    let days = [try day("2026-01-07"): ["": 5e7]]
    #expect(throws: FaultList.self) {
      try Actuals.billed(
        file: "b", days: days, hasTerms: false, tokens: nil, against: SavedPlanSample.option())
    }
  }
}
