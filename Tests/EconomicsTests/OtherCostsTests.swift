import Catalog
import Testing

@testable import Economics

@Suite("Other costs")
struct OtherCostsTests {
  private var everything: OtherCosts {
    var costs = OtherCosts()
    costs.dataPreparationDollars = 1000
    costs.corpusGigabytes = 50_000
    costs.checkpointGigabytes = 10_000
    costs.storageDollarsPerGigabyteMonth = 0.02
    costs.egressGigabytes = 2000
    costs.egressPrice = TieredPrice(tiers: [.init(gigabytes: nil, dollarsPerGigabyte: 0.1)])
    costs.supportFraction = 0.05
    costs.portingPersonWeeks = 8766.0 / 168
    costs.personDollarsPerYear = 200_000
    costs.experimentsMultiplier = 1.5
    costs.contingencyFraction = 0.1
    return costs
  }

  private let job = OtherCosts.Job(
    start: day(20), hours: 2 * 730.5, runDollars: 100_000, cloudDollars: 90_000,
    countedDollars: 95_000)

  @Test("every term is what its inputs say, and their sum is the closed form")
  func terms() {
    let bill = everything.bill(job)
    func dollars(_ term: CostTerm) -> Double {
      bill.cashFlow.flows.filter { $0.term == term }.map(\.dollars).reduce(0, +)
    }
    #expect(dollars(.dataPreparation) == 1000)
    #expect(near(dollars(.objectStorage), 2000))
    #expect(near(dollars(.checkpointStorage), 400))
    #expect(near(dollars(.egress), 200))
    // 5% of 90,000 of rent, 2,400 of storage and 200 of egress.
    #expect(near(dollars(.supportPlan), 4630))
    #expect(near(dollars(.porting), 200_000))
    #expect(near(dollars(.experiments), 50_000))
    // A tenth of the 95,000 counted before and of the 258,230 above.
    #expect(near(dollars(.contingency), 35_323))
    #expect(near(bill.cashFlow.cash, everything.cashDollars(job)))
    #expect(bill.notIncluded.isEmpty)
    #expect(bill.cashFlow.flows.filter { $0.term == .objectStorage }.count == 3)
  }

  @Test("what is not given is listed, and nothing is charged for it")
  func unknown() {
    let bill = OtherCosts().bill(job)
    #expect(bill.cashFlow.flows.isEmpty)
    #expect(
      bill.notIncluded.map(\.term) == [
        .dataPreparation, .objectStorage, .checkpointStorage, .egress, .supportPlan, .porting,
        .experiments, .contingency,
      ])
    var costs = OtherCosts()
    costs.experimentsMultiplier = 1
    #expect(!costs.bill(job).notIncluded.contains { $0.term == .experiments })
  }

  static let amounts: [(String, Double, Double)] = [
    ("aws", 0, 0), ("aws", 10_000, 900), ("aws", 50_000, 4300), ("aws", 150_000, 11_300),
    ("aws", 250_000, 16_300), ("gcp", 1000, 120), ("gcp", 10_000, 1110), ("gcp", 20_000, 1910),
  ]

  @Test("egress is priced by steps", arguments: amounts)
  func egress(provider: String, gigabytes: Double, dollars: Double) throws {
    let price = try #require(TieredPrice.egress(provider: provider, catalog: try Catalog()))
    #expect(near(price.dollars(gigabytes: gigabytes), dollars))
  }

  @Test("preparation and checkpoints follow from rates and sizes")
  func inputs() {
    let preparation = OtherCosts.dataPreparationDollars(
      tokens: 15e12, tokensPerMachineHour: 1e9, dollarsPerMachineHour: 7.5)
    #expect(preparation == 112_500)
    let kept = OtherCosts.checkpointGigabytes(
      parameters: 70e9, bytesPerParameter: 14, copies: 3)
    #expect(near(kept, 2940))
  }
}
