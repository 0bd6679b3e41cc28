/// What is counted in each outcome of a choice; of all the greater is the better.
enum Measure {
  /// The most work that time and money allow.
  case work
  /// Less than nothing: the cash that some work takes; minus infinity where it can't be done in time.
  case cash(work: Double)
  /// The factor on the price at which some work just spends the budget; 0 where it can't be done.
  case priceFactor(work: Double)
}

extension CandidateColumns {
  /// Writes the measure of a size and terms in the first `limit` outcomes loaded.
  ///
  /// - Parameter offset: where the first goes.
  func write(
    _ measure: Measure, _ candidate: Candidate, _ choice: Choice, limit: Int = .max,
    into values: inout [Double], at offset: Int = 0
  ) {
    let size = candidate.sizes[choice.size]
    let terms = candidate.terms[choice.terms]
    let gain: Double = size.chips * size.scale
    let count = min(count, limit)
    values.withUnsafeMutableBufferPointer { values in
      switch measure {
      case .work:
        for index in 0..<count {
          values[offset + index] = work(index, size, terms, gain)
        }
      case .cash(let work):
        for index in 0..<count {
          let hours = idle[index] + Self.hoursNeeded(work, rate: gain * speed[index])
          values[offset + index] =
            hours <= mostHours(index, terms)
            ? -cash(index, size, bill(index, size, terms).amount(hours)) : -.infinity
        }
      case .priceFactor(let work):
        let isByUnits = candidate.pricedBy == .units
        for index in 0..<count {
          let hours = idle[index] + Self.hoursNeeded(work, rate: gain * speed[index])
          values[offset + index] =
            hours <= mostHours(index, terms)
            ? priceFactor(index, size, bill(index, size, terms), hours, isByUnits) : 0
        }
      }
    }
  }

  @inline(__always)
  private func work(
    _ index: Int, _ size: ClusterSize, _ terms: Terms, _ gain: Double
  ) -> Double {
    let hours = bill(index, size, terms).hours(
      within: rest(index, size), most: mostHours(index, terms))
    return gain * speed[index] * max(0, hours - idle[index])
  }

  /// What is left of the budget after all but the price, over the price.
  @inline(__always)
  private func priceFactor(
    _ index: Int, _ size: ClusterSize, _ bill: Bill, _ hours: Double, _ isByUnits: Bool
  ) -> Double {
    if isByUnits {
      let left: Double =
        money[index] - size.billedChips * depositUsd[index] - bill.amount(hours)
      return max(0, left / (size.billedChips * unitUsd[index]))
    }
    let left: Double = rest(index, size) - bill.useUsdPerHour * hours
    return max(0, left / (bill.gridUsdPerHour * bill.billedHours(hours)))
  }
}

/// What some work comes to in each outcome of a choice, flat.
public struct Runs: Sendable {
  /// All cash, overheads in. Runs that miss the deadline or the longest term go on, and are paid.
  public internal(set) var cashUsd: [Double] = []
  /// Days from today to the end of the run.
  public internal(set) var days: [Double] = []
  /// Days of the run and its experiments on the machines.
  public internal(set) var runDays: [Double] = []
  /// Whether cash stays within the budget.
  public internal(set) var isWithinBudget: [Bool] = []
  /// Whether the run, and what is kept after it, end by the deadline and within the longest term.
  public internal(set) var isByDeadline: [Bool] = []

  /// Share of outcomes in which both are kept.
  public var chanceOfBoth: Double {
    var kept = 0
    for (budget, deadline) in zip(isWithinBudget, isByDeadline) where budget && deadline {
      kept += 1
    }
    return Double(kept) / Double(max(1, isWithinBudget.count))
  }

  /// Makes room for so many outcomes at once.
  mutating func reserve(_ count: Int) {
    cashUsd.reserveCapacity(count)
    days.reserveCapacity(count)
    runDays.reserveCapacity(count)
    isWithinBudget.reserveCapacity(count)
    isByDeadline.reserveCapacity(count)
  }

  /// Forgets all, to be filled again.
  mutating func clear() {
    cashUsd.removeAll(keepingCapacity: true)
    days.removeAll(keepingCapacity: true)
    runDays.removeAll(keepingCapacity: true)
    isWithinBudget.removeAll(keepingCapacity: true)
    isByDeadline.removeAll(keepingCapacity: true)
  }

  @inline(__always)
  mutating func append(
    cash: Double, days end: Double, runDays run: Double, budget: Bool, deadline: Bool
  ) {
    cashUsd.append(cash)
    days.append(end)
    runDays.append(run)
    isWithinBudget.append(budget)
    isByDeadline.append(deadline)
  }
}

extension CandidateColumns {
  /// Appends what some work comes to in the outcomes loaded.
  func append(_ work: Double, _ candidate: Candidate, _ choice: Choice, to runs: inout Runs) {
    let size = candidate.sizes[choice.size]
    let terms = candidate.terms[choice.terms]
    let gain: Double = size.chips * size.scale
    for index in 0..<count {
      let hours = idle[index] + Self.hoursNeeded(work, rate: gain * speed[index])
      let billUsd = bill(index, size, terms).amount(hours)
      runs.append(
        cash: cash(index, size, billUsd), days: startDays[index] + hours / 24,
        runDays: (hours - idle[index]) / 24, budget: billUsd <= rest(index, size),
        deadline: hours <= mostHours(index, terms))
    }
  }
}

/// Sums over many outcomes of what some work comes to.
struct RunSums {
  private var count = 0.0
  private var kept = 0.0
  private var total = 0.0
  private var squares = 0.0

  mutating func add(_ runs: Runs) {
    count += Double(runs.cashUsd.count)
    for index in runs.cashUsd.indices {
      let cash = runs.cashUsd[index]
      total += cash
      squares += cash * cash
      if runs.isWithinBudget[index] && runs.isByDeadline[index] { kept += 1 }
    }
  }

  var meanUsd: Double { total / max(1, count) }
  /// Share of outcomes in which budget and deadline are both kept.
  var chance: Double { kept / max(1, count) }
  /// Standard error of the mean.
  var errorUsd: Double {
    let variance: Double = squares / max(1, count) - meanUsd * meanUsd
    return (max(0, variance) / max(1, count)).squareRoot()
  }
}
