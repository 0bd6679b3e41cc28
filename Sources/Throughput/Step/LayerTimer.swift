import Catalog

extension LayerTimer {
  /// What a layer's time depends on: not the pipeline, nor how many replicas there are.
  struct Shape: Sendable {
    var tensor: Double
    var context: Double
    var expert: Double
    var microBatch: Double
    var recompute: Recompute
    /// ZeRO stage 3 without tensor or pipeline parallelism.
    var fullySharded: Bool
    /// Tokens of one micro-batch that a tensor-parallel group sees.
    var tokens: Double
    /// Whether norms and residuals are sharded over the tensor-parallel group.
    var sequenceParallel: Bool
  }

  func shape(_ layout: Layout) -> Shape {
    let recompute = layout.recompute
    return Shape(
      tensor: layout.tensor, context: layout.context, expert: layout.expert,
      microBatch: layout.microBatch, recompute: recompute,
      fullySharded: layout.zero == 3 && layout.tensor == 1 && layout.pipeline == 1,
      tokens: layout.microBatch * problem.sequence / layout.context,
      sequenceParallel: layout.isSequenceParallel && !(isUnfused && recompute != .selective))
  }

  /// Seconds of one layer and one micro-batch.
  func time(_ shape: Shape) -> LayerTime {
    let attention = attentionForward(shape)
    let feedForward = feedForwardForward(shape)
    let core = coreAttention(shape)
    let matmul: Double = attention.matmul + feedForward.matmul
    let vector: Double = attention.vector + feedForward.vector
    let forward: Double = matmul + vector + core.forward
    var time = LayerTime()
    time.exposure = exposure
    time.matmul = 3 * matmul
    time.vector = 3 * vector
    time.attention = core.forward + core.backward
    time.expertTransfer = expertTransfer(shape)
    time.routing = routing(shape)
    let tensor = tensorForward(shape)
    let context = contextForward(shape)
    time.tensorTransfer = tensor * (shape.sequenceParallel ? 2.25 : 2)
    time.contextTransfer = 3 * context
    switch shape.recompute {
    case .none: time.recompute = 0
    case .selective:
      time.recompute = isGPU ? core.recompute : parameters.rematerialization * forward
    case .full:
      // Compilers see that a layer's last product is not needed again.
      let spared = isGPU ? 0 : feedForward.last
      time.recompute = forward + tensor + context + time.expertTransfer / 4 - spared
    }
    time.launch = isGPU ? 3 * parameters.launchSeconds : 0
    time.head = head(shape)
    let boundary: Double = 4 * shape.tokens * problem.hidden / shape.tensor
    time.boundaryBytes = boundary
    return time
  }

  /// Projections of attention, and the vector operations of its block and of the residuals.
  private func attentionForward(_ shape: Shape) -> (matmul: Double, vector: Double) {
    let hidden = problem.hidden
    let width = problem.headWidth
    let queryKeyValue = (problem.heads + 2 * problem.keyValueHeads) * width / shape.tensor
    let output = problem.heads * width / shape.tensor
    var matmul = product(shape.tokens, hidden, queryKeyValue)
    matmul += product(shape.tokens, output, hidden)
    let plainWeights = hidden * width * (2 * problem.heads + 2 * problem.keyValueHeads)
    matmul *= problem.attentionWeights / plainWeights
    let traffic = vectorTraffic(fullySharded: shape.fullySharded)
    let held = shape.sequenceParallel ? hidden / shape.tensor : hidden
    let elements: Double = 20 * held + 8 * queryKeyValue + 8 * held
    return (matmul, shape.tokens * elements * traffic)
  }

  /// Scores and weighted values. Unfused kernels move the whole score matrix; fused ones compute
  /// the causal half, and the backward pass costs 2.5 forward passes since it forms the scores
  /// again. Compilers of TPU and Trainium before 2024 computed the whole matrix up to 4,096 tokens.
  private func coreAttention(
    _ shape: Shape
  ) -> (forward: Double, backward: Double, recompute: Double) {
    let sequence = problem.sequence
    let windowed = min(sequence, 2 * problem.window)
    let keys = (1 - problem.windowedShare) * sequence + problem.windowedShare * windowed
    let heads = problem.heads / shape.tensor
    let operations: Double = 4 * shape.tokens * keys * heads * problem.headWidth
    if isUnfused {
      let traffic = vectorTraffic(fullySharded: shape.fullySharded)
      let forward: Double =
        operations / (matmulRate16 * 0.6) + 11 * shape.tokens * sequence * heads * traffic
      return (forward, 2 * forward, forward)
    }
    let isCausal = isGPU || sequence > 4096 || problem.year >= 2024
    let forward = (isCausal ? 0.5 : 1) * operations / attentionRate
    return (forward, 2.5 * forward, 0)
  }

  /// Plain and mixture blocks, averaged over the layers; `last` is the part of `matmul` that comes
  /// last in a layer.
  private func feedForwardForward(
    _ shape: Shape
  ) -> (matmul: Double, vector: Double, last: Double) {
    let traffic = vectorTraffic(fullySharded: shape.fullySharded)
    let share = mixtureShare
    var (matmul, elements, last) = (0.0, 0.0, 0.0)
    if share < 1 {
      let width = problem.feedForward / shape.tensor
      let up = product(shape.tokens, problem.hidden, (problem.matrices - 1) * width)
      let down = product(shape.tokens, width, problem.hidden)
      matmul += (1 - share) * (up + down)
      last += (1 - share) * down
      elements += (1 - share) * width * (problem.matrices == 3 ? 6 : 4)
    }
    if share > 0 {
      let mixture = mixtureForward(shape)
      matmul += share * mixture.all
      last += share * mixture.last
      let visited = problem.expertsPerToken + problem.sharedExperts
      elements += share * visited * problem.expertFeedForward / shape.tensor * 6
    }
    return (matmul, shape.tokens * elements * traffic, last)
  }

  /// Products of one mixture layer: routed experts that live on the chip, and shared ones; `last`
  /// are the routed experts' second products.
  private func mixtureForward(_ shape: Shape) -> (all: Double, last: Double) {
    let hidden = problem.hidden
    let width = problem.expertFeedForward
    let local = max(1, problem.experts / shape.expert)
    let routed: Double = shape.tokens * problem.expertsPerToken * shape.expert
    let tokensPerExpert = max(1, routed / (shape.tensor * problem.experts))
    let up = product(tokensPerExpert, hidden, 2 * width)
    let down = product(tokensPerExpert, width, hidden)
    let routedTime = local * (up + down)
    guard problem.sharedExperts > 0 else { return (routedTime, local * down) }
    let slice = width / shape.tensor
    var shared = product(shape.tokens, hidden, 2 * slice)
    shared += product(shape.tokens, slice, hidden)
    return (routedTime + problem.sharedExperts * shared, local * down)
  }

  /// Share of layers that are mixtures.
  @inline(__always)
  var mixtureShare: Double {
    problem.experts > 0 ? problem.mixtureLayers / problem.layers : 0
  }

  private func head(_ shape: Shape) -> Double {
    let width = problem.vocabulary / shape.tensor
    let matmul = product16(shape.tokens, problem.hidden, width)
    let traffic = vectorTraffic(fullySharded: shape.fullySharded)
    return (3 * matmul + 24 * shape.tokens * width * traffic) * problem.outputHeads
  }
}
