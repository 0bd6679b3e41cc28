/// When a matrix product hides its transfers on a torus: rules of "How to Scale Your Model",
/// chapter "How to parallelize a transformer for training" (github.com/jax-ml/scaling-book,
/// 2025-02-18). They count arithmetic and bandwidth only, both at their peaks.
public struct ShardingBounds: Hashable, Sendable {
  /// Peak over one axis's rate in both directions, FLOP/byte: α of the source.
  public var intensity: Double

  public init(intensity: Double) {
    self.intensity = intensity
  }

  /// - Parameters:
  ///   - peak: dense peak of a chip, FLOP/s.
  ///   - linkBytesPerSecond: of one link, one direction.
  public init(peak: Double, linkBytesPerSecond: Double) {
    intensity = peak / (2 * linkBytesPerSecond)
  }

  /// Tokens per chip from which fully sharded data parallelism over a number of axes is bound by
  /// arithmetic: α/axes.
  public func fullyShardedTokensPerChip(axes: Int) -> Double { intensity / Double(axes) }

  /// Tensor-parallel degree up to which a feed-forward block of this width is bound by arithmetic:
  /// axes·f/α.
  public func tensorDegreeLimit(feedForward: Double, axes: Int) -> Double {
    Double(axes) * feedForward / intensity
  }

  /// The fully sharded degree that moves the fewest bytes when the rest of the chips share each
  /// product: sqrt(T/f · M_X/M_Y · n).
  ///
  /// - Parameters:
  ///   - tokens: of the global batch.
  ///   - axesRatio: axes of the torus given to full sharding over those given to tensor
  ///     parallelism.
  public static func bestFullyShardedDegree(
    tokens: Double, feedForward: Double, chips: Double, axesRatio: Double
  ) -> Double {
    (tokens / feedForward * axesRatio * chips).squareRoot()
  }

  /// Tokens per chip from which the mix of both is bound by arithmetic: 4α²/(M_X·M_Y·f).
  public func mixedTokensPerChip(
    feedForward: Double, shardedAxes: Double, tensorAxes: Double
  ) -> Double {
    4 * intensity * intensity / (shardedAxes * tensorAxes * feedForward)
  }
}
