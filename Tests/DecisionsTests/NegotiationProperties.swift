import Testing
import Uncertainty

@testable import Decisions

/// Prices that win, blanks that decide, terms and ends, on made-up markets.
@Suite struct NegotiationProperties {
  private let sets: OutcomeSets

  init() throws {
    sets = try scores(ToyMarket.names, samples: 4_096, choosing: 2_048)
  }

  private func put(
    _ factor: Double, on id: String, _ market: ToyMarket, work: Double? = nil
  ) -> String? {
    var question = market.question
    question.work = work
    let candidates = market.candidates(sets).map { $0.id == id ? $0.priced(times: factor) : $0 }
    return Decider(outcomes: sets, question: question, candidates: candidates).decide().sign?.id
  }

  @Test func `the price that wins, put back, wins, and one per cent more doesn't`() {
    var random = PlainRandom(31)
    var found = 0
    for _ in 0..<3 {
      var market = ToyMarket(&random)
      market.budget = random.uniform(5e6, 50e6)
      market.mostChips = 1_000
      let decider = Decider(
        outcomes: sets, question: market.question, candidates: market.candidates(sets))
      let decision = decider.decide()
      for standing in decision.standings where standing.group == .sign {
        let price = decider.winningPrice(standing.id, decision)
        if standing.id == decision.sign?.id { #expect((price.factor ?? 0) >= 1) }
        guard let factor = price.factor, factor.isFinite else {
          #expect(price.reason != nil)
          // Nothing but nearly free wins where no price is named.
          #expect(put(0.01, on: standing.id, market) != standing.id || price.reason == .grant)
          continue
        }
        found += 1
        #expect(put(factor * 0.9999, on: standing.id, market) == standing.id, "\(standing.id)")
        #expect(put(factor * 1.01, on: standing.id, market) != standing.id, "\(standing.id)")
      }
    }
    #expect(found > 3)
  }

  @Test func `with given work the price that wins does so too`() {
    var random = PlainRandom(32)
    var market = ToyMarket(&random)
    market.mostChips = 400
    let budget = Decider(
      outcomes: sets, question: market.question, candidates: market.candidates(sets)
    ).decide()
    let work = (budget.sign?.rank ?? 0) * 0.3
    var question = market.question
    question.work = work
    let decider = Decider(
      outcomes: sets, question: question, candidates: market.candidates(sets))
    let decision = decider.decide()
    let signable = decision.standings.filter { $0.group == .sign }
    #expect(zip(signable, signable.dropFirst()).allSatisfy { $0.rank <= $1.rank })
    for standing in signable.prefix(2) {
      guard let factor = decider.winningPrice(standing.id, decision).factor, factor.isFinite
      else { continue }
      #expect(put(factor * 0.9995, on: standing.id, market, work: work) == standing.id)
      #expect(put(factor * 1.01, on: standing.id, market, work: work) != standing.id)
    }
  }

  /// Among all sizes and terms that keep the chance, the least mean cash, without any shortlist.
  @Test func `the cheapest way for given work is what trying all finds`() {
    var random = PlainRandom(33)
    var market = ToyMarket(&random)
    market.mostChips = 600
    let sizer = Sizer(sets.choosing)
    for candidate in market.candidates(sets) where candidate.chain == nil {
      guard let sizing = sizer.most(candidate, market.question) else { continue }
      let work = sizing.work * 0.6
      var least = Double.infinity
      for choice in Sizer.choices(candidate) {
        let runs = sizer.runs(candidate, choice, work: work, market.question)
        guard runs.chanceOfBoth >= market.chance else { continue }
        least = min(least, runs.cashUsd.reduce(0, +) / Double(runs.cashUsd.count))
      }
      let cheapest = sizer.cheapest(candidate, value: work, market.question)
      #expect(cheapest?.meanCashUsd == least, "\(candidate.id)")
    }
  }

  /// What `examine` says, found again by writing the ends into the candidates by hand.
  @Test func `a blank decides exactly where filling it by hand changes the answer`() throws {
    let columns = try scores(["a", "b", "lead"], samples: 2_048, choosing: 2_048)
    func candidates(_ lead: Figure) -> [Candidate] {
      let rented = plainCandidate(
        "rented", speed: .logLinear(median: 1, [Loading(columns.at("a"), 0.2)]))
      let owned = plainCandidate(
        "owned", route: "b",
        speed: .logLinear(median: 1.6, [Loading(columns.at("b"), 0.2)]), startDays: lead)
      return [rented, owned]
    }
    let question = Question(budgetUsd: 1, deadlineDays: 400)
    let lead = Figure.column(columns.at("lead")) * 30 + 150
    let decider = Decider(outcomes: columns, question: question, candidates: candidates(lead))
    let decision = decider.decide()
    for (low, high) in [(-3.0, 3.0), (-0.1, 0.1), (-4, 0), (0, 4)] {
      let finding = try #require(
        decider.examine(
          [Blank("lead time", columns.at("lead"), low: low, high: high)], decision
        ).first)
      let byHand = [low, high].map {
        Decider(
          outcomes: columns, question: question,
          candidates: candidates(.constant($0 * 30 + 150))
        ).decide().sign?.id
      }
      #expect(finding.signAtLow == byHand[0] && finding.signAtHigh == byHand[1])
      let same = Set(decision.ties + [decision.sign?.id ?? ""])
      #expect(finding.changesAnswer == byHand.contains { !same.contains($0 ?? "") })
    }
  }

  @Test func `a lower price of a term is worth its share of the bill`() {
    var random = PlainRandom(34)
    let market = ToyMarket(&random)
    let decider = Decider(
      outcomes: sets, question: market.question, candidates: market.candidates(sets))
    let decision = decider.decide()
    for standing in decision.standings where standing.id == "on demand" {
      let cheaper = decider.candidates[standing.candidate].priced(times: 0.95)
      let worth = decider.worth(of: cheaper, standing) ?? 0
      #expect(worth > 0 && worth < 0.06 * market.budget)
      #expect(decider.worth(of: decider.candidates[standing.candidate], standing) == 0)
    }
  }

  @Test func `a later end never does less, and its chances sum to one`() {
    var random = PlainRandom(35)
    let market = ToyMarket(&random)
    let ends = Decider(
      outcomes: sets, question: market.question, candidates: market.candidates(sets)
    ).byEnd([183, 274, 365, 548, 730])
    #expect(zip(ends, ends.dropFirst()).allSatisfy { $0.rank <= $1.rank })
    for end in ends where end.sign != nil {
      #expect(abs(end.routes.chances.reduce(0) { $0 + $1.chance } - 1) < 1e-9)
    }
  }
}
