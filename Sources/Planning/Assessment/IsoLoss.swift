import Workload

/// Sizes that are as good as the best for all one can know.
public struct IsoLossBand: Hashable, Sendable {
  /// Parameters of the smallest and the largest size, and the tokens each would be trained on.
  public var smallest: Double
  public var tokensOfSmallest: Double
  public var largest: Double
  public var tokensOfLargest: Double
  /// The size whose loss is least.
  public var best: Double
  /// What a size may lose of the least loss to be in the band, as a fraction.
  public var excess: Double

  /// Whether a size is in it.
  public func contains(parameters: Double) -> Bool {
    parameters >= smallest && parameters <= largest
  }
}

extension PlannedModel {
  /// The sizes that, at the compute of this model and its tokens (6ND), lose at most half a percent
  /// of the least loss: the optimum is flat, so that it is a band and no point.
  ///
  /// Of the scaling law alone, with its constants at their best fit; how fast each size runs on some
  /// machine is not in it.
  public var isoLossBand: IsoLossBand {
    let law = AdditiveScalingLaw.besiroglu
    let compute = 6 * activeParameters * tokens
    let excess = 0.005
    let band = law.isoLossBand(compute: compute, excess: excess)
    return IsoLossBand(
      smallest: band.lowerBound, tokensOfSmallest: compute / (6 * band.lowerBound),
      largest: band.upperBound, tokensOfLargest: compute / (6 * band.upperBound),
      best: law.optimum(compute: compute).parameters, excess: excess)
  }
}
