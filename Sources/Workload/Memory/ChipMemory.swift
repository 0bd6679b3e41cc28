/// How a training run is laid out, as far as memory depends on it. All degrees are at least 1.
public struct MemoryQuestion: Hashable, Sendable {
  /// Tokens per sequence.
  public var sequenceLength: Int
  /// Sequences per micro-batch.
  public var microBatch: Int
  /// Micro-batches per step and replica.
  public var microBatches: Int
  public var tensorParallel: Int
  public var pipelineStages: Int
  /// Virtual stages per pipeline rank.
  public var virtualStages: Int
  public var contextParallel: Int
  /// Chips, of the data-, context- and tensor-parallel ones of a stage, among which experts divide.
  public var expertParallel: Int
  public var dataParallel: Int
  public var sharding: StateSharding
  public var stateBytes: StateBytes
  public var recompute: ActivationRecompute
  /// The busiest chip's routed tokens over the mean, at least 1.
  public var expertImbalance: Double

  public init(
    sequenceLength: Int, microBatch: Int = 1, microBatches: Int = 1, tensorParallel: Int = 1,
    pipelineStages: Int = 1, virtualStages: Int = 1, contextParallel: Int = 1,
    expertParallel: Int = 1, dataParallel: Int = 1, sharding: StateSharding = .optimizer,
    stateBytes: StateBytes = .mixedPrecisionAdam, recompute: ActivationRecompute = .none,
    expertImbalance: Double = 1
  ) {
    self.sequenceLength = sequenceLength
    self.microBatch = microBatch
    self.microBatches = microBatches
    self.tensorParallel = tensorParallel
    self.pipelineStages = pipelineStages
    self.virtualStages = virtualStages
    self.contextParallel = contextParallel
    self.expertParallel = expertParallel
    self.dataParallel = dataParallel
    self.sharding = sharding
    self.stateBytes = stateBytes
    self.recompute = recompute
    self.expertImbalance = expertImbalance
  }
}

/// Bytes that a run takes on the fullest chip, by what takes them. Buffers of the communication
/// library, the runtime and fragmentation come on top, as a reserve that the caller chooses.
public struct ChipMemory: Hashable, Sendable {
  /// Weights, gradients and optimiser states kept throughout.
  public var stateBytes: Double
  /// Weights of two layers gathered for use when weights are divided among replicas.
  public var gatheredWeightBytes: Double
  /// Activations kept for the backward pass.
  public var activationBytes: Double
  /// Logits in 32 bits and a 16-bit copy, on the stage that has the head.
  public var logitBytes: Double

  public var totalBytes: Double {
    stateBytes + gatheredWeightBytes + activationBytes + logitBytes
  }
}

extension TransformerArchitecture {
  /// Memory of the fullest chip of a run.
  ///
  /// States are those of the heaviest stage. Activations are those of the first stage, which keeps
  /// the most micro-batches, or those of the last with its logits, whichever takes more; the result
  /// can be a little above the truth where the heaviest stage is another. Activations divide by the
  /// tensor-parallel degree (with sequence parallelism) and by the context-parallel degree.
  public func memoryPerChip(_ question: MemoryQuestion) -> ChipMemory {
    let stage = heaviestStage(
      pipelineStages: question.pipelineStages, tensorParallel: question.tensorParallel,
      expertParallel: question.expertParallel)
    let activations = stageActivationBytes(question)
    let tokens: Double = localTokens(question)
    let logits: Double = 6 * tokens * Double(vocabulary)
    // The last stage keeps one micro-batch where the first keeps a whole pipeline's worth.
    let lastStage: Double = activations.perMicroBatch + logits
    let first = activations.perMicroBatch * activations.inFlight + activations.transient
    let isAlone = question.pipelineStages <= 1
    let headCounts = isAlone || lastStage > first
    let kept: Double = headCounts && !isAlone ? activations.perMicroBatch : first
    return ChipMemory(
      stateBytes: residentStateBytes(stage, question),
      gatheredWeightBytes: gatheredWeightBytes(question), activationBytes: kept,
      logitBytes: headCounts ? logits : 0)
  }

  /// Tokens of one micro-batch on one chip, as far as activations divide.
  private func localTokens(_ question: MemoryQuestion) -> Double {
    let tokens: Double = Double(question.sequenceLength) * Double(question.microBatch)
    return tokens / Double(max(1, question.tensorParallel) * max(1, question.contextParallel))
  }

  /// Activations of one micro-batch on a stage, how many micro-batches are in flight, and what one
  /// layer under recomputation takes besides.
  private func stageActivationBytes(
    _ question: MemoryQuestion
  ) -> (perMicroBatch: Double, inFlight: Double, transient: Double) {
    let tokens = localTokens(question)
    let perToken = activationBytesPerToken(
      layers: layersPerStage(pipelineStages: question.pipelineStages),
      recompute: question.recompute, imbalance: question.expertImbalance)
    let inFlight = PipelineMemory.microBatchesInFlight(
      pipelineStages: question.pipelineStages, virtualStages: question.virtualStages,
      microBatches: question.microBatches)
    let oneLayer = activationBytesPerToken(
      layers: 1, recompute: .none, imbalance: question.expertImbalance)
    return (tokens * perToken, inFlight, question.recompute == .full ? tokens * oneLayer : 0)
  }

  private func residentStateBytes(
    _ stage: StageParameters, _ question: MemoryQuestion
  ) -> Double {
    let replicas = max(1, question.dataParallel) * max(1, question.contextParallel)
    // Experts have as many copies as the stage's chips leave after dividing them.
    let stageChips = replicas * max(1, question.tensorParallel)
    let expertReplicas = max(1, stageChips / max(1, question.expertParallel))
    let shared = question.stateBytes.perParameter(sharding: question.sharding, group: replicas)
    let expert = question.stateBytes.perParameter(
      sharding: question.sharding, group: expertReplicas)
    return stage.shared * shared + stage.experts * expert
  }

  private func gatheredWeightBytes(_ question: MemoryQuestion) -> Double {
    let stageLayers = layersPerStage(pipelineStages: question.pipelineStages)
    guard question.sharding == .weights else { return 0 }
    let stage = heaviestStage(
      pipelineStages: layers, tensorParallel: question.tensorParallel,
      expertParallel: question.expertParallel)
    // One layer with no embedding.
    let ends: Double = Double(embeddingWeights) / Double(max(1, question.tensorParallel))
    let layer: Double = stage.total - ends
    return Double(min(2, stageLayers)) * layer * question.stateBytes.weights
  }
}
