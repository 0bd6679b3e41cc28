import Foundation
import Planning
import Quantities
import Testing

@testable import Reports

/// One scenario in every format: the digits are the same.
@Suite("Agreement of formats")
struct AgreementTests {
  private func document(_ plan: Plan) throws -> [String: Any] {
    let text = PlanDocument(plan).json.document
    let parsed = try JSONSerialization.jsonObject(with: Data(text.utf8))
    return try #require(parsed as? [String: Any])
  }

  @Test("CSV holds the very digits of JSON")
  func csvAndJSON() throws {
    for plan in try Samples.plans() {
      let rows = records(PlanCSV(plan).text)
      for (row, assessment) in zip(rows.dropFirst(), plan.assessments) {
        let option = PlanDocument.option(assessment)
        for (path, cell) in zip(PlanCSV.paths, row) {
          switch option[path] ?? .null {
          case .number(let digits): #expect(cell == digits, "\(path)")
          case .null: #expect(cell.isEmpty, "\(path)")
          case .bool(let value): #expect(cell == "\(value)", "\(path)")
          case .string(let text): #expect(cell == text || cell == "'" + text, "\(path)")
          default: Issue.record("\(path) is no field")
          }
        }
      }
    }
  }

  @Test("every amount of the bill in HTML and Markdown is JSON's, to the cent")
  func billInDocuments() throws {
    for plan in [try Samples.sized.get(), try Samples.given.get()] {
      let options = try #require(try document(plan)["options"] as? [[String: Any]])
      let best = try #require(plan.ranked.first)
      let option = try #require(options.first { $0["id"] as? String == best.id })
      let breakdown = try #require(option["breakdown_usd"] as? [String: Double])
      let cash = try #require((option["planned"] as? [String: Any])?["cost_cash_usd"] as? Double)
      let economic = try #require(
        (option["planned"] as? [String: Any])?["cost_economic_usd"] as? Double)
      for text in [PlanHTML(plan).text, PlanMarkdown(plan).text] {
        for amount in Array(breakdown.values) + [cash, economic] {
          #expect(text.contains(Decimals.grouped(amount, 2)), "\(amount)")
        }
      }
    }
  }

  @Test("a row of the table, of HTML and of Markdown is JSON's option, rounded the same way")
  func rows() throws {
    for plan in [try Samples.sized.get(), try Samples.given.get()] {
      let options = try #require(try document(plan)["options"] as? [[String: Any]])
      let (table, html) = (PlanTable(plan).text, PlanHTML(plan).text)
      let markdown = PlanMarkdown(plan).text
      for group in plan.scenario.routes.sorted().flatMap({
        PlanDigest(plan).groups(of: $0).prefix(PlanDigest.groupsShown)
      }) {
        let first = try #require(group.first)
        let option = try #require(options.first { $0["id"] as? String == first.assessment.id })
        let cash = try #require(option["cost_cash_usd"] as? [String: Double])
        let economic = try #require(option["cost_economic_usd"] as? [String: Double])
        func short(_ value: Double?) -> String { Money(dollars: value ?? 0).short }
        let range = "\(short(cash["p50"])) (\(short(cash["p10"]))–\(short(cash["p90"])))"
        let cells = PlanTable.row(group, OptionLabels(plan))
        #expect(cells[5] == range && cells[6] == short(economic["p50"]))
        let loss = try #require((option["predicted_loss"] as? [String: Double])?["p50"])
        // Three decimals here and four there: both are the nearest to the same value.
        #expect(try abs(#require(Double(cells[9])) - loss) <= 0.000_55 + 1e-12)
        for text in [table, html, markdown] { #expect(text.contains(range)) }
      }
    }
  }

  @Test("payments in JSON sum to the breakdown by term, and FOCUS to the same cash")
  func payments() throws {
    let plan = try Samples.given.get()
    for assessment in plan.assessments {
      guard let outcome = assessment.outcome else { continue }
      var sums: [String: Int64] = [:]
      for payment in outcome.payments { sums[payment.term.rawValue, default: 0] += payment.cents }
      let lines = outcome.breakdown.map { ($0.term, $0.cents) }
      #expect(sums == Dictionary(lines, uniquingKeysWith: +), "\(assessment.id)")
    }
  }
}
