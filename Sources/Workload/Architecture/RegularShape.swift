/// Shapes whose layers differ only by rule: every k-th sees the whole sequence, the first are dense.
extension TransformerArchitecture {
  /// - Parameters:
  ///   - layers: how many layers there are.
  ///   - attentionHeads: query heads.
  ///   - keyValueHeads: key and value heads.
  ///   - headDimension: width of one head.
  ///   - feedForwardSize: width of the plain feed-forward block.
  ///   - leadingDenseLayers: layers at the start that hold a plain block before mixtures begin.
  ///   - mixtureInterleave: of the layers after those, every k-th is a mixture; 1 means all.
  ///   - hasBiases: whether matrices and norms carry biases, as in GPT-2 and GPT-3.
  ///   - queryKeyNorm: whether queries and keys are normalised per head.
  ///   - slidingWindow: keys that a query of a local layer sees; nil when every layer sees all.
  ///   - chunkedAttention: whether local layers see their chunk of that size instead of a window.
  ///   - globalAttentionEvery: with a window, every k-th layer sees all; 0 when none does.
  public init(
    name: String, layers: Int, hiddenSize: Int, attentionHeads: Int, keyValueHeads: Int,
    headDimension: Int, feedForwardSize: Int, gatedFeedForward: Bool = true, vocabulary: Int,
    tiedEmbeddings: Bool = false, latentAttention: LatentAttention? = nil,
    mixtureOfExperts: MixtureOfExperts? = nil, leadingDenseLayers: Int = 0,
    mixtureInterleave: Int = 1, learnedPositions: Int = 0, hasBiases: Bool = false,
    queryKeyNorm: Bool = false, slidingWindow: Int? = nil, chunkedAttention: Bool = false,
    globalAttentionEvery: Int = 0, multiTokenPredictionDepth: Int = 0
  ) {
    let local = slidingWindow.map {
      chunkedAttention ? AttentionScope.chunked(chunk: $0) : .sliding(window: $0)
    }
    var block = ModelLayer(hiddenSize: hiddenSize, gatedFeedForward: gatedFeedForward)
    block.vectorWeights = (hasBiases ? 4 : 2) * hiddenSize + (queryKeyNorm ? 2 * headDimension : 0)
    if hasBiases {
      let attention = (attentionHeads + 2 * keyValueHeads) * headDimension + hiddenSize
      let matrices = block.feedForwardMatrices
      block.vectorWeights += attention + (matrices - 1) * feedForwardSize + hiddenSize
    }
    block.vectorWeights += latentAttention?.normWeights ?? 0
    func layer(_ index: Int) -> ModelLayer {
      var layer = block
      let isGlobal = globalAttentionEvery > 0 && (index + 1).isMultiple(of: globalAttentionEvery)
      let scope = isGlobal ? .full : local ?? .full
      layer.attention =
        latentAttention.map {
          Attention(scope: scope, hiddenSize: hiddenSize, heads: attentionHeads, latent: $0)
        }
        ?? Attention(
          scope: scope, hiddenSize: hiddenSize, heads: attentionHeads,
          keyValueHeads: keyValueHeads, headDimension: headDimension)
      layer.feedForward = .dense(width: feedForwardSize)
      let place = index - leadingDenseLayers + 1
      if let mixtureOfExperts, mixtureInterleave > 0, place > 0,
        place.isMultiple(of: mixtureInterleave)
      {
        layer.feedForward = .mixture(mixtureOfExperts)
      }
      return layer
    }
    let isOneKind = mixtureOfExperts == nil && (local == nil || globalAttentionEvery == 0)
    let stack =
      isOneKind
      ? LayerStack([LayerRun(layer(0), count: layers)])
      : LayerStack(layers: (0..<layers).map(layer))
    self.init(
      name: name, hiddenSize: hiddenSize, layerStack: stack, vocabulary: vocabulary,
      tiedEmbeddings: tiedEmbeddings, learnedPositions: learnedPositions,
      endVectorWeights: (hasBiases ? 2 : 1) * hiddenSize,
      multiTokenPredictionDepth: multiTokenPredictionDepth)
  }
}
