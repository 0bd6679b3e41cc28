/// Guards the exact counts against sizes no model has.
extension TransformerArchitecture {
  /// Parameters beyond which a shape is refused: far over any model, far under what overflows.
  public static let mostParameters = 1e16

  /// Whether the exact counts can be taken: every count of a shape for which this is false could
  /// overflow, so what reads shapes from files must ask first.
  public var isCountable: Bool {
    let hidden = Double(hiddenSize)
    let heads = Double(attentionHeads)
    let plain: Double = 2 * hidden * (heads + Double(keyValueHeads)) * Double(headDimension)
    var latent = 0.0
    if let ranks = latentAttention {
      let widths = ranks.nopeHeadDimension + ranks.ropeHeadDimension + ranks.valueHeadDimension
      let rank: Double = hidden + Double(ranks.queryRank + ranks.keyValueRank)
      latent = 4 * rank * (heads * Double(widths) + rank)
    }
    var experts = 0.0
    if let mixture = mixtureOfExperts {
      let blocks: Double = Double(mixture.experts + mixture.sharedExperts)
      experts = blocks * hidden * (3 * Double(mixture.expertFeedForwardSize) + 2)
    }
    let layer: Double = plain + latent + experts + 3 * hidden * Double(feedForwardSize)
    let ends: Double = hidden * Double(2 * vocabulary + learnedPositions)
    let all: Double = Double(layers + multiTokenPredictionDepth) * (layer + 20 * hidden) + ends
    return all <= Self.mostParameters
  }
}
