import RealModule

/// Which whole hours a seller bills for the hours that are used: the greatest whole number of steps
/// within a time, and its exact inverse, the least that covers one.
///
///     BillingGrid.byTheHour                                     // 0, 1, 2, … hours
///     BillingGrid.term(hours: 8_760, extendedBy: 730)           // 8,760, 9,490, … hours
///     BillingGrid.blocks                                        // 1 to 14 days, then weeks, to 182
public struct BillingGrid: Hashable, Sendable {
  /// Billed from the first hour of use.
  public let first: Double
  /// Billed in steps of these from `first` on.
  public let step: Double
  /// From here on steps are `coarseStep`.
  public let coarseFrom: Double
  public let coarseStep: Double
  /// Hours of the longest single term; infinite when there is no limit.
  public let longest: Double
  /// Whether another term may follow a longest one within what the seller promises.
  public let renews: Bool

  /// All lengths are rounded up to whole hours, and steps are at least one.
  public init(
    first: Double, step: Double, coarseFrom: Double = .infinity, coarseStep: Double = 1,
    longest: Double = .infinity, renews: Bool = false
  ) {
    self.first = max(0, first.rounded(.up))
    self.step = max(1, step.rounded(.up))
    self.coarseFrom = max(coarseFrom.rounded(.up), self.first)
    self.coarseStep = max(1, coarseStep.rounded(.up))
    self.longest = max(longest.rounded(.up), max(1, self.first))
    self.renews = renews && longest.isFinite
  }

  /// By use, to the hour.
  public static let byTheHour = BillingGrid(first: 0, step: 1)

  /// A term paid whole, then extensions of a step; no extension when the step is nil.
  public static func term(hours: Double, extendedBy step: Double? = nil) -> BillingGrid {
    BillingGrid(first: hours, step: step ?? 1, longest: step == nil ? hours : .infinity)
  }

  /// Capacity Blocks: 1 to 14 days by the day, then whole weeks, at most 182 days.
  public static let blocks = blocks(renewing: false)

  /// Blocks; renewing, a run beyond the longest takes a chain of longest blocks and one more.
  public static func blocks(renewing: Bool) -> BillingGrid {
    BillingGrid(
      first: 24, step: 24, coarseFrom: 14 * 24, coarseStep: 7 * 24, longest: 182 * 24,
      renews: renewing)
  }

  /// The hours a reservation owes whether used or not (a take-or-pay share or a prepayment of its
  /// term, the greater of the two), then by the hour to its end.
  public static func owed(share: Double, ofTermHours term: Double) -> BillingGrid {
    BillingGrid(first: min(1, max(0, share)) * term, step: 1, longest: term)
  }

  /// Whether the bill follows use hour by hour.
  var isByTheHour: Bool { first == 0 && step == 1 && coarseFrom == .infinity && !renews }

  /// The most hours that one signature may use.
  var mostHours: Double { renews ? .infinity : longest }

  /// Hours billed for hours used: the least of the grid that covers them. Beyond the longest term
  /// further terms are paid on the same grid, renewable or not: a run that overstays pays so.
  @inline(__always)
  public func billed(_ used: Double) -> Double {
    guard used > longest else { return within(used) }
    guard used.isFinite else { return .infinity }
    let terms = (used / longest).rounded(.down)
    let rest: Double = used - terms * longest
    return terms * longest + (rest > 0 ? within(rest) : 0)
  }

  /// The greatest hours of the grid that don't exceed a time: `billed(x) ≤ hours` exactly when
  /// `x ≤ whole(hours)`.
  @inline(__always)
  public func whole(_ hours: Double) -> Double {
    guard hours >= longest else { return wholeWithin(hours) }
    guard hours.isFinite else { return .infinity }
    let terms = (hours / longest).rounded(.down)
    return terms * longest + wholeWithin(hours - terms * longest)
  }

  @inline(__always)
  private func within(_ used: Double) -> Double {
    if used <= 0 { return 0 }
    if used <= first { return first }
    var billed = first + step * ((used - first) / step).rounded(.up)
    if billed > coarseFrom {
      billed =
        used <= coarseFrom
        ? coarseFrom : coarseFrom + coarseStep * ((used - coarseFrom) / coarseStep).rounded(.up)
    }
    return min(billed, longest)
  }

  @inline(__always)
  private func wholeWithin(_ hours: Double) -> Double {
    if hours < first || hours < 0 { return 0 }
    if hours < coarseFrom { return first + step * ((hours - first) / step).rounded(.down) }
    return coarseFrom + coarseStep * ((hours - coarseFrom) / coarseStep).rounded(.down)
  }
}
