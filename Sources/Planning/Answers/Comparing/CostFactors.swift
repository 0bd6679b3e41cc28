import Economics
import Quantities

/// An option's median bill as a product of what makes it: the terms of the gap between two options.
///
///     hours    = work ÷ (MFU × goodput × 3.6e18), of a petaFLOP/s of peak
///     cash     = hours × price × (1 + unused + experiments) + other
///     economic = cash − hours × price × left
///
/// `price` is everything paid for the chips while they work, over the hours of that work and the
/// petaFLOP/s of their peak: the rent, or for bought servers their whole price with hall, power,
/// people and maintenance. By the peak and not by the chip, because a chip of twice the peak at twice
/// the price is no cause of a gap.
struct CostFactors {
  /// Model FLOPs of the run.
  var work: Double
  /// FLOPs a second of all chips at their peak, 10^15.
  var peak: Double
  var utilization: Double
  var goodput: Double
  /// US dollars for an hour at work of a petaFLOP/s of peak.
  var price: Double
  /// Paid and not used, over what is paid for work: rounding to terms, idle commitments.
  var unused: Double
  /// Over what is paid for work.
  var experiments: Double
  /// Discounted value left at the end, over what is paid for work.
  var left: Double
  /// US dollars of all other lines.
  var other: Double
  var leadDays: Double
  /// Calendar days of the run that are no work: queues, gaps between terms, interruptions.
  var waitDays: Double

  /// Lines that are paid, but neither for the chips at work nor in proportion to them.
  private static let beside: Set<CostTerm> = [
    .dataPreparation, .objectStorage, .checkpointStorage, .egress, .supportPlan, .porting,
    .contingency, .taxes,
  ]

  /// - Parameter economicCents: the economic cost of the median bill.
  /// - Returns: nil where a factor can't be told apart, such as the speed of nothing.
  init?(_ assessment: Assessment, economicCents: Int64) {
    guard let outcome = assessment.outcome else { return nil }
    let (model, estimate) = (outcome.model, outcome.throughput)
    let perSecond = estimate.tokensPerSecondPerChip.p50 * model.flops / model.tokens
    utilization = estimate.modelFlopsUtilization.p50
    goodput = estimate.goodput.p50
    work = model.flops
    guard perSecond > 0, utilization > 0, goodput > 0, perSecond.isFinite else { return nil }
    let chips = Double(assessment.chips)
    peak = perSecond / utilization * chips / 1e15
    func dollars(_ isCounted: (CostTerm) -> Bool) -> Double {
      outcome.breakdown.reduce(0) { sum, line in
        CostTerm(rawValue: line.term).map(isCounted) == true ? sum + line.dollars : sum
      }
    }
    let idle: Set<CostTerm> = [.minimumTermRounding, .idleCommitment]
    let base = dollars {
      $0 != .experiments && !idle.contains($0) && !Self.beside.contains($0)
    }
    let hours = work / (perSecond * chips * goodput * 3600)
    guard base > 0, hours > 0 else { return nil }
    price = base / hours / peak
    unused = dollars(idle.contains) / base
    experiments = dollars { $0 == .experiments } / base
    other = dollars(Self.beside.contains)
    let cash = outcome.breakdown.map(\.cents).reduce(0, +)
    left = Double(cash - economicCents) / 100 / base
    leadDays = outcome.schedule.leadDays
    waitDays = outcome.planned.runDays - hours / 24
  }
}

/// Something that makes two options differ, and how much of the gap is its doing.
public struct GapDriver: Hashable, Sendable {
  /// For machines: `price`.
  public var name: String
  /// For people.
  public var label: String
  /// Its value in each option, in `unit`.
  public var first: Double
  public var second: Double
  public var unit: String
  /// Its share of the gap, in whole units of the gap's resolution: cents, hundredths of a day, or
  /// ten-thousandths of a nat.
  public var share: Int64

  public init(
    _ name: String, _ label: String, _ first: Double, _ second: Double, unit: String, share: Int64
  ) {
    self.name = name
    self.label = label
    self.first = first
    self.second = second
    self.unit = unit
    self.share = share
  }
}

/// A factor of a formula before its share of a gap is known.
struct GapFactor {
  var name: String
  var label: String
  var unit: String
  var first: Double
  var second: Double

  init(_ name: String, _ label: String, _ unit: String, _ first: Double, _ second: Double) {
    self.name = name
    self.label = label
    self.unit = unit
    self.first = first
    self.second = second
  }

  /// The factors with their shares of a gap, which sum to it exactly.
  ///
  /// - Parameters:
  ///   - gap: in whole units.
  ///   - perUnit: whole units in one of the formula's.
  ///   - value: the formula over the factors in their order.
  static func drivers(
    _ factors: [GapFactor], gap: Int64, perUnit: Double, value: ([Double]) -> Double
  ) -> [GapDriver] {
    let shares = GapAttribution.shares(
      first: factors.map(\.first), second: factors.map(\.second), value: value)
    let whole = GapAttribution.whole(shares.map { $0 * perUnit }, total: gap)
    return zip(factors, whole).map { factor, share in
      GapDriver(
        factor.name, factor.label, factor.first, factor.second, unit: factor.unit, share: share)
    }
  }
}
