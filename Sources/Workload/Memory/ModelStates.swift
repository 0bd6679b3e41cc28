/// How weights, gradients and optimiser states are divided among the chips that hold the same part
/// of a model (ZeRO, Rajbhandari et al. 2020, arXiv 1910.02054). The raw value is the ZeRO stage.
public enum StateSharding: Int, CaseIterable, Hashable, Sendable {
  /// Every chip holds all.
  case replicated = 0
  /// Optimiser states divided; Megatron's distributed optimiser.
  case optimizer = 1
  /// Gradients divided too.
  case gradients = 2
  /// Weights divided too, gathered layer by layer: fully sharded data parallelism.
  case weights = 3
}

/// Bytes that training keeps per parameter.
public struct StateBytes: Hashable, Sendable {
  public var weights: Double
  public var gradients: Double
  /// Master copy of the weights, if any, and the optimiser's moments.
  public var optimizer: Double

  public init(weights: Double, gradients: Double, optimizer: Double) {
    self.weights = weights
    self.gradients = gradients
    self.optimizer = optimizer
  }

  /// 16-bit weights and gradients, 32-bit master weights and two 32-bit moments: 16 bytes (ZeRO,
  /// arXiv 1910.02054, section 3.1).
  public static let mixedPrecisionAdam = StateBytes(weights: 2, gradients: 2, optimizer: 12)
  /// The same with 32-bit gradients: 18 bytes (Megatron-LM).
  public static let megatron = StateBytes(weights: 2, gradients: 4, optimizer: 12)
  /// 16-bit weights, two 32-bit moments, no master copy, gradients consumed as they appear: 10
  /// bytes ("How to Scale Your Model", training chapter).
  public static let withoutMasterWeights = StateBytes(weights: 2, gradients: 0, optimizer: 8)

  /// Bytes per parameter on one chip of a group among which the states are divided.
  ///
  /// - Parameter group: chips in the group, at least 1.
  public func perParameter(sharding: StateSharding, group: Int) -> Double {
    let share = 1 / Double(max(1, group))
    let stage = sharding.rawValue
    let kept: Double = (stage >= 3 ? share : 1) * weights
    let gradientBytes: Double = (stage >= 2 ? share : 1) * gradients
    return kept + gradientBytes + (stage >= 1 ? share : 1) * optimizer
  }
}

/// Parameters that one chip of the heaviest pipeline stage holds before any division among replicas.
public struct StageParameters: Hashable, Sendable {
  /// All but routed experts; replicated over the data-parallel group.
  public var shared: Double
  /// Routed experts; replicated over fewer chips, since expert parallelism divides the group.
  public var experts: Double

  public var total: Double { shared + experts }
}

extension TransformerArchitecture {
  /// Layers of the heaviest pipeline stage, stages as even as they can be.
  public func layersPerStage(pipelineStages: Int) -> Int {
    let stages = max(1, pipelineStages)
    return (layers + stages - 1) / stages
  }

  /// Parameters per chip on the heaviest stage: its layers and, on one stage, both embeddings,
  /// else one of them.
  ///
  /// Matrices divide by the tensor-parallel degree; norms and routers are on every chip; routed
  /// experts divide by the expert-parallel degree only (Megatron-LM's placement with expert tensor
  /// parallelism of 1). Degrees are at least 1.
  public func heaviestStage(
    pipelineStages: Int, tensorParallel: Int, expertParallel: Int
  ) -> StageParameters {
    let stageLayers = layersPerStage(pipelineStages: pipelineStages)
    let tensor = Double(max(1, tensorParallel))
    let expert = Double(max(1, expertParallel))
    let stage = layerStack.heaviest(stageLayers) { layer in
      let routed = layer.routedWeights
      return Double(layer.dividedWeights) / tensor + Double(layer.replicatedWeights)
        + Double(routed) / expert
    }
    let sums = LayerStack(stage)
    let ends = (pipelineStages <= 1 ? headWeights : 0) + embeddingWeights + otherMatrixWeights
    let divided = sums.sum(\.dividedWeights) + ends
    let positions = learnedPositions * hiddenSize + otherEmbeddingWeights + endVectorWeights
    let replicated = sums.sum(\.replicatedWeights) + positions
    return StageParameters(
      shared: Double(divided) / tensor + Double(replicated),
      experts: Double(sums.sum(\.routedWeights)) / expert)
  }
}

/// How a layer's parameters are placed on the chips of a stage.
extension ModelLayer {
  /// Matrices that tensor parallelism divides.
  var dividedWeights: Int {
    mixerWeights + denseFeedForwardWeights + sharedExpertWeights + otherMatrixWeights
  }

  /// Norms, biases and routers, held by every chip.
  var replicatedWeights: Int { vectorWeights + routerWeights }

  /// Routed experts, which expert parallelism divides.
  var routedWeights: Int { parameterCount - dividedWeights - replicatedWeights }
}
