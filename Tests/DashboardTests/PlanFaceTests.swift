import Catalog
import Planning
import Quantities
import Reports
import Testing

@testable import Dashboard

@Suite struct PlanFaceTests {
  private func plan(budget: Double) throws -> Plan {
    let catalog = try Catalog.load(overlay: nil)
    let start = try CalendarDate(parsing: catalog.asOf)
    var scenario = Scenario(budgetDollars: budget, start: start)
    scenario.routes = [.buyGPU]
    scenario.model = .parameters(8e9)
    scenario.tokens = 1e12
    return Planner(catalog: catalog).plan(scenario)
  }

  @Test("What is exported is what batch prints, byte for byte", arguments: PlanFormat.allCases)
  func exports(format: PlanFormat) throws {
    let plan = try plan(budget: 50e6)
    let text = PlanFace(plan).report(format)
    #expect(text == format.render(plan) && text.count > 1000)
  }

  @Test("The face shows every option of the plan, in its order and with its amounts")
  func options() throws {
    let plan = try plan(budget: 50e6)
    let face = PlanFace(plan)
    try #require(!plan.ranking.isEmpty)
    #expect(face.ranked.map(\.id) == plan.ranked.map(\.id))
    #expect(face.ranked.map(\.rank) == (1...plan.ranking.count).map { Optional($0) })
    #expect(Set(face.ruledOut.map(\.id)) == Set(plan.ruledOut.map(\.id)))
    #expect(face.ruledOut.allSatisfy { $0.reason?.isEmpty == false })
    #expect(face.answer == plan.recommendation?.sentence)
    for (option, assessment) in zip(face.ranked, plan.ranked) {
      #expect(option.cash?.p50.dollars == assessment.outcome?.costCash.p50)
      let cents = option.breakdown.map(\.amount.cents).reduce(0, +)
      #expect(
        cents == assessment.outcome.map { Money(dollars: $0.planned.cashDollars).cents })
    }
  }

  @Test("The explanation on the screen is the one that is printed")
  func explanation() throws {
    let plan = try plan(budget: 50e6)
    let assessment = try #require(plan.ranked.first)
    let printed = Explanation(assessment, in: plan).text
    let document = Document(PlanFace(plan).explain(assessment.id))
    for line in document.lines(width: 10_000, theme: .standard) {
      let text = line.map(\.text).joined().drop { $0 == " " }
      #expect(text.isEmpty || printed.contains(text), "\(text)")
    }
    #expect(document.items.count > 20)
  }

  @Test("Where nothing fits, it says so and keeps every reason")
  func nothingFits() throws {
    let face = PlanFace(try plan(budget: 10))
    #expect(face.ranked.isEmpty && face.answerRoute == nil)
    #expect(face.answer.contains("No option fits"))
    #expect(!face.ruledOut.isEmpty)
  }
}
