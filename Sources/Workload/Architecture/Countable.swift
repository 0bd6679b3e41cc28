/// Guards the exact counts against sizes no model has.
extension TransformerArchitecture {
  /// Parameters beyond which a shape is refused: far over any model, far under what overflows.
  public static let mostParameters = 1e16

  /// Whether the exact counts can be taken: every count of a shape for which this is false stops
  /// short of the truth, so what reads shapes from files must ask first.
  public var isCountable: Bool {
    let modules = Double(multiTokenPredictionDepth) * Double(predictionLayer?.parameterCount ?? 0)
    let all: Double = layerStack.total { Double($0.parameterCount) } + modules
    return all + Double(endWeights) <= Self.mostParameters
  }
}
