import Catalog
import Foundation
import Testing
import Throughput

@testable import Reports

@Suite("README")
struct ReadmeTests {
  @Test(
    "the validation table in the article on numbers, its lines in the README and the one built in are what the program prints"
  )
  func validation() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let article = try String(
      contentsOf: root.appendingPathComponent("Sources/plan/plan.docc/Numbers.md"), encoding: .utf8)
    let readme = try String(
      contentsOf: root.appendingPathComponent("README.md"), encoding: .utf8)
    let validation = Validation(catalog: try Catalog())
    let runs = PublishedRun.builtIn
    let report = validation.leaveOneFamilyOut(rows: runs)
    let sheet = ValidationSheets.summary(
      report, baselines: validation.baselines(rows: runs), showsFamilies: false)
    let block = sheet.table.split(separator: "\n").map { "    \($0)" }.joined(separator: "\n")
    #expect(article.contains(block), "put this into plan.docc/Numbers.md:\n\(block)")
    // The README shows some of its lines, as they are and with the heading.
    let shown = readme.split(separator: "\n").drop { !$0.contains("In 80 % range") }
      .prefix { $0.hasPrefix("    ") }
    #expect(shown.count > 5)
    for line in shown {
      #expect(block.contains(line), "not what the program prints, in README.md: \(line)")
    }
    let rows = { ValidationSheets.rows($0).csv.split(separator: "\r\n") }
    for (found, builtIn) in zip(rows(report), rows(.builtIn)) {
      #expect(found == builtIn, "make validation.csv anew with plan-fit")
    }
  }
}
