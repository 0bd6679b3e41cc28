import Catalog

/// The numbers of chips an offer or a quote can really come in.
enum ChipCounts {
  /// Counts worth trying, ascending: every slice size sold, whole multiples of the largest slice
  /// over several slices, or whole instances in four steps an octave (8, 10, 12, 14 …).
  ///
  /// - Parameter limit: the most chips that could be used or paid for.
  static func admissible(for candidate: Candidate, limit: Int) -> [Int] {
    let sold = listed(candidate, limit)
    // The ends of a quote are sizes of its own.
    let each = max(1, candidate.chipsPerInstance)
    let ends = [candidate.quoted.chipsLeast, candidate.quoted.chipsMost].compactMap { $0 }
      .map { $0 / each * each }.filter { $0 >= each && $0 <= limit }
    return ends.isEmpty ? sold : Set(sold + ends).sorted()
  }

  private static func listed(_ candidate: Candidate, _ limit: Int) -> [Int] {
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

  /// Slice sizes, then 2, 3, 4, 5, 6 … of the largest slice joined over the data-centre network.
  private static func slices(of offer: Offer, limit: Int) -> [Int] {
    let single = offer.chipCounts.filter { $0 <= limit }
    guard let largest = offer.chipCounts.last else { return single }
    let most = min(limit, offer.multisliceMaxChips ?? limit)
    let joined = ladder(upTo: most / largest).dropFirst().map { $0 * largest }
    return single + joined
  }

  /// 1 to 8, then four steps an octave (10, 12, 14, 16, 20 …), up to a limit.
  ///
  /// The list is fixed: a limit filters it and is no entry of it, so that a greater limit never takes a
  /// size away.
  static func ladder(upTo limit: Int) -> [Int] {
    guard limit >= 1 else { return [] }
    var counts = Array(1...min(8, limit))
    var octave = 8
    while octave < limit {
      for quarter in 5...8 where octave * quarter / 4 <= limit {
        counts.append(octave * quarter / 4)
      }
      octave *= 2
    }
    return counts
  }
}
