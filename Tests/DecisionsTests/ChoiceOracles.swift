import RealModule
import Testing
import Uncertainty

@testable import Decisions

/// Closed forms for what is chosen, reported and learnt.
@Suite struct ChoiceOracles {
  /// Leader of median 1 and deviation 0.25; challenger 0.8, own deviation 0.35 beside 0.25, its own
  /// part read with error 0.08. By integration: 0.81026, 0.5570, E max(0.81026, 0.64175·e^m) =
  /// 0.85901 with m of deviation 0.34120, a switch in 24.7 of 100.
  @Test func `a pilot is worth the mean of what one would choose and size after it`() throws {
    let sets = try scores(["leader", "own", "other"])
    let leader = plainCandidate(
      "leader", speed: .logLinear(median: 1, [Loading(sets.at("leader"), 0.25)]))
    let challenger = plainCandidate(
      "challenger", route: "b",
      speed: .logLinear(
        median: 0.8, [Loading(sets.at("own"), 0.35), Loading(sets.at("other"), 0.25)]))
    let question = Question(budgetUsd: 1, deadlineDays: 1)
    let decider = Decider(
      outcomes: sets, question: question, candidates: [leader, challenger])
    let decision = decider.decide()
    #expect(abs((decision.standing("leader")?.rank ?? 0) - 0.81026) < 0.001)
    #expect(abs((decision.standing("challenger")?.rank ?? 0) - 0.5570) < 0.001)
    let pilot = Pilot(reads: [Loading(sets.at("own"), 0.35)], error: 0.08)
    let worth = try #require(decider.worth(of: pilot, decision, readings: 400))
    #expect(abs(worth.learnt - 0.85901) < 0.0015)
    #expect(abs(worth.gain - 0.0602) < 0.0015)
    #expect(abs(worth.switching - 0.247) < 0.005)
  }

  /// The same by an independent simulation with its own generator: draw the truth and the reading,
  /// update by the textbook formula, choose the greater of two known quantiles.
  @Test func `a pilot agrees with drawing, learning and choosing again`() throws {
    let sets = try scores(["a", "b", "team"])
    let leader = plainCandidate(
      "leader",
      speed: .logLinear(
        median: 1, [Loading(sets.at("a"), 0.1), Loading(sets.at("team"), 0.2)]))
    let challenger = plainCandidate(
      "challenger", route: "b",
      speed: .logLinear(
        median: 1.1, [Loading(sets.at("b"), 0.4), Loading(sets.at("team"), 0.2)]))
    let decider = Decider(
      outcomes: sets, question: Question(budgetUsd: 1, deadlineDays: 1),
      candidates: [leader, challenger])
    let decision = decider.decide()
    // The pilot reads own and team's part together, with error 0.1.
    let pilot = Pilot(
      reads: [Loading(sets.at("b"), 0.4), Loading(sets.at("team"), 0.2)], error: 0.1)
    let worth = try #require(decider.worth(of: pilot, decision, readings: 400))
    var random = PlainRandom(3)
    let total = 0.4 * 0.4 + 0.2 * 0.2 + 0.01
    let z = 0.841_621_233_572_914_2
    // Covariances of the two logarithms with the reading.
    let (first, second) = (0.2 * 0.2, 0.4 * 0.4 + 0.2 * 0.2)
    let firstLeft: Double = .sqrt(0.05 - first * first / total)
    let secondLeft: Double = .sqrt(0.2 - second * second / total)
    var sum = 0.0
    for _ in 0..<200_000 {
      let reading = 0.4 * random.normal() + 0.2 * random.normal() + 0.1 * random.normal()
      let one: Double = .exp(first / total * reading - z * firstLeft)
      let two: Double = 1.1 * .exp(second / total * reading - z * secondLeft)
      sum += max(one, two)
    }
    #expect(abs(worth.learnt - sum / 200_000) < 0.004)
  }

  /// K equal options with independent errors, sized on M: the chance on fresh outcomes falls short
  /// by E_K·√(c(1 − c)/M), E_20 = 1.868 (expected greatest of 20 standard normals).
  @Test func `the best of twenty noisy sizes keeps less than was asked`() throws {
    var short = 0.0
    let (options, outcomes, repeats) = (20, 400, 60)
    var random = PlainRandom(11)
    for _ in 0..<repeats {
      var columns: [(name: String, choosing: [Double], reporting: [Double])] = []
      for option in 0..<options {
        let drawn = (0..<outcomes).map { _ in Double.exp(0.3 * random.normal()) }
        columns.append(("option \(option)", drawn, [1]))
      }
      let sets = try #require(OutcomeSets(columns))
      let candidates = (0..<options).map {
        plainCandidate("\($0)", speed: .column(sets.at("option \($0)")))
      }
      let decision = Decider(
        outcomes: sets, question: Question(budgetUsd: 1, deadlineDays: 1), candidates: candidates
      ).decide()
      let work = decision.sign?.rank ?? 0
      short += 1 - NormalDistribution.cumulative(.log(work) / 0.3)
    }
    #expect(abs(short / Double(repeats) - 0.763) < 0.006)
  }

  /// Medians 1 and 0.9, own deviation 0.15, the team's 0.25 with a correlation between the two:
  /// Φ(ln(1/0.9)/√(2·0.15² + 2·0.25²·(1 − ρ))).
  @Test(arguments: [(0.0, 0.6008), (0.5, 0.6260), (1.0, 0.6903)])
  func `shared doubt tells routes apart`(correlation: Double, chance: Double) throws {
    let sets = try scores(["team", "stack 1", "stack 2", "own 1", "own 2"])
    func option(_ place: Int, _ median: Double) -> Candidate {
      let team = Loading.shared(
        sets.at("team"), own: sets.at("stack \(place)"), correlation: correlation, deviation: 0.25)
      return plainCandidate(
        "\(place)", route: "\(place)",
        speed: .logLinear(median: median, team + [Loading(sets.at("own \(place)"), 0.15)]))
    }
    let decider = Decider(
      outcomes: sets, question: Question(budgetUsd: 1, deadlineDays: 1),
      candidates: [option(1, 1), option(2, 0.9)])
    let chances = decider.routeChances(decider.decide())
    #expect(abs(chances.chance("1") - chance) < 0.004)
    #expect(abs(chances.chance("1") + chances.chance("2") - 1) < 1e-12)
    #expect(chances.isToldApart)
  }

  @Test func `without samples one outcome has every input at its median`() throws {
    let sets = try OutcomeSets(
      inputs: [
        OutcomeSets.score("z"), UncertainInput("price", .lognormal(low: 2, typical: 3, high: 8)),
      ], seed: 1, samples: 0)
    #expect(sets.choosing.count == 1 && sets.reporting.count == 1)
    #expect(abs(sets.reporting[sets.at("price")][0] - 3) < 1e-12)
    let option = plainCandidate(
      "a", speed: .logLinear(median: 5, [Loading(sets.at("z"), 0.4)]))
    let decider = Decider(
      outcomes: sets, question: Question(budgetUsd: 1, deadlineDays: 2), candidates: [option])
    #expect(decider.decide().sign?.rank == 5.0 / 24 * 48)
  }

  @Test func `the order goes by class before rank`() throws {
    let sets = try #require(OutcomeSets([("one", [1], [1])]))
    var request = plainCandidate("request", obtaining: .request, speed: .constant(9))
    request.grant = nil
    var yardstick = plainCandidate("yardstick", speed: .constant(8))
    yardstick.isYardstick = true
    var forbidden = plainCandidate("forbidden", speed: .constant(7))
    forbidden.ruledOut = "policy"
    let never = plainCandidate("never", speed: .constant(6), startDays: .constant(100))
    let quote = plainCandidate("quote", route: "b", obtaining: .inHand, speed: .constant(1))
    let contract = plainCandidate("contract", speed: .constant(2))
    let decision = Decider(
      outcomes: sets, question: Question(budgetUsd: 1, deadlineDays: 10),
      candidates: [request, forbidden, never, yardstick, quote, contract]
    ).decide()
    #expect(
      decision.standings.map(\.id)
        == ["contract", "quote", "yardstick", "request", "never", "forbidden"])
    #expect(decision.bestOfRoute.map(\.id) == ["contract", "quote"])
    #expect(decision.ties.isEmpty)
  }
}
