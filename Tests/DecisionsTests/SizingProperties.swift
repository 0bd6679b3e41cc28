import Testing
import Uncertainty

@testable import Decisions

/// What holds for any market: checked on made-up ones.
@Suite struct SizingProperties {
  private let sets: OutcomeSets

  init() throws { sets = try scores(ToyMarket.names, samples: 8_192, choosing: 4_096) }

  private func decide(_ market: ToyMarket) -> Decision {
    Decider(outcomes: sets, question: market.question, candidates: market.candidates(sets)).decide()
  }

  /// Of anything that can only help, more never makes the answer smaller.
  @Test func `the answer never falls when something improves`() {
    var random = PlainRandom(2_026)
    for pair in 0..<36 {
      var market = ToyMarket(&random)
      market.budget = random.uniform(1e6, 60e6)
      market.deadline = random.uniform(200, 800)
      market.chance = random.uniform(0.55, 0.95)
      market.grantChance = random.uniform(0.1, 0.9)
      market.waitFactor = random.uniform(0.5, 2)
      market.mostChips = [256, 1_000, 4_096][random.whole(0...2)]
      var better = market
      switch pair % 6 {
      case 0: better.budget *= random.uniform(1, 1.5)
      case 1: better.deadline += random.uniform(0, 120)
      case 2: better.chance -= random.uniform(0, 0.2)
      case 3: better.mostChips += random.whole(0...2_000)
      case 4: better.grantChance += random.uniform(0, 0.1)
      default: better.waitFactor *= random.uniform(0.5, 1)
      }
      let (first, second) = (decide(market), decide(better))
      let (before, after) = (first.sign?.rank ?? 0, second.sign?.rank ?? 0)
      #expect(after >= before * (1 - 1e-12), "pair \(pair): \(before) then \(after)")
      // Chains too, whose grants are inside.
      let chains = [first, second].map { $0.standing("flex")?.rank ?? 0 }
      #expect(chains[1] >= chains[0] * (1 - 1e-12), "pair \(pair), chain: \(chains)")
    }
  }

  /// Cash and end worked out afresh at the size give the share that the order statistic promised.
  @Test func `the chance at the size is the share of outcomes in which it fits`() {
    var random = PlainRandom(22)
    for _ in 0..<12 {
      var market = ToyMarket(&random)
      market.budget = random.uniform(2e6, 60e6)
      let decider = Decider(
        outcomes: sets, question: market.question, candidates: market.candidates(sets))
      for candidate in decider.candidates where candidate.chain == nil {
        guard let sizing = decider.sizer.most(candidate, market.question) else { continue }
        let works = decider.sizer.works(candidate, sizing.choice, market.question)
        let runs = decider.sizer.runs(
          candidate, sizing.choice, work: sizing.work, market.question)
        let fits = works.filter { $0 >= sizing.work }.count
        #expect(runs.chanceOfBoth == Double(fits) / 4_096, "\(candidate.id)")
        #expect(runs.chanceOfBoth >= market.chance)
      }
    }
  }

  /// No size is lost to the shortlist.
  @Test func `the shortlist changes no answer`() {
    var random = PlainRandom(23)
    for _ in 0..<4 {
      var market = ToyMarket(&random)
      market.budget = random.uniform(2e6, 60e6)
      market.mostChips = 1_000
      let sizer = Sizer(sets.choosing)
      for candidate in market.candidates(sets) {
        var most = 0.0
        for choice in Sizer.choices(candidate) {
          var works = sizer.works(candidate, choice, market.question)
          most = max(
            most, Selection.reached(by: market.chance, &works, count: works.count))
        }
        #expect(sizer.most(candidate, market.question)?.work ?? 0 == most, "\(candidate.id)")
      }
    }
  }

  /// The least budget is that whose size reaches the work.
  @Test func `the least budget reaches the work, one in a thousand less doesn't`() {
    var random = PlainRandom(24)
    let market = ToyMarket(&random)
    let sizer = Sizer(sets.choosing)
    for candidate in market.candidates(sets) where candidate.chain == nil {
      guard let sizing = sizer.most(candidate, market.question) else { continue }
      let value = sizing.value * 0.7
      guard let usd = sizer.leastBudget(candidate, value: value, market.question).usd
      else { continue }
      func most(_ budget: Double) -> Double {
        var question = market.question
        question.budgetUsd = budget
        return sizer.most(candidate, question)?.value ?? 0
      }
      #expect(usd <= market.budget)
      #expect(most(usd * (1 + 1e-9)) >= value * (1 - 1e-12), "\(candidate.id)")
      #expect(most(usd * 0.999) < value, "\(candidate.id)")
    }
    #expect(
      sizer.leastBudget(market.candidates(sets)[0], value: 1e12, market.question)
        == .none(.tooSlow))
  }

  /// Reported on outcomes that didn't size, the chance is the one asked but for sampling error.
  @Test(arguments: [0.6, 0.8, 0.95])
  func `the chance asked is kept on independent outcomes`(chance: Double) {
    var random = PlainRandom(25)
    let error = 3 * (chance * (1 - chance) * (1 / 4_096 + 1 / 8_192.0)).squareRoot()
    for _ in 0..<5 {
      var market = ToyMarket(&random)
      market.chance = chance
      let decider = Decider(
        outcomes: sets, question: market.question, candidates: market.candidates(sets))
      let decision = decider.decide()
      guard let sign = decision.sign, let report = decider.report(sign) else { continue }
      // Steps of terms may keep more than was asked, never less.
      #expect(report.both.value > chance - error, "\(sign.id)")
    }
  }

  @Test func `deciding twice gives the same to the bit`() {
    var random = PlainRandom(26)
    let market = ToyMarket(&random)
    let (first, second) = (decide(market), decide(market))
    #expect(first.standings.map(\.rank) == second.standings.map(\.rank))
    #expect(first.standings.map(\.id) == second.standings.map(\.id))
  }
}
