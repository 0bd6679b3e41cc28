import Catalog
import Workload

/// One training step to be timed: the model's shape, the batch and the software's age, as a flat
/// struct of scalars for the hot loops.
struct StepProblem: Hashable, Sendable {
  var layers = 0.0
  var hidden = 0.0
  var heads = 0.0
  /// Key and value heads; for latent attention the latent's width over 128.
  var keyValueHeads = 0.0
  /// Mean width of a query-key and a value head.
  var headWidth = 0.0
  /// Matrices of a feed-forward block: 3 gated, 2 not.
  var matrices = 3.0
  var feedForward = 0.0
  var vocabulary = 0.0
  /// Output heads computed per step: 1, and one more for every further token predicted.
  var outputHeads = 1.0
  /// Weights of attention per layer.
  var attentionWeights = 0.0
  /// Share of layers that are mixtures.
  var mixtureLayers = 0.0
  var experts = 0.0
  var expertsPerToken = 1.0
  var sharedExperts = 0.0
  var expertFeedForward = 0.0
  /// Weights of one expert.
  var expertWeights = 0.0
  /// All parameters.
  var parameters = 0.0
  /// Share of layers whose queries see only `window` keys on either side; 0 for none.
  var windowedShare = 0.0
  var window = 0.0
  /// Attention and feed-forward side by side (PaLM), which halves the tensor-parallel blocks.
  var hasParallelBlocks = false
  var sequence = 0.0
  /// Tokens of one step.
  var batchTokens = 0.0
  var usesFP8 = false
  /// Year of the software; kernels and overlap differ before 2023.
  var year = StepProblem.currentSoftwareYear

  /// Plans are timed with software as of the newest rows of the calibration.
  static let currentSoftwareYear = 2026.0

  init() {}

  /// Takes the shape of an architecture.
  init(
    architecture: TransformerArchitecture, sequenceLength: Int, globalBatchSequences: Int,
    precision: Precision
  ) {
    let depth = architecture.multiTokenPredictionDepth
    layers = Double(architecture.layers + depth)
    hidden = Double(architecture.hiddenSize)
    heads = Double(architecture.attentionHeads)
    keyValueHeads = Double(architecture.keyValueHeads)
    headWidth = Double(architecture.headDimension)
    if let latent = architecture.latentAttention {
      let widths = latent.nopeHeadDimension + latent.ropeHeadDimension + latent.valueHeadDimension
      headWidth = Double(widths) / 2
      keyValueHeads = Double(latent.keyValueRank + latent.ropeHeadDimension) / 128
    }
    matrices = architecture.gatedFeedForward ? 3 : 2
    feedForward = Double(architecture.feedForwardSize)
    vocabulary = Double(architecture.vocabulary)
    outputHeads = Double(1 + depth)
    attentionWeights = Double(architecture.attentionWeightsPerLayer)
    if let mixture = architecture.mixtureOfExperts, architecture.mixtureLayers > 0 {
      mixtureLayers = Double(architecture.mixtureLayers + depth)
      experts = Double(mixture.experts)
      expertsPerToken = Double(mixture.expertsPerToken)
      sharedExperts = Double(mixture.sharedExperts)
      expertFeedForward = Double(mixture.expertFeedForwardSize)
      expertWeights = Double(architecture.expertWeights)
      if architecture.denseLayers == 0 { feedForward = 0 }
    }
    parameters =
      architecture.totalParameters + Double(depth * architecture.multiTokenPredictionWeights)
    if let width = architecture.slidingWindow {
      let windowed = architecture.layers - architecture.globalAttentionLayers
      windowedShare = Double(windowed) / Double(max(1, architecture.layers))
      window = Double(width)
    }
    sequence = Double(sequenceLength)
    batchTokens = Double(sequenceLength) * Double(globalBatchSequences)
    usesFP8 = precision == .fp8
  }

  /// Parameters outside the routed experts.
  var denseParameters: Double {
    experts > 0 ? parameters - mixtureLayers * experts * expertWeights : parameters
  }

  /// Sequences of one step.
  var batchSequences: Double { batchTokens / sequence }
}

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
