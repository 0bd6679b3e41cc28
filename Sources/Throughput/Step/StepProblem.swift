import Catalog
import Workload

/// How many layers of each kind a model has. A block of a hybrid may be one of these alone; a plain
/// transformer's layer is one of attention and one of the dense blocks or mixtures.
struct LayerCounts: Hashable, Sendable {
  var attention = 0.0
  var dense = 0.0
  var mixture = 0.0
  var mamba = 0.0
  var linear = 0.0
}

/// One training step to be timed: the model's shape, the batch and the recipe, as a flat struct of
/// scalars for the hot loops.
struct StepProblem: Hashable, Sendable {
  /// Blocks that pipelines are cut between.
  var layers = 0.0
  var counts = LayerCounts()
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
  /// Whether keys and values are kept as a latent.
  var hasLatentAttention = false
  /// Weights of attention per layer.
  var attentionWeights = 0.0
  var experts = 0.0
  var expertsPerToken = 1.0
  var expertFeedForward = 0.0
  /// Width of all shared experts together.
  var sharedFeedForward = 0.0
  /// Width that experts see: the model's, or a latent's.
  var expertInput = 0.0
  /// Weights of one expert.
  var expertWeights = 0.0
  /// Whether experts have biases and a clamped activation (GPT-OSS), which run unfused.
  var hasBiasedExperts = false
  /// Scale-up domains that a token's experts may live in, where routing is limited.
  var mostDomains = Double.infinity
  /// Width of a Mamba layer's inner channels, its states, groups and heads.
  var mambaWidth = 0.0
  var mambaState = 0.0
  var mambaGroups = 1.0
  var mambaHeads = 0.0
  /// Width of all values of a linear attention's layer, states a channel, weights of its projections.
  var linearWidth = 0.0
  var linearState = 128.0
  var linearWeights = 0.0
  /// All parameters.
  var parameters = 0.0
  /// Share of attention layers whose queries see only `window` keys on either side; 0 for none.
  var windowedShare = 0.0
  var window = 0.0
  /// Attention and feed-forward side by side (PaLM), which halves the tensor-parallel blocks.
  var hasParallelBlocks = false
  var sequence = 0.0
  /// Tokens of one step.
  var batchTokens = 0.0
  var precision = Precision.bf16
  /// Whether attention's scores are computed in 8 bits too.
  var hasAttention8 = false
  /// Year of the software; kernels and overlap differ before 2023.
  var year = StepProblem.currentSoftwareYear

  /// Plans are timed with software as of the newest rows of the calibration.
  static let currentSoftwareYear = 2026.0

  init() {}

  /// Parameters outside the routed experts.
  var denseParameters: Double { parameters - counts.mixture * experts * expertWeights }

  /// Sequences of one step.
  var batchSequences: Double { batchTokens / sequence }
}
