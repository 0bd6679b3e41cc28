import Catalog
import Economics
import Foundation
import Quantities
import Testing
import Workload

@testable import Planning

/// Outcomes drawn a second, plain way: one loop with a generator of its own, from the medians and ranges
/// that stand in the tables, one formula after the other.
@Suite("Outcomes drawn a second, plain way")
struct IndependentOutcomesTests {
  /// What a kind of option is, and how it is billed.
  enum Kind: String, CaseIterable {
    case commitment, block, contract, onDemand, purchase

    func isMet(by option: Assessment) -> Bool {
      guard option.outcome?.obtaining.kind != .request else { return false }
      switch self {
      case .commitment: return option.route == .rentTPU && option.purchase.rawValue == "commit_1y"
      case .block: return option.purchase.rawValue == "capacity_block"
      case .contract:
        return option.route == .rentGPU && option.purchase.rawValue.hasPrefix("contract_")
      case .onDemand: return option.purchase.rawValue == "on_demand"
      case .purchase:
        // With its power known: what stands at a bound has a range of its own.
        return option.route == .buyGPU && option.accelerator == "b200"
      }
    }
  }

  @Test(
    "Percentiles and chances of five kinds of option are those of a plain loop", arguments: [0.8])
  func agrees(confidence: Double) throws {
    let catalog = try Catalog()
    var scenario = Scenario(budgetDollars: 40e6, start: CalendarDate(daysSinceEpoch: 20_788))
    scenario.model = .architecture(try ModelPresets.find("llama-3.1-70b").architecture)
    scenario.tokens = 6e12
    scenario.samples = 16_384
    // What a quota grants on demand is the buyer's to take.
    scenario.policy.quotas = ["b200": 4096]
    scenario.confidence = confidence
    let planner = Planner(catalog: catalog)
    let plan = planner.plan(scenario)
    let settled = planner.settled(scenario)
    for kind in Kind.allCases {
      let ranked = plan.ranked.filter { $0.outcome != nil } + plan.assessments
      let option = try #require(
        ranked.first { $0.outcome != nil && kind.isMet(by: $0) }, "no option of \(kind)")
      let outcome = try #require(option.outcome)
      let loop = try PlainLoop(
        option, outcome, kind, scenario: settled.scenario, catalog: settled.planner.catalog)
      let draws = loop.draw(60_000)
      let what = "\(kind) \(option.id)"
      hold(outcome.costCash, draws.map(\.cash), what + " cash")
      hold(outcome.schedule.totalDays, draws.map(\.days), what + " days")
      holds(outcome.chances.withinBudget, draws.map(\.isWithinBudget), what + " budget")
      let byDeadline = try #require(outcome.chances.byDeadline)
      holds(byDeadline, draws.map(\.isByDeadline), what + " deadline")
      holds(
        outcome.chances.both, draws.map { $0.isWithinBudget && $0.isByDeadline }, what + " both")
    }
  }

  /// Each printed percentile lies between the loop's percentiles a point to either side, and a tenth of a
  /// per cent beyond them for what is rounded: four standard errors of both draws.
  private func hold(_ printed: Percentiles, _ values: [Double], _ what: String) {
    let sorted = values.sorted()
    func at(_ share: Double) -> Double {
      sorted[min(sorted.count - 1, max(0, Int(share * Double(sorted.count))))]
    }
    let printed = [(0.1, printed.p10), (0.5, printed.p50), (0.8, printed.p80), (0.9, printed.p90)]
    for (share, value) in printed {
      let error: Double = 4 * (share * (1 - share) * (1 / 16_384.0 + 1 / 60_000.0)).squareRoot()
      let (low, high) = (at(share - error) * 0.999, at(share + error) * 1.001)
      #expect(low <= value && value <= high, "\(what) p\(share): \(low) \(value) \(high)")
    }
  }

  private func holds(_ printed: Double, _ hits: [Bool], _ what: String) {
    let found = Double(hits.count { $0 }) / Double(hits.count)
    let error: Double =
      4 * (found * (1 - found) * (1 / 16_384.0 + 1 / 60_000.0)).squareRoot() + 1e-3
    #expect(abs(found - printed) <= error, "\(what): \(found) \(printed)")
  }
}

/// One option's money and time, outcome by outcome.
private struct PlainLoop {
  struct Draw {
    var cash: Double
    var days: Double
    var isWithinBudget: Bool
    var isByDeadline: Bool
  }

  let kind: IndependentOutcomesTests.Kind
  let chips: Double
  let tokens: Double
  /// Tokens a second and chip at the median, the team's lag and the goodput in.
  let rate: Double
  let deviation: Double
  let phases: PhaseLengths
  let price: Double
  let priceDeviation: Double
  let experiments: (low: Double, high: Double)
  let fixed: Double
  let storagePerHour: Double
  let rates: OwnershipRates?
  /// Tenth and ninetieth percentile of factors of owning over their median, by the name of their input.
  let factors: [String: (low: Double, high: Double)]
  let serverName: String
  let scenario: Scenario
  /// Hours of a term that is paid whole.
  let term: Double

  init(
    _ option: Assessment, _ outcome: Outcome, _ kind: IndependentOutcomesTests.Kind,
    scenario: Scenario, catalog: Catalog
  ) throws {
    (self.kind, self.scenario) = (kind, scenario)
    chips = Double(option.chips)
    tokens = outcome.model.tokens
    let speed = outcome.throughput
    rate = speed.tokensPerSecondPerChip.p50 * speed.goodput.p50
    let bills = BillMaker(
      scenario: scenario, catalog: catalog,
      ownership: OwnershipAssumptions.standard(from: catalog).at(scenario.owning, catalog),
      rest: RestOfBill(scenario, catalog: catalog))
    let listed = try #require(
      Candidate.all(in: catalog, scenario: scenario).first {
        $0.id(chips: option.chips) == option.id
      })
    let found = listed.expectedPrice(chips: option.chips, in: catalog, scenario)
    let candidate = listed.at(found)
    term = candidate.terms?.commitmentHours ?? 1
    phases = bills.phases(candidate, chips: option.chips)
    let expected = found.expected
    price = expected.central ?? 0
    func score(_ low: Double?, _ high: Double?) -> Double {
      guard let low, let high, low > 0, high > low else { return 0 }
      return log(high / low) / 2 / 1.2815515655446004
    }
    priceDeviation = score(expected.lower, expected.upper)
    // The model's own error, the team's lag and the goodput, which goes with the lag in part.
    let chip = candidate.accelerator
    let team = TeamDoubt(chip, isMeasured: false, isGiven: false, catalog: catalog)
    let model = score(
      outcome.tunedTokensPerSecondPerChip.p10, outcome.tunedTokensPerSecondPerChip.p90)
    let goodput = score(speed.goodput.p10, speed.goodput.p90)
    let lag = score(team.range?.p10, team.range?.p90)
    deviation =
      (model * model + lag * lag + goodput * goodput + 2 * team.withGoodput * lag * goodput)
      .squareRoot()
    let inputs = InputRegistry(scenario: scenario, catalog: catalog, candidates: [candidate]).byName
    func ends(_ name: String) -> (low: Double, high: Double)? {
      inputs[name].map {
        let middle = $0.distribution.value(score: 0)
        return ($0.distribution.quantile(0.1) / middle, $0.distribution.quantile(0.9) / middle)
      }
    }
    let all = try #require(inputs["experiments"]?.distribution)
    experiments = (all.quantile(0.1), all.quantile(0.9))
    let rest = OtherCostRates(
      bills.otherCosts(
        candidate,
        WorkSize(parameters: outcome.model.totalParameters, tokens: outcome.model.tokens)))
    fixed = rest.preparationDollars + rest.egressDollars + rest.portingDollars
    storagePerHour = rest.storageDollarsPerHour
    if case .buy(let quote) = candidate.source {
      rates = OwnershipRates(
        figures: bills.figures(quote, candidate, chips: option.chips), chips: option.chips)
      serverName = "server_price.\(quote.id)"
    } else {
      (rates, serverName) = (nil, "")
    }
    factors = Dictionary(
      uniqueKeysWithValues: [serverName, "maintenance", "colocation", "electricity", "staff"]
        .compactMap { name in ends(name).map { (name, $0) } })
  }

  func draw(_ count: Int) -> [Draw] {
    var random = Normals(state: 20_261_201)
    return (0..<count).map { _ in draw(&random) }
  }

  private func draw(_ random: inout Normals) -> Draw {
    func days(_ length: UncertainDays) -> Double {
      length.days * exp(length.deviation * random.next())
    }
    func factor(_ name: String) -> Double {
      guard let ends = factors[name] else { return 1 }
      let score = random.next() / 1.2815515655446004
      return exp(score * (score < 0 ? -log(ends.low) : log(ends.high)))
    }
    let machines = max(
      days(phases.wait), max(days(phases.delivery), days(phases.hall)) + days(phases.installation))
    let start = days(phases.decide) + days(phases.contract) + max(machines, days(phases.porting))
    // Whole hours before the first useful step, then experiments and the run.
    var before = days(phases.acceptance) + days(phases.bringUp)
    if kind == .block { before += 1.0 / 24 }
    let middle = (experiments.low * experiments.high).squareRoot()
    let spread = log(experiments.high / experiments.low) / 2 / 1.2815515655446004
    let multiple = max(1, middle * exp(spread * random.next()))
    let perHour = rate * 3600 * chips * exp(deviation * random.next())
    let hours = (before * 24).rounded(.up) + (tokens * multiple / perHour).rounded(.up)
    let kept = days(phases.evaluation) + phases.margin
    let end = start + hours / 24
    let cash: Double
    if let rates {
      let server = factor(serverName)
      let upkeep = factor("maintenance")
      let hourly: Double =
        rates.colocationPerHour * factor("colocation") + rates.energyPerHour * factor("electricity")
        + rates.staffPerHour * factor("staff") + rates.serverUpkeepPerHour * server * upkeep
        + rates.attachedUpkeepPerHour * upkeep
      cash =
        fixed + chips * (rates.serverDollars * server + rates.attachedDollars)
        + hours * (chips * hourly + storagePerHour)
    } else {
      let perHour = chips * price * exp(priceDeviation * random.next())
      cash = fixed + billed(hours) * perHour + hours * storagePerHour
    }
    // A block isn't sold beyond its longest term, so a run that needs more never ends.
    let time = ((scenario.end.days - start - kept) * 24).rounded(.down)
    let left = kind == .block ? min(time, 182 * 24) : time
    return Draw(
      cash: cash, days: end, isWithinBudget: cash <= scenario.budgetDollars,
      isByDeadline: hours <= left)
  }

  /// Hours that are paid: whole terms, blocks by the day to 14 days and by the week beyond, or
  /// the hours used.
  private func billed(_ hours: Double) -> Double {
    switch kind {
    case .commitment, .contract: return (hours / term).rounded(.up) * term
    case .block:
      let longest = 182.0 * 24
      let whole = (hours / longest).rounded(.down)
      let rest = hours - whole * longest
      let days = (rest / 24).rounded(.up)
      let paid = days <= 14 ? days : 14 + ((days - 14) / 7).rounded(.up) * 7
      return whole * longest + paid * 24
    case .onDemand, .purchase: return hours
    }
  }
}

/// Normal scores from a linear congruential generator (Knuth, MMIX) by the polar method.
private struct Normals {
  var state: UInt64
  private var kept: Double?

  init(state: UInt64) { self.state = state }

  private mutating func uniform() -> Double {
    state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
    return Double(state >> 11) / 9_007_199_254_740_992
  }

  mutating func next() -> Double {
    if let score = kept {
      kept = nil
      return score
    }
    while true {
      let (x, y) = (2 * uniform() - 1, 2 * uniform() - 1)
      let size = x * x + y * y
      guard size > 0, size < 1 else { continue }
      let factor = (-2 * log(size) / size).squareRoot()
      kept = y * factor
      return x * factor
    }
  }
}
