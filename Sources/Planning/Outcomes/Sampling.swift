import Catalog
import Synchronization
import Uncertainty

/// Prices all options in many worlds at once.
struct Sampling {
  let options: RankedOptions
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
    /// Of `Judgement`, in every world.
    var scores: [Double]
    /// The same in US dollars, in the first `weighedWorlds`.
    var dollars: [Double]
    /// Percent beyond budget and beyond deadline, in the same worlds.
    var overruns: [Double]
  }

  /// Regrets are averaged over so many worlds: the first of a Sobol sequence are spread evenly too,
  /// and an average needs fewer than a tenth percentile does.
  static let weighedWorlds = 8192

  /// - Parameter threads: at most so many; results don't depend on it.
  /// - Throws: `SamplerError`.
  init(_ options: RankedOptions, scenario: Scenario, catalog: Catalog, threads: Int? = nil) throws {
    self.options = options
    self.scenario = scenario
    self.threads = threads
    maker = try WorldMaker(options.assessments, scenario: scenario, catalog: catalog)
    worlds = maker.worlds(scenario.samples, threads: threads)
    judgement = Judgement(scenario, best: options.best?.outcome?.inWorlds)
  }

  // MARK: All options

  /// Options that are priced alike in every world, such as the same machine at the same price in
  /// several regions: they are priced once.
  private struct Twins {
    struct Key: Hashable {
      var columns: WorldColumns
      var model: OptionModel
    }

    var key: Key
    var assessments: [Int]
  }

  /// Samples of the assessments with figures, and contenders among some of them, by index.
  ///
  /// - Parameter isWanted: where it says no, the rest is left out.
  func run(
    contenders wanted: Set<Int>, while isWanted: @escaping @Sendable () -> Bool = { true }
  ) -> (samples: [Int: Sample], contenders: [Int: Contender]) {
    let twins = twins()
    let found = Mutex((samples: [Int: Sample](), contenders: [Int: Contender]()))
    Workers.run(twins.count, threads: threads, while: isWanted) { next in
      var columns = ThreadColumns(count: worlds.count)
      while let piece = next() {
        let same = twins[piece]
        let judged = same.assessments.filter(wanted.contains)
        let (sample, contender) = columns.price(same.key, in: self, judged: !judged.isEmpty)
        found.withLock { found in
          for index in same.assessments { found.samples[index] = sample }
          for index in judged { found.contenders[index] = contender }
        }
      }
    }
    return found.withLock { $0 }
  }

  private func twins() -> [Twins] {
    var twins: [Twins] = []
    var places: [Twins.Key: Int] = [:]
    for (index, assessment) in options.assessments.enumerated() {
      guard let outcome = assessment.outcome else { continue }
      let key = Twins.Key(columns: maker.columns(assessment, in: worlds), model: outcome.inWorlds)
      if let place = places[key] {
        twins[place].assessments.append(index)
      } else {
        places[key] = twins.count
        twins.append(Twins(key: key, assessments: [index]))
      }
    }
    return twins
  }

  // MARK: One option

  /// One thread's columns, used again for every option.
  private struct ThreadColumns {
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
      _ key: Twins.Key, in sampling: Sampling, judged: Bool
    ) -> (Sample?, Contender?) {
      let (columns, option) = (key.columns, key.model)
      let hits = fill(columns, option, in: sampling)
      let contender = judged ? contender(columns, option, in: sampling) : nil
      guard
        let cashRange = finder.percentiles([0.1, 0.8, 0.9], of: cash),
        let economicRange = option.bill.economicIsCash
          ? [cashRange[0], cashRange[2]] : finder.percentiles([0.1, 0.9], of: economic),
        let runRange = finder.percentiles([0.1, 0.9], of: runDays),
        let totalRange = columns.hasCertainLead
          ? runRange.map({ $0.shifted(by: option.bill.lead.days()) })
          : finder.percentiles([0.1, 0.9], of: totalDays)
      else { return (nil, contender) }
      return (
        Sample(
          cash: cashRange, economic: economicRange, runDays: runRange, totalDays: totalRange,
          withinBudget: hits.within, byDeadline: hits.inTime, both: hits.both), contender
      )
    }

    /// Prices the option in every world; how often it keeps budget, deadline and both.
    private mutating func fill(
      _ columns: WorldColumns, _ option: OptionModel, in sampling: Sampling
    ) -> (within: Int, inTime: Int, both: Int) {
      let count = sampling.worlds.count
      let budget = sampling.scenario.budgetDollars
      let deadline = sampling.scenario.deadline?.days ?? .infinity
      var (within, inTime, both) = (0, 0, 0)
      sampling.worlds.columns.withUnsafeBufferPointer { buffer in
        guard let base = buffer.baseAddress else { return }
        withColumns { cash, economic, runDays, totalDays in
          option.bill.price(hours: option.hours, count: count) { index in
            columns.world(index, of: count, base)
          } body: { index, _, amounts, leadDays in
            let days = amounts.calendarHours / 24
            cash[index] = amounts.cash
            economic[index] = amounts.economic
            runDays[index] = days
            totalDays[index] = days + leadDays
            let (isWithin, isInTime) = (amounts.cash <= budget, days + leadDays <= deadline)
            within += isWithin ? 1 : 0
            inTime += isInTime ? 1 : 0
            both += isWithin && isInTime ? 1 : 0
          }
        }
      }
      return (within, inTime, both)
    }

    private typealias Buffer = UnsafeMutableBufferPointer<Double>

    /// The columns as plain memory.
    @inline(__always)
    private mutating func withColumns(_ body: (Buffer, Buffer, Buffer, Buffer) -> Void) {
      cash.withUnsafeMutableBufferPointer { cash in
        economic.withUnsafeMutableBufferPointer { economic in
          runDays.withUnsafeMutableBufferPointer { runDays in
            totalDays.withUnsafeMutableBufferPointer { totalDays in
              body(cash, economic, runDays, totalDays)
            }
          }
        }
      }
    }

    private func contender(
      _ columns: WorldColumns, _ option: OptionModel, in sampling: Sampling
    ) -> Contender {
      let count = sampling.worlds.count
      let judgement = sampling.judgement
      let scores: [Double]
      if judgement.sizing == nil {
        scores = economic
      } else {
        scores = judged(columns, option, by: judgement, in: sampling.worlds)
      }
      let budget = sampling.scenario.budgetDollars
      let deadline = sampling.scenario.deadline?.days ?? .infinity
      let weighed = 0..<min(count, Sampling.weighedWorlds)
      return Contender(
        scores: scores, dollars: weighed.map { judgement.dollars(scores[$0]) },
        overruns: weighed.map { index in
          let over = max(0, cash[index] / budget - 1)
          let late = max(0, totalDays[index] / deadline - 1)
          return 100 * (over + late)
        })
    }
  }
}

/// Scores of an option in every world.
private func judged(
  _ columns: WorldColumns, _ option: OptionModel, by judgement: Judgement, in worlds: Worlds
) -> [Double] {
  let count = worlds.count
  let planned = option.result(.median).cash
  return [Double](unsafeUninitializedCapacity: count) { scores, filled in
    worlds.columns.withUnsafeBufferPointer { buffer in
      guard let base = buffer.baseAddress else { return }
      option.bill.price(hours: option.hours, keepsHours: true, count: count) { index in
        columns.world(index, of: count, base)
      } body: { index, world, amounts, leadDays in
        scores[index] = judgement.score(
          option, world, amounts, leadDays: leadDays, plannedCash: planned)
      }
      filled = count
    }
  }
}

extension Estimate {
  fileprivate func shifted(by shift: Double) -> Estimate {
    Estimate(value + shift, standardError: standardError)
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
