import RealModule
import Testing
import Uncertainty

@testable import Decisions

/// Closed forms and enumerations for grants, chains and plans B.
@Suite struct GrantOracles {
  /// Tight 0.4 (each request granted with 0.5), slack 0.6 (0.9), enumerated: 5 · 10³ outcomes.
  private func threeLinks() throws -> OutcomeSets {
    let levels = (0..<10).map { NormalDistribution.quantile((Double($0) + 0.5) / 10) }
    let slack = NormalDistribution.quantile(0.9)
    var columns: [[Double]] = [[], [], [], []]
    for state in 0..<5 {
      for first in levels {
        for second in levels {
          for third in levels {
            columns[0].append(state < 2 ? 0 : slack)
            columns[1].append(first)
            columns[2].append(second)
            columns[3].append(third)
          }
        }
      }
    }
    let names = ["market", "link 0", "link 1", "link 2"]
    return try #require(OutcomeSets(zip(names, columns).map { ($0, $1, $1) }))
  }

  private func chain(_ sets: OutcomeSets) -> Candidate {
    var contract = plainCandidate("contract", terms: [Terms("term", .term(hours: 4_000))])
    contract.usdPerChipHour = .constant(1_000)
    var flex = plainCandidate("flex", obtaining: .request)
    flex.usdPerChipHour = .constant(1e6 / 168)
    flex.grant = Grant(
      channel: "flex", chance: 0.5, score: [], doubt: [Loading(sets.at("market"), 1)])
    flex.chain = Chain(
      linkHours: 168, correlation: 0, own: (0..<3).map { sets.at("link \($0)") },
      rungs: [Chain.Rung(contract, size: 0, terms: 0)])
    return flex
  }

  @Test func `a chain of three is what its outcomes enumerate`() throws {
    let sets = try threeLinks()
    let flex = chain(sets)
    let links = try #require(flex.chain?.links(flex.grant, in: sets.choosing))
    func share(_ count: Int32) -> Double { Double(links.filter { $0 == count }.count) / 5_000 }
    #expect(abs(share(0) - 0.26) < 1e-12)
    #expect(abs(share(1) - 0.154) < 1e-12)
    #expect(abs(share(2) - 0.0986) < 1e-12)
    #expect(abs(share(3) - 0.4874) < 1e-12)
    #expect(abs(Double(links.reduce(0, +)) / 5_000 - 1.8134) < 1e-12)
    let question = Question(budgetUsd: 10e6, deadlineDays: 500, work: 21)
    let runs = Sizer(sets.choosing).runs(flex, Choice(size: 0, terms: 0), work: 21, question)
    #expect(abs(runs.cashUsd.reduce(0, +) / 5_000 - 3_863_800) < 1)
  }

  /// All of n exchangeable scores with correlation 1/2 under the median: 1/(n + 1) exactly; with
  /// q = 0.55 by numerical integration over the common part.
  @Test(arguments: [
    (0.5, 0.5, 3, 0.25), (0.5, 0.5, 24, 0.04), (0.55, 0, 3, 0.1664), (0.55, 0.3, 3, 0.2436),
    (0.55, 0.6, 3, 0.3272),
  ])
  func `a chain lies between independence and one draw`(
    chance: Double, correlation: Double, count: Int, all: Double
  ) throws {
    let names = (0..<count).map { "link \($0)" }
    let sets = try scores(["channel"] + names, samples: 65_536)
    let grant = Grant(channel: "a", chance: chance, score: [Loading(sets.at("channel"), 1)])
    let chain = Chain(
      linkHours: 168, correlation: correlation, own: names.map { sets.at($0) }, rungs: [])
    let links = chain.links(grant, in: sets.reporting)
    let share = Double(links.filter { $0 == Int32(count) }.count) / 65_536
    #expect(abs(share - all) < 0.005)
  }

  /// P(both) = 1/4 + asin(0.6)/2π (W. F. Sheppard, 1899).
  @Test func `a plan B is counted given the refusal`() throws {
    let sets = try scores(["market", "own 1", "own 2"])
    func option(_ id: String, _ own: String, _ speed: Double) -> Candidate {
      var option = plainCandidate(id, route: id, speed: .constant(speed))
      option.grant = Grant(
        channel: id, chance: 0.5,
        score: Loading.shared(sets.at("market"), own: sets.at(own), correlation: 0.6))
      return option
    }
    let candidates = [option("A", "own 1", 2), option("B", "own 2", 1)]
    let first = try #require(candidates[0].grant?.granted(in: sets.reporting))
    let second = try #require(candidates[1].grant?.granted(in: sets.reporting))
    let both = zip(first, second).filter { $0 && $1 }.count
    #expect(abs(Double(both) / 65_536 - 0.35242) < 0.004)
    let decider = Decider(
      outcomes: sets, question: Question(budgetUsd: 1, deadlineDays: 10), candidates: candidates)
    let decision = decider.decide()
    let sign = try #require(decision.sign)
    #expect(sign.id == "A")
    let rungs = decider.plansB(sign, decision)
    #expect(rungs.count == 1 && abs((rungs.first?.chance ?? 0) - 0.29517) < 0.006)
  }

  @Test func `granted at a discount implies granted at list`() throws {
    let sets = try scores(["market", "doubt"])
    func granted(_ chance: Double) -> [Bool] {
      Grant(
        channel: "a", chance: chance, score: [Loading(sets.at("market"), 1)],
        doubt: Grant.doubt(low: 0.3, high: 0.7, sets.at("doubt"))
      ).granted(in: sets.reporting)
    }
    let pairs = zip(granted(0.4), granted(0.6))
    #expect(pairs.allSatisfy { !$0 || $1 })
    #expect(pairs.contains { !$0 && $1 })
  }

  /// With normal doubt of deviation s the mean chance is Φ(z(q)/√(1 + s²)).
  @Test func `the mean chance has its doubt in it`() throws {
    let sets = try scores(["doubt"])
    let grant = Grant(
      channel: "a", chance: 0.8, score: [], doubt: [Loading(sets.at("doubt"), 0.75)])
    let expected = NormalDistribution.cumulative(NormalDistribution.quantile(0.8) / 1.25)
    #expect(abs(grant.meanChance(in: sets.choosing) - expected) < 0.001)
  }

  /// q·W + (1 − q)·min(W, F) of the five options of the method's table, F = 1.38.
  @Test(arguments: [
    (0.65, 6.22, 4.52), (0.75, 3.27, 2.80), (0.45, 3.03, 2.12), (0.22, 1.36, 1.36),
    (1.0, 1.72, 1.72), (0.05, 1.30, 1.30),
  ])
  func `a refusal weighs with the capped floor`(chance: Double, work: Double, weighed: Double) {
    #expect(abs(Weighing.work(work, chance: chance, floor: 1.38) - weighed) < 0.01)
  }

  @Test func `a longshot can't borrow what it falls back on`() {
    #expect(abs(Weighing.work(1.3, chance: 0.05, floor: 0.28) - 0.331) < 1e-9)
    #expect(
      Weighing.workNeeded(0.331, chance: 0.05, floor: 0.28).map { abs($0 - 1.3) < 1e-9 } == true)
  }
}
