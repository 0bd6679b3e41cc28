import RealModule

/// A candidate's figures over a range of outcomes, in flat storage that is used again.
///
/// Time is turned round: what is left of the days after start and margin, in whole hours; money
/// likewise: what is left of the budget after what no size changes.
struct CandidateColumns {
  /// Outcomes at a time: eleven columns of these stay in the second-level cache.
  static let tile = 2_048

  private(set) var count = 0
  /// Work of a chip in an hour of machines, experiments counted in.
  var speed: [Double]
  var startDays: [Double]
  var keptDays: [Double]
  /// Whole hours held before work begins.
  var idle: [Double]
  /// Whole hours between start and what is kept before the deadline.
  var hours: [Double]
  /// Dollars left for units and hours, before overheads are added on.
  var money: [Double]
  var fixedUsd: [Double]
  /// 1 + overheads.
  var overheads: [Double]
  var unitUsd: [Double]
  var depositUsd: [Double]
  var price: [Double]
  var use: [Double]
  var hold: [Double]
  private var scratch: [Double]

  init() {
    let empty = [Double](repeating: 0, count: Self.tile)
    (speed, startDays, keptDays, hours, money, fixedUsd) = (
      empty, empty, empty, empty, empty, empty
    )
    (overheads, unitUsd, depositUsd, price, use, hold) = (empty, empty, empty, empty, empty, empty)
    (idle, scratch) = (empty, empty)
  }

  /// Fills the columns for outcomes `range`, at most a tile of them.
  mutating func load(
    _ candidate: Candidate, _ question: Question, _ table: OutcomeTable, _ range: Range<Int>
  ) {
    count = range.count
    candidate.speed.write(table, range, into: &speed, scratch: &scratch)
    candidate.startDays.write(table, range, into: &startDays, scratch: &scratch)
    candidate.idleDays.write(table, range, into: &idle, scratch: &scratch)
    candidate.keptDays.write(table, range, into: &keptDays, scratch: &scratch)
    candidate.fixedUsd.write(table, range, into: &fixedUsd, scratch: &scratch)
    candidate.overheadShare.write(table, range, into: &overheads, scratch: &scratch)
    candidate.unitUsd.write(table, range, into: &unitUsd, scratch: &scratch)
    candidate.depositUsd.write(table, range, into: &depositUsd, scratch: &scratch)
    candidate.usdPerChipHour.write(table, range, into: &price, scratch: &scratch)
    candidate.useUsdPerChipHour.write(table, range, into: &use, scratch: &scratch)
    candidate.useUsdPerHour.write(table, range, into: &hold, scratch: &scratch)
    // Hours are written last: until then they hold the share of experiments.
    candidate.experimentsShare.write(table, range, into: &hours, scratch: &scratch)
    for index in 0..<count {
      let rate: Double = speed[index] / (24 * (1 + hours[index]))
      speed[index] = rate > 0 && rate.isFinite ? rate : 0
      let days: Double = question.deadlineDays - startDays[index] - keptDays[index]
      hours[index] = max(0, (days * 24).rounded(.down))
      idle[index] = max(0, (idle[index] * 24).rounded(.up))
      overheads[index] += 1
      money[index] = question.budgetUsd / overheads[index] - fixedUsd[index]
    }
  }

  /// The bill of one outcome at a size and terms.
  @inline(__always)
  func bill(_ index: Int, _ size: ClusterSize, _ terms: Terms) -> Bill {
    Bill(
      gridUsdPerHour: size.billedChips * price[index] * terms.priceRatio,
      useUsdPerHour: size.billedChips * use[index] + hold[index], grid: terms.grid,
      extensionRatio: terms.extensionRatio)
  }

  /// Dollars left for hours in one outcome at a size.
  @inline(__always)
  func rest(_ index: Int, _ size: ClusterSize) -> Double {
    money[index] - size.billedChips * (unitUsd[index] + depositUsd[index])
  }

  /// The most hours there is time for, within one term unless it renews.
  @inline(__always)
  func mostHours(_ index: Int, _ terms: Terms) -> Double {
    min(hours[index], terms.grid.mostHours)
  }

  /// All cash of one outcome for hours of use.
  @inline(__always)
  func cash(_ index: Int, _ size: ClusterSize, _ billUsd: Double) -> Double {
    let units: Double = size.billedChips * (unitUsd[index] + depositUsd[index])
    return overheads[index] * (fixedUsd[index] + units + billUsd)
  }

  /// The least whole hours in which a rate does some work: `rate · h ≥ work` exactly from there on.
  @inline(__always)
  static func hoursNeeded(_ work: Double, rate: Double) -> Double {
    guard rate > 0 else { return work > 0 ? .infinity : 0 }
    var hours = (work / rate).rounded(.up)
    if hours > 0 && rate * (hours - 1) >= work { hours -= 1 }
    if rate * hours < work { hours += 1 }
    return hours
  }
}
