import PlanEngine
import Testing

@Suite("The engine for programs")
struct EngineTests {
  private static let few = ["samples": "64", "routes": "rent-tpu,buy-gpu"]

  @Test("money in, answer out: the plan of a budget names what to sign")
  func budget() throws {
    let plan = try Engine().plan(budget: "50M", Self.few, today: "2026-12-01")
    #expect(plan.scenario.budgetDollars == 50e6)
    #expect(plan.scenario.today.iso == "2026-12-01")
    let answer = try #require(plan.answer)
    let sign = try #require(answer.sign)
    #expect(sign.id == plan.recommendation?.id && sign.sentence.contains("chips"))
    #expect(answer.routes.allSatisfy { $0.id == nil || plan.assessment($0.id ?? "") != nil })
  }

  @Test("a scenario file gives the plan that the same inputs give")
  func scenarioFile() throws {
    let engine = try Engine()
    let text = """
      budget = "50M"
      samples = 64
      [policy]
      routes = "rent-tpu,buy-gpu"
      """
    let read = try engine.plan(scenario: text, today: "2026-12-01")
    let given = try engine.plan(budget: "50M", Self.few, today: "2026-12-01")
    #expect(read.ranked.map(\.id) == given.ranked.map(\.id))
    #expect(read.answer == given.answer)
  }

  @Test("a key that is no input is named with the one that was meant")
  func unknownKey() throws {
    let engine = try Engine()
    let error = #expect(throws: UnknownInput.self) {
      try engine.plan(budget: "50M", ["deadlin": "180d"])
    }
    #expect(error?.description == "deadlin is no input of a scenario; did you mean deadline?")
  }

  @Test("a scenario without a budget and a folder that is not there say so")
  func missing() throws {
    let engine = try Engine()
    let fault = #expect(throws: ScenarioFault.self) { try engine.plan(scenario: "samples = 64\n") }
    #expect(fault?.description.contains("budget is missing") == true)
    #expect(throws: MissingFile.self) { try Engine(pricing: "no/such/folder") }
  }
}
