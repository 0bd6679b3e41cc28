import Catalog
import Quantities
import Testing
import Workload

@testable import Planning

@Suite("Break-even of owning against renting")
struct BreakEvenTests {
  private static let made = Result {
    let catalog = try Catalog()
    var scenario = Scenario(budgetDollars: 60e6, start: CalendarDate(daysSinceEpoch: 20_736))
    scenario.model = .architecture(try ModelPresets.find("llama-3.1-70b").architecture)
    scenario.tokens = 5e12
    scenario.owning.expectedUtilisation = 0.7
    return (Planner(catalog: catalog), scenario)
  }

  @Test("names a utilisation and years for every rented option that has figures")
  func complete() throws {
    let (planner, scenario) = try Self.made.get()
    let plan = planner.plan(scenario)
    let found = try #require(planner.breakEvens(plan))
    let rented = plan.assessments.filter { $0.route != .buyGPU && $0.outcome != nil }
    #expect(found.rows.count == rented.count && found.rows.count > 200)
    #expect(found.rows.contains { $0.years != nil })
    for row in found.rows {
      if let years = row.years { #expect(years > 0 && years <= found.limitYears) }
      #expect(row.speedRatio > 0 && row.rentedDollarsPerChipHour > 0)
    }
  }

  @Test("a chip that must work more to tie takes longer to pay back")
  func order() throws {
    let (planner, scenario) = try Self.made.get()
    let found = try #require(planner.breakEvens(planner.plan(scenario)))
    let sorted = found.rows.filter { $0.utilisation != nil }.sorted {
      ($0.utilisation ?? 0) < ($1.utilisation ?? 0)
    }
    let years = sorted.map { $0.years ?? .infinity }
    #expect(zip(years, years.dropFirst()).allSatisfy { $0 <= $1 + 1e-6 })
  }

  @Test("cheaper power and a higher resale bring the break-even nearer")
  func cheaperOwning() throws {
    let (planner, scenario) = try Self.made.get()
    let plan = planner.plan(scenario)
    let usual = try #require(planner.breakEvens(plan))
    var better = scenario
    better.owning.dollarsPerKilowattHour = 0.01
    better.owning.residualFraction = 0.9
    let cheaper = try #require(planner.breakEvens(planner.plan(better), owned: usual.owned))
    let pairs = zip(usual.rows, cheaper.rows)
    #expect(
      pairs.allSatisfy { ($1.utilisation ?? .infinity) < ($0.utilisation ?? .infinity) + 1e-12 })
  }
}
