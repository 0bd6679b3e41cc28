import Catalog
import Quantities
import Testing

@testable import Planning

@Suite("Limits on the answer's figures")
struct RequirementTests {
  private func scenario(_ lines: String) throws -> Scenario {
    let text = """
      budget = "5M"
      routes = "rent-tpu"
      samples = 256

      [require]
      \(lines)
      """
    let catalog = try Catalog()
    return try ScenarioFile.read(text, path: "run.toml")
      .scenario(
        FieldContext(catalog: catalog, today: CalendarDate(parsing: "2026-12-01")) { _ in [] },
        budgetDollars: 0)
  }

  @Test("limits are read with both ends, as amounts, shares and days")
  func reading() throws {
    let scenario = try scenario(
      """
      cash_p80_usd = { most = "45M", least = 1e6 }
      end = { latest = 2027-12-31 }
      chance.least = 0.8
      """)
    #expect(
      scenario.requirements.map(\.text) == [
        "cash_p80_usd.most = 45000000", "cash_p80_usd.least = 1000000", "end.latest = 2027-12-31",
        "chance.least = 0.8",
      ])
  }

  @Test(
    "what is no figure, no side or no value is refused with its line and what would do",
    arguments: [
      ("cash_p81_usd = { most = 1 }", "did you mean cash_p80_usd?"),
      ("cash_p80_usd = { latest = 2027-01-01 }", "takes least or most"),
      ("end = { most = 3 }", "takes earliest or latest"),
      ("end = { latest = \"soon\" }", "end = { latest = 2027-12-31 }"),
      ("chance = 0.8", "must be limits"),
    ])
  func refused(_ line: String, _ words: String) throws {
    let error = #expect(throws: FaultList.self) { try scenario(line) }
    let text = error.map { "\($0)" } ?? ""
    #expect(text.contains(words) && text.contains("run.toml:6"), "\(text)")
  }

  @Test("a limit is kept or broken by the answer's own figure, and a broken one heads the warnings")
  func held() throws {
    let open = try scenario("cash_p80_usd = { most = \"5M\" }\nchips = { least = 1 }")
    let planner = Planner(catalog: try Catalog())
    #expect(planner.plan(open).brokenRequirements.isEmpty)
    let tight = try scenario("cash_p80_usd = { most = 1000 }\nend = { latest = 2026-12-05 }")
    let plan = planner.plan(tight)
    #expect(plan.requirements.count == 2 && plan.brokenRequirements.count == 2)
    let cash = try #require(plan.ranked.first?.outcome?.costCash.p80)
    #expect(plan.requirements[0].value == cash)
    #expect(plan.warnings[0].hasPrefix("required and not kept: cash_p80_usd is"))
    #expect(
      plan.warnings[0].contains("at most $1.00k is required (run.toml:6)"), "\(plan.warnings[0])")
  }
}
