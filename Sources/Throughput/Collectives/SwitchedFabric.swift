/// Chips that reach one another over switches at one rate each, such as an NVLink domain or the
/// network cards of a cluster, or over a full mesh of links.
///
/// Times follow the alpha-beta model of the ring algorithm, bandwidth-optimal on such fabrics:
/// with g members and V bytes, an all-gather takes (g − 1)·latency + V·(g − 1)/g / rate (Thakur,
/// Rabenseifner and Gropp, International Journal of High Performance Computing Applications 19
/// (2005) 49-66; recalled (unverified)). Rates are used as given: multiply by the share that is
/// reached in practice beforehand.
public struct SwitchedFabric: Hashable, Sendable {
  /// Of one chip, one direction, all links together; bytes/s.
  public var bytesPerSecond: Double
  /// Of one message: launch and hop; seconds.
  public var latencySeconds: Double
  /// Rate of an all-reduce that the switches add up themselves, bytes/s of the tensor; nil where
  /// they can't.
  public var reductionBytesPerSecond: Double?
  /// Chips of a full mesh, where each pair has a link of its own; nil behind switches.
  public var meshChips: Int?

  public init(
    bytesPerSecond: Double, latencySeconds: Double, reductionBytesPerSecond: Double? = nil,
    meshChips: Int? = nil
  ) {
    self.bytesPerSecond = bytesPerSecond
    self.latencySeconds = latencySeconds
    self.reductionBytesPerSecond = reductionBytesPerSecond
    self.meshChips = meshChips
  }

  /// What one chip of a group can use: on a mesh only its links to the group's other members.
  public func usableBytesPerSecond(members: Int) -> Double {
    guard let meshChips, meshChips > members, members > 1 else { return bytesPerSecond }
    return bytesPerSecond * Double(members - 1) / Double(meshChips - 1)
  }

  /// Seconds of an operation among a number of members; 0 for one.
  ///
  /// An all-reduce in the switches takes 2·latency + V / rate, and is used where it is faster.
  public func seconds(_ collective: Collective, bytes: Double, members: Int) -> Double {
    guard members > 1 else { return 0 }
    let count = Double(members)
    let moved: Double = bytes * (count - 1) / count
    let once: Double =
      (count - 1) * latencySeconds + moved / usableBytesPerSecond(members: members)
    guard collective == .allReduce else { return once }
    guard let reductionBytesPerSecond else { return 2 * once }
    return min(2 * once, 2 * latencySeconds + bytes / reductionBytesPerSecond)
  }

  /// Seconds of one message between two chips.
  public func pointToPointSeconds(bytes: Double) -> Double {
    latencySeconds + bytes / usableBytesPerSecond(members: 2)
  }
}
