import Workload

/// A strategy as scalars: degrees, ZeRO stage, micro-batch in sequences.
struct Layout: Hashable, Sendable {
  var tensor = 1.0
  var pipeline = 1.0
  var virtual = 1.0
  var context = 1.0
  var expert = 1.0
  var data = 1.0
  var zero = 1.0
  var microBatch = 1.0
  var recompute = Recompute.none
  /// Under full recomputation, the share of layers computed again; the others are kept.
  var recomputedShare = 1.0
  /// Whether norms and residuals are sharded over the tensor-parallel group.
  var isSequenceParallel = true
  /// Whether the gradients' reduction runs beside the last micro-batch.
  var overlapsGradients = true

  init() {}

  init(_ strategy: ParallelismStrategy) {
    tensor = Double(strategy.tensor)
    pipeline = Double(strategy.pipeline)
    virtual = Double(strategy.virtualPipeline)
    context = Double(strategy.context)
    expert = Double(strategy.expert)
    data = Double(strategy.data)
    zero = Double(strategy.zeroStage)
    microBatch = strategy.microBatch
    recompute = strategy.recompute
  }

  func strategy(precision: Precision) -> ParallelismStrategy {
    ParallelismStrategy(
      tensor: Int(tensor), pipeline: Int(pipeline), virtualPipeline: Int(virtual),
      context: Int(context), expert: Int(expert), data: Int(data), zeroStage: Int(zero),
      microBatch: microBatch, recompute: recompute, precision: precision)
  }
}
