import Quantities
import Testing

@testable import Catalog
@testable import Economics

@Suite("Ownership cost")
struct OwnershipCostTests {
  /// Four chips a server of 1,000 dollars and 2 kW; round figures elsewhere.
  private var figures: OwnershipFigures {
    get throws {
      let catalog = try Catalog()
      let quote = try #require(catalog.quotes.first { $0.id == "hgx-h100-8gpu" })
      let chip = try #require(catalog.accelerator("h100-sxm"))
      var figures = OwnershipFigures(
        quote: quote, accelerator: chip, chips: 8, assumptions: OwnershipAssumptions())
      figures.chipsPerServer = 4
      figures.dollarsPerServer = 1000
      figures.kilowattsPerServer = 2
      figures.leadWeeks = nil
      return figures
    }
  }

  private func order(
    _ figures: OwnershipFigures, chips: Int = 40, hours: Double = 8766,
    charge: OwnershipCharge = .incremental
  ) throws -> OwnershipOutcome {
    try #require(
      OwnershipCost.outcome(
        figures: figures, chips: chips, usefulHours: hours, orderDate: day(1), charge: charge))
  }

  private func dollars(_ outcome: OwnershipOutcome, _ term: CostTerm) -> Double {
    outcome.cashFlow.flows.filter { $0.term == term }.map(\.dollars).reduce(0, +)
  }

  @Test("whole servers are bought, spares are a rounded share of them and at least one")
  func servers() throws {
    var figures = try figures
    figures.spareFraction = 0.05
    #expect(try order(figures, chips: 37).servers == 10)
    #expect(try order(figures, chips: 37).spareServers == 1)
    #expect(try order(figures, chips: 20).spareServers == 1)
    #expect(try order(figures, chips: 400).spareServers == 5)
    figures.spareFraction = 0
    #expect(try order(figures, chips: 20).spareServers == 0)
    figures.spareFraction = 0.05
    #expect(try dollars(order(figures, chips: 37), .servers) == 10_000)
    #expect(try dollars(order(figures, chips: 37), .spares) == 1000)
  }

  @Test("installation and tax are shares of all hardware; network and storage go by the chip")
  func hardware() throws {
    var figures = try figures
    figures.spareFraction = 0.1
    figures.networkDollarsPerChip = 50
    figures.storageDollarsPerChip = 25
    figures.installationFraction = 0.02
    figures.salesTaxFraction = 0.075
    let outcome = try order(figures)
    // 11 servers, 40 chips at 75: 14,000 of hardware.
    #expect(dollars(outcome, .network) == 2000)
    #expect(dollars(outcome, .storageHardware) == 1000)
    #expect(near(dollars(outcome, .installation), 280))
    #expect(near(dollars(outcome, .salesTax), 1050))
    #expect(outcome.cashFlow.flows.allSatisfy { $0.date == day(1) })
  }

  @Test("running costs start with delivery, power with burn-in, work after it")
  func running() throws {
    var figures = try figures
    figures.leadWeeks = 10
    figures.installWeeks = 8
    figures.burnInWeeks = 4
    figures.otherPowerFraction = 0.1
    figures.colocationDollarsPerKilowattMonth = 200
    figures.powerUtilisation = 0.75
    figures.powerUsageEffectiveness = 1.2
    figures.electricityDollarsPerKilowattHour = 0.1
    figures.maintenanceFractionPerYear = 0.05
    figures.staffPerThousandChips = 25
    figures.staffDollarsPerYear = 200_000
    let outcome = try order(figures, hours: 1000)
    let held = 12 * 168.0 + 1000
    let powered = 4 * 168.0 + 1000
    #expect(outcome.leadDays == 154)
    #expect(outcome.startDate == day(155))
    #expect(near(dollars(outcome, .colocation), 20 * 1.1 * 200 * held / 730.5))
    #expect(near(outcome.energyKilowattHours ?? 0, 20 * 1.1 * 0.75 * 1.2 * powered))
    #expect(near(dollars(outcome, .energy), 0.1 * (outcome.energyKilowattHours ?? 0)))
    #expect(near(dollars(outcome, .maintenance), 500 * held / 8766))
    #expect(near(dollars(outcome, .staff), 200_000 * held / 8766))
    let firstEnergy = outcome.cashFlow.flows.first { $0.term == .energy }
    let firstStaff = outcome.cashFlow.flows.first { $0.term == .staff }
    // Delivered on day 71 (12 March), on from day 127 (7 May).
    #expect(firstStaff?.date == day(90))
    #expect(firstEnergy?.date == day(151))
  }

  static let ages: [(Double, Double)] = [
    (0, 1), (0.5, 0.8), (1, 0.64), (2, 0.512), (3, 0.4096), (4, 0.32768), (-1, 1),
  ]

  @Test(
    "value left is log-linear between the years known and decays on past the last",
    arguments: ages)
  func residual(years: Double, fraction: Double) {
    let curve = ResidualCurve([0.64, nil, 0.4096])
    #expect(near(curve.fraction(years: years) ?? 0, fraction))
    #expect(ResidualCurve([nil, nil]).fraction(years: years) == nil)
  }

  @Test("an incremental charge recovers the servers' value when the run ends")
  func incremental() throws {
    var figures = try figures
    figures.spareFraction = 0.1
    figures.residualFractions = ResidualCurve([0.6, 0.4])
    let outcome = try order(figures)
    #expect(outcome.cashFlow.cash == 11_000)
    #expect(near(outcome.cashFlow.economic(discountRate: 0, from: day(1)), 4400))
    // The run ends on day 367 (365.25 days, the part day begun counts): 366 days on.
    let discounted = 11_000 - 6600 / Elementary.power(1.1, 366 / 365.25)
    #expect(near(outcome.cashFlow.economic(discountRate: 0.1, from: day(1)), discounted))
  }

  @Test("a charge by usage leaves the rest of the busy life to others, undiscounted")
  func usage() throws {
    let outcome = try order(figures, charge: .byUsage(lifeYears: 5, utilisation: 0.8))
    #expect(outcome.cashFlow.cash == 10_000)
    #expect(near(outcome.cashFlow.economic(discountRate: 0.2, from: day(1)), 2500))
    let worn = try order(figures, hours: 80_000, charge: .byUsage(lifeYears: 5, utilisation: 1))
    #expect(worn.cashFlow.economic(discountRate: 0.2, from: day(1)) == 10_000)
  }

  @Test("what has no figure is named, not counted as nothing")
  func gaps() throws {
    let bare = try order(figures)
    let missing = Set(bare.notIncluded.map(\.term))
    let expected: Set<CostTerm> = [
      .network, .storageHardware, .installation, .spares, .salesTax, .colocation, .energy, .staff,
      .maintenance, .residualValue, .software, .financing, .decommissioning, .taxes,
    ]
    #expect(missing == expected)
    #expect(Set(bare.cashFlow.flows.map(\.term)) == [.servers])
    #expect(bare.leadDays == nil)
    #expect(bare.energyKilowattHours == nil)
    var unpriced = try figures
    unpriced.dollarsPerServer = nil
    #expect(OwnershipCost.cashDollars(figures: unpriced, chips: 8, usefulHours: 1) == nil)
  }

  @Test("every priced quote of the catalogue gets a bill with all its figures sourced")
  func catalogue() throws {
    let catalog = try Catalog()
    let assumptions = OwnershipAssumptions.standard(from: catalog)
    var priced = 0
    for quote in catalog.quotes where quote.capex.central != nil {
      let chip = try #require(catalog.accelerator(quote.accelerator))
      let outcome = try #require(
        OwnershipCost.outcome(
          quote: quote, accelerator: chip, chips: 1024, usefulHours: 2000, orderDate: day(1),
          assumptions: assumptions, charge: .incremental))
      priced += 1
      let isPowered = quote.serverKilowattsMax != nil
      #expect(outcome.notIncluded.count == (isPowered ? 4 : 6))
      #expect(outcome.figures.count >= 17)
      #expect(outcome.figures.allSatisfy { !$0.provenance.source.isEmpty })
    }
    #expect(priced >= 14)
    #expect(assumptions.network(chips: 8)?.id == "networking_capex/gpus-16")
    #expect(assumptions.network(chips: 600)?.id == "networking_capex/gpus-1024-16384")
    #expect(assumptions.network(chips: 100_000)?.id == "networking_capex/gpus-32768")
  }

  @Test("the closed form equals the sum of the flows over thousands of purchases")
  func closedForm() throws {
    let catalog = try Catalog()
    let assumptions = OwnershipAssumptions.standard(from: catalog)
    var random = Seeded(state: 3)
    for round in 0..<200 {
      for quote in catalog.quotes where quote.capex.central != nil {
        let chip = try #require(catalog.accelerator(quote.accelerator))
        let chips = Int.random(in: 1...20_000, using: &random)
        let hours = Double.random(in: 0...30_000, using: &random)
        let figures = OwnershipFigures(
          quote: quote, accelerator: chip, chips: chips, assumptions: assumptions)
        let closed = try #require(
          OwnershipCost.cashDollars(figures: figures, chips: chips, usefulHours: hours))
        let charge: OwnershipCharge =
          round % 2 == 0 ? .incremental : .byUsage(lifeYears: 5, utilisation: 0.7)
        let outcome = try #require(
          OwnershipCost.outcome(
            figures: figures, chips: chips, usefulHours: hours, orderDate: day(round),
            charge: charge))
        #expect(near(closed, outcome.cashFlow.cash))
        let economic = try #require(
          OwnershipCost.economicDollars(
            figures: figures, chips: chips, usefulHours: hours, charge: charge, discountRate: 0.09))
        #expect(near(economic, outcome.cashFlow.economic(discountRate: 0.09, from: day(round))))
      }
    }
  }
}
