/// Mixture of experts: many feed-forward blocks of which a token visits a few.
public struct MixtureOfExperts: Hashable, Sendable {
  /// Routed experts of the layer.
  public var experts: Int
  /// Routed experts that one token visits.
  public var expertsPerToken: Int
  /// Experts that every token visits besides.
  public var sharedExperts: Int
  /// Width of one routed expert's feed-forward block.
  public var expertFeedForwardSize: Int
  /// Width of what every token visits besides, all shared experts together.
  public var sharedFeedForwardSize: Int
  /// Width that experts work in where it is not the model's (latent experts, Nemotron 3); 0 else.
  public var latentSize: Int
  /// Whether a bias per expert is kept for choosing experts (DeepSeek-V3, arXiv 2412.19437).
  public var selectionBias: Bool
  /// Biases and other vectors of one routed expert.
  public var vectorWeightsPerExpert: Int

  /// - Parameter sharedFeedForwardSize: nil for shared experts as wide as the routed ones.
  public init(
    experts: Int, expertsPerToken: Int, sharedExperts: Int = 0, expertFeedForwardSize: Int,
    sharedFeedForwardSize: Int? = nil, latentSize: Int = 0, selectionBias: Bool = false,
    vectorWeightsPerExpert: Int = 0
  ) {
    self.experts = experts
    self.expertsPerToken = expertsPerToken
    self.sharedExperts = sharedExperts
    self.expertFeedForwardSize = expertFeedForwardSize
    self.sharedFeedForwardSize =
      sharedFeedForwardSize ?? Saturating.product(sharedExperts, expertFeedForwardSize)
    self.latentSize = latentSize
    self.selectionBias = selectionBias
    self.vectorWeightsPerExpert = vectorWeightsPerExpert
  }
}

/// What a layer does with each token by itself.
public enum FeedForward: Hashable, Sendable {
  /// Nothing: the layer only mixes tokens.
  case none
  /// One block of the given width.
  case dense(width: Int)
  case mixture(MixtureOfExperts)
}
