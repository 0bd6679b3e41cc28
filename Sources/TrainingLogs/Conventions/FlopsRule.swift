import Workload

/// By what rule a framework counts the operations of training a token.
///
/// Found by running each framework's own counter on published shapes (November 2026); where a rule is
/// wrong for a kind of model there is no count, since what such a log says can't be undone.
public struct FlopsRule: Sendable {
  /// What becomes of a layer's window.
  enum Windows: Sendable {
    case honoured, ignored
    /// Half a window of keys, as if the whole sequence were no longer than it.
    case half
  }

  var attention = AttentionFlopsConvention.causal
  var windows = Windows.honoured
  /// Whether routers' products count.
  var countsRouters = true
  /// Whether the embedding look-up counts as a product.
  var countsLookUp = false
  /// Whether norms and biases count at 6 operations a weight.
  var countsVectors = false
  /// What the vocabulary is padded to a multiple of.
  var vocabularyMultiple = 1
  /// Whether mixtures are counted right.
  var knowsMixtures = true
  /// Whether layers without softmax attention are counted.
  var knowsRecurrences = false
  /// Shared experts beside latent attention count as one, whatever their number.
  var countsOneSharedExpert = false
  /// Width of a head is taken as hidden size over heads.
  var dividesHeads = false
  /// In words, for those who read the answer.
  public var words =
    "causal half of attention, head counted, embedding look-up and recomputation not"

  /// The rule that this program counts by itself.
  public static let own = FlopsRule(knowsRecurrences: true)

  /// Operations per token, forward and backward; nil where the framework counts such a model wrongly.
  public func flopsPerToken(_ model: TransformerArchitecture, sequenceLength: Int) -> Double? {
    let kinds = model.layerStack.kinds
    if !knowsMixtures && kinds.contains(where: { $0.layer.mixture != nil }) { return nil }
    if !knowsRecurrences && kinds.contains(where: { $0.layer.recurrence != nil }) { return nil }
    if kinds.contains(where: { !isKnown($0.layer.attention?.scope) }) { return nil }
    let layers = model.layerStack.total { weights(of: $0, in: model) }
    let padded =
      (model.vocabulary + vocabularyMultiple - 1) / vocabularyMultiple * vocabularyMultiple
    let head = Double(padded) * Double(model.embeddingWidth)
    let look = countsLookUp ? Double(model.vocabulary) * Double(model.embeddingWidth) : 0
    let ends: Double =
      head + look + Double(model.otherMatrixWeights)
      + (countsVectors ? Double(model.endVectorWeights) : 0)
    let recurrences = model.layerStack.total { $0.recurrence?.flopsPerToken ?? 0 }
    let core = model.layerStack.total { attentionFlops($0, model, sequenceLength) }
    return 6 * (layers + ends) + recurrences + core
  }

  /// No framework's count of attention to chosen keys was measured.
  private func isKnown(_ scope: AttentionScope?) -> Bool {
    switch scope {
    case nil, .full, .sliding, .chunked: true
    case .sparse, .compressed: knowsRecurrences
    }
  }

  private func weights(of layer: ModelLayer, in model: TransformerArchitecture) -> Double {
    var weights = Double(layer.matmulWeightsPerToken)
    if countsVectors { weights += Double(layer.vectorWeights) }
    guard let mixture = layer.mixture else { return weights }
    if !countsRouters { weights -= Double(layer.hiddenSize) * Double(mixture.experts) }
    if countsOneSharedExpert, layer.attention?.latent != nil, mixture.sharedExperts > 1 {
      weights -= Double(mixture.sharedExperts - 1) * Double(layer.expertWeights)
    }
    return weights
  }

  private func attentionFlops(
    _ layer: ModelLayer, _ model: TransformerArchitecture, _ sequenceLength: Int
  ) -> Double {
    guard var attention = layer.attention else { return 0 }
    let whole = Double(sequenceLength)
    if dividesHeads {
      let width = model.hiddenSize / max(1, attention.heads)
      (attention.queryKeyDimension, attention.valueDimension) = (width, width)
    }
    switch (windows, attention.scope) {
    case (.ignored, .sliding), (.ignored, .chunked): attention.scope = .full
    case (.half, .sliding(let window)), (.half, .chunked(let window)):
      let keys = min(Double(window), whole) / 2
      let width = Double(attention.queryKeyDimension + attention.valueDimension)
      return 6 * keys * Double(attention.heads) * width
    default: break
    }
    return attention.flopsPerToken(sequenceLength: sequenceLength, convention: self.attention)
  }
}

/// NeMo AutoModel's formula for model classes that it has none of their own for: two feed-forward
/// matrices, heads of hidden size over heads, of a mixture's layers half dense, no shared experts.
enum GenericFormula {
  /// Families without a formula of their own, as their names begin or contain.
  static func applies(to name: String) -> Bool {
    let name = name.lowercased()
    let unlisted = [
      "mistral", "mixtral", "phi", "olmo", "gemma", "seed-oss", "qwen2-57b", "qwen1.5-moe",
      "llama-4", "llama4",
    ]
    return unlisted.contains { name.contains($0) }
  }

  static func flopsPerToken(_ model: TransformerArchitecture, sequenceLength: Int) -> Double? {
    guard let attention = model.mainAttention,
      model.layerStack.count(where: { $0.recurrence != nil }) == 0
    else { return nil }
    let (hidden, layers) = (Double(model.hiddenSize), Double(model.layers))
    let width = hidden / Double(max(1, attention.heads))
    let projections: Double =
      2 * hidden * hidden + 2 * hidden * width * Double(attention.keyValueHeads)
    let mixture = model.mixtureOfExperts
    let dense = Double(mixture?.expertFeedForwardSize ?? model.feedForwardSize)
    let visits: Double = mixture.map { (1 + Double($0.expertsPerToken)) / 2 } ?? 1
    let feedForward: Double = 2 * hidden * dense * visits
    let head = Double(model.vocabulary) * hidden
    let core: Double = 6 * Double(sequenceLength) * layers * hidden
    return 6 * (layers * (projections + feedForward) + head) + core
  }
}
