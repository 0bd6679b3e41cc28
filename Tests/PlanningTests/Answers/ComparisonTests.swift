import Catalog
import Quantities
import Testing
import Workload

@testable import Planning

/// One catalogue and two plans for all tests here: making them is most of the work.
private enum Shared {
  static let catalog = Result { try Catalog() }
  static let plans = catalog.map { catalog in
    let sized = Scenario(budgetDollars: 50e6, start: CalendarDate(daysSinceEpoch: 20_736))
    var given = sized
    given.model = .parameters(8e9)
    given.tokens = 2e12
    given.deadline = TimeSpan(days: 200)
    return [sized, given].map { Planner(catalog: catalog).plan($0) }
  }

  /// The best option of each route, and a few more of every kind of purchase.
  static func options(_ plan: Plan) -> [Assessment] {
    var seen: Set<String> = []
    return plan.ranked.filter { seen.insert("\($0.route)/\($0.purchase)").inserted }
  }
}

@Suite("The gap between two options")
struct ComparisonTests {
  @Test("sums exactly: lines to cash, cash and what is left to cost, causes to every gap")
  func sums() throws {
    for plan in try Shared.plans.get() {
      let options = Shared.options(plan)
      #expect(options.count > 4)
      for first in options {
        for second in options {
          let gap = try #require(OptionComparison(first, second, scenario: plan.scenario))
          let (one, other) = try (#require(first.outcome), #require(second.outcome))
          let bill = gap.bill
          #expect(bill.items.map(\.gap).reduce(0, +) == bill.cash.gap)
          #expect(bill.cash.first == one.breakdown.map(\.cents).reduce(0, +))
          let left = try #require(bill.left)
          let economic = try #require(bill.economic)
          #expect(bill.cash.gap + left.gap == economic.gap)
          #expect(abs(economic.first - Money(dollars: one.planned.economicDollars).cents) <= 1)
          #expect(gap.cashDrivers.map(\.share).reduce(0, +) == bill.cash.gap)
          #expect(gap.economicDrivers.map(\.share).reduce(0, +) == economic.gap)
          #expect(gap.timeDrivers.map(\.share).reduce(0, +) == gap.days.second - gap.days.first)
          #expect(gap.lossDrivers.map(\.share).reduce(0, +) == gap.loss.second - gap.loss.first)
          #expect(gap.days.second == Int64((other.planned.days * 100).rounded()))
          #expect(gap.loss.first == Int64((one.predictedLoss.p50 * 1e4).rounded()))
        }
      }
    }
  }

  @Test("turned round, it is the same gap with the other sign; against itself, nothing")
  func symmetry() throws {
    for plan in try Shared.plans.get() {
      let options = Shared.options(plan)
      let scenario = plan.scenario
      let there = try #require(OptionComparison(options[0], options[1], scenario: scenario))
      let back = try #require(OptionComparison(options[1], options[0], scenario: scenario))
      #expect(there.bill.cash.gap == -back.bill.cash.gap)
      for (one, other) in zip(there.cashDrivers, back.cashDrivers) {
        // Rounding to cents may move one.
        #expect(abs(one.share + other.share) <= 1, "\(one.name)")
      }
      let none = try #require(OptionComparison(options[0], options[0], scenario: scenario))
      #expect(none.bill.items.allSatisfy { $0.gap == 0 })
      let all = none.cashDrivers + none.economicDrivers + none.timeDrivers + none.lossDrivers
      #expect(!all.isEmpty && all.allSatisfy { $0.share == 0 && $0.first == $0.second })
    }
  }

  @Test("the factors give the bill back, and what is the same in both gets no share")
  func factors() throws {
    let plan = try #require(try Shared.plans.get().last)
    for option in Shared.options(plan) {
      let cents = try #require(option.outcome).breakdown.map(\.cents).reduce(0, +)
      let factors = try #require(CostFactors(option, economicCents: cents))
      let hours = factors.work / (factors.utilization * factors.goodput * 3600e15)
      let cash = hours * factors.price * (1 + factors.unused + factors.experiments) + factors.other
      #expect(abs(cash * 100 - Double(cents)) < 1, "\(option.id)")
      #expect(factors.left == 0 && factors.waitDays > -1e-6)
      let days = hours / factors.peak / 24 + factors.waitDays + factors.leadDays
      #expect(abs(days - (option.outcome?.planned.days ?? .nan)) < 1e-6)
    }
    // Every option of a given job does the same work.
    let options = Shared.options(plan)
    let gap = try #require(OptionComparison(options[0], options[1], scenario: plan.scenario))
    #expect(gap.cashDrivers.first { $0.name == "work" }?.share == 0)
    #expect(gap.lossDrivers.allSatisfy { $0.share == 0 })
  }

  // By hand: of x·y from (2, 10) to (3, 20), x moves it by the mean of 10 and 20, y by ten times the
  // mean of 2 and 3.
  @Test("a cause's share is its mean effect over all orders")
  func shapley() {
    let shares = GapAttribution.shares(first: [2, 10], second: [3, 20]) { $0[0] * $0[1] }
    #expect(shares == [15, 25])
    // Of a sum each gets its own difference, whatever the number of terms.
    let terms: [Double] = [1, 2, 3, 4, 5]
    let sum = GapAttribution.shares(first: terms, second: terms.map { $0 * $0 }) {
      $0.reduce(0, +)
    }
    for (share, term) in zip(sum, terms) { #expect(abs(share - (term * term - term)) < 1e-12) }
    // The glove game: one left and two right gloves make one pair; shares 2/3, 1/6, 1/6 (Shapley 1953).
    let gloves = GapAttribution.shares(first: [0, 0, 0], second: [1, 1, 1]) {
      min($0[0], $0[1] + $0[2])
    }
    #expect(zip(gloves, [2.0 / 3, 1.0 / 6, 1.0 / 6]).allSatisfy { abs($0 - $1) < 1e-12 })
  }

  @Test("shares become whole numbers that still sum, each within one of its own")
  func whole() {
    #expect(GapAttribution.whole([0.4, 0.3, 0.3], total: 1) == [1, 0, 0])
    #expect(GapAttribution.whole([-0.4, -0.3, -0.3], total: -1) == [-1, 0, 0])
    #expect(GapAttribution.whole([10.5, -10.5], total: 0).reduce(0, +) == 0)
    #expect(GapAttribution.whole([], total: 0).isEmpty)
  }

  @Test("an option without figures has no gap")
  func none() throws {
    let plan = try #require(try Shared.plans.get().first)
    let out = try #require(plan.ruledOut.first { $0.outcome == nil })
    #expect(OptionComparison(plan.ranked[0], out, scenario: plan.scenario) == nil)
  }
}

@Suite("The frontier")
struct FrontierTests {
  @Test("holds exactly what no other option beats; the rest name one of it that beats them")
  func complete() throws {
    for plan in try Shared.plans.get() {
      let found = plan.paretoFrontier
      #expect(found.rows.count == plan.ranking.count)
      #expect(found.indices == plan.frontier && !found.indices.isEmpty)
      for row in found.rows {
        let beaters = found.rows.filter { $0.criteria.beats(row.criteria) }
        #expect(beaters.count == row.beaters)
        #expect(row.isOnFrontier == beaters.isEmpty)
        guard !row.isOnFrontier else { continue }
        let by = try #require(found.rows.first { $0.index == row.beatenBy })
        #expect(by.isOnFrontier && by.criteria.beats(row.criteria))
      }
    }
  }

  @Test("the cheapest, the soonest and the surest are on it")
  func extremes() throws {
    for plan in try Shared.plans.get() {
      let rows = plan.paretoFrontier.rows
      for criterion in [\ParetoFrontier.Criteria.cost, \.dearCash, \.days, \.risk, \.loss] {
        let least = rows.map { $0.criteria[keyPath: criterion] }.min()
        #expect(rows.contains { $0.isOnFrontier && $0.criteria[keyPath: criterion] == least })
      }
    }
  }

  @Test("an option beats another when it is nowhere worse and somewhere better")
  func beats() {
    let base = ParetoFrontier.Criteria(cost: 5, dearCash: 9, days: 100, risk: 3, loss: 0)
    var better = base
    better.risk = 2
    #expect(better.beats(base) && !base.beats(better) && !base.beats(base))
    better.days = 101
    #expect(!better.beats(base) && !base.beats(better))
  }
}
