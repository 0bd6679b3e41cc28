/// One axis of a torus.
public struct TorusAxis: Hashable, Sendable {
  /// Chips along the axis.
  public var length: Int
  /// Whether the last chip is linked to the first.
  public var isClosed: Bool

  public init(length: Int, isClosed: Bool) {
    self.length = length
    self.isClosed = isClosed
  }

  /// Messages between the two chips farthest from one another along the axis.
  var farthestHops: Int { isClosed ? length / 2 : length - 1 }

  /// Bytes/s at which a tensor's bytes reach the chip served worst in an all-gather: both
  /// directions of a closed axis; on an open one a chip at the end has one link, over which all
  /// but its own share must come.
  func gatherBytesPerSecond(link: Double) -> Double {
    guard length > 1 else { return 0 }
    return isClosed ? 2 * link : link * Double(length) / Double(length - 1)
  }

  /// Seconds per byte of one chip's buffer in an all-to-all: half of all buffers crosses the cut
  /// through the axis's middle, which a closed axis crosses twice.
  func exchangeSecondsPerByte(link: Double) -> Double {
    guard length > 1 else { return 0 }
    return Double(length) / ((isClosed ? 8 : 4) * link)
  }
}

/// Chips joined as a torus or a grid: a TPU slice, a Trainium2 instance.
///
/// Times as in "How to Scale Your Model", chapter "How to think about TPUs"
/// (github.com/jax-ml/scaling-book, 2025-02-18). The twisted forms of slices with sides n, n, 2n
/// and n, 2n, 2n, which shorten an all-to-all, are not modelled; it errs on the slow side there.
public struct TorusSlice: Hashable, Sendable {
  public var axes: [TorusAxis]
  /// Of one link, one direction; bytes/s.
  public var linkBytesPerSecond: Double
  /// From one chip to the next; seconds.
  public var hopSeconds: Double

  /// About 1 µs per hop on TPU (the same source).
  public static let usualHopSeconds = 1e-6

  public init(
    axes: [TorusAxis], linkBytesPerSecond: Double,
    hopSeconds: Double = TorusSlice.usualHopSeconds
  ) {
    self.axes = axes
    self.linkBytesPerSecond = linkBytesPerSecond
    self.hopSeconds = hopSeconds
  }

  /// Chips of the slice.
  public var chips: Int { axes.reduce(1) { $0 * $1.length } }

  /// Seconds of an operation among the chips along some of the axes.
  ///
  /// An all-gather moves the tensor over all the axes' links at once, and is never faster than its
  /// longest way in hops. An all-to-all is bound by the axis with the worst cut.
  ///
  /// - Parameters:
  ///   - bytes: of the tensor as the group of chips shares it, or of one chip's buffer for an
  ///     all-to-all.
  ///   - along: which axes, by index; nil for all.
  public func seconds(
    _ collective: Collective, bytes: Double, along: [Int]? = nil
  ) -> Double {
    let used = (along ?? Array(axes.indices)).map { axes[$0] }.filter { $0.length > 1 }
    guard !used.isEmpty else { return 0 }
    let floor = hopSeconds * Double(used.reduce(0) { $0 + $1.farthestHops })
    let rate = used.reduce(0) { $0 + $1.gatherBytesPerSecond(link: linkBytesPerSecond) }
    switch collective {
    case .allGather, .reduceScatter: return max(floor, bytes / rate)
    case .allReduce: return 2 * max(floor, bytes / rate)
    case .allToAll:
      let worst = used.map { $0.exchangeSecondsPerByte(link: linkBytesPerSecond) }.max() ?? 0
      return max(floor, bytes * worst)
    }
  }

  /// Seconds of one message between two chips some steps apart along each axis.
  ///
  /// Its parts take every shortest way, so it has as many links as there are axes to cross, and
  /// both directions of a closed axis where the target lies straight across.
  ///
  /// - Parameter steps: along each axis, in the order of `axes`; missing ones are 0.
  public func pointToPointSeconds(bytes: Double, steps: [Int]) -> Double {
    var hops = 0
    var links = 0
    for (axis, distance) in zip(axes, steps) {
      let around = axis.length - distance
      let shortest = axis.isClosed ? min(distance, around) : distance
      guard shortest > 0 else { continue }
      hops += shortest
      links += axis.isClosed && distance == around ? 2 : 1
    }
    guard links > 0 else { return 0 }
    return Double(hops) * hopSeconds + bytes / (Double(links) * linkBytesPerSecond)
  }
}
