/// A dense shape for a number of parameters, when only the number is known.
extension TransformerArchitecture {
  /// Sizes for which `defaultShape` comes within 1%; others are taken to the nearer end.
  public static let defaultShapeRange: ClosedRange<Double> = 1e8...1e13

  /// A dense model of about so many parameters: grouped attention with 8 key and value heads (fewer
  /// where the query heads do not divide by 8), heads 128 wide (64 below a width of 1024), a gated
  /// feed-forward block about 3.5 times as wide as the model, a vocabulary of 128,256, an untied
  /// head, width about 128 times the layers from 32 layers on. These are the proportions of Llama 3
  /// (arXiv 2407.21783, table 3).
  ///
  /// - Parameter parameters: the total asked for, in `defaultShapeRange`.
  /// - Returns: a shape whose count is within 1% of that, and never falls as the total rises.
  public static func defaultShape(parameters: Double) -> TransformerArchitecture {
    let range = defaultShapeRange
    let wanted = parameters >= range.lowerBound ? min(parameters, range.upperBound) : 1e8
    let rungs = DefaultShapeLadder.rungs
    var low = 0
    var high = rungs.count - 1
    while high - low > 1 {
      let middle = (low + high) / 2
      if rungs[middle].totalParameters <= wanted { low = middle } else { high = middle }
    }
    let below = wanted - rungs[low].totalParameters
    return below <= rungs[high].totalParameters - wanted ? rungs[low] : rungs[high]
  }
}

/// The shapes that `defaultShape` chooses from, in order of size; choosing the nearest of a sorted
/// list is what makes the count rise with the number asked for.
private enum DefaultShapeLadder {
  private static let vocabulary = 128_256

  static let rungs: [TransformerArchitecture] = {
    var shapes: [TransformerArchitecture] = []
    var wanted = 0.98e8
    while wanted < 1.02e13 {
      shapes.append(shape(near: wanted))
      wanted *= 1.004
    }
    return shapes.sorted { $0.parameterCount < $1.parameterCount }
  }()

  /// Widths, each a whole number of heads.
  private static let widths: [Int] = {
    let small = [256, 320, 384, 448, 512, 640, 768, 896, 1024, 1280, 1536, 2048, 2560, 3072]
    let middle = Array(stride(from: 4096, to: 16384, by: 1024))
    let large = Array(stride(from: 16384, to: 32768, by: 2048))
    return small + middle + large + Array(stride(from: 32768, through: 65536, by: 4096))
  }()

  /// Layers in proportion to the width; narrow models are deeper for their width.
  private static func usualLayers(_ width: Int) -> Double {
    width >= 4096 ? Double(width) / 128 : 8 + Double(width) * 24 / 4096
  }

  /// Parameters of one layer whose feed-forward block is 3.5 times as wide as the model.
  private static func usualLayerWeights(_ width: Int) -> Double {
    let attention: Double = 2 * Double(width * width) + 2 * Double(width * keyValueWidth(width))
    return attention + 10.5 * Double(width * width)
  }

  private static func usualSize(_ width: Int) -> Double {
    usualLayers(width) * usualLayerWeights(width) + Double(2 * vocabulary * width)
  }

  private static func headDimension(_ width: Int) -> Int { width < 1024 ? 64 : 128 }

  private static func keyValueHeads(_ width: Int) -> Int {
    let heads = width / headDimension(width)
    return (1...8).last { heads % $0 == 0 } ?? 1
  }

  private static func keyValueWidth(_ width: Int) -> Int {
    keyValueHeads(width) * headDimension(width)
  }

  /// The usual width for a size, then layers, then the feed-forward width that meets the size.
  private static func shape(near wanted: Double) -> TransformerArchitecture {
    var width = widths[0]
    for (narrow, wide) in zip(widths, widths.dropFirst()) {
      guard wanted * wanted >= usualSize(narrow) * usualSize(wide) else { break }
      width = wide
    }
    let ends = Double(2 * vocabulary * width + width)
    let exactLayers: Double = (wanted - ends) / usualLayerWeights(width)
    let layerStep = exactLayers >= 64 ? 4.0 : exactLayers >= 24 ? 2.0 : 1.0
    let layers = max(1, Int((exactLayers / layerStep).rounded() * layerStep))
    func shape(feedForwardSize: Int) -> TransformerArchitecture {
      TransformerArchitecture(
        name: "dense", layers: layers, hiddenSize: width,
        attentionHeads: width / headDimension(width), keyValueHeads: keyValueHeads(width),
        headDimension: headDimension(width), feedForwardSize: feedForwardSize,
        vocabulary: vocabulary)
    }
    let missing: Double = wanted - shape(feedForwardSize: 0).totalParameters
    let exactSize: Double = missing / Double(3 * width * layers)
    let sizeStep = width >= 8192 ? 256.0 : width >= 4096 ? 128.0 : 64.0
    return shape(feedForwardSize: max(64, Int((exactSize / sizeStep).rounded() * sizeStep)))
  }
}
