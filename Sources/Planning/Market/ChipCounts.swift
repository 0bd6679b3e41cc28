import Catalog

/// The numbers of chips an offer or a quote can really come in.
enum ChipCounts {
  /// Counts worth trying, ascending: every slice size sold, whole multiples of the largest slice
  /// over several slices, or whole instances by powers of two and one half more (8, 12, 16, 24 …).
  ///
  /// - Parameter limit: the most chips that could be used or paid for.
  static func admissible(for candidate: Candidate, limit: Int) -> [Int] {
    switch candidate.source {
    case .rent(let offer) where !offer.chipCounts.isEmpty:
      return slices(of: offer, limit: limit)
    case .rent(let offer):
      let most = offer.maxInstancesTotal ?? offer.maxInstances ?? limit
      let instances = min(most, limit / offer.chipsPerInstance)
      return ladder(upTo: instances).map { $0 * offer.chipsPerInstance }
    case .buy(let quote):
      return ladder(upTo: limit / quote.chips).map { $0 * quote.chips }
    }
  }

  /// Slice sizes, then 2, 3, 4, 6, 8 … of the largest slice joined over the data-centre network.
  private static func slices(of offer: Offer, limit: Int) -> [Int] {
    let single = offer.chipCounts.filter { $0 <= limit }
    guard let largest = offer.chipCounts.last else { return single }
    let most = min(limit, offer.multisliceMaxChips ?? limit)
    let joined = ladder(upTo: most / largest).dropFirst().map { $0 * largest }
    return single + joined
  }

  /// 1, 2, 3, 4, 6, 8, 12, 16 … up to a limit, and the limit itself.
  static func ladder(upTo limit: Int) -> [Int] {
    guard limit >= 1 else { return [] }
    var counts: [Int] = []
    var power = 1
    while power <= limit {
      counts.append(power)
      let half = power + power / 2
      if power >= 2 && half <= limit { counts.append(half) }
      power *= 2
    }
    if counts.last != limit { counts.append(limit) }
    return counts
  }
}
