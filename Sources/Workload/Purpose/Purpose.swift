/// The machine that a model must fit when it is served.
public struct ServingNode: Hashable, Sendable {
  /// Memory of all its accelerators together.
  public var memoryBytes: Double
  /// Bytes that one parameter takes: 1 at 8 bit.
  public var bytesPerParameter: Double
  /// Share of the memory that weights may take; the rest holds keys and values and activations.
  public var shareForWeights: Double

  public init(memoryBytes: Double, bytesPerParameter: Double = 1, shareForWeights: Double = 0.8) {
    self.memoryBytes = memoryBytes
    self.bytesPerParameter = bytesPerParameter
    self.shareForWeights = shareForWeights
  }

  /// Eight B200 of 180 GB (the accelerator table) at 8 bit, a fifth of the memory kept free: 1.15T
  /// parameters, which every mixture in `ModelTrainings.yardsticks` fits. The fifth is judgement,
  /// grade D.
  public static let usual = ServingNode(memoryBytes: 8 * 180e9)

  /// The most parameters that fit.
  public var largestTotalParameters: Double {
    memoryBytes * shareForWeights / bytesPerParameter
  }
}

/// What a model is trained for, which decides how small it must be for its compute.
///
/// It says of each shape whether it may be trained at all and on how many tokens at least. Neither
/// depends on the budget, so a larger budget can only add choices.
public struct Purpose: Hashable, Sendable {
  public enum Kind: String, CaseIterable, Hashable, Sendable {
    /// The lowest loss for the money of training alone, whatever the model is like to serve.
    case train
    /// Served afterwards: smaller for its compute and trained on more tokens, as the field does.
    case serve
  }

  public var kind: Kind
  /// Tokens that an active parameter is trained on at least when served.
  public var tokensPerActiveParameter: Double
  /// Tokens read and written over the model's life; where given, they decide in place of
  /// `tokensPerActiveParameter` how far past its best split a shape is trained.
  public var servedTokens: Double?
  /// Price of an operation of serving over one of training.
  public var servingPrice: Double
  /// nil where nothing bounds the parameters.
  public var servingNode: ServingNode?

  public init(
    _ kind: Kind = .serve, tokensPerActiveParameter: Double = usualTokensPerActiveParameter,
    servedTokens: Double? = nil, servingPrice: Double = 1, servingNode: ServingNode? = .usual
  ) {
    self.kind = kind
    self.tokensPerActiveParameter = tokensPerActiveParameter
    self.servedTokens = servedTokens
    self.servingPrice = servingPrice
    self.servingNode = kind == .serve ? servingNode : nil
  }

  /// The middle of what the field trains: 400 (DeepSeek-V3), 475 (Kimi K2), 720 (GLM-4.5), 1,290
  /// (Llama 4 Maverick), 1,640 (Qwen3 235B-A22B); judgement within that span, grade D.
  public static let usualTokensPerActiveParameter = 700.0

  /// Different tokens that can be had: the largest set that anyone has stated, Llama 4 Scout's 40T
  /// (its model card); grade C. Nobody has stated a larger one.
  public static let usualUniqueTokens = 40e12

  /// Passes over the data beyond which a further one is worth nothing (Muennighoff et al., arXiv
  /// 2305.16264).
  public static let mostPasses = 40.0

  /// Whether a model of so many parameters fits what it is for.
  public func admits(totalParameters: Double) -> Bool {
    guard let servingNode else { return true }
    return totalParameters <= servingNode.largestTotalParameters
  }

  /// The tokens on which a shape must be trained at least to be worth serving.
  ///
  /// Where the different tokens run out first, they are enough, but not fewer than the low end of the
  /// published span (or the shape's best split where the model's life decides): a larger model on all
  /// the data is better than a smaller one on repeats of it.
  public func leastTokens(_ quality: ShapeLoss, uniqueTokens: Double) -> Double {
    guard kind == .serve else { return 0 }
    var wanted: Double = tokensPerActiveParameter * quality.activeParameters
    var floor: Double =
      min(tokensPerActiveParameter, ModelTrainings.tokensPerActiveParameter.lowerBound)
      * quality.activeParameters
    if let servedTokens {
      wanted = quality.bestTokens(served: servedTokens, price: servingPrice)
      floor = quality.bestTokens()
    }
    return wanted <= uniqueTokens ? wanted : min(wanted, max(uniqueTokens, floor))
  }
}
