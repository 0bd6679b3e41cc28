import Catalog
import Foundation
import Planning
import Quantities
import Testing

@testable import Reports

/// One question for all tests here: a small given job with a deadline, from a fixed day.
private enum Shared {
  static let catalog = Result { try Catalog() }
  static let plan = catalog.map { Planner(catalog: $0).plan(scenario) }

  static var scenario: Scenario {
    var scenario = Scenario(budgetDollars: 10e6, start: CalendarDate(daysSinceEpoch: 20_736))
    scenario.model = .parameters(8e9)
    scenario.tokens = 2e12
    scenario.deadline = TimeSpan(days: 600)
    return scenario
  }

  static let formats: [ReportFormat] = [.table, .csv, .json]

  /// The first rented and the first bought option: the widest gap there is.
  static func comparison() throws -> ComparisonReport {
    let plan = try plan.get()
    let rented = try #require(plan.ranked.first { $0.route != .buyGPU })
    let bought = try #require(plan.ranked.first { $0.route == .buyGPU })
    let found = try #require(OptionComparison(rented, bought, scenario: plan.scenario))
    return ComparisonReport(found, in: plan)
  }
}

@Suite("Answers to questions about a plan")
struct QuestionTests {
  @Test("a comparison in each format", arguments: Shared.formats)
  func comparison(format: ReportFormat) throws {
    Golden.check(try Shared.comparison().render(format), "compare.\(format.rawValue)")
  }

  @Test("a frontier in each format", arguments: Shared.formats)
  func frontier(format: ReportFormat) throws {
    Golden.check(
      FrontierReport(try Shared.plan.get()).render(format), "frontier.\(format.rawValue)")
  }

  @Test("what a job takes in each format", arguments: Shared.formats)
  func limits(format: ReportFormat) throws {
    let reach = try Planner(catalog: Shared.catalog.get()).reach(of: Shared.scenario)
    Golden.check(ReachReport(reach).render(format), "limits.\(format.rawValue)")
  }

  @Test("what moves the answer in each format", arguments: Shared.formats)
  func sensitivity(format: ReportFormat) throws {
    let planner = Planner(catalog: try Shared.catalog.get())
    let found = try #require(planner.sensitivity(try Shared.plan.get()))
    Golden.check(SensitivitySheet(found).render(format), "sensitivity.\(format.rawValue)")
  }

  @Test("where owning begins to cost less in each format", arguments: Shared.formats)
  func breakEven(format: ReportFormat) throws {
    let planner = Planner(catalog: try Shared.catalog.get())
    let found = try #require(planner.breakEvens(try Shared.plan.get()))
    let plan = try Shared.plan.get()
    Golden.check(BreakEvenSheet(found, of: plan).render(format), "breakeven.\(format.rawValue)")
  }

  @Test("printed gaps sum to the printed total, to the last digit, in every part")
  func printedSums() throws {
    // Labels may hold a comma: columns are counted from both ends.
    let rows = try Shared.comparison().render(.csv).split(separator: "\r\n").dropFirst().map {
      $0.split(separator: ",", omittingEmptySubsequences: false).map(String.init)
    }
    func sum(_ rows: [[String]], _ fromEnd: Int) -> Decimal {
      rows.reduce(Decimal(0)) { $0 + (Decimal(string: $1[$1.count - fromEnd]) ?? .nan) }
    }
    let (first, second, gap) = (5, 4, 2)
    for part in ["cash", "economic", "time", "loss"] {
      let lines = rows.filter { $0[0] == part && $0[1] != "total" }
      let total = rows.filter { $0[0] == part && $0[1] == "total" }
      #expect(!lines.isEmpty && total.count == 1 && sum(lines, gap) == sum(total, gap), "\(part)")
    }
    let bill = rows.filter { $0[0] == "bill" }
    let items = bill.filter { !["cash", "left_at_the_end", "economic"].contains($0[1]) }
    let cash = bill.filter { $0[1] == "cash" }
    for column in [first, second, gap] {
      #expect(items.count > 5 && cash.count == 1 && sum(items, column) == sum(cash, column))
    }
  }

  @Test("with nothing possible, the nearest plan and what stands in the way are said")
  func nothing() throws {
    let planner = Planner(catalog: try Shared.catalog.get())
    var scenario = Shared.scenario
    scenario.budgetDollars = 1e5
    let poor = ReachReport(try planner.reach(of: scenario)).render(.table)
    #expect(poor.contains("Nothing fits. The nearest plan needs"))
    #expect(poor.contains("where the budget is $100k"))
    scenario.deadline = TimeSpan(days: 0.1)
    let hasty = ReachReport(try planner.reach(of: scenario, hasBudget: false)).render(.table)
    #expect(hasty.contains("No budget has") && hasty.contains("The soonest is day"))
  }
}
