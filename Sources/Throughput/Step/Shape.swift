import Workload

extension LayerTimer {
  /// What a layer's time depends on: whether there is a pipeline but not how deep, nor how many replicas there are.
  struct Shape: Sendable {
    var tensor: Double
    var context: Double
    var expert: Double
    var recompute: Recompute
    /// ZeRO stage 3.
    var fullySharded: Bool
    /// Tokens of one micro-batch that a tensor-parallel group sees.
    var tokens: Double
    /// Whether norms and residuals are sharded over the tensor-parallel group.
    var sequenceParallel: Bool
    /// Chips that share one expert's products: the tensor-parallel group, unless experts are spread
    /// over more chips than it has.
    var expertTensor: Double
    /// Tokens that one chip routes.
    var routed: Double
    /// Whether several micro-batches are at work at a time.
    var isPipelined: Bool
  }

  func shape(_ layout: Layout) -> Shape {
    let recompute = layout.recompute
    let tokens: Double = layout.microBatch * problem.sequence / layout.context
    let sequenceParallel =
      layout.isSequenceParallel && layout.tensor > 1
      && !(isUnfused && recompute != .selective)
    return Shape(
      tensor: layout.tensor, context: layout.context, expert: layout.expert,
      recompute: recompute, fullySharded: layout.zero == 3, tokens: tokens,
      sequenceParallel: sequenceParallel,
      expertTensor: Self.expertTensor(layout),
      routed: sequenceParallel ? tokens / layout.tensor : tokens,
      isPipelined: layout.pipeline > 1)
  }

  /// Chips that share one expert's products.
  @inline(__always)
  static func expertTensor(_ layout: Layout) -> Double {
    layout.expert >= layout.tensor ? 1 : layout.tensor
  }
}
