/// What the laws of mixtures ask of a shape.
public struct ExpertMakeup: Hashable, Sendable {
  /// Share of the feed-forward weights that a token visits, shared experts counted in both: the share
  /// of experts where all layers are mixtures of equal experts. Layers with a plain block count as
  /// visited whole, so a model that mixes in every other layer has the leverage of both together.
  public var activeShare: Double
  /// Twice the model's width over an expert's, as Tian et al. (arXiv 2507.17702) count it.
  public var granularity: Double

  public init(activeShare: Double, granularity: Double) {
    self.activeShare = activeShare
    self.granularity = granularity
  }

  /// nil for a dense model.
  public init?(_ shape: TransformerArchitecture) {
    guard let mixture = shape.mixtureOfExperts, mixture.expertFeedForwardSize > 0 else {
      return nil
    }
    func weights(_ routed: (MixtureOfExperts) -> Int) -> Double {
      shape.layerStack.total { layer in
        let visited = Double(layer.denseFeedForwardWeights + layer.sharedExpertWeights)
        return visited + Double(layer.mixture.map(routed) ?? 0) * Double(layer.expertWeights)
      }
    }
    activeShare = weights(\.expertsPerToken) / weights(\.experts)
    granularity = 2 * Double(shape.hiddenSize) / Double(mixture.expertFeedForwardSize)
  }

  /// Experts of which one is active that leave the same share: the number in which the joint law
  /// (Ludziejewski et al., arXiv 2502.05172) counts, whose experts are as wide as the dense block.
  public var wholeExperts: Double { 1 / activeShare }
}
