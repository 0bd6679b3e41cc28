/// Parameter counts, exact. Formulas per layer: Vaswani et al. 2017 (arXiv 1706.03762) for
/// attention and feed-forward, DeepSeek-V2 (arXiv 2405.04434) for latent attention. Modules that
/// predict further tokens are left out, as in published sizes; see
/// `multiTokenPredictionWeights`.
extension TransformerArchitecture {
  /// Mixture layers of the model.
  public var mixtureLayers: Int {
    guard let mixture = mixtureOfExperts, mixture.interleave > 0 else { return 0 }
    return max(0, layers - mixture.denseLayers) / mixture.interleave
  }

  /// Layers with a plain feed-forward block.
  public var denseLayers: Int { layers - mixtureLayers }

  /// Weights of one layer's attention block, the norms inside latent attention included, biases
  /// not.
  public var attentionWeightsPerLayer: Int {
    guard let latent = latentAttention else {
      let queriesAndOutput = 2 * hiddenSize * attentionHeads * headDimension
      return queriesAndOutput + 2 * hiddenSize * keyValueHeads * headDimension
    }
    let queryWidth = attentionHeads * (latent.nopeHeadDimension + latent.ropeHeadDimension)
    let queries =
      latent.queryRank > 0
      ? hiddenSize * latent.queryRank + latent.queryRank * queryWidth : hiddenSize * queryWidth
    let down = hiddenSize * (latent.keyValueRank + latent.ropeHeadDimension)
    let up =
      latent.keyValueRank * attentionHeads
      * (latent.nopeHeadDimension + latent.valueHeadDimension)
    let output = attentionHeads * latent.valueHeadDimension * hiddenSize
    return queries + down + up + output + latentNormWeights
  }

  /// Weights of the two norms inside latent attention, which multiply no activations as matrices.
  private var latentNormWeights: Int {
    latentAttention.map { $0.queryRank + $0.keyValueRank } ?? 0
  }

  private var feedForwardMatrices: Int { gatedFeedForward ? 3 : 2 }

  /// Weights of one plain feed-forward block, biases not included.
  public var denseFeedForwardWeights: Int { feedForwardMatrices * hiddenSize * feedForwardSize }

  /// Weights of one expert, 0 in a dense model.
  public var expertWeights: Int {
    guard let mixture = mixtureOfExperts else { return 0 }
    return feedForwardMatrices * hiddenSize * mixture.expertFeedForwardSize
  }

  /// Weights of one mixture layer's router, the selection bias included; 0 in a dense model.
  public var routerWeights: Int {
    guard let mixture = mixtureOfExperts else { return 0 }
    return hiddenSize * mixture.experts + (mixture.selectionBias ? mixture.experts : 0)
  }

  /// Weights of the input embedding of tokens; an untied output head has as many again.
  public var embeddingWeights: Int { vocabulary * hiddenSize }

  /// Weights of the output head that are not the embedding's: 0 when tied.
  public var headWeights: Int { tiedEmbeddings ? 0 : embeddingWeights }

  /// Norms and biases of one layer: with biases 4h for two layer norms, the biases of attention
  /// and of the feed-forward block (13h in the GPT shape); without, 2h.
  public var normAndBiasWeightsPerLayer: Int {
    let headNorms = queryKeyNorm ? 2 * headDimension : 0
    guard hasBiases else { return 2 * hiddenSize + headNorms }
    let attention = (attentionHeads + 2 * keyValueHeads) * headDimension + hiddenSize
    let feedForward = (feedForwardMatrices - 1) * feedForwardSize + hiddenSize
    return 4 * hiddenSize + headNorms + attention + feedForward
  }

  /// Weights of the norm before the output head.
  public var finalNormWeights: Int { hasBiases ? 2 * hiddenSize : hiddenSize }

  /// All parameters. For the GPT shape this is 12Lh²(1 + 13/(12h) + (V+s)/(12Lh)) (Narayanan et
  /// al. 2021, arXiv 2104.04473, equation 2) and the 2h of the final norm, which that form omits.
  public var parameterCount: Int { count(expertsPerLayer: mixtureOfExperts?.experts ?? 0) }

  /// `parameterCount` as a floating-point number.
  public var totalParameters: Double { Double(parameterCount) }

  /// Parameters that one token meets: the routed experts it visits, everything else in full, both
  /// embeddings included.
  public var activeParameters: Double {
    Double(count(expertsPerLayer: mixtureOfExperts?.expertsPerToken ?? 0))
  }

  /// As `activeParameters`, without the input embedding and the learned positions, which are looked
  /// up and not multiplied. A tied embedding stays: it is the head.
  public var activeParametersWithoutInputEmbedding: Double {
    let lookedUp = (tiedEmbeddings ? 0 : embeddingWeights) + learnedPositions * hiddenSize
    return activeParameters - Double(lookedUp)
  }

  private func count(expertsPerLayer: Int) -> Int {
    let everyLayer = attentionWeightsPerLayer + normAndBiasWeightsPerLayer
    let dense = denseLayers * denseFeedForwardWeights
    let shared = mixtureOfExperts?.sharedExperts ?? 0
    let mixtureLayer = (expertsPerLayer + shared) * expertWeights + routerWeights
    let ends = embeddingWeights + headWeights + learnedPositions * hiddenSize
    return layers * everyLayer + dense + mixtureLayers * mixtureLayer + finalNormWeights + ends
  }

  /// Active weights that multiply activations as matrices: attention, feed-forward blocks, the
  /// experts a token visits, routers and the output head (tied or not); not the input embedding,
  /// norms, biases, nor the modules that predict further tokens.
  public var matmulWeightsPerToken: Double {
    let attention = layers * (attentionWeightsPerLayer - latentNormWeights)
    let dense = denseLayers * denseFeedForwardWeights
    let visited = mixtureOfExperts.map { $0.expertsPerToken + $0.sharedExperts } ?? 0
    let router = hiddenSize * (mixtureOfExperts?.experts ?? 0)
    let mixture = mixtureLayers * (visited * expertWeights + router)
    return Double(attention + dense + mixture + embeddingWeights)
  }

  /// Active matrix weights of one more layer of the kind the model ends with: a mixture layer where
  /// there are any.
  var lastLayerMatmulWeights: Double {
    let attention = attentionWeightsPerLayer - latentNormWeights
    guard let mixture = mixtureOfExperts, mixtureLayers > 0 else {
      return Double(attention + denseFeedForwardWeights)
    }
    let visited = mixture.expertsPerToken + mixture.sharedExperts
    return Double(attention + visited * expertWeights + hiddenSize * mixture.experts)
  }

  /// Weights of the modules that predict further tokens: each is one layer, a projection of 2h to h
  /// and its norms; embedding and head are shared with the model (DeepSeek-V3, arXiv 2412.19437,
  /// section 2.2; recalled (unverified)).
  public var multiTokenPredictionWeights: Int {
    let routed = mixtureOfExperts.map { $0.experts + $0.sharedExperts } ?? 0
    let block =
      mixtureLayers > 0 ? routed * expertWeights + routerWeights : denseFeedForwardWeights
    let layer = attentionWeightsPerLayer + normAndBiasWeightsPerLayer + block
    let projection = 2 * hiddenSize * hiddenSize + 3 * hiddenSize
    return multiTokenPredictionDepth * (layer + projection)
  }
}
