import Catalog
import Quantities
import RealModule
import Testing
import Uncertainty

@testable import Planning

/// Ranges and chances of a plan, drawn from everything uncertain.
@Suite("Sampling a plan")
struct SamplingTests {
  private let catalog: Catalog
  private let planner: Planner

  init() throws {
    catalog = try Catalog()
    planner = Planner(catalog: catalog)
  }

  /// A given model on rented chips of two makers, with only what a test makes uncertain.
  private func certain() throws -> Scenario {
    var scenario = Scenario(
      budgetDollars: 20e6, start: try CalendarDate(parsing: "2026-10-09"))
    scenario.model = .parameters(70e9)
    scenario.tokens = 2e12
    scenario.routes = [.rentTPU, .rentGPU]
    scenario.purchases = [.onDemand]
    scenario.providers = ["aws", "gcp"]
    scenario.samples = 16_384
    scenario.calendar = [
      "procurement": 1, "wait": 1, "porting": 1, "bring_up": 0, "evaluation": 1,
    ]
    // Prices stand as they are listed, and nobody has to grant what is within the quota.
    scenario.renting.discounts = ["aws": 0, "gcp": 0]
    for chip in catalog.accelerators { scenario.policy.quotas[chip.id] = 16_384 }
    for chip in catalog.accelerators {
      scenario.spreads[InputDeclaration.throughput.name(of: chip.id)] = SettledRange(
        typical: 1, origin: .edit)
      scenario.spreads[InputDeclaration.goodput.name(of: chip.id)] = SettledRange(
        typical: 1, origin: .edit)
    }
    scenario.spreads[InputDeclaration.experiments.name] = SettledRange(typical: 1.5, origin: .edit)
    return scenario
  }

  @Test("the chance to keep a budget is that of a lognormal price, within its error")
  func budget() throws {
    var scenario = try certain()
    scenario.spreads[InputDeclaration.price.name(of: "gcp")] = SettledRange(
      low: 0.8, high: 1.25, origin: .edit)
    scenario.providers = ["gcp"]
    scenario.confidence = 0.3
    let unlimited = try #require(planner.plan(scenario).ranked.first?.outcome?.costCash.p50)
    scenario.budgetDollars = unlimited * 1.1
    let plan = planner.plan(scenario)
    let best = try #require(plan.ranked.first)
    let outcome = try #require(best.outcome)
    let sigma: Double = .log(1.25 / 0.8) / 2.563_103_131
    // Storage and egress don't follow the price of chips; they are under a hundredth here.
    let rent = outcome.breakdown.filter {
      ["accelerator_rent", "experiments"].contains($0.term)
    }.reduce(0) { $0 + $1.dollars }
    let room: Double = (scenario.budgetDollars - (outcome.planned.cashDollars - rent)) / rent
    let expected = NormalDistribution.cumulative(.log(room) / sigma)
    let error: Double = .sqrt(expected * (1 - expected) / Double(scenario.samples))
    #expect(abs(outcome.chances.withinBudget - expected) < 3 * error)
    let high = rent * .exp(1.281_551_566 * sigma) + outcome.planned.cashDollars - rent
    #expect(abs(outcome.costCash.p90 - high) < 0.005 * high)
  }

  @Test("of two options the chance to be best is that of two correlated lognormal prices")
  func best() throws {
    var scenario = try certain()
    scenario.routes = [.rentTPU, .rentTrainium]
    scenario.budgetDollars = 1e9
    // Prices at which the two are nearly as good.
    let listed = planner.plan(scenario).ranked
    let ratio = try ["gcp", "aws"].map { provider in
      try #require(listed.first { $0.provider == provider }?.outcome).planned.cashDollars
    }
    let middles = ["gcp": 1, "aws": 1.05 * ratio[0] / ratio[1]]
    let ranges = ["gcp": 1.3, "aws": 1.5]
    for (provider, width) in ranges {
      let middle = try #require(middles[provider])
      let (low, high) = (middle / width, middle * width)
      scenario.spreads[InputDeclaration.price.name(of: provider)] = SettledRange(
        low: low, high: high, origin: .edit)
    }
    let plan = planner.plan(scenario)
    let first = try #require(plan.ranked.first { $0.provider == "gcp" })
    let second = try #require(plan.ranked.first { $0.provider == "aws" })
    // Of each provider only the cheapest machine can be best, as all its prices move together.
    let costs = try [first, second].map { try #require($0.outcome).planned.cashDollars }
    let sigmas = [1.3, 1.5].map { Double.log($0) / 1.281_551_566 }
    let rho = try #require(
      catalog.ownership("correlation/prices-across-providers")?.value.central)
    let deviation: Double = .sqrt(
      sigmas[0] * sigmas[0] + sigmas[1] * sigmas[1] - 2 * rho * sigmas[0] * sigmas[1])
    let expected = NormalDistribution.cumulative(.log(costs[1] / costs[0]) / deviation)
    let share = try #require(first.outcome?.chances.best)
    let error: Double = .sqrt(expected * (1 - expected) / Double(scenario.samples))
    #expect(expected > 0.05 && expected < 0.95)
    #expect(abs(share - expected) < 3 * error + 0.005)
  }

  @Test("the chances to be best add up to one, and the recommended option has the largest")
  func chances() throws {
    var scenario = Scenario(budgetDollars: 50e6, start: try CalendarDate(parsing: "2026-10-09"))
    scenario.samples = 4096
    let plan = planner.plan(scenario)
    let answer = try #require(plan.answer)
    #expect(abs(answer.routes.map(\.chanceBest).reduce(0, +) - 1) < 1e-9)
    let chances = plan.ranked.compactMap { $0.outcome?.chances.best }
    #expect(abs(chances.reduce(0, +) - 1) < 1e-9)
    #expect(plan.recommendation?.id == answer.sign?.id)
    #expect(plan.recommendation?.id == plan.ranked.first?.id)
    #expect(plan.decision?.samples == 4096)
    for assessment in plan.assessments {
      guard let outcome = assessment.outcome else { continue }
      for range in [
        outcome.costCash, outcome.costEconomic, outcome.schedule.runDays,
        outcome.schedule.totalDays,
      ] { #expect(range.p10 <= range.p50 && range.p50 <= range.p90) }
      let total = outcome.breakdown.reduce(0) { $0 + $1.dollars }
      #expect(abs(total - outcome.planned.cashDollars) < 0.005)
    }
  }

  @Test("a model sized from the budget keeps budget and deadline about as surely as was asked")
  func confidence() throws {
    for (confidence, deadline) in [(0.8, nil), (0.6, 200.0), (0.9, 150.0)] {
      var scenario = Scenario(
        budgetDollars: 30e6, start: try CalendarDate(parsing: "2026-10-09"))
      scenario.confidence = confidence
      scenario.deadline = deadline.map { TimeSpan(days: $0) }
      scenario.purchases = [.onDemand, .flexStart]
      scenario.samples = 4096
      let plan = planner.plan(scenario)
      let rented = plan.ranked.filter { $0.route != .buyGPU }.compactMap(\.outcome)
      #expect(!rented.isEmpty)
      for outcome in rented {
        #expect(outcome.chances.both > confidence - 0.03)
      }
    }
  }

  @Test("the same question is answered alike to the bit, whatever a planner was asked before")
  func again() throws {
    var scenario = try certain()
    scenario.samples = 4096
    scenario.spreads = [:]
    let alone = planner.plan(scenario)
    let asked = Planner(catalog: planner.catalog)
    var other = scenario
    other.budgetDollars /= 2
    _ = asked.plan(other)
    let again = asked.plan(scenario)
    #expect(alone.answer == again.answer)
    for (one, other) in zip(alone.assessments, again.assessments) {
      #expect(one.outcome?.costCash == other.outcome?.costCash)
      #expect(one.outcome?.chances == other.outcome?.chances)
    }
  }

  @Test("another seed moves ranges by no more than their errors say; the same seed by nothing")
  func seeds() throws {
    var scenario = try certain()
    scenario.spreads = [:]
    scenario.samples = 4096
    let first = planner.plan(scenario)
    #expect(
      planner.plan(scenario).ranked.first?.outcome?.costCash
        == first.ranked.first?.outcome?.costCash)
    scenario.seed = 99
    let second = planner.plan(scenario)
    for (one, other) in zip(first.ranked.prefix(5), second.ranked.prefix(5)) {
      let (a, b) = (try #require(one.outcome), try #require(other.outcome))
      #expect(a.costCash.p90 != b.costCash.p90)
      // A percentile of 4,096 outcomes is known to some per cent of the spread.
      #expect(abs(a.costCash.p90 - b.costCash.p90) < 0.15 * (a.costCash.p90 - a.costCash.p10))
    }
  }
}

/// What moves the answer and what would change it.
@Suite("Sensitivity of a plan")
struct SensitivityTests {
  private let planner: Planner
  private let plan: Plan
  private let found: Sensitivity

  init() throws {
    planner = Planner(catalog: try Catalog())
    var scenario = Scenario(budgetDollars: 50e6, start: try CalendarDate(parsing: "2026-10-09"))
    scenario.model = .parameters(70e9)
    scenario.tokens = 5e12
    scenario.samples = 4096
    plan = planner.plan(scenario)
    found = try #require(planner.sensitivity(plan))
  }

  @Test("bars come widest first, faster chips make it cheaper, more experiments dearer")
  func bars() throws {
    let widths = found.bars.map(\.economic.swing.magnitude)
    #expect(widths == widths.sorted(by: >))
    let speed = try #require(found.bars.first { $0.input.name.hasPrefix("throughput.") })
    let experiments = try #require(
      found.bars.first { $0.input.name == InputDeclaration.experiments.name })
    #expect(speed.economic.swing < 0)
    #expect(experiments.economic.swing > 0)
    let shares = found.bars.compactMap(\.firstOrder?.value)
    #expect(shares.reduce(0, +) < 1.05)
    for bar in found.bars {
      let (alone, all) = (try #require(bar.firstOrder), try #require(bar.total))
      #expect(alone.value < all.value + 4 * (alone.standardError + all.standardError) + 0.01)
    }
  }

  @Test("at a flip the two options cost the same")
  func flips() throws {
    let best = try #require(plan.ranked.first?.outcome).planned.economicDollars
    let priced = found.flips.filter { $0.lever == .price && $0.value != nil }
    #expect(priced.count > 5)
    for flip in priced.prefix(8) {
      let option = try #require(plan.assessment(flip.optionID)?.outcome).inWorlds
      var world = World.median
      world[.price] = try #require(flip.value)
      world[.server] = world[.price]
      #expect(abs(option.result(world).economic / best - 1) < 1e-6)
    }
    #expect(found.flips.allSatisfy { $0.optionID != plan.recommendation?.id })
  }

  @Test("knowing one input is worth no more than knowing all, and a trial no more than its input")
  func information() throws {
    let perfect = try #require(found.perfectInformation)
    #expect(perfect > 0)
    for known in found.informationValues { #expect(known.dollars <= perfect) }
    for trial in found.trials {
      #expect(trial.posteriorDeviation < trial.priorDeviation)
      let known = found.informationValues.first {
        $0.input.name == "throughput.\(trial.accelerator)"
      }
      // Both are averages over draws.
      #expect(trial.gain <= (known?.dollars ?? 0) + 0.02 * perfect)
    }
  }
}
