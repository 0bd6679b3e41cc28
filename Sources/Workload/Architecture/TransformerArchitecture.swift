/// Multi-head latent attention: queries, keys and values pass through low-rank projections
/// (DeepSeek-V2, arXiv 2405.04434).
public struct LatentAttention: Hashable, Sendable {
  /// Rank of the query projection; 0 when queries are projected directly.
  public var queryRank: Int
  /// Rank of the joint key and value projection.
  public var keyValueRank: Int
  /// Width of the part of a head that carries no position.
  public var nopeHeadDimension: Int
  /// Width of the part of a head that carries the rotary position.
  public var ropeHeadDimension: Int
  /// Width of a value head.
  public var valueHeadDimension: Int

  public init(
    queryRank: Int, keyValueRank: Int, nopeHeadDimension: Int, ropeHeadDimension: Int,
    valueHeadDimension: Int
  ) {
    self.queryRank = queryRank
    self.keyValueRank = keyValueRank
    self.nopeHeadDimension = nopeHeadDimension
    self.ropeHeadDimension = ropeHeadDimension
    self.valueHeadDimension = valueHeadDimension
  }
}

/// Mixture of experts: some layers hold many feed-forward blocks of which a token visits a few.
public struct MixtureOfExperts: Hashable, Sendable {
  /// Routed experts of a mixture layer.
  public var experts: Int
  /// Routed experts that one token visits.
  public var expertsPerToken: Int
  /// Experts that every token visits besides.
  public var sharedExperts: Int
  /// Width of one expert's feed-forward block, shared or routed.
  public var expertFeedForwardSize: Int
  /// The first layers of the model that hold a plain feed-forward block.
  public var denseLayers: Int
  /// Of the layers after those, every k-th is a mixture; 1 means all.
  public var interleave: Int
  /// Whether a bias per expert is kept for choosing experts (DeepSeek-V3, arXiv 2412.19437).
  public var selectionBias: Bool

  public init(
    experts: Int, expertsPerToken: Int, sharedExperts: Int = 0, expertFeedForwardSize: Int,
    denseLayers: Int = 0, interleave: Int = 1, selectionBias: Bool = false
  ) {
    self.experts = experts
    self.expertsPerToken = expertsPerToken
    self.sharedExperts = sharedExperts
    self.expertFeedForwardSize = expertFeedForwardSize
    self.denseLayers = denseLayers
    self.interleave = interleave
    self.selectionBias = selectionBias
  }
}

/// The shape of a decoder-only transformer: all that its parameters, its operations and its memory
/// follow from.
public struct TransformerArchitecture: Hashable, Sendable {
  public var name: String
  public var layers: Int
  public var hiddenSize: Int
  /// Query heads.
  public var attentionHeads: Int
  /// Key and value heads: as many as query heads (multi-head), fewer (grouped) or 1 (multi-query).
  public var keyValueHeads: Int
  /// Width of one head.
  public var headDimension: Int
  /// Width of the plain feed-forward block.
  public var feedForwardSize: Int
  /// Whether the feed-forward block has three matrices (SwiGLU, GeGLU) and not two.
  public var gatedFeedForward: Bool
  public var vocabulary: Int
  /// Whether the output head is the input embedding.
  public var tiedEmbeddings: Bool
  /// Set for latent attention; key and value heads then count for nothing.
  public var latentAttention: LatentAttention?
  public var mixtureOfExperts: MixtureOfExperts?
  /// Positions with a learned embedding; 0 when there are none.
  public var learnedPositions: Int
  /// Whether matrices and norms carry biases, as in GPT-2 and GPT-3.
  public var hasBiases: Bool
  /// Whether queries and keys are normalised per head.
  public var queryKeyNorm: Bool
  /// Keys that a query of a local layer sees; nil when every layer sees the whole sequence.
  public var slidingWindow: Int?
  /// With a window: every k-th layer sees the whole sequence; 0 when none does.
  public var globalAttentionEvery: Int
  /// Further tokens predicted at each position by extra layers (DeepSeek-V3); 0 when none.
  public var multiTokenPredictionDepth: Int

  public init(
    name: String, layers: Int, hiddenSize: Int, attentionHeads: Int, keyValueHeads: Int,
    headDimension: Int, feedForwardSize: Int, gatedFeedForward: Bool = true, vocabulary: Int,
    tiedEmbeddings: Bool = false, latentAttention: LatentAttention? = nil,
    mixtureOfExperts: MixtureOfExperts? = nil, learnedPositions: Int = 0, hasBiases: Bool = false,
    queryKeyNorm: Bool = false, slidingWindow: Int? = nil, globalAttentionEvery: Int = 0,
    multiTokenPredictionDepth: Int = 0
  ) {
    self.name = name
    self.layers = layers
    self.hiddenSize = hiddenSize
    self.attentionHeads = attentionHeads
    self.keyValueHeads = keyValueHeads
    self.headDimension = headDimension
    self.feedForwardSize = feedForwardSize
    self.gatedFeedForward = gatedFeedForward
    self.vocabulary = vocabulary
    self.tiedEmbeddings = tiedEmbeddings
    self.latentAttention = latentAttention
    self.mixtureOfExperts = mixtureOfExperts
    self.learnedPositions = learnedPositions
    self.hasBiases = hasBiases
    self.queryKeyNorm = queryKeyNorm
    self.slidingWindow = slidingWindow
    self.globalAttentionEvery = globalAttentionEvery
    self.multiTokenPredictionDepth = multiTokenPredictionDepth
  }
}

/// Number format of the matrix products of a training run.
public enum Precision: String, CaseIterable, Hashable, Sendable {
  case bf16
  case fp16
  case fp8
}
