import Catalog
import Quantities
import Testing

@testable import Planning

@Suite("Power for own machines")
struct PowerLimitTests {
  private func plan(_ megawatts: Double?) throws -> Plan {
    var scenario = Scenario(budgetDollars: 50e6, start: CalendarDate(daysSinceEpoch: 20_736))
    scenario.routes = [.buyGPU]
    scenario.deadline = TimeSpan(days: 800)
    scenario.samples = 256
    scenario.owning.powerMegawatts = megawatts
    return Planner(catalog: try Catalog()).plan(scenario)
  }

  @Test("caps the servers by their rated draw with switches and spares, and is named when it binds")
  func caps() throws {
    let free = try #require(try plan(nil).ranked.first)
    let half = try plan(0.3)
    let best = try #require(half.ranked.first)
    let catalog = try Catalog()
    let quote = try #require(catalog.quotes.first { $0.id == best.offer })
    let kilowatts = try #require(quote.serverKilowattsMax)
    let servers = Double(best.chips / quote.chips)
    // Spares and switches take more than nothing.
    #expect(servers * kilowatts < 300 && best.chips < free.chips)
    let limit = try #require(half.answer?.limits?.limits.first { $0.kind == .power })
    #expect(limit.binds && half.warnings.contains { $0.contains("the power there is binds") })
  }

  @Test("too little for one server rules it out and says how much it takes")
  func none() throws {
    let plan = try plan(0.002)
    #expect(plan.ranked.isEmpty)
    let reasons = plan.assessments.flatMap(\.reasons).filter { $0.code == "power" }
    #expect(!reasons.isEmpty && reasons.allSatisfy { ($0.needed ?? 0) > 0.002 })
  }
}
