import Catalog
import Economics
import Quantities
import Testing
import Workload

@testable import Planning

/// One catalogue and one plan for all tests here: making them is most of the work.
private enum Shared {
  static let catalog = Result { try Catalog() }
  static let plan = catalog.map { Planner(catalog: $0).plan(scenario(50e6)) }
  static let given = catalog.map { Planner(catalog: $0).plan(givenJob(50e6)) }

  static func scenario(_ dollars: Double) -> Scenario {
    Scenario(budgetDollars: dollars, start: CalendarDate(daysSinceEpoch: 20_736))
  }

  /// Llama 3.1 8B on 2T tokens: small enough that every route can do it.
  static func givenJob(_ dollars: Double) -> Scenario {
    var scenario = scenario(dollars)
    if let preset = try? ModelPresets.find("llama-3.1-8b") {
      scenario.model = .architecture(preset.architecture)
    }
    scenario.tokens = 2e12
    return scenario
  }
}

@Suite("A plan")
struct PlanTests {
  @Test("follows every route with real offers, best first")
  func routes() throws {
    for plan in [try Shared.plan.get(), try Shared.given.get()] {
      for route in Route.allCases {
        #expect(plan.ranked.contains { $0.route == route }, "\(route)")
      }
      #expect(plan.recommendation?.id == plan.ranked.first?.id)
      #expect(Set(plan.assessments.map(\.id)).count == plan.assessments.count)
    }
  }

  @Test("drops nothing: every offer and quote is there, fitting or with its reasons")
  func complete() throws {
    let plan = try Shared.plan.get()
    let catalog = try Shared.catalog.get()
    #expect(plan.assessments.count == catalog.offers.count + catalog.quotes.count)
    #expect(plan.assessments.allSatisfy { $0.isFeasible != !$0.reasons.isEmpty })
    #expect(plan.ruledOut.allSatisfy { $0.reasons.allSatisfy { !$0.message.isEmpty } })
    #expect(plan.ranking.count + plan.ruledOut.count == plan.assessments.count)
  }

  @Test("keeps every ranked option within budget and room, and its breakdown sums to the cent")
  func sums() throws {
    for plan in [try Shared.plan.get(), try Shared.given.get()] {
      for assessment in plan.ranked {
        let outcome = try #require(assessment.outcome)
        #expect(outcome.costCash.p50 <= 50e6)
        #expect(outcome.chances.both > 0.8 - 0.02, "\(assessment.id)")
        let cents = outcome.breakdown.map(\.cents).reduce(0, +)
        #expect(cents == Money(dollars: outcome.planned.cashDollars).cents)
        #expect(outcome.costCash.p10 <= outcome.costCash.p50 + 0.01)
        #expect(outcome.costCash.p50 <= outcome.costCash.p90 + 0.01)
        #expect(outcome.costEconomic.p50 <= outcome.costCash.p50 + 0.01)
      }
    }
  }

  @Test(
    "orders what can be contracted before requests, and each by what it is worth with the grant weighed in"
  )
  func order() throws {
    func isInOrder(_ plan: Plan, _ figure: (Outcome) -> Double) -> Bool {
      let keys = plan.ranked.compactMap { option in
        option.outcome.map { (option.orderOfObtaining, figure($0)) }
      }
      return zip(keys, keys.dropFirst()).allSatisfy { $0 <= $1 }
    }
    let plan = try Shared.plan.get()
    #expect(isInOrder(plan) { -($0.rank ?? 0) })
    #expect(isInOrder(try Shared.given.get()) { $0.rank ?? .infinity })
    #expect(Set(plan.ranked.map(\.orderOfObtaining)) == [0, 1, 2])
  }

  @Test("puts no option on the frontier that another beats in cost and time")
  func frontier() throws {
    let plan = try Shared.given.get()
    let points = plan.ranked.compactMap { assessment in
      assessment.outcome.map { ($0.schedule.totalDays.p50, $0.costEconomic.p50) }
    }
    #expect(!plan.frontier.isEmpty)
    for index in plan.frontier {
      let outcome = try #require(plan.assessments[index].outcome)
      let (days, cost) = (outcome.schedule.totalDays.p50, outcome.costEconomic.p50)
      #expect(!points.contains { $0.0 < days && $0.1 < cost })
    }
  }

  @Test("more money never buys a worse model, nor a dearer run of a given one")
  func moreMoney() throws {
    let catalog = try Shared.catalog.get()
    var lastWorth = 0.0
    var lastCost = Double.infinity
    for dollars in [1e6, 5e6, 20e6, 80e6] {
      let sized = Planner(catalog: catalog).plan(Shared.scenario(dollars))
      let worth = try #require(sized.ranked.first?.outcome?.rank)
      #expect(worth >= lastWorth)
      lastWorth = worth
      let given = Planner(catalog: catalog).plan(Shared.givenJob(dollars))
      let cost = Self.signedCash(given)
      #expect(cost <= lastCost)
      lastCost = cost
    }
  }

  /// What can be signed first costs, the chance of its grant weighed in; infinite where nothing can.
  private static func signedCash(_ plan: Plan) -> Double {
    plan.answer?.sign.flatMap { plan.assessment($0.id)?.outcome?.rank } ?? .infinity
  }

  @Test("a later deadline never costs more")
  func laterDeadline() throws {
    let catalog = try Shared.catalog.get()
    var last = Double.infinity
    for days in [30.0, 60, 120, 240] {
      var scenario = Shared.givenJob(50e6)
      scenario.deadline = TimeSpan(days: days)
      let cost =
        Self.signedCash(Planner(catalog: catalog).plan(scenario))
      #expect(cost <= last)
      last = cost
    }
  }

  @Test("user data keeps the job on machines of one's own, and says so for every other route")
  func userData() throws {
    var scenario = Shared.givenJob(50e6)
    scenario.containsUserData = true
    let plan = Planner(catalog: try Shared.catalog.get()).plan(scenario)
    #expect(plan.ranked.allSatisfy { $0.route == .buyGPU })
    let rented = plan.assessments.filter { $0.route != .buyGPU }
    #expect(rented.allSatisfy { $0.reasons.contains { $0.code == "user_data" } })
  }

  @Test("a budget too small for anything leaves every option with its reason")
  func tooSmall() throws {
    let plan = Planner(catalog: try Shared.catalog.get()).plan(Shared.givenJob(10))
    #expect(plan.ranking.isEmpty && plan.recommendation == nil)
    #expect(plan.assessments.contains { $0.reasons.contains { $0.code == "over_budget" } })
  }
}

@Suite("Nothing is left out without a word")
struct CompletenessTests {
  @Test(
    "each of thirty cost terms is a line of some bill, in the hours or dates, or named as left out")
  func checklist() throws {
    let plan = try Shared.given.get()
    #expect(CostChecklist.items.count == 30)
    let priced = plan.assessments.compactMap(\.outcome)
    for item in CostChecklist.items {
      switch item.coverage {
      case .hours, .calendar: continue
      case .line(let term):
        let isCharged = priced.contains { outcome in
          outcome.breakdown.contains { $0.term == term.rawValue }
            || outcome.cashFlow.flows.contains { $0.term == term }
        }
        let isNamed = priced.contains { outcome in
          outcome.notIncluded.contains { $0.term == term.rawValue }
        }
        #expect(isCharged || isNamed, "\(item.name)")
      case .outside:
        #expect(
          priced.allSatisfy { outcome in outcome.notIncluded.contains { $0.term == item.name } })
      }
    }
  }

  @Test("waiting is never shown without the chance that rents rise")
  func waiting() throws {
    let waiting = try #require(try Shared.plan.get().waiting)
    // Half a year of a price that halves in 2.07 years, and Φ(-0.335 √0.5 / 0.35).
    #expect(abs(waiting.priceFactor - 0.8458) < 1e-3)
    #expect(abs(waiting.chanceOfRise - 0.2493) < 1e-3)
  }
}

@Suite("An option's total, by hand")
struct ByHandTests {
  @Test(
    "a rented option costs price times instances times billed hours, experiments, storage, egress",
    arguments: [Route.rentTrainium, .rentTPU, .rentGPU])
  func rented(route: Route) throws {
    let catalog = try Shared.catalog.get()
    let plan = try Shared.given.get()
    var checked: Set<Purchase> = []
    for assessment in plan.ranked where assessment.route == route {
      guard checked.insert(assessment.purchase).inserted else { continue }
      let outcome = try #require(assessment.outcome)
      let row = try #require(
        catalog.offers.first {
          $0.instance == assessment.offer && $0.region == assessment.region
            && $0.purchase == assessment.purchase && $0.provider == assessment.provider
        })
      // The price that a buyer of this size is expected to pay, of all chips of an instance.
      let price =
        try #require(outcome.expectedDollarsPerChipHour) * Double(row.chipsPerInstance)
      let perSecond =
        outcome.throughput.tokensPerSecondPerChip.p50 * Double(assessment.chips)
        * outcome.throughput.goodput.p50
      // Bring-up, then experiments, then the run, on the same machines; development is 1.3 to 2 times
      // the final run.
      let isRequest = outcome.obtaining.kind == .request
      let bringUp = catalog.judgement("phase_length", appliesTo: "bring_up")?.days?.central ?? 0
      let work = (1.3 * 2.0).squareRoot() * 2e12 / perSecond / 3600
      let hours = work + (isRequest ? 0 : bringUp * 24)
      let billed: Double
      switch row.termRule {
      case .none: billed = hours
      case .commitment:
        let term = try #require(row.minTermHours)
        billed = (hours / term).rounded(.up) * term
      case .capacityBlock:
        let days = ((hours + 0.5) / 24).rounded(.up)
        guard days <= 182 else { continue }
        billed = 24 * (days <= 14 ? days : (days / 7).rounded(.up) * 7)
      case .flexStart: billed = hours
      case .calendar:
        guard hours <= 90 * 24 else { continue }
        billed = (hours / 24).rounded(.up) * 24
      }
      let days = work / 24
      let storage = row.provider == "aws" ? 0.023 : row.region.hasPrefix("us-east4") ? 0.023 : 0.02
      let corpus = 2e12 * 4 / 1e9 * storage * days * 24 / 730.5
      let weights = 8_030_261_248 * 2 / 1e9 * (row.provider == "aws" ? 0.09 : 0.12)
      // Only these two have price lists of storage and egress in the catalogue.
      let beyond = ["aws", "gcp"].contains(row.provider) ? corpus + weights : 0
      let expected = price * Double(assessment.instances) * billed + beyond
      // Hours are held whole: less than two in some hundreds.
      #expect(
        abs(outcome.planned.cashDollars - expected)
          < 2 * price * Double(assessment.instances) + expected * 1e-4, "\(assessment.id)")
    }
    #expect(checked.count >= 2)
  }

  @Test("bought servers cost price, network, storage, installation, spares, tax, hall and people")
  func bought() throws {
    let catalog = try Shared.catalog.get()
    let plan = try Shared.given.get()
    let assessment = try #require(
      plan.ranked.first { $0.route == .buyGPU })
    let outcome = try #require(assessment.outcome)
    let quote = try #require(catalog.quotes.first { $0.id == assessment.offer })
    func typical(_ id: String) throws -> Double {
      try #require(catalog.ownership(id)?.value.central, "\(id)")
    }
    func dollars(_ term: CostTerm) -> Double {
      outcome.breakdown.first { $0.term == term.rawValue }?.dollars ?? .nan
    }
    let price = try #require(quote.capex.central)
    let servers = Double(assessment.chips / quote.chips)
    let expected =
      catalog.expectedPrice(
        of: quote, chips: assessment.chips, dollars: 50e6
      ).expected.central ?? price
    #expect(abs(dollars(.servers) - expected * servers) < 1)
    let scope =
      assessment.chips <= 16
      ? "gpus-16" : assessment.chips <= 512 ? "gpus-512" : "gpus-1024-16384"
    let network = try typical("networking_capex/\(scope)")
    #expect(abs(dollars(.network) - network * Double(assessment.chips)) < 1)
    let sum = outcome.breakdown.map(\.dollars).reduce(0, +)
    #expect(abs(sum - outcome.planned.cashDollars) < 0.005)
    #expect(dollars(.energy) > 0 && dollars(.colocation) > 0 && dollars(.staff) > 0)
  }
}
