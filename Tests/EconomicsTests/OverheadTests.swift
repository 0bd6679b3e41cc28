import Catalog
import Economics
import Quantities
import Testing

@Suite("The rest of the bill")
struct OverheadTests {
  private let job = OverheadJob(tokens: 15e12, parameters: 70e9, finalRunDollars: 1e6)

  private func rented(_ choices: OverheadChoices, prices: OverheadPrices) -> CashFlow {
    var flow = CashFlow(
      start: Fixtures.start, end: Fixtures.start.adding(days: 100), tenure: .rent)
    flow.add(Flow(Fixtures.start, .acceleratorRent, 1e6))
    Overheads.add(to: &flow, job: job, choices: choices, prices: prices)
    return flow
  }

  private func dollars(_ flow: CashFlow, _ term: CostTerm) -> Double? {
    flow.breakdown(.cash).first { $0.term == term }?.dollars
  }

  @Test("nothing named leaves every overhead out, with a reason each")
  func nothing() throws {
    let catalog = try #require(Fixtures.catalog)
    let prices = OverheadPrices(catalog: catalog, provider: "aws", region: "us-east-1")
    let flow = rented(OverheadChoices(), prices: prices)
    #expect(flow.cashDollars == 1e6)
    let named = Set(flow.notIncluded.map(\.term))
    let expected: Set<CostTerm> = [
      .dataPreparation, .objectStorage, .fileStorage, .checkpointStorage, .egress, .supportPlan,
      .porting, .experiments, .failedRuns, .contingency,
    ]
    #expect(named.isSuperset(of: expected))
  }

  @Test("each overhead is its amount by its price, and the reserve is a share of all of them")
  func everything() throws {
    let catalog = try #require(Fixtures.catalog)
    let prices = OverheadPrices(catalog: catalog, provider: "aws", region: "us-east-1")
    let choices = OverheadChoices(
      preparedTokensPerProcessorSecond: 10_000, corpusBytes: 100e12, fileSystemBytes: 1e15,
      checkpointsKept: 3, egressBytes: 140e9, takesSupportPlan: true, portingPersonWeeks: 10,
      dollarsPerPersonWeek: 5000, developmentMultiplier: 1.5, failedRunShare: 0.1,
      contingencyShare: 0.2)
    let flow = rented(choices, prices: prices)
    // 15e12 tokens at 10,000 a second are 416,667 processor-hours at 7.65696/192.
    #expect(
      agree(dollars(flow, .dataPreparation), 15e12 / 1e4 / 3600 * 7.65696 / 192, within: 1e-6))
    // 100 TB at 0.023 a GB and month, for 100 days.
    #expect(agree(dollars(flow, .objectStorage), 1e5 * 0.023 * 2400 / 730.485, within: 1e-6))
    // 3 checkpoints of 70e9 × 15 bytes.
    #expect(agree(dollars(flow, .checkpointStorage), 3150 * 0.023 * 2400 / 730.485, within: 1e-4))
    #expect(agree(dollars(flow, .fileStorage), 1e6 * 0.14 * 2400 / 730.485, within: 1e-6))
    #expect(agree(dollars(flow, .egress), 140 * 0.09, within: 1e-3))
    #expect(dollars(flow, .porting) == 50_000)
    #expect(dollars(flow, .experiments) == 500_000)
    #expect(dollars(flow, .failedRuns) == 100_000)
    let reserve = try #require(dollars(flow, .contingency))
    #expect(agree(reserve * 5, flow.cashDollars - reserve, within: 1e-6))
    let paid = [
      CostTerm.acceleratorRent, .objectStorage, .fileStorage, .checkpointStorage, .egress,
    ]
    let provider = paid.reduce(0) { $0 + (dollars(flow, $1) ?? 0) }
    #expect(agree(dollars(flow, .supportPlan), 0.065 * provider, within: 1e-6))
  }

  @Test("a provider's own region is priced before its others, and no price is no amount")
  func regions() throws {
    let catalog = try #require(Fixtures.catalog)
    let virginia = OverheadPrices(catalog: catalog, provider: "gcp", region: "us-east4")
    #expect(virginia.objectDollarsPerGBMonth?.value == 0.023)
    let iowa = OverheadPrices(catalog: catalog, provider: "gcp", region: "us-central1")
    #expect(iowa.objectDollarsPerGBMonth?.value == 0.02)
    let own = OverheadPrices(catalog: catalog, provider: "own", region: "")
    #expect(own.objectDollarsPerGBMonth == nil)
    let flow = rented(OverheadChoices(corpusBytes: 1e12), prices: own)
    #expect(flow.notIncluded.contains { $0.term == .objectStorage && $0.reason.contains("price") })
  }
}
