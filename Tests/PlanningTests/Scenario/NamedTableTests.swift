import Catalog
import Quantities
import Testing
import Workload

@testable import Planning

@Suite("Tables named for what they ask")
struct NamedTableTests {
  private func scenario(_ text: String) throws -> Scenario {
    try ScenarioFile.read("budget = \"50M\"\n" + text, path: "run.toml")
      .scenario(
        FieldContext(catalog: Catalog(), today: CalendarDate(parsing: "2026-12-01")) { _ in [] },
        budgetDollars: 0)
  }

  @Test("[purpose] says what serving asks, and the shapes follow it")
  func purpose() throws {
    let usual = try scenario("")
    let small = try scenario(
      "[purpose]\nkind = \"serve\"\nlargest_total = \"100B\"\ntokens_per_active = 1000\n")
    #expect(small.purpose == .serve && small.serving.tokensPerActive == 1000)
    let all = small.shapeChoices.all
    #expect(!all.isEmpty && all.allSatisfy { $0.rung.totalParameters <= 100e9 })
    #expect(usual.shapeChoices.all.contains { $0.rung.totalParameters > 100e9 })
    #expect(usual.shapeKey != small.shapeKey)
    let memory = try scenario("[purpose]\nserving_memory_gb = 640\nserved_tokens = \"50T\"\n")
    let most = memory.shapeChoices.all.map(\.rung.totalParameters).max() ?? 0
    #expect(most <= 640e9 * 0.8)
    #expect(memory.shapeChoices.purpose.servedTokens == 50e12)
  }

  @Test("[use_after] is the life and the use of owned servers, by the words of the question")
  func useAfter() throws {
    let found = try scenario("[use_after]\nyears = 4\nshare = 0.6\nworth = 2.5\n")
    #expect(found.owning.lifeYears == 4 && found.owning.expectedUtilisation == 0.6)
    #expect(found.owning.useWorth == 2.5)
    // The same field set in both places is a contradiction.
    #expect(throws: FaultList.self) {
      try scenario("[owning]\nlife = 5\n[use_after]\nyears = 4\n")
    }
    let error = #expect(throws: FaultList.self) { try scenario("[use_after]\nyear = 4\n") }
    #expect(error.map { "\($0)".contains("run.toml:3") } == true)
  }
}
