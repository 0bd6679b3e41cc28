extension LayerTimer {
  /// Forward and backward seconds of one layer's parts, the casts and permutation of both together.
  struct Block: Sendable {
    var products = ProductTime()
    var vector = 0.0
    var casts = 0.0
    /// Its last forward product, which compilers don't repeat.
    var last = 0.0
  }

  /// Bytes a token's residual and norms move in half a block, over the tensor-parallel group.
  @inline(__always)
  private func residual(_ shape: Shape) -> Double {
    14 * problem.hidden / (shape.sequenceParallel ? shape.tensor : 1)
  }

  /// Projections of attention, with the elementwise operations of its half of a block.
  func attentionBlock(_ shape: Shape, traffic: Double) -> Block {
    let hidden = problem.hidden
    let queries: Double = problem.heads * problem.headWidth
    let keyed: Double = queries + 2 * problem.keyValueHeads * problem.headWidth
    let (tokens, tensor) = (shape.tokens, shape.tensor)
    let plain = hidden * (queries + keyed)
    let scale = plain > 0 ? problem.attentionWeights / plain : 1
    let products =
      product(tokens, hidden, keyed / tensor) + product(tokens, queries / tensor, hidden)
    let widths: Double = 2 * hidden + (keyed + queries) / tensor
    return Block(
      products: scale * products,
      vector: tokens * (residual(shape) + 8 * keyed / tensor) * traffic,
      casts: castSeconds * tokens * widths)
  }

  /// A dense feed-forward block.
  func denseBlock(_ shape: Shape, width: Double, traffic: Double) -> Block {
    let (tokens, hidden) = (shape.tokens, problem.hidden)
    let local = width / shape.tensor
    let up = product(tokens, hidden, (problem.matrices - 1) * local)
    let down = product(tokens, local, hidden)
    let kept: Double = (problem.matrices == 3 ? 6 : 4) * local
    return Block(
      products: up + down, vector: tokens * (residual(shape) + kept) * traffic,
      casts: castSeconds * tokens * (2 * hidden + problem.matrices * local), last: down.forward)
  }

  /// A mixture block: the local experts' grouped products over their share of the visited tokens, and
  /// the shared experts.
  func mixtureBlock(_ shape: Shape, traffic: Double) -> Block {
    let visits: Double = shape.routed * problem.expertsPerToken
    // Tokens an expert: of all ranks that hold its like, each of which routes its own.
    let group = shape.expertTensor > 1 ? shape.tokens : shape.tokens / shape.tensor
    let each: Double = group * problem.expertsPerToken * shape.expert / problem.experts
    let local = problem.experts / shape.expert
    let (input, width) = (problem.expertInput, problem.expertFeedForward / shape.expertTensor)
    let share = isTPU ? parameters.groupedXLA : recipe.format == "16" ? 1 : 1.06
    let up = product(each, input, (problem.matrices - 1) * width, share: share)
    let down = product(each, width, input, share: share)
    let kept: Double = problem.matrices == 3 ? 6 : 4
    var block = Block(
      products: local * (up + down), vector: shape.tokens * residual(shape) * traffic,
      last: local * down.forward)
    let wide: Double = 2 * input + problem.matrices * problem.expertFeedForward
    block.vector += visits * kept * problem.expertFeedForward * traffic
    block.casts = castSeconds * visits * wide
    if problem.sharedFeedForward > 0 {
      let shared = denseBlock(shape, width: problem.sharedFeedForward, traffic: traffic)
      block.products = block.products + shared.products
      block.vector += shared.vector - shape.tokens * residual(shape) * traffic
      block.casts += shared.casts
    }
    return block
  }

  /// Permutation of the visited tokens and back, router and auxiliary loss, forward and backward; and
  /// what experts with biases and clamped activations move besides, some eight unfused operations.
  func permutation(_ shape: Shape) -> Double {
    var passes = isTPU ? parameters.permutationXLA : parameters.permutation
    if !isTPU && !isNewest { passes *= parameters.permutationOlder }
    if isAMD { passes *= parameters.permutationAMD }
    let visits: Double = shape.routed * problem.expertsPerToken
    let bytes: Double = 2 * passes * visits * problem.expertInput
    var seconds = bytes / machine.memoryBytesPerSecond + (isTPU ? 0 : 2e-4)
    if problem.hasBiasedExperts {
      // Compilers of TPU don't fuse them into ragged products either.
      let each: Double = parameters.biasedBytes * (isNewest ? parameters.biasedNewest : 1)
      seconds += each * visits * problem.expertFeedForward / machine.memoryBytesPerSecond
    }
    return seconds
  }

  /// A Mamba-2 layer without its scan.
  func mambaBlock(_ shape: Shape, traffic: Double) -> Block {
    let (tokens, hidden) = (shape.tokens, problem.hidden)
    let inner = problem.mambaWidth / shape.tensor
    let states: Double = 2 * problem.mambaGroups * problem.mambaState + problem.mambaHeads
    let all: Double = 2 * inner + states / shape.tensor
    return Block(
      products: product(tokens, hidden, all) + product(tokens, inner, hidden),
      vector: tokens * (residual(shape) + 8 * inner) * traffic)
  }

  /// A layer of linear attention without its scan: its inputs' and its output's projection.
  func linearBlock(_ shape: Shape, traffic: Double) -> Block {
    let (tokens, hidden) = (shape.tokens, problem.hidden)
    let inner = problem.linearWidth / shape.tensor
    let inputs: Double = problem.linearWeights / (hidden * shape.tensor) - inner
    return Block(
      products: product(tokens, hidden, max(inner, inputs)) + product(tokens, inner, hidden),
      vector: tokens * residual(shape) * traffic)
  }

  /// Forward seconds of a scan in chunks over inner channels with so many states each, before the
  /// kernels' factor: its arithmetic at 15 % of the 16-bit peak and 24 bytes a channel and token.
  func scanEstimate(_ shape: Shape, width: Double, state: Double) -> Double {
    let channels: Double = shape.tokens * width / shape.tensor
    let arithmetic: Double = (512 + 4 * state) / (0.15 * machine.peak16)
    return channels * (arithmetic + 24 / machine.memoryBytesPerSecond)
  }

  /// Core attention forward and backward. Unfused kernels move the whole score matrix; fused ones
  /// compute the causal half, and the backward pass costs 2.5 forward passes since it forms the scores
  /// again. Compilers of TPU and Trainium before 2024 computed the whole matrix up to 4,096 tokens.
  func coreAttention(_ shape: Shape, traffic: Double) -> ProductTime {
    let sequence = problem.sequence
    let heads = problem.heads / shape.tensor
    if isUnfused {
      let operations: Double = 4 * shape.tokens * sequence * heads * problem.headWidth
      let scores: Double = 11 * shape.tokens * sequence * heads * traffic
      let forward: Double = operations / (rate16 * curve16.plateau * 0.6) + scores
      return ProductTime(forward: forward, backward: 2 * forward)
    }
    let isWhole = !isGPU && sequence <= 4096 && problem.year < 2024
    let each: Double = (isWhole ? 4 : 2) * shape.tokens * heads * problem.headWidth
    let curve = attentionCurve
    @inline(__always)
    func seconds(_ keys: Double) -> Double {
      each * (keys + curve.half) / (attentionRate * curve.plateau)
    }
    var forward = seconds(sequence)
    if problem.windowedShare > 0 {
      let windowed = seconds(min(sequence, 2 * problem.window))
      forward += problem.windowedShare * (windowed - forward)
    }
    return ProductTime(forward: forward, backward: 2.5 * forward)
  }
}
