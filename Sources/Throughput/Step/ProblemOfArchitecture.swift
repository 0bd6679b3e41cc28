import Workload

extension StepProblem {
  /// Takes the shape of an architecture. Where layers of one sort differ, their mean counts.
  init(
    architecture: TransformerArchitecture, sequenceLength: Int, globalBatchSequences: Int,
    precision: Precision
  ) {
    let depth = Double(architecture.multiTokenPredictionDepth)
    layers = Double(architecture.layers) + depth
    hidden = Double(architecture.hiddenSize)
    matrices = architecture.gatedFeedForward ? 3 : 2
    vocabulary = Double(architecture.vocabulary)
    outputHeads = 1 + depth
    expertInput = hidden
    sequence = Double(sequenceLength)
    batchTokens = Double(sequenceLength) * Double(globalBatchSequences)
    self.precision = precision
    parameters =
      architecture.totalParameters + Double(architecture.multiTokenPredictionWeights)
    let kinds = architecture.layerStack.kinds
    addAttention(kinds, main: architecture.mainAttention)
    addRecurrences(kinds)
    addFeedForward(
      kinds, first: architecture.mixtureOfExperts, of: architecture.name)
    expertWeights = Double(architecture.expertWeights)
    counts.attention += depth
    if counts.mixture > 0 {
      counts.mixture += depth
    } else if counts.dense > 0 {
      counts.dense += depth
    }
  }

  private mutating func addAttention(_ kinds: [LayerRun], main: Attention?) {
    guard let main else { return }
    heads = Double(main.heads)
    headWidth = Double(main.queryKeyDimension + main.valueDimension) / 2
    keyValueHeads = Double(main.keyValueHeads)
    if let latent = main.latent {
      hasLatentAttention = true
      // DeepSeek-V3 routes a token to at most 4 nodes (arXiv 2412.19437, section 2.1.2).
      mostDomains = 4
      keyValueHeads = Double(latent.keyValueRank + latent.ropeHeadDimension) / 128
    }
    var (weights, local, keys) = (0.0, 0.0, 0.0)
    for run in kinds {
      guard let attention = run.layer.attention else { continue }
      let count = Double(run.count)
      counts.attention += count
      let indexed = attention.indexer?.projectionWeights ?? 0
      weights += count * Double(attention.projectionWeights + indexed)
      if attention.scope != .full {
        local += count
        keys += count * Self.keys(attention, sequence: Int(sequence))
      }
    }
    attentionWeights = weights / max(1, counts.attention)
    guard local > 0 else { return }
    windowedShare = local / counts.attention
    // Fused kernels compute half of twice the window, as they do half of the whole sequence.
    window = keys / local
  }

  /// Mean keys per query of a local layer, an indexer's scores counted as what they cost of keys.
  private static func keys(_ attention: Attention, sequence: Int) -> Double {
    let scope = attention.scope
    let met = scope.keysPerQuery(sequenceLength: sequence, convention: .causal)
    guard let indexer = attention.indexer else { return met }
    let scored = scope.keysScored(sequenceLength: sequence, convention: .causal)
    let each = attention.heads * (attention.queryKeyDimension + attention.valueDimension)
    return met + scored * Double(indexer.heads * indexer.headDimension) / Double(max(1, each))
  }

  private mutating func addRecurrences(_ kinds: [LayerRun]) {
    for run in kinds {
      guard let recurrence = run.layer.recurrence else { continue }
      let count = Double(run.count)
      switch recurrence.kind {
      case .mamba1, .mamba2:
        counts.mamba += count
        mambaWidth = Double(recurrence.valueWidth)
        mambaState = Double(recurrence.stateSize)
        mambaGroups = Double(recurrence.keyHeads)
        mambaHeads = Double(recurrence.heads)
      case .gatedDelta, .kimiDelta, .lightning, .shortConvolution:
        counts.linear += count
        linearWidth = Double(max(recurrence.valueWidth, recurrence.convolvedChannels / 3))
        linearState = Double(recurrence.stateSize)
        linearWeights = Double(recurrence.projectionWeights)
      }
    }
  }

  private mutating func addFeedForward(
    _ kinds: [LayerRun], first: MixtureOfExperts?, of architectureName: String
  ) {
    var widths = 0.0
    for run in kinds {
      switch run.layer.feedForward {
      case .none: break
      case .dense(let width):
        counts.dense += Double(run.count)
        widths += Double(run.count) * Double(width)
      case .mixture: counts.mixture += Double(run.count)
      }
    }
    feedForward = widths / max(1, counts.dense)
    guard let first else { return }
    experts = Double(first.experts)
    expertsPerToken = Double(first.expertsPerToken)
    expertFeedForward = Double(first.expertFeedForwardSize)
    sharedFeedForward = Double(first.sharedFeedForwardSize)
    if first.latentSize > 0 { expertInput = Double(first.latentSize) }
    // GPT-OSS's table of presets tells no vectors of its experts, which have biases and clamps.
    let name = architectureName.lowercased().filter { $0 != "-" }
    hasBiasedExperts = first.vectorWeightsPerExpert > 0 || name.hasPrefix("gptoss")
  }
}
