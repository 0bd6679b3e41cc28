import RealModule

/// One size on the fixed list of an option: what works, what is paid, how well it scales.
public struct ClusterSize: Hashable, Sendable {
  /// Chips that train.
  public var chips: Double
  /// Chips that are paid for: with spares, or those that a rack keeps back.
  public var billedChips: Double
  /// Speed of a chip at this size over that at the speed column's size.
  public var scale: Double

  public init(chips: Double, billedChips: Double? = nil, scale: Double = 1) {
    self.chips = chips
    self.billedChips = billedChips ?? chips
    self.scale = scale
  }

  /// Units of the fixed list: every whole number to 30, then steps of 3 % to the largest.
  ///
  /// The list hangs on the largest cluster that any seller has, never on a budget, a cap or a quota:
  /// those only filter it. An entry that moves with one of them would let a greater budget train less.
  public static func units(most: Int) -> [Int] {
    var units = Array(1...max(1, min(30, most)))
    var exact = 30.0
    while let last = units.last, last < most, last >= 30 {
      exact *= 1.03
      let next = Int(exact.rounded())
      if next > last && next <= most { units.append(next) }
      if next > most { break }
    }
    return units
  }
}

/// One way a candidate is paid by the hour: its grid, its price over the candidate's price.
public struct Terms: Hashable, Sendable {
  public var name: String
  public var grid: BillingGrid
  /// What the candidate's `usdPerChipHour` is multiplied by under these terms.
  public var priceRatio: Double
  /// Price of an extension over that of the first term.
  public var extensionRatio: Double

  public init(
    _ name: String, _ grid: BillingGrid, priceRatio: Double = 1, extensionRatio: Double = 1
  ) {
    self.name = name
    self.grid = grid
    self.priceRatio = priceRatio
    self.extensionRatio = extensionRatio
  }
}

/// Turns work into the measure that options are compared in, such as tokens of one shape into
/// effective compute: rising, straight between its points on logarithmic axes.
public struct WorkCurve: Hashable, Sendable {
  private let logWork: [Double]
  private let logValue: [Double]

  /// Work is the measure.
  public static let identity = WorkCurve(logWork: [], logValue: [])

  private init(logWork: [Double], logValue: [Double]) {
    self.logWork = logWork
    self.logValue = logValue
  }

  /// Nil unless there are two points or more, above 0 and rising in both.
  public init?(_ points: [(work: Double, value: Double)]) {
    guard points.count >= 2, points.allSatisfy({ $0.work > 0 && $0.value > 0 }),
      zip(points, points.dropFirst()).allSatisfy({ $0.work < $1.work && $0.value < $1.value })
    else { return nil }
    logWork = points.map { .log($0.work) }
    logValue = points.map { .log($0.value) }
  }

  /// The measure of work; beyond the ends the last slope goes on.
  public func value(_ work: Double) -> Double { Self.map(work, logWork, logValue) }

  /// The work of a measure.
  public func work(_ value: Double) -> Double { Self.map(value, logValue, logWork) }

  private static func map(_ value: Double, _ from: [Double], _ to: [Double]) -> Double {
    guard !from.isEmpty, value > 0 else { return max(0, value) }
    let log: Double = .log(value)
    let after = from.dropFirst().dropLast().firstIndex { $0 >= log } ?? from.count - 1
    let share: Double = (log - from[after - 1]) / (from[after] - from[after - 1])
    return .exp(to[after - 1] + share * (to[after] - to[after - 1]))
  }
}
