import Quantities
import RealModule
import Testing
import Uncertainty

@testable import Decisions

/// Closed forms and enumerations that sizing must meet.
@Suite struct SizingOracles {
  /// Cash 40·e^(0.2x) of a budget of 50, days 300·e^(0.25y) of 365, both in proportion to work.
  /// P(both) and the work that keeps 0.8, from the bivariate normal distribution.
  @Test(arguments: [(0.0, 0.6800, 0.92931), (0.6, 0.7291, 0.9506), (1.0, 0.7836, 0.98581)])
  func `one chance for budget and deadline`(
    correlation: Double, both: Double, work: Double
  ) throws {
    let sets = try scores(["x", "y"], [InputCorrelation("x", "y", correlation)])
    var candidate = plainCandidate(
      "run", speed: .logLinear(median: 1 / 300, [Loading(sets.at("y"), -0.25)]))
    candidate.usdPerChipHour = .logLinear(
      median: 40 / 7_200, [Loading(sets.at("x"), 0.2), Loading(sets.at("y"), -0.25)])
    let question = Question(budgetUsd: 50, deadlineDays: 365)
    let decider = Decider(outcomes: sets, question: question, candidates: [candidate])
    let sizing = try #require(decider.sizer.most(candidate, question))
    #expect(abs(sizing.work - work) < 0.004)
    let runs = Sizer(sets.reporting).runs(candidate, sizing.choice, work: 1, question)
    let report = Report(1, sizing.choice, runs)
    #expect(abs(report.withinBudget - 0.8677) < 0.004)
    #expect(abs(report.byDeadline - 0.7836) < 0.004)
    #expect(abs(report.both.value - both) < 0.004)
  }

  /// Speeds of 1 … 10, ten chips, one term of 100 days within the budget: w = 1,000 r.
  @Test(arguments: [0.8, 0.75])
  func `work is the eighth greatest of ten`(chance: Double) throws {
    let speeds = (1...10).map(Double.init)
    let sets = try #require(OutcomeSets([("r", speeds, speeds)]))
    var candidate = plainCandidate(
      "term", sizes: [10], terms: [Terms("100 days", .term(hours: 2_400, extendedBy: 2_400))],
      speed: .column(sets.at("r")))
    candidate.usdPerChipHour = .constant(1)
    let question = Question(budgetUsd: 24_000, deadlineDays: 120, chance: chance)
    let sizing = try #require(Sizer(sets.choosing).most(candidate, question))
    #expect(sizing.work == 3_000)
    let runs = Sizer(sets.choosing).runs(candidate, sizing.choice, work: 3_000, question)
    #expect(runs.chanceOfBoth == 0.8)
  }

  /// 200 chips are paid for in half of the outcomes only; the planned price affords them from 20,000.
  @Test(arguments: [19_900.0, 20_000])
  func `a size that the median price just affords is not taken`(budget: Double) throws {
    let sets = try scores(["z"])
    var candidate = plainCandidate(
      "term", sizes: [100, 200], terms: [Terms("100 days", .term(hours: 2_400))])
    candidate.usdPerChipHour = .logLinear(median: 1.0 / 24, [Loading(sets.at("z"), 0.1)])
    let question = Question(budgetUsd: budget, deadlineDays: 150)
    let sizing = try #require(Sizer(sets.choosing).most(candidate, question))
    #expect(abs(sizing.work - 10_000) < 1e-6)
    #expect(sizing.choice.size == 0)
  }

  /// Twelve months bought, seven used; the same work with fewer chips in the whole term; and when the
  /// machines stand 60 days of it first. By hand: 1,000 · 8,760 · 1.89; 5,110/8,760; 5,110/7,320.
  @Test func `a commitment is paid whole`() throws {
    let sets = try #require(OutcomeSets([("one", [1], [1])]))
    var candidate = plainCandidate(
      "year", sizes: [1_000, 584, 583, 699, 698], terms: [Terms("12 months", .term(hours: 8_760))])
    candidate.usdPerChipHour = .constant(1.89)
    let question = Question(budgetUsd: 20e6, deadlineDays: 365)
    let sizer = Sizer(sets.choosing)
    let work = 1_000 * 5_110.0 / 24
    func run(_ size: Int) -> Runs {
      sizer.runs(candidate, Choice(size: size, terms: 0), work: work, question)
    }
    #expect(abs(run(0).cashUsd[0] - 16_556_400) < 1)
    #expect(abs(run(0).cashUsd[0] / (1_000 * run(0).runDays[0] * 24) - 3.24) < 0.005)
    #expect(abs(run(1).cashUsd[0] - 9_668_938) < 1)
    #expect(run(1).isByDeadline[0] && !run(2).isByDeadline[0])
    candidate.idleDays = .constant(60)
    #expect(run(3).isByDeadline[0] && !run(4).isByDeadline[0])
  }

  /// 72 · 73,000 and 8.57 a chip-day for 240 days (made up); sold at 0.62 less 9 %.
  @Test func `a purchase binds cash, and what is left comes off after it`() throws {
    let sets = try #require(OutcomeSets([("one", [1], [1])]))
    var candidate = plainCandidate("rack", sizes: [72])
    candidate.unitUsd = .constant(73_000)
    candidate.useUsdPerChipHour = .constant(8.57 / 24)
    candidate.pricedBy = .units
    let choice = Choice(size: 0, terms: 0)
    let question = Question(budgetUsd: 5_404_090, deadlineDays: 365)
    let sizer = Sizer(sets.choosing)
    let runs = sizer.runs(candidate, choice, work: 72 * 240, question)
    #expect(abs(runs.cashUsd[0] - 5_404_090) < 1)
    #expect(runs.isWithinBudget[0])
    let economic = runs.cashUsd[0] - 5_256_000 * 0.62 * 0.91
    #expect(abs(economic - 2_438_654) < 1)
    #expect(abs(economic / (72 * runs.runDays[0] * 24) - 5.88) < 0.005)
    let less = Question(budgetUsd: 5_400_000, deadlineDays: 365)
    #expect(!sizer.runs(candidate, choice, work: 72 * 240, less).isWithinBudget[0])
  }

  /// 30·e^(0.3x) + 15·e^(0.6y), independent: percentiles of the sum, by numerical convolution.
  @Test func `percentiles are of the sum, not sums of percentiles`() throws {
    let sets = try scores(["x", "y"])
    let cash =
      Figure.logLinear(median: 30, [Loading(sets.at("x"), 0.3)])
      + Figure.logLinear(median: 15, [Loading(sets.at("y"), 0.6)])
    let values = cash.values(in: sets.reporting)
    let range = Percentiles(of: values)
    #expect(abs(range.p50 - 46.93) < 0.15)
    #expect(abs(range.p80 - 60.10) < 0.25)
    #expect(abs(values.reduce(0, +) / Double(values.count) - 49.339) < 0.1)
    let under = values.filter { $0 <= 45 }.count
    #expect(abs(Double(under) / Double(values.count) - 0.44) < 0.005)
  }
}
