import Catalog
import Economics
import Foundation
import PlanEngine
import Planning
import PriceFeeds
import Quantities
import Reports
import Screen
import TOMLText
import Testing
import TrainingLogs
import Uncertainty
import Workload

/// The examples of the floors' articles, compiled and run: what stands between two marks here is what
/// the article shows.
@Suite("Examples of the articles")
struct ArticleExamples {
  @Test("TOMLText: a value is changed where it stands, and nothing else")
  func tomlText() throws {
    // example: TOMLText
    let document = TOMLDocument("budget = \"50M\"  # a first guess\n[job]\n")
    let changed = document.setting(["job", "tokens"], to: "\"2T\"")
    // end
    #expect(changed.text == "budget = \"50M\"  # a first guess\n[job]\ntokens = \"2T\"\n")
  }

  @Test("Quantities: text becomes a quantity, or an error that says what is wrong")
  func quantities() throws {
    // example: Quantities
    let budget = try Money(parsing: "2.5B")
    let deadline = try TimeSpan(parsing: "12w")
    let end = try CalendarDate(parsing: "2026-12-01").adding(days: deadline.days)
    // end
    #expect(budget.dollars == 2.5e9 && end.iso == "2027-02-23")
  }

  @Test("Catalog: a chip's figures, and the cheapest offer of it")
  func catalog() throws {
    // example: Catalog
    let catalog = try Catalog()
    let chip = catalog.accelerator("trn2")
    let offers = catalog.offers.filter { $0.accelerator == "trn2" && $0.usdPerInstanceHour != nil }
    // end
    #expect(chip?.bf16Teraflops != nil && !offers.isEmpty)
  }

  @Test("Workload: what a model is made of, from its name")
  func workload() throws {
    // example: Workload
    let llama = try ModelPresets.find("llama-3.1-70b").architecture
    for run in llama.layerStack.kinds {
      print(run.count, run.layer.kindName, run.layer.parameterCount)
    }
    // end
    #expect(abs(Double(llama.parameterCount) / 70.55e9 - 1) < 0.01)
  }

  @Test("Economics: what a commitment bills for a run that is shorter")
  func economics() throws {
    // example: Economics
    let commitment = try Catalog().offers.first {
      $0.purchase == .commit1Year && $0.usdPerInstanceHour != nil
    }
    let start = try CalendarDate(parsing: "2027-01-01")
    let bill = commitment.flatMap {
      RentalCost.cashFlow(offer: $0, instances: 16, usefulHours: 2000, start: start)
    }
    // end
    let price = try #require(commitment?.usdPerInstanceHour)
    let flow = try #require(bill)
    #expect(abs(flow.flows.map(\.dollars).reduce(0, +) / (price * 16 * 8760) - 1) < 1e-9)
  }

  @Test("Uncertainty: two inputs drawn together")
  func uncertainty() throws {
    // example: Uncertainty
    let speed = UncertainInput("speed", try .lognormal(low: 0.7, high: 1.2))
    let price = UncertainInput("price", try .triangular(low: 1.8, typical: 2.1, high: 3))
    let draws = try Sampler(inputs: [speed, price], seed: 7).draws(4096)
    // end
    #expect(draws[0].count == 4096 && draws[1].allSatisfy { (1.8...3).contains($0) })
  }

  @Test("Planning: the plan of a scenario, best option first")
  func planning() throws {
    // example: Planning
    let catalog = try Catalog()
    var scenario = Scenario(budgetDollars: 50e6, start: try CalendarDate(parsing: "2026-12-01"))
    scenario.samples = 64
    scenario.routes = [.rentTPU]
    let plan = Planner(catalog: catalog).plan(scenario)
    let best = plan.ranked.first
    // end
    #expect(best != nil && best?.id == plan.recommendation?.id)
  }

  @Test("PlanEngine and Reports: ten lines ask for $50M, two more make a document")
  func engine() throws {
    // example: PlanEngine
    let engine = try Engine()
    let plan = try engine.plan(budget: "50M", ["routes": "rent-tpu", "samples": "64"])
    print(plan.answer?.sign?.sentence ?? "nothing to sign")
    for option in plan.ranked.prefix(3) {
      print(option.id)
    }
    // end
    // example: Reports
    let document = PlanDocument(plan).json.document
    let rows = PlanFormat.csv.render(plan)
    // end
    #expect(document.contains("\"ranking\"") && rows.hasPrefix("id,"))
  }

  @Test("Screen: text on a grid of cells, as a terminal would show it")
  func screen() {
    // example: Screen
    var grid = Grid(width: 12, height: 2)
    grid.write("budget", in: Rect(column: 0, row: 0, width: 12, height: 1))
    grid.write("$50M", in: Rect(column: 0, row: 1, width: 12, height: 1))
    // end
    #expect(grid.text.hasPrefix("budget"))
  }

  @Test("the articles show these examples to the letter")
  func articles() throws {
    let here = URL(fileURLWithPath: #filePath)
    let root = here.deletingLastPathComponent().deletingLastPathComponent()
      .deletingLastPathComponent()
    let lines = try String(contentsOf: here, encoding: .utf8).split(
      separator: "\n", omittingEmptySubsequences: false)
    var shown = 0
    var name: Substring?
    var code: [Substring] = []
    for line in lines {
      let words = line.drop { $0 == " " }
      if words.hasPrefix("// example: ") {
        (name, code) = (words.dropFirst("// example: ".count), [])
      } else if words == "// end", let article = name {
        let path = "Sources/\(article)/\(article).docc/\(article).md"
        let text = try String(contentsOf: root.appendingPathComponent(path), encoding: .utf8)
        let example = "```swift\n\(code.joined(separator: "\n"))\n```"
        #expect(text.contains(example), "put this into \(path):\n\(example)")
        (name, shown) = (nil, shown + 1)
      } else if name != nil {
        code.append(line.dropFirst(4))
      }
    }
    #expect(shown == 10)
  }

  @Test("every file that an article or the README names is there")
  func files() throws {
    let root = URL(fileURLWithPath: #filePath).deletingLastPathComponent()
      .deletingLastPathComponent().deletingLastPathComponent()
    let manager = FileManager.default
    let paths = ["Sources", "Tests", "pricing"].flatMap { folder in
      (manager.enumerator(atPath: root.appendingPathComponent(folder).path)?.allObjects ?? [])
        .compactMap { ($0 as? String).map { "\(folder)/\($0)" } }
    }
    let articles = paths.filter { $0.hasSuffix(".md") }
    #expect(articles.count > 20)
    for article in articles + ["README.md"] {
      let text = try String(contentsOf: root.appendingPathComponent(article), encoding: .utf8)
      for match in text.matches(of: #/[`(]([A-Za-z][A-Za-z_\/.-]*\.(?:swift|csv|md|py))[`)]/#) {
        let name = String(match.output.1)
        let isOurs = name.hasSuffix(".swift") || name.hasPrefix("Sources/")
        guard isOurs || name.hasPrefix("pricing/"), !name.contains("NAME") else { continue }
        #expect(
          paths.contains { $0 == name || $0.hasSuffix("/" + name) } || name == "Package.swift",
          "\(article) names \(name)")
      }
    }
  }
}
