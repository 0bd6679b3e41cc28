import Catalog
import Workload

/// How a training step is spread over chips.
///
/// `tensor · pipeline · context · data` is the number of chips; expert parallelism lies inside
/// data and context parallelism. On Trainium1 the degrees count NeuronCores, two to a chip, as its
/// software does.
public struct ParallelismStrategy: Hashable, Sendable {
  /// Chips that share each matrix product.
  public var tensor: Int
  /// Stages of the pipeline.
  public var pipeline: Int
  /// Stages of the model that one chip holds, interleaved; 1 without interleaving.
  public var virtualPipeline: Int
  /// Chips that share one sequence.
  public var context: Int
  /// Chips over which the experts of a mixture layer are spread.
  public var expert: Int
  /// Replicas, fully sharded ones included.
  public var data: Int
  /// ZeRO stage: 0 nothing sharded over replicas, 1 optimizer, 2 and gradients, 3 and weights.
  public var zeroStage: Int
  /// Sequences that one replica processes at a time; may be a fraction under tensor parallelism
  /// on TPU.
  public var microBatch: Double
  public var recompute: Recompute
  public var precision: Precision

  public init(
    tensor: Int = 1, pipeline: Int = 1, virtualPipeline: Int = 1, context: Int = 1,
    expert: Int = 1, data: Int, zeroStage: Int = 1, microBatch: Double = 1,
    recompute: Recompute = .none, precision: Precision = .bf16
  ) {
    self.tensor = tensor
    self.pipeline = pipeline
    self.virtualPipeline = virtualPipeline
    self.context = context
    self.expert = expert
    self.data = data
    self.zeroStage = zeroStage
    self.microBatch = microBatch
    self.recompute = recompute
    self.precision = precision
  }

  /// What degrees count per chip: 2 NeuronCores on Trainium1, else 1.
  public static func unitsPerChip(of accelerator: Accelerator) -> Int {
    accelerator.generation == "trainium1" ? 2 : 1
  }
}
