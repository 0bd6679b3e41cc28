/// A part of a published model that its language model's figures leave out, such as a vision tower.
public struct ModelPart: Hashable, Sendable {
  /// What it is, in words.
  public var name: String
  /// Its parameters; nil when its layout is not known.
  public var parameters: Int?

  public init(name: String, parameters: Int?) {
    self.name = name
    self.parameters = parameters
  }
}

/// The shape of a decoder-only language model: all that its parameters, its operations and its
/// memory follow from.
///
/// Layers are a list of kinds, so that hybrids of attention and state spaces, of windows and whole
/// sequences, of dense blocks and mixtures are all told alike:
///
///     for run in architecture.layerStack.kinds {
///       print(run.count, run.layer.kindName, run.layer.parameterCount)
///     }
public struct TransformerArchitecture: Hashable, Sendable {
  public var name: String
  public var hiddenSize: Int
  public var layerStack: LayerStack
  public var vocabulary: Int
  /// Width of the embedding of tokens; the model's own except where a projection follows (OPT 350M).
  public var embeddingWidth: Int
  /// Whether the output head is the input embedding.
  public var tiedEmbeddings: Bool
  /// Positions with a learned embedding; 0 when there are none.
  public var learnedPositions: Int
  /// Further tables that are looked up and not multiplied (embeddings per layer of Gemma 3n).
  public var otherEmbeddingWeights: Int
  /// Matrices outside the layers that every token meets, embedding and head not counted.
  public var otherMatrixWeights: Int
  /// Norms and biases outside the layers.
  public var endVectorWeights: Int
  /// Further tokens predicted at each position by extra layers (DeepSeek-V3); 0 when none.
  public var multiTokenPredictionDepth: Int
  /// The longest sequence the configuration allows; nil when it states none. Pretraining often used
  /// shorter ones.
  public var maximumPositions: Int?
  /// Parts of the published model that none of these figures count.
  public var partsLeftOut: [ModelPart]

  public init(
    name: String, hiddenSize: Int, layerStack: LayerStack, vocabulary: Int,
    embeddingWidth: Int? = nil, tiedEmbeddings: Bool = false, learnedPositions: Int = 0,
    otherEmbeddingWeights: Int = 0, otherMatrixWeights: Int = 0, endVectorWeights: Int,
    multiTokenPredictionDepth: Int = 0, maximumPositions: Int? = nil,
    partsLeftOut: [ModelPart] = []
  ) {
    self.name = name
    self.hiddenSize = hiddenSize
    self.layerStack = layerStack
    self.vocabulary = vocabulary
    self.embeddingWidth = embeddingWidth ?? hiddenSize
    self.tiedEmbeddings = tiedEmbeddings
    self.learnedPositions = learnedPositions
    self.otherEmbeddingWeights = otherEmbeddingWeights
    self.otherMatrixWeights = otherMatrixWeights
    self.endVectorWeights = endVectorWeights
    self.multiTokenPredictionDepth = multiTokenPredictionDepth
    self.maximumPositions = maximumPositions
    self.partsLeftOut = partsLeftOut
  }
}
