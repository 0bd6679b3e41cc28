import Catalog
import Quantities
import Testing

@testable import Planning

@Suite struct DraftTests {
  private func scenario() throws -> Scenario {
    var scenario = Scenario(budgetDollars: 2e6, start: CalendarDate(daysSinceEpoch: 20_735))
    scenario.routes = [.buyGPU, .rentTrainium]
    scenario.samples = 1024
    return scenario
  }

  /// What can differ between plans of the same options.
  private func figures(_ plan: Plan) -> [String] {
    plan.assessments.map { assessment in
      let outcome = assessment.outcome
      return "\(assessment.id) \(String(describing: outcome?.costCash)) "
        + "\(String(describing: outcome?.chances)) \(String(describing: outcome?.schedule.totalDays))"
    } + plan.warnings + plan.claimNotes + [plan.recommendation?.sentence ?? ""]
  }

  @Test(
    "A plan finished from a draft of any number of worlds is the plan", arguments: [0, 64, 5000])
  func finished(samples: Int) throws {
    let planner = Planner(catalog: try Catalog())
    let scenario = try scenario()
    let draft = planner.draft(scenario, samples: samples)
    let plan = planner.plan(scenario)
    #expect(figures(planner.finished(draft, scenario)) == figures(plan))
  }

  @Test("Nobody gets a plan that is not wanted any more, and the next one is whole")
  func unwanted() throws {
    let planner = Planner(catalog: try Catalog())
    let scenario = try scenario()
    let draft = planner.draft(scenario, samples: 0)
    #expect(planner.finished(draft, scenario, while: { false }) == nil)
    let plan = planner.finished(draft, scenario, while: { true })
    #expect(plan.map(figures) == figures(planner.plan(scenario)))
  }
}
