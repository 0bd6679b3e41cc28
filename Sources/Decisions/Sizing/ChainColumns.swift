import RealModule

/// A chain of requests over a range of outcomes: how many are granted before the first refusal, and
/// what each plan B has left.
struct ChainColumns {
  private let chain: Chain
  private var own = CandidateColumns()
  private var rungs: [CandidateColumns]
  /// Requests granted before the first refusal, in all outcomes of the table.
  private let links: [Int32]
  /// The first rung that is granted, -1 for none, in all outcomes of the table.
  private let firstRung: [Int32]
  private var first = 0
  private let deadlineDays: Double
  private let budgetUsd: Double

  init(_ candidate: Candidate, _ chain: Chain, _ question: Question, _ table: OutcomeTable) {
    self.chain = chain
    rungs = chain.rungs.map { _ in CandidateColumns() }
    deadlineDays = question.deadlineDays
    budgetUsd = question.budgetUsd
    links = chain.links(candidate.grant, in: table)
    var found = [Int32](repeating: -1, count: table.count)
    for (place, rung) in chain.rungs.enumerated().reversed() {
      let granted = rung.candidate.grant?.granted(in: table)
      for index in found.indices where granted?[index] ?? true { found[index] = Int32(place) }
    }
    firstRung = found
  }

  mutating func load(
    _ candidate: Candidate, _ question: Question, _ table: OutcomeTable, _ range: Range<Int>
  ) {
    first = range.lowerBound
    own.load(candidate, question, table, range)
    for (place, rung) in chain.rungs.enumerated() {
      rungs[place].load(rung.candidate, question, table, range)
    }
  }

  /// Hours of requests that fit a time with the gaps between them.
  private func fitting(_ hours: Double) -> Double {
    let gap = chain.gapDays * 24
    let cycle: Double = chain.linkHours + gap
    let whole = ((hours + gap) / cycle).rounded(.down)
    return whole * chain.linkHours + max(0, (hours - whole * cycle).rounded(.down))
  }

  /// Hours of the calendar that `used` hours of requests take.
  private func elapsed(_ used: Double) -> Double {
    guard used > 0 else { return 0 }
    let gaps = (used / chain.linkHours).rounded(.up) - 1
    return used + gaps * chain.gapDays * 24
  }

  /// Whole hours a plan B has when it begins after `links` requests.
  private func hoursLeft(_ index: Int, _ place: Int, after links: Double) -> Double {
    let rung = rungs[place]
    let days: Double =
      deadlineDays - own.startDays[index] - rung.startDays[index] - rung.keptDays[index]
    let gone: Double = links * (chain.linkHours + chain.gapDays * 24)
    let hours = max(0, (days * 24 - gone).rounded(.down))
    return min(hours, chain.rungs[place].chosenTerms.grid.mostHours)
  }

  /// The most work in each outcome: the best of leaving after none, one, … all requests granted,
  /// with plan B for the money and time left. Leaving is free, so that a greater chance only helps.
  func writeWork(
    _ candidate: Candidate, _ choice: Choice, limit: Int = .max, into values: inout [Double],
    at offset: Int = 0
  ) {
    let size = candidate.sizes[choice.size]
    let terms = candidate.terms[choice.terms]
    let gain: Double = size.chips * size.scale
    for index in 0..<min(own.count, limit) {
      let rate: Double = gain * own.speed[index]
      let bill = own.bill(index, size, terms)
      let rest = own.rest(index, size)
      let granted = Double(links[first + index]) * chain.linkHours
      let most = min(granted, min(fitting(own.hours[index]), terms.grid.mostHours))
      let used = bill.hours(within: rest, most: most)
      var best: Double = rate * used
      let place = Int(firstRung[first + index])
      if place >= 0 {
        let rung = chain.rungs[place]
        let rungSize = rung.candidate.sizes[rung.size]
        let rungTerms = rung.candidate.terms[rung.terms]
        let rungBill = rungs[place].bill(index, rungSize, rungTerms)
        let rungRate: Double = rungSize.chips * rungSize.scale * rungs[place].speed[index]
        let idle = rungs[place].idle[index]
        let wholeLinks = (used / chain.linkHours).rounded(.down)
        var leaving = 0.0
        while leaving <= wholeLinks {
          let done: Double = leaving * chain.linkHours
          let spent = own.cash(index, size, bill.amount(done)) * (leaving > 0 ? 1 : 0)
          let money = moneyLeft(index, place, rungSize, spent)
          let hours = rungBill.hours(
            within: money, most: hoursLeft(index, place, after: leaving))
          best = max(best, rate * done + rungRate * max(0, hours - idle))
          leaving += 1
        }
      }
      values[offset + index] = best
    }
  }

  /// Dollars a plan B has for hours when `spent` is gone.
  private func moneyLeft(
    _ index: Int, _ place: Int, _ size: ClusterSize, _ spent: Double
  ) -> Double {
    let rung = rungs[place]
    return (budgetUsd - spent) / rung.overheads[index] - rung.fixedUsd[index]
      - size.billedChips * (rung.unitUsd[index] + rung.depositUsd[index])
  }

  /// What some work comes to when requests are followed until one is refused or the work is done:
  /// what a buyer does who can't see the next refusal coming.
  func append(_ work: Double, _ candidate: Candidate, _ choice: Choice, to runs: inout Runs) {
    let size = candidate.sizes[choice.size]
    let terms = candidate.terms[choice.terms]
    let gain: Double = size.chips * size.scale
    for index in 0..<own.count {
      let rate: Double = gain * own.speed[index]
      let bill = own.bill(index, size, terms)
      let needed = CandidateColumns.hoursNeeded(work, rate: rate)
      let links = Double(self.links[first + index])
      let granted: Double = links * chain.linkHours
      if needed <= granted {
        let billUsd = bill.amount(needed)
        let days: Double = elapsed(needed) / 24
        runs.append(
          cash: own.cash(index, size, billUsd), days: own.startDays[index] + days,
          runDays: days, budget: billUsd <= own.rest(index, size),
          deadline: elapsed(needed) <= own.hours[index])
        continue
      }
      let spent = links > 0 ? own.cash(index, size, bill.amount(granted)) : 0
      appendRung(index, links, spent, left: work - rate * granted, to: &runs)
    }
  }

  private func appendRung(
    _ index: Int, _ links: Double, _ spent: Double, left: Double, to runs: inout Runs
  ) {
    let place = Int(firstRung[first + index])
    guard place >= 0 else {
      return runs.append(
        cash: .infinity, days: .infinity, runDays: .infinity, budget: false, deadline: false)
    }
    let rung = chain.rungs[place]
    let columns = rungs[place]
    let size = rung.candidate.sizes[rung.size]
    let rate: Double = size.chips * size.scale * columns.speed[index]
    let hours = columns.idle[index] + CandidateColumns.hoursNeeded(left, rate: rate)
    let billUsd = columns.bill(index, size, rung.candidate.terms[rung.terms]).amount(hours)
    let gone: Double = links * (chain.linkHours / 24 + chain.gapDays)
    let start: Double = own.startDays[index] + gone + columns.startDays[index]
    runs.append(
      cash: spent + columns.cash(index, size, billUsd), days: start + hours / 24,
      runDays: gone + hours / 24, budget: billUsd <= moneyLeft(index, place, size, spent),
      deadline: hours <= hoursLeft(index, place, after: links))
  }
}

extension Chain {
  /// How many requests are granted in a row in each outcome: request j where
  /// `√correlation · score + √(1 − correlation) · own_j < threshold`.
  public func links(_ grant: Grant?, in table: OutcomeTable) -> [Int32] {
    guard let grant else { return [Int32](repeating: Int32(own.count), count: table.count) }
    let score = Figure.sum(grant.score, in: table)
    let thresholds = grant.thresholds(table)
    let (common, apart): (Double, Double) = (.sqrt(correlation), .sqrt(1 - correlation))
    var links = [Int32](repeating: 0, count: table.count)
    for (place, column) in own.enumerated() {
      let values = table.columns[column.index]
      for index in links.indices
      where links[index] == Int32(place)
        && common * score[index] + apart * values[index] < thresholds[index]
      {
        links[index] += 1
      }
    }
    return links
  }
}

extension Chain.Rung {
  fileprivate var chosenTerms: Terms { candidate.terms[terms] }
}
