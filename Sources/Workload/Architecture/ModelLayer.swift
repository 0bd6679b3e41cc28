/// One layer of a model: how tokens exchange information, what is done with each by itself, and the
/// weights of all that.
public struct ModelLayer: Hashable, Sendable {
  /// Width of the model.
  public var hiddenSize: Int
  /// Softmax attention, where the layer has it.
  public var attention: Attention?
  /// Linear attention or a state space, where the layer has it; beside attention in layers that
  /// hold both (Falcon-H1).
  public var recurrence: Recurrence?
  public var feedForward: FeedForward
  /// Whether feed-forward blocks have three matrices (SwiGLU, GeGLU) and not two.
  public var gatedFeedForward: Bool
  /// Weights of further matrices that each token meets.
  public var otherMatrixWeights: Int
  /// Weights that multiply no activations as matrices: norms, biases, decay rates and the like.
  /// Routers' selection biases and experts' own vectors count with the mixture.
  public var vectorWeights: Int

  public init(
    hiddenSize: Int, attention: Attention? = nil, recurrence: Recurrence? = nil,
    feedForward: FeedForward = .none, gatedFeedForward: Bool = true, otherMatrixWeights: Int = 0,
    vectorWeights: Int = 0
  ) {
    self.hiddenSize = hiddenSize
    self.attention = attention
    self.recurrence = recurrence
    self.feedForward = feedForward
    self.gatedFeedForward = gatedFeedForward
    self.otherMatrixWeights = otherMatrixWeights
    self.vectorWeights = vectorWeights
  }

  /// The layer's mixture, if its feed-forward block is one.
  public var mixture: MixtureOfExperts? {
    guard case .mixture(let mixture) = feedForward else { return nil }
    return mixture
  }

  /// Matrices of a feed-forward block: 3 gated, 2 not.
  public var feedForwardMatrices: Int { gatedFeedForward ? 3 : 2 }

  /// Matrix weights of the mixers: attention, its indexer, the recurrence and its convolution.
  public var mixerWeights: Int {
    let attended = attention.map { $0.projectionWeights + ($0.indexer?.projectionWeights ?? 0) }
    let recurrent = recurrence.map { $0.projectionWeights + $0.convolutionWeights }
    return (attended ?? 0) + (recurrent ?? 0)
  }

  /// Matrix weights of one plain feed-forward block; 0 in a mixture.
  public var denseFeedForwardWeights: Int {
    guard case .dense(let width) = feedForward else { return 0 }
    return Saturating.product(feedForwardMatrices, hiddenSize, width)
  }

  /// Matrix weights of one routed expert; 0 without any.
  public var expertWeights: Int {
    guard let mixture else { return 0 }
    let width = mixture.latentSize > 0 ? mixture.latentSize : hiddenSize
    return Saturating.product(feedForwardMatrices, width, mixture.expertFeedForwardSize)
  }

  /// Matrix weights that every token visits beside the routed experts: shared experts, and the
  /// projections to and from the width that latent experts work in.
  public var sharedExpertWeights: Int {
    guard let mixture else { return 0 }
    let shared = Saturating.product(feedForwardMatrices, hiddenSize, mixture.sharedFeedForwardSize)
    return shared + Saturating.product(2, hiddenSize, mixture.latentSize)
  }

  /// Weights of the router, the selection bias included; 0 without a mixture.
  public var routerWeights: Int {
    guard let mixture else { return 0 }
    let scores = Saturating.product(hiddenSize, mixture.experts)
    return scores + (mixture.selectionBias ? mixture.experts : 0)
  }

  /// All parameters of the layer.
  public var parameterCount: Int { count(experts: mixture?.experts ?? 0) }

  /// Parameters that one token meets: of the routed experts those it visits.
  public var activeParameterCount: Int { count(experts: mixture?.expertsPerToken ?? 0) }

  private func count(experts: Int) -> Int {
    let each = expertWeights + (mixture?.vectorWeightsPerExpert ?? 0)
    let feedForward = denseFeedForwardWeights + sharedExpertWeights + routerWeights
    return mixerWeights + feedForward + Saturating.product(experts, each) + otherMatrixWeights
      + vectorWeights
  }

  /// Active weights that multiply activations as matrices: mixers, feed-forward block, the experts
  /// a token visits, the router; not norms and biases. The taps of a convolution are counted with
  /// the recurrence's own operations.
  public var matmulWeightsPerToken: Int {
    let router = Saturating.product(hiddenSize, mixture?.experts ?? 0)
    let visited = Saturating.product(mixture?.expertsPerToken ?? 0, expertWeights)
    let mixers = mixerWeights - (recurrence?.convolutionWeights ?? 0)
    return mixers + denseFeedForwardWeights + sharedExpertWeights + visited + router
      + otherMatrixWeights
  }

  /// Operations of mixing tokens per token, forward and backward, beyond those of the matrices:
  /// core attention and recurrence.
  public func mixingFlopsPerToken(
    sequenceLength: Int, convention: AttentionFlopsConvention
  ) -> Double {
    let attended =
      attention?.flopsPerToken(sequenceLength: sequenceLength, convention: convention) ?? 0
    return attended + (recurrence?.flopsPerToken ?? 0)
  }

  /// The kind in words, such as “full attention, dense” or “sliding attention 1024, mixture”.
  public var kindName: String {
    var parts: [String] = []
    switch attention?.scope {
    case .full: parts.append("full attention")
    case .sliding(let window): parts.append("sliding attention \(window)")
    case .chunked(let chunk): parts.append("chunked attention \(chunk)")
    case .sparse(let keys): parts.append("sparse attention \(keys)")
    case .compressed(_, let ratio, _): parts.append("compressed attention \(ratio)")
    case nil: break
    }
    if let recurrence { parts.append(recurrence.kind.title) }
    var name = parts.joined(separator: " and ")
    let block: String? =
      switch feedForward {
      case .none: nil
      case .dense: "dense"
      case .mixture: "mixture"
      }
    if let block { name += (name.isEmpty ? "" : ", ") + block }
    return name
  }
}

extension Recurrence.Kind {
  /// The kind in words.
  public var title: String {
    switch self {
    case .mamba1: "Mamba"
    case .mamba2: "Mamba-2"
    case .gatedDelta: "gated delta"
    case .kimiDelta: "Kimi delta"
    case .lightning: "lightning attention"
    case .shortConvolution: "short convolution"
    }
  }
}
