import Catalog
import Synchronization
import Uncertainty

/// Prices every option of a plan in many worlds at once.
struct Sampling {
  let plan: Plan
  let scenario: Scenario
  let maker: WorldMaker
  let worlds: Worlds
  let judgement: Judgement
  let threads: Int?

  /// What one option comes to over all worlds.
  struct Sample: Sendable {
    /// At 10, 80 and 90 %.
    var cash: [Estimate]
    /// At 10 and 90 %, like the days.
    var economic: [Estimate]
    var runDays: [Estimate]
    var totalDays: [Estimate]
    var withinBudget: Int
    var byDeadline: Int
    var both: Int
  }

  /// What decides and what breaks limits, world by world, of one option that may be chosen.
  struct Contender: Sendable {
    /// US dollars of what decides.
    var values: [Double]
    /// Percent beyond budget and beyond deadline.
    var overruns: [Double]
  }

  /// - Parameter threads: at most so many; results don't depend on it.
  /// - Throws: `SamplerError`.
  init(_ plan: Plan, scenario: Scenario, catalog: Catalog, threads: Int? = nil) throws {
    self.plan = plan
    self.scenario = scenario
    self.threads = threads
    maker = try WorldMaker(plan, scenario: scenario, catalog: catalog)
    worlds = maker.worlds(scenario.samples, threads: threads)
    judgement = Judgement(scenario, best: plan.ranked.first?.outcome?.inWorlds)
  }

  // MARK: One option

  /// Samples of the assessments with figures, and contenders among some of them, by index.
  func run(contenders wanted: Set<Int>) -> (samples: [Int: Sample], contenders: [Int: Contender]) {
    let priced = plan.assessments.indices.filter { plan.assessments[$0].outcome != nil }
    let found = Mutex((samples: [Int: Sample](), contenders: [Int: Contender]()))
    Workers.run(priced.count, threads: threads) { next in
      var desk = Desk(count: worlds.count)
      while let piece = next() {
        let index = priced[piece]
        guard let outcome = plan.assessments[index].outcome else { continue }
        let (sample, contender) = desk.price(
          plan.assessments[index], outcome, in: self, judged: wanted.contains(index))
        found.withLock {
          $0.samples[index] = sample
          $0.contenders[index] = contender
        }
      }
    }
    return found.withLock { $0 }
  }

  /// One thread's columns, used again for every option.
  private struct Desk {
    var cash: [Double]
    var economic: [Double]
    var runDays: [Double]
    var totalDays: [Double]
    var finder = PercentileFinder()

    init(count: Int) {
      cash = [Double](repeating: 0, count: count)
      economic = cash
      runDays = cash
      totalDays = cash
    }

    mutating func price(
      _ assessment: Assessment, _ outcome: Outcome, in sampling: Sampling, judged: Bool
    ) -> (Sample?, Contender?) {
      let count = sampling.worlds.count
      let columns = sampling.maker.columns(assessment, in: sampling.worlds)
      let option = outcome.inWorlds
      let budget = sampling.scenario.budgetDollars
      let deadline = sampling.scenario.deadline?.days ?? .infinity
      var (within, inTime, both) = (0, 0, 0)
      sampling.worlds.columns.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        for index in 0..<count {
          let result = option.result(columns.world(index, of: count, base))
          cash[index] = result.cash
          economic[index] = result.economic
          runDays[index] = result.runDays
          totalDays[index] = result.totalDays
          let (isWithin, isInTime) = (result.cash <= budget, result.totalDays <= deadline)
          within += isWithin ? 1 : 0
          inTime += isInTime ? 1 : 0
          both += isWithin && isInTime ? 1 : 0
        }
      }
      let contender = judged ? contender(columns, option, outcome, in: sampling) : nil
      guard
        let cashRange = finder.percentiles([0.1, 0.8, 0.9], of: cash),
        let economicRange = option.bill.economicIsCash
          ? [cashRange[0], cashRange[2]] : finder.percentiles([0.1, 0.9], of: economic),
        let runRange = finder.percentiles([0.1, 0.9], of: runDays),
        let totalRange = columns.hasCertainLead
          ? runRange.map({ shifted($0, outcome) }) : finder.percentiles([0.1, 0.9], of: totalDays)
      else { return (nil, contender) }
      return (
        Sample(
          cash: cashRange, economic: economicRange, runDays: runRange, totalDays: totalRange,
          withinBudget: within, byDeadline: inTime, both: both), contender
      )
    }

    private func shifted(_ days: Estimate, _ outcome: Outcome) -> Estimate {
      Estimate(days.value + outcome.schedule.leadDays, standardError: days.standardError)
    }

    private func contender(
      _ columns: WorldColumns, _ option: OptionModel, _ outcome: Outcome, in sampling: Sampling
    ) -> Contender {
      let count = sampling.worlds.count
      let budget = sampling.scenario.budgetDollars
      let deadline = sampling.scenario.deadline?.days ?? .infinity
      let overruns = (0..<count).map { index in
        let over = max(0, cash[index] / budget - 1)
        let late = max(0, totalDays[index] / deadline - 1)
        return 100 * (over + late)
      }
      guard sampling.judgement.sizing != nil else {
        return Contender(values: economic, overruns: overruns)
      }
      let planned = option.result(.median).cash
      let values = sampling.worlds.columns.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return [Double]() }
        return (0..<count).map { index in
          sampling.judgement.value(
            option, columns.world(index, of: count, base), economic: economic[index],
            plannedCash: planned)
        }
      }
      return Contender(values: values, overruns: overruns)
    }
  }
}

extension OptionBill {
  /// Whether nothing is left over after the job that would lower its economic cost.
  var economicIsCash: Bool {
    switch hardware {
    case .rented(let rental): rental.idleValue == 0
    case .owned: false
    }
  }
}
