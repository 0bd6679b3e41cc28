/// Parameter counts, exact. Formulas per layer: Vaswani et al. 2017 (arXiv 1706.03762) for
/// attention and feed-forward, DeepSeek-V2 (arXiv 2405.04434) for latent attention. Modules that
/// predict further tokens are left out, as in published sizes; see
/// `multiTokenPredictionWeights`.
extension TransformerArchitecture {
  /// Weights of the input embedding of tokens; an untied output head has as many again.
  public var embeddingWeights: Int { Saturating.product(vocabulary, embeddingWidth) }

  /// Weights of the output head that are not the embedding's: 0 when tied.
  public var headWeights: Int { tiedEmbeddings ? 0 : embeddingWeights }

  /// All parameters. For the GPT shape this is 12Lh²(1 + 13/(12h) + (V+s)/(12Lh)) (Narayanan et
  /// al. 2021, arXiv 2104.04473, equation 2) and the 2h of the final norm, which that form omits.
  public var parameterCount: Int { layerStack.sum(\.parameterCount) + endWeights }

  /// `parameterCount` as a floating-point number.
  public var totalParameters: Double { Double(parameterCount) }

  /// Parameters that one token meets: the routed experts it visits, everything else in full, both
  /// embeddings included.
  public var activeParameters: Double {
    Double(layerStack.sum(\.activeParameterCount) + endWeights)
  }

  /// Weights that are looked up and not multiplied: input embedding (a tied one is the head and does
  /// not count), learned positions, embeddings per layer.
  private var lookedUpWeights: Int {
    (tiedEmbeddings ? 0 : embeddingWeights) + positionWeights + otherEmbeddingWeights
  }

  private var positionWeights: Int { Saturating.product(learnedPositions, hiddenSize) }

  /// Parameters outside the layers.
  var endWeights: Int {
    embeddingWeights + headWeights + positionWeights + otherEmbeddingWeights + otherMatrixWeights
      + endVectorWeights
  }

  /// As `activeParameters`, without the input embedding and the learned positions, which are looked
  /// up and not multiplied. A tied embedding stays: it is the head.
  public var activeParametersWithoutInputEmbedding: Double {
    activeParameters - Double(lookedUpWeights)
  }

  /// Active weights that multiply activations as matrices: attention, feed-forward blocks, the
  /// experts a token visits, routers and the output head (tied or not); not the input embedding,
  /// norms, biases, nor the modules that predict further tokens.
  public var matmulWeightsPerToken: Double {
    Double(layerStack.sum(\.matmulWeightsPerToken) + embeddingWeights + otherMatrixWeights)
  }

  /// The layer that a module for a further token repeats: of the kind the model ends with, a mixture
  /// where there is any, and seeing the whole sequence.
  var predictionLayer: ModelLayer? {
    let mixtures = layerStack.runs.last { $0.layer.mixture != nil }?.layer
    var layer = mixtures ?? layerStack.last
    switch layer?.attention?.scope {
    case .sliding, .chunked: layer?.attention?.scope = .full
    default: break
    }
    return layer
  }

  /// Weights of the modules that predict further tokens: each is one layer, a projection of 2h to h
  /// and its norms; embedding and head are shared with the model (DeepSeek-V3, arXiv 2412.19437,
  /// section 2.2; recalled (unverified)).
  public var multiTokenPredictionWeights: Int {
    let projection = 2 * hiddenSize * hiddenSize + 3 * hiddenSize
    return multiTokenPredictionDepth * ((predictionLayer?.parameterCount ?? 0) + projection)
  }
}
