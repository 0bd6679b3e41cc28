import Catalog
import Economics
import Quantities
import RealModule
import Testing
import Workload

@testable import Planning

/// Small reproducible random numbers (SplitMix64, Steele et al. 2014).
struct SplitMix: RandomNumberGenerator {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }
}

/// One scenario and one thing to rent or buy, drawn at random, and what it is assessed with.
private struct Draw {
  let catalog: Catalog
  var scenario: Scenario
  var candidate: Candidate
  var random: SplitMix

  /// - Parameter seed: the same draw for the same seed.
  init(seed: UInt64, catalog: Catalog) throws {
    self.catalog = catalog
    random = SplitMix(state: seed)
    func amount(_ range: ClosedRange<Double>, _ random: inout SplitMix) -> Double {
      Double.random(in: range, using: &random)
    }
    let start = CalendarDate(daysSinceEpoch: 20_736)
    scenario = Scenario(
      budgetDollars: 1e5 * Double.pow(10, amount(0...3.5, &random)), start: start)
    if Bool.random(using: &random) {
      let sizes = ["llama-3.1-8b", "llama-3.1-70b", "mixtral-8x7b", "olmo-2-7b", "gpt3-175b"]
      let name = sizes.randomElement(using: &random) ?? sizes[0]
      scenario.model = .architecture(try ModelPresets.find(name).architecture)
      scenario.tokens = 1e11 * Double.pow(10, amount(0...2, &random))
    }
    if Bool.random(using: &random) {
      scenario.deadline = TimeSpan(days: amount(10...500, &random))
    }
    if Bool.random(using: &random) {
      scenario.overheads.experiments = .times(amount(1...4, &random))
    }
    if Bool.random(using: &random) { scenario.overheads.stacksInUse = [.gpu] }
    if Bool.random(using: &random) { scenario.overheads.supportFraction = amount(0...0.1, &random) }
    if Bool.random(using: &random) { scenario.renting.spotMeanHours = amount(2...200, &random) }
    if Bool.random(using: &random) {
      scenario.renting.idleValueFraction = amount(0...0.5, &random)
    }
    scenario.largestCluster = 2048
    let all = Candidate.all(in: catalog, scenario: scenario)
    candidate = all[Int.random(in: all.indices, using: &random)]
  }

  func assess(_ scenario: Scenario, _ candidate: Candidate? = nil) -> Assessment {
    var few = scenario
    few.samples = 1024
    return Planner(catalog: catalog).assessed([candidate ?? self.candidate], few).0.assessments[0]
  }
}

private enum Shared {
  static let catalog = Result { try Catalog() }
  static let count: UInt64 = 300
}

@Suite("Whatever is asked")
struct PropertyTests {
  @Test("more budget never buys a worse model, nor a dearer run of a given one")
  func moreBudget() throws {
    let catalog = try Shared.catalog.get()
    var compared = 0
    for seed in 0..<Shared.count {
      var draw = try Draw(seed: seed, catalog: catalog)
      let before = draw.assess(draw.scenario)
      guard before.isFeasible, let less = before.outcome else { continue }
      var richer = draw.scenario
      richer.budgetDollars *= Double.random(in: 1.0...4, using: &draw.random)
      let after = draw.assess(richer)
      let more = try #require(after.outcome, "\(before.id)")
      #expect(after.isFeasible)
      if draw.scenario.isSizedFromBudget {
        #expect(more.rank ?? 0 >= less.rank ?? 0, "\(seed) \(before.id)")
      } else {
        #expect(more.rank ?? 0 <= less.rank ?? 0, "\(seed) \(before.id)")
      }
      compared += 1
    }
    #expect(compared > 40)
  }

  @Test("a later deadline never costs more, nor buys a worse model")
  func laterDeadline() throws {
    let catalog = try Shared.catalog.get()
    var compared = 0
    for seed in 0..<Shared.count {
      var draw = try Draw(seed: seed + 10_000, catalog: catalog)
      draw.scenario.deadline = TimeSpan(days: Double.random(in: 10...400, using: &draw.random))
      let before = draw.assess(draw.scenario)
      guard before.isFeasible, let sooner = before.outcome else { continue }
      var patient = draw.scenario
      patient.deadline = TimeSpan(
        days: (draw.scenario.deadline?.days ?? 0) * Double.random(in: 1...3, using: &draw.random))
      let later = try #require(draw.assess(patient).outcome)
      if draw.scenario.isSizedFromBudget {
        #expect(later.rank ?? 0 >= sooner.rank ?? 0, "\(seed) \(before.id)")
      } else {
        #expect(later.rank ?? 0 <= sooner.rank ?? 0, "\(seed) \(before.id)")
      }
      compared += 1
    }
    #expect(compared > 40)
  }

  @Test("no bill is negative, every breakdown sums to the cent, and each amount can be derived")
  func sums() throws {
    let catalog = try Shared.catalog.get()
    for seed in 0..<Shared.count {
      let draw = try Draw(seed: seed + 20_000, catalog: catalog)
      let assessment = draw.assess(draw.scenario)
      guard let outcome = assessment.outcome else { continue }
      let what: Comment = "\(seed) \(assessment.id)"
      #expect(outcome.costCash.p10 >= 0 && outcome.breakdown.allSatisfy { $0.cents >= 0 }, what)
      let cents = outcome.breakdown.map(\.cents).reduce(0, +)
      #expect(cents == Money(dollars: outcome.planned.cashDollars).cents, what)
      #expect(outcome.costEconomic.p50 <= outcome.costCash.p50 + 0.01, what)
      let shown = Dictionary(uniqueKeysWithValues: outcome.breakdown.map { ($0.term, $0.dollars) })
      for derivation in outcome.derivations {
        let amount = shown[derivation.term.rawValue] ?? 0
        #expect(
          abs(amount - derivation.dollars) < 0.02 + amount * 1e-9, "\(what) \(derivation.term)")
      }
      let derived = Set(outcome.derivations.map(\.term.rawValue))
      #expect(Set(shown.keys).isSubset(of: derived), what)
    }
  }

  @Test("halving a price never raises what that offer costs")
  func halfPrice() throws {
    let catalog = try Shared.catalog.get()
    for seed in 0..<Shared.count {
      var draw = try Draw(seed: seed + 30_000, catalog: catalog)
      draw.scenario.model = .architecture(try ModelPresets.find("llama-3.1-8b").architecture)
      draw.scenario.tokens = 1e12
      var half = draw.candidate
      switch half.source {
      case .rent(var offer):
        offer.usdPerInstanceHour = offer.usdPerInstanceHour.map { $0 / 2 }
        half.source = .rent(offer)
      case .buy(var quote):
        quote.capex = Interval(
          low: quote.capex.low.map { $0 / 2 }, typical: quote.capex.typical.map { $0 / 2 },
          high: quote.capex.high.map { $0 / 2 })
        half.source = .buy(quote)
      }
      guard let full = draw.assess(draw.scenario).outcome, draw.assess(draw.scenario).isFeasible
      else { continue }
      let cheaper = try #require(draw.assess(draw.scenario, half).outcome)
      #expect(cheaper.costEconomic.p50 <= full.costEconomic.p50 + 0.01, "\(seed)")
    }
  }

  @Test("a longer run never lowers the hours that are paid")
  func longerTerm() throws {
    let catalog = try Shared.catalog.get()
    var random = SplitMix(state: 7)
    for _ in 0..<20_000 {
      let offer = catalog.offers[Int.random(in: catalog.offers.indices, using: &random)]
      let hours = Double.random(in: 0.1...10_000, using: &random)
      let longer = hours * Double.random(in: 1...1.2, using: &random)
      let before = offer.termRule.billed(usefulHours: hours, offer: offer)
      let after = offer.termRule.billed(usefulHours: longer, offer: offer)
      #expect(after.billedHours >= before.billedHours, "\(offer.id) \(hours) \(longer)")
      #expect(before.billedHours >= hours, "\(offer.id)")
    }
  }

  @Test("a planner that has planned before says the same as one that has not")
  func memory() throws {
    let catalog = try Shared.catalog.get()
    let planner = Planner(catalog: catalog)
    var scenario = Scenario(budgetDollars: 20e6, start: CalendarDate(daysSinceEpoch: 20_736))
    var claimed = scenario
    claimed.claims = [try AppliedClaim(parsing: "apple-trn2-pretrain", catalog: catalog)]
    var given = scenario
    given.model = .parameters(8e9)
    _ = planner.plan(scenario)
    scenario.budgetDollars = 23e6
    for scenario in [scenario, claimed, given] {
      _ = planner.plan(scenario)
      let again = planner.plan(scenario)
      let fresh = Planner(catalog: catalog).plan(scenario)
      #expect(again.ranking == fresh.ranking)
      #expect(again.assessments.map(\.id) == fresh.assessments.map(\.id))
      #expect(
        again.assessments.map(\.outcome?.costCash) == fresh.assessments.map(\.outcome?.costCash))
    }
  }

  @Test("what an option costs does not depend on what else is looked at")
  func independence() throws {
    let catalog = try Shared.catalog.get()
    var scenario = Scenario(budgetDollars: 20e6, start: CalendarDate(daysSinceEpoch: 20_736))
    scenario.samples = 4096
    let all = Planner(catalog: catalog).plan(scenario)
    var (compared, moved) = (0, 0)
    for route in Route.allCases {
      scenario.routes = [route]
      for alone in Planner(catalog: catalog).plan(scenario).assessments {
        // Which of its sizes an option stands with depends on what a refusal leaves, and that on others.
        guard let among = all.assessment(alone.id) else {
          moved += 1
          continue
        }
        compared += 1
        #expect(among.outcome?.planned == alone.outcome?.planned, "\(alone.id)")
        #expect(among.outcome?.model == alone.outcome?.model, "\(alone.id)")
      }
    }
    #expect(compared > 300 && moved < 40)
  }
}
