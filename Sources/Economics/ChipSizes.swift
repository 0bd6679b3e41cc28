import Catalog

/// The numbers of chips an offer is sold in.
///
/// Either whole instances up to a limit, or a list of slice sizes and, over the data-centre network,
/// several slices of one size joined (multislice).
public struct ChipSizes: Hashable, Sendable {
  public var chipsPerInstance: Int
  /// Slice sizes in chips, ascending; empty when any number of whole instances is sold.
  public var slices: [Int]
  /// Most chips in one job; nil when no limit is published.
  public var maximumChips: Int?
  /// Instances in one purchase; several purchases make a larger job.
  public var instancesPerPurchase: Int?

  public init(
    chipsPerInstance: Int, slices: [Int] = [], maximumChips: Int? = nil,
    instancesPerPurchase: Int? = nil
  ) {
    self.chipsPerInstance = chipsPerInstance
    self.slices = slices
    self.maximumChips = maximumChips
    self.instancesPerPurchase = instancesPerPurchase
  }

  /// The sizes an offer comes in.
  ///
  /// A slice offer without a published multislice limit may join any number of slices.
  public init(_ offer: Offer) {
    let instances = offer.maxInstancesTotal ?? offer.maxInstances
    self.init(
      chipsPerInstance: offer.chipsPerInstance, slices: offer.chipCounts.sorted(),
      maximumChips: offer.chipCounts.isEmpty
        ? instances.map { $0 * offer.chipsPerInstance } : offer.multisliceMaxChips,
      instancesPerPurchase: offer.maxInstances)
  }

  /// One way to hold some chips.
  public struct Holding: Hashable, Sendable {
    /// Chips billed.
    public var chips: Int
    public var instances: Int
    /// Slices joined; 1 for a single slice, and for instances joined by their own network.
    public var slices: Int
    /// Chips of one slice.
    public var chipsPerSlice: Int
    /// Purchases needed for so many instances.
    public var purchases: Int
  }

  /// The smallest holding with at least the chips wanted.
  ///
  /// Above the largest slice, equal slices of at least half its size are joined: the count nearest
  /// above the wanted one wins, then the fewest slices.
  ///
  /// - Throws: `Violations` with one `too_many_chips` when the limit is below the chips wanted.
  public func holding(atLeast wanted: Int) throws(Violations) -> Holding {
    let candidate = slices.isEmpty ? instances(atLeast: wanted) : slice(atLeast: wanted)
    guard let limit = maximumChips, candidate.chips > max(limit, slices.last ?? 0) else {
      return candidate
    }
    throw Violations([
      Violation(
        code: "too_many_chips",
        message: "\(wanted) chips are wanted and at most \(limit) are sold to one job",
        limit: Double(limit), needed: Double(wanted), unit: "chips",
        nearestChange: "use at most \(limit) chips")
    ])
  }

  /// Every admissible count up to a limit, ascending; slices joined by 2, 3, 4 … of the largest.
  public func admissibleCounts(upTo limit: Int) -> [Int] {
    let most = min(limit, max(maximumChips ?? limit, slices.last ?? 0))
    guard let largest = slices.last else {
      guard most >= chipsPerInstance else { return [] }
      return Array(stride(from: chipsPerInstance, through: most, by: chipsPerInstance))
    }
    let single = slices.filter { $0 <= most }
    guard most >= 2 * largest else { return single }
    return single + Array(stride(from: 2 * largest, through: most, by: largest))
  }

  private func instances(atLeast wanted: Int) -> Holding {
    let count = max(1, (wanted + chipsPerInstance - 1) / chipsPerInstance)
    let perPurchase = instancesPerPurchase ?? count
    return Holding(
      chips: count * chipsPerInstance, instances: count, slices: 1,
      chipsPerSlice: count * chipsPerInstance,
      purchases: (count + perPurchase - 1) / max(1, perPurchase))
  }

  private func slice(atLeast wanted: Int) -> Holding {
    if let single = slices.first(where: { $0 >= wanted }) { return joined(single, 1) }
    let largest = slices.last ?? chipsPerInstance
    var best = joined(largest, (wanted + largest - 1) / largest)
    for size in slices where size * 2 >= largest {
      let other = joined(size, (wanted + size - 1) / size)
      let isCloser = other.chips < best.chips
      if isCloser || (other.chips == best.chips && other.slices < best.slices) { best = other }
    }
    return best
  }

  private func joined(_ size: Int, _ count: Int) -> Holding {
    let chips = size * count
    return Holding(
      chips: chips, instances: max(1, chips / chipsPerInstance), slices: count, chipsPerSlice: size,
      purchases: count)
  }
}
