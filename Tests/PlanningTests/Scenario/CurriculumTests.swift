import Catalog
import Quantities
import Testing
import Workload

@testable import Planning

@Suite("Long contexts and tokens that the money decides on")
struct CurriculumTests {
  private func scenario() throws -> Scenario {
    var scenario = Scenario(budgetDollars: 20e6, start: CalendarDate(daysSinceEpoch: 20_788))
    scenario.model = .architecture(try ModelPresets.find("llama-3.1-8b").architecture)
    scenario.routes = [.rentTPU]
    scenario.purchases = [.commit1Year]
    scenario.samples = 512
    return scenario
  }

  @Test("Shares and lengths are read as they are written, and written so that they are read")
  func text() throws {
    let phases = try CurriculumPhase.read("5%@32768, 0.01@131072")
    #expect(phases.map(\.share) == [0.05, 0.01])
    #expect(phases.map(\.sequenceLength) == [32_768, 131_072])
    #expect(try CurriculumPhase.read(CurriculumPhase.text(phases)) == phases)
  }

  @Test(
    "What is no share or no length is refused with what would do",
    arguments: ["5%", "5@32768", "0%@32768", "50%@8192,60%@16384", "5%@1.5", "@32768"])
  func refused(text: String) {
    #expect(throws: (any Error).self) { try CurriculumPhase.read(text) }
  }

  @Test("A share on long sequences makes a run longer and dearer, and none leaves it as it is")
  func slower() throws {
    let planner = Planner(catalog: try Catalog())
    var asked = try scenario()
    asked.tokens = 2e12
    let usual = try #require(planner.plan(asked).ranked.first?.outcome)
    asked.curriculum = [CurriculumPhase(share: 0.2, sequenceLength: 65_536)]
    let long = try #require(
      planner.plan(asked).assessments.first { $0.outcome != nil && $0.isFeasible }?.outcome)
    #expect(
      long.throughput.tokensPerSecondPerChip.p50 < usual.throughput.tokensPerSecondPerChip.p50)
    asked.curriculum = [
      CurriculumPhase(share: 0.2, sequenceLength: asked.sequenceLength)
    ]
    let same = try #require(planner.plan(asked).ranked.first?.outcome)
    let rates = (
      same.throughput.tokensPerSecondPerChip.p50, usual.throughput.tokensPerSecondPerChip.p50
    )
    #expect(abs(rates.0 / rates.1 - 1) < 1e-9)
  }

  @Test("A model without tokens is trained on what the money buys: more money, more tokens")
  func tokens() throws {
    let planner = Planner(catalog: try Catalog())
    var asked = try scenario()
    var last = 0.0
    for budget in [5e6, 20e6, 60e6] {
      asked.budgetDollars = budget
      let tokens = try #require(planner.plan(asked).ranked.first?.outcome?.model.tokens)
      #expect(tokens > last)
      last = tokens
    }
    // 8B parameters are worth training far beyond what their compute alone would be spent on best.
    #expect(last > 2 * (asked.lawTokens ?? .infinity))
  }
}
