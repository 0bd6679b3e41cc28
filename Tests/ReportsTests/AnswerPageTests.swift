import Foundation
import Planning
import Quantities
import Testing

@testable import Reports

@Suite("The answer's page")
struct AnswerPageTests {
  private func text(_ page: AnswerPage, _ width: Int) -> String {
    page.lines(AnswerLayout(width: width)).map(\.text).joined(separator: "\n")
  }

  @Test("the routes' figures agree in text, JSON and HTML")
  func agreement() throws {
    for plan in [try Samples.sized.get(), try Samples.given.get()] {
      let page = try #require(AnswerPage(plan))
      let json = PlanDocument(plan).json.document
      let parsed = try JSONSerialization.jsonObject(with: Data(json.utf8)) as? [String: Any]
      let answer = try #require(parsed?["answer"] as? [String: Any])
      let routes = try #require(answer["routes"] as? [[String: Any]])
      let (table, html) = (PlanTable(plan).text, PlanHTML(plan).text)
      #expect(routes.count == plan.answer?.routes.count)
      for row in routes {
        let route = try #require((row["route"] as? String).flatMap { Route(rawValue: $0) })
        let column = try #require(page.column(route))
        #expect(column.id == row["id"] as? String)
        let chance = try #require(row["chance_best"] as? Double)
        var said = [AnswerWords.ofHundred(chance)]
        #expect(column.values[.best] == said[0])
        if plan.scenario.isSizedFromBudget, let share = row["compute_share"] as? Double {
          said.append(AnswerWords.percent(share))
          #expect(column.values[.buys] == said.last)
        }
        if let dollars = row["same_model_usd"] as? Double {
          said.append(AnswerWords.money(dollars))
          #expect(column.values[.same] == said.last)
        }
        if let price = row["wins_at_usd_per_chip_hour"] as? Double {
          said.append(AnswerWords.price(price))
          #expect(column.values[.wins] == said.last)
        }
        if let done = (row["done"] as? [String: Any])?["p50"] as? String {
          said.append(AnswerWords.month(try CalendarDate(parsing: done)))
          #expect(column.values[.done]?.hasPrefix(said.last ?? "?") == true)
        }
        for words in said {
          #expect(table.contains(words), "\(route) \(words)")
          #expect(html.contains(Markup.escaped(words)), "\(route) \(words)")
        }
      }
    }
  }

  @Test("every line keeps to its width", arguments: [60, 80, 120, 160])
  func widths(width: Int) throws {
    for plan in try Samples.plans() {
      let page = try #require(AnswerPage(plan))
      for line in page.lines(AnswerLayout(width: width)) {
        #expect(line.text.count <= width, "\(line.text)")
      }
    }
  }

  @Test("no inside word is said, and no sentence is broken")
  func words() throws {
    let banned = [
      "worlds", "fits ", "p10", "p50", "p80", "p90", "1 days", "1 months", "iso-", "rent-tpu",
      "rent-trainium", "buy-gpu", "rent-gpu", "nil", "Optional", "  .", " ,", "..", "NaN", "inf",
    ]
    for plan in try Samples.plans() {
      let page = try #require(AnswerPage(plan))
      let parts = page.spoken + page.trained + page.turns + page.steps.map(\.action) + page.ties
      for part in parts + [text(page, 120), text(page, 60)] {
        for word in banned { #expect(!part.contains(word), "\(word) in \(part)") }
      }
      for sentence in page.spoken { #expect(sentence.hasSuffix("."), "\(sentence)") }
    }
  }

  @Test("where nothing can be signed the page says so, and what is in the way of each route")
  func nothing() throws {
    let page = try #require(AnswerPage(try Samples.nothing.get()))
    #expect(page.headline.contains("NOTHING CAN BE SIGNED"))
    #expect(page.columns.allSatisfy { $0.id == nil && !$0.risk.isEmpty })
  }

  @Test("figures are rounded to what is known, and counts have their plurals")
  func rounding() {
    #expect(AnswerWords.money(30_047_923) == "$30M" && AnswerWords.money(7_812_000) == "$7.8M")
    #expect(AnswerWords.money(117_300_000) == "$117M" && AnswerWords.money(999_600_000) == "$1B")
    #expect(AnswerWords.money(-48_063) == "-$48k" && AnswerWords.money(0) == "$0")
    #expect(AnswerWords.percent(0.001) == "<1 %" && AnswerWords.percent(1.264) == "126 %")
    #expect(
      AnswerWords.count(1, "month") == "1 month" && AnswerWords.count(0, "month") == "0 months")
    #expect(AnswerWords.list([]) == "" && AnswerWords.list(["a"]) == "a")
    #expect(AnswerWords.list(["a", "b", "c"]) == "a, b and c")
    let day = CalendarDate(daysSinceEpoch: 20_790)
    #expect(AnswerWords.day(day) == "3 Dec 2026" && AnswerWords.month(day) == "Dec 2026")
    #expect(AnswerWords.inside("Ask Google") == "ask Google" && AnswerWords.inside("TPU") == "TPU")
  }
}
