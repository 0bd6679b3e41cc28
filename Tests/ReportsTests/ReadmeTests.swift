import Catalog
import Foundation
import Testing
import Throughput

@testable import Reports

@Suite("README")
struct ReadmeTests {
  @Test("the validation table in the README and the one built in are what the program prints")
  func validation() throws {
    let file = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("README.md")
    let readme = try String(contentsOf: file, encoding: .utf8)
    let validation = Validation(catalog: try Catalog())
    let runs = PublishedRun.builtIn
    let report = validation.leaveOneFamilyOut(rows: runs)
    let sheet = ValidationSheets.summary(
      report, baselines: validation.baselines(rows: runs), showsFamilies: false)
    let block = sheet.table.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    #expect(readme.contains(block), "put this into README.md:\n\(block)")
    let rows = { ValidationSheets.rows($0).csv.split(separator: "\r\n") }
    for (found, builtIn) in zip(rows(report), rows(.builtIn)) {
      #expect(found == builtIn, "make validation.csv anew with plan-fit")
    }
  }
}
