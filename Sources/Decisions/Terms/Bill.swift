import RealModule

/// What one cluster costs in one outcome once everything but the hours is known, and its exact
/// inverse: the hours that an amount buys.
///
///     amount(h) = gridUsdPerHour · (first + ratio · (billed(h) − first)) + useUsdPerHour · h
///
/// Hours are whole everywhere. `amount(h) ≤ x` exactly when `h ≤ hours(within: x)`: both compare the
/// same expression, so that a run which fills its term doesn't flip on a rounded digit.
public struct Bill: Hashable, Sendable {
  /// Paid for every hour billed.
  public var gridUsdPerHour: Double
  /// Paid for every hour used.
  public var useUsdPerHour: Double
  public var grid: BillingGrid
  /// Price of an extension over that of the first term.
  public var extensionRatio: Double

  public init(
    gridUsdPerHour: Double, useUsdPerHour: Double = 0, grid: BillingGrid, extensionRatio: Double = 1
  ) {
    self.gridUsdPerHour = gridUsdPerHour
    self.useUsdPerHour = useUsdPerHour
    self.grid = grid
    self.extensionRatio = extensionRatio
  }

  /// Hours billed, with those of an extension at its ratio.
  @inline(__always)
  private func weighted(_ billed: Double) -> Double {
    extensionRatio == 1 || billed <= grid.first
      ? billed : grid.first + extensionRatio * (billed - grid.first)
  }

  /// Hours billed for hours used, with those of an extension at its ratio.
  @inline(__always)
  func billedHours(_ used: Double) -> Double { weighted(grid.billed(used)) }

  /// Dollars for whole hours of use.
  @inline(__always)
  public func amount(_ used: Double) -> Double {
    gridUsdPerHour * weighted(grid.billed(used)) + useUsdPerHour * used
  }

  /// The greatest whole hours whose bill is within an amount, at most `most`, which is whole.
  @inline(__always)
  public func hours(within usd: Double, most: Double) -> Double {
    if !(most > 0) || !(usd >= 0) { return 0 }
    if amount(most) <= usd { return most }
    if grid.isByTheHour && extensionRatio == 1 { return byTheHour(usd) }
    return onTheGrid(usd)
  }

  @inline(__always)
  private func byTheHour(_ usd: Double) -> Double {
    var hours = (usd / (gridUsdPerHour + useUsdPerHour)).rounded(.down)
    while hours > 0 && amount(hours) > usd { hours -= 1 }
    while amount(hours + 1) <= usd { hours += 1 }
    return hours
  }

  /// All steps that are paid and used in full, then what use alone allows of one step more.
  @inline(__always)
  private func onTheGrid(_ usd: Double) -> Double {
    var full = grid.whole(affordable(usd))
    while full > 0 && amount(full) > usd { full = grid.whole(full - 1) }
    var next = grid.billed(full + 1)
    while amount(next) <= usd {
      full = next
      next = grid.billed(full + 1)
    }
    guard useUsdPerHour > 0 else { return full }
    var part = ((usd - gridUsdPerHour * weighted(next)) / useUsdPerHour).rounded(.down)
    // Between the two there is no further step to pay for.
    part = min(max(part, full), next - 1)
    while part > full && amount(part) > usd { part -= 1 }
    while part + 1 < next && amount(part + 1) <= usd { part += 1 }
    return part
  }

  /// Hours that an amount buys when every billed hour is used, not yet whole.
  @inline(__always)
  private func affordable(_ usd: Double) -> Double {
    let firstUsd: Double = (gridUsdPerHour + useUsdPerHour) * grid.first
    if usd < firstUsd { return 0 }
    return grid.first
      + ((usd - firstUsd) / (gridUsdPerHour * extensionRatio + useUsdPerHour)).rounded(.down)
  }
}
