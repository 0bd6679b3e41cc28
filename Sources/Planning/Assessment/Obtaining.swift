import Catalog
import Economics
import Quantities

/// Whether, when and for how long an option's capacity can be had.
public struct Obtaining: Hashable, Sendable {
  /// In hand, under a contract, or a request without a promise.
  public var kind: CapacityClass
  /// Chance that it is granted at this size, 0 to 1; for requests one after another that of all of
  /// them, were they independent. 1 where nobody has to grant it.
  public var chance: Double
  /// Days from asking until the machines can be used, for a buyer who gets it.
  public var waitDays: Percentiles
  /// Requests in a row that the run takes; 1 for a contract.
  public var requests: Int
  /// The longest term sold, days; nil without a limit.
  public var longestTermDays: Double?
  /// What happens at the end and what is refunded.
  public var note: String
}

extension Assessment {
  /// 0 for what can be contracted or is in hand on the routes asked about, 1 for the yardstick's
  /// contracts, 2 for requests.
  var orderOfObtaining: Int {
    guard let obtaining, obtaining.kind != .request else { return 2 }
    return route == .rentGPU ? 1 : 0
  }
}

extension Assessor {
  /// How so many chips of a candidate are had for hours of run.
  func obtaining(_ candidate: Candidate, chips: Int, hours: Double?) -> Obtaining {
    var capacity = candidate.capacity(chips: chips, in: bills.catalog, scenario)
    var requests = 1
    if let hours, case .rent(let offer) = candidate.source {
      requests = max(1, offer.termRule.billed(usefulHours: hours, offer: offer).segments)
    }
    let isChain = requests > 1 && candidate.purchase.committedHours == nil
    // A chain of terms is nobody's promise, whatever one of them is.
    if isChain && capacity.kind == .contract { capacity.kind = .request }
    let one = capacity.chance?.central ?? 1
    let (median, late) = (capacity.waitMedianDays, capacity.waitLateDays)
    return Obtaining(
      kind: capacity.kind, chance: isChain ? Decimals.power(one, requests) : one,
      waitDays: Percentiles(
        p10: late > 0 ? median * median / late : median, p50: median, p90: max(median, late)),
      requests: isChain ? requests : 1, longestTermDays: capacity.longestTermDays,
      note: capacity.note)
  }
}

extension Decimals {
  /// A whole power of a chance.
  fileprivate static func power(_ base: Double, _ exponent: Int) -> Double {
    (0..<exponent).reduce(1) { product, _ in product * base }
  }
}
