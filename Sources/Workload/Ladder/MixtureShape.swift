/// A mixture of experts for a number of active parameters and their share of all.
extension TransformerArchitecture {
  /// The mixture that the field would make of so many active parameters: the rule behind the ladder's
  /// shapes, drawn through the mixtures published from 2024 to 2025.
  ///
  /// - Layers 42·(N/10B)^0.3·(16·share)^−0.1, even; width 3,900·(N/10B)^0.4·(16·share)^−0.1.
  /// - Grouped attention: heads 128 wide, as many as fill the width but in eights; 8 heads of keys and
  ///   values, 4 in models with fewer than 24 heads. Latent attention is the choice of one family.
  /// - 8 routed experts a token and one shared, as DeepSeek-V3, Kimi K2, GLM-4.5 and Ling-1T have;
  ///   experts' width makes the active parameters, their number the total.
  /// - The first layer is dense, in models of 48 layers and more the first three, and 9 experts wide.
  /// - Vocabulary 151,552, the middle of what these models have; embeddings tied below a width of 2,048.
  ///
  /// Experts come in fours, from 48 on in eights, from 128 on in sixteens, so that expert parallelism
  /// finds degrees; widths and heads divide for tensor parallelism.
  ///
  /// - Parameters:
  ///   - activeParameters: both embeddings counted, 1e8 to 1e12.
  ///   - share: of all parameters, 1/64 to 1/2.
  /// - Returns: a shape whose counts are about those asked for; nil where experts would be too few, too
  ///   many or too narrow.
  public static func mixture(
    activeParameters: Double, share: Double
  ) -> TransformerArchitecture? {
    guard (1e8...1e12).contains(activeParameters), (1.0 / 64...0.5).contains(share) else {
      return nil
    }
    let rule = MixtureShapeRule(activeParameters: activeParameters, share: share)
    return rule.shape
  }
}

/// The sizes of one mixture by the ladder's rule.
struct MixtureShapeRule {
  static let vocabulary = 151_552
  /// Routed experts that a token visits, and the shared one besides.
  static let expertsPerToken = 8
  static let visited = 9
  static let headDimension = 128
  private static let narrowest = 128

  let activeParameters: Double
  let share: Double

  /// Layers before rounding.
  var usualLayers: Double {
    42 * power(activeParameters / 1e10, 0.3) * power(16 * share, -0.1)
  }

  /// Width, in steps that tensor parallelism divides.
  var width: Int {
    let exact: Double = 3900 * power(activeParameters / 1e10, 0.4) * power(16 * share, -0.1)
    let step = exact < 2048 ? 128 : exact < 4096 ? 256 : exact < 8192 ? 512 : 1024
    return max(512, Int((exact / Double(step)).rounded()) * step)
  }

  private var heads: Int { max(8, Int((Double(width) / 1024).rounded()) * 8) }
  private var keyValueHeads: Int { heads < 24 ? 4 : 8 }

  /// Of the numbers of layers near the usual one, that which meets both counts best.
  var shape: TransformerArchitecture? {
    let low = Int((usualLayers * 0.93 / 2).rounded(.up)) * 2
    let high = max(low, Int(usualLayers * 1.07 / 2) * 2)
    var best: TransformerArchitecture?
    var least = Double.infinity
    for layers in stride(from: low, through: high, by: 2) {
      guard let shape = shape(layers: layers) else { continue }
      let active: Double = naturalLogarithm(shape.activeParameters / activeParameters)
      let total: Double = naturalLogarithm(shape.totalParameters * share / activeParameters)
      let miss: Double = active.magnitude + total.magnitude
      if miss < least { (best, least) = (shape, miss) }
    }
    return best
  }

  private func shape(layers: Int) -> TransformerArchitecture? {
    let width = width
    let denseLayers = layers < 48 ? 1 : 3
    let mixtures: Double = Double(layers - denseLayers)
    let isTied = width < 2048
    let attention = 2 * width * (heads + keyValueHeads) * Self.headDimension
    let ends = Self.vocabulary * width * (isTied ? 1 : 2)
    let fixed: Double = Double(layers * (attention + 2 * width) + ends + width)
    // Routers count with the number of experts, which follows from the experts' width.
    var experts = Double(Self.expertsPerToken) / share
    var expertWidth = 0
    for _ in 0..<3 {
      let routers: Double = mixtures * Double(width) * experts
      let perWidth: Double = Double(3 * Self.visited * width) * Double(layers)
      let exact: Double = (activeParameters - fixed - routers) / perWidth
      let step = exact < 1024 ? 32.0 : exact < 2048 ? 64.0 : 128.0
      expertWidth = Int((exact / step).rounded() * step)
      guard expertWidth >= Self.narrowest else { return nil }
      let more: Double = activeParameters / share - activeParameters
      let each: Double = mixtures * Double(3 * width * expertWidth)
      experts = Self.rounded(Double(Self.expertsPerToken) + more / each)
    }
    guard (16...512).contains(experts) else { return nil }
    return TransformerArchitecture(
      name: "mixture", layers: layers, hiddenSize: width, attentionHeads: heads,
      keyValueHeads: keyValueHeads, headDimension: Self.headDimension,
      feedForwardSize: Self.visited * expertWidth, vocabulary: Self.vocabulary,
      tiedEmbeddings: isTied,
      mixtureOfExperts: MixtureOfExperts(
        experts: Int(experts), expertsPerToken: Self.expertsPerToken, sharedExperts: 1,
        expertFeedForwardSize: expertWidth),
      leadingDenseLayers: denseLayers)
  }

  private static func rounded(_ experts: Double) -> Double {
    let step = experts < 48 ? 4.0 : experts < 128 ? 8.0 : 16.0
    return (experts / step).rounded() * step
  }
}
