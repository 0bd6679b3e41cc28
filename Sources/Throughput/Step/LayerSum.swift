import Workload

extension LayerTimer {
  /// Seconds of all layers for one micro-batch.
  func time(_ shape: Shape) -> LayerTime {
    times(shape).under(shape.recompute)
  }

  /// As `time`, for each of the ways of recomputing, whichever the shape names.
  func times(_ shape: Shape) -> LayerTimes {
    let counts = problem.counts
    let traffic = vectorTraffic(fullySharded: shape.fullySharded)
    var (products, grouped, core) = (ProductTime(), ProductTime(), ProductTime())
    var (vector, casts, permuted, scan, last) = (0.0, 0.0, 0.0, 0.0, 0.0)
    func add(_ block: Block, _ count: Double, _ sum: inout ProductTime) {
      sum = sum + count * block.products
      vector += count * block.vector
      casts += count * block.casts
    }
    if counts.attention > 0 {
      add(attentionBlock(shape, traffic: traffic), counts.attention, &products)
      core = counts.attention * coreAttention(shape, traffic: traffic)
    }
    if counts.dense > 0 && problem.feedForward > 0 {
      let block = denseBlock(shape, width: problem.feedForward, traffic: traffic)
      add(block, counts.dense, &products)
      last = counts.dense * block.last
    }
    if counts.mixture > 0 {
      add(mixtureBlock(shape, traffic: traffic), counts.mixture, &grouped)
      permuted = counts.mixture * permutation(shape)
    }
    if counts.mamba > 0 {
      add(mambaBlock(shape, traffic: traffic), counts.mamba, &products)
      let each = scanEstimate(shape, width: problem.mambaWidth, state: problem.mambaState)
      scan += counts.mamba * parameters.scanMamba * each
    }
    if counts.linear > 0 {
      add(linearBlock(shape, traffic: traffic), counts.linear, &products)
      let each = scanEstimate(shape, width: problem.linearWidth, state: problem.linearState)
      scan += counts.linear * parameters.scanLinear * each
    }
    let slow = parameters.slowness
    var time = LayerTime()
    time.exposure = exposure
    time.products = slow * (products.forward + products.backward)
    time.experts = slow * (grouped.forward + grouped.backward)
    time.permutation = slow * permuted
    time.attention = slow * (core.forward + core.backward)
    time.vector = slow * 3 * vector
    time.casts = slow * casts
    time.scan = slow * 3.5 * scan
    time.host = hostSeconds
    let sent = transfers(shape)
    time.tensorTransfer = sent.tensor
    time.contextTransfer = sent.context
    time.expertTransfer = sent.expert
    let plain: Double = products.forward + grouped.forward + core.forward
    let forward: Double = plain + vector + scan + (casts + permuted) / 3
    // Compilers see that a layer's last product is not needed again.
    let again: Double = isGPU ? forward : forward - last
    let output = product16(shape.tokens, problem.hidden, problem.vocabulary / shape.tensor)
    let logits: Double = 8 * shape.tokens * problem.vocabulary / shape.tensor * traffic
    time.head = problem.outputHeads * (slow * (output.forward + output.backward) + logits)
    time.boundaryBytes =
      4 * shape.tokens * problem.hidden / (shape.sequenceParallel ? shape.tensor : 1)
    return LayerTimes(
      none: time, selective: slow * repeated(forward, core.forward, vector),
      full: slow * again + sent.again)
  }

  /// What selective recomputation repeats of a forward pass.
  private func repeated(_ forward: Double, _ core: Double, _ vector: Double) -> Double {
    guard isGPU else { return parameters.repeatedXLA * forward }
    switch software.style {
    case .xla: return parameters.repeatedXLA * forward
    case .torch: return parameters.repeatedTorch * forward
    case .megatron, .tuned: return isUnfused ? core : vector
    }
  }

  /// Exposed seconds of transfers of all layers, and what full recomputation sends again.
  private func transfers(
    _ shape: Shape
  ) -> (tensor: Double, context: Double, expert: Double, again: Double) {
    let counts = problem.counts
    let (tensor, tokens) = (shape.tensor, shape.tokens)
    var result = (tensor: 0.0, context: 0.0, expert: 0.0, again: 0.0)
    if tensor > 1 {
      var halves: Double = counts.attention + counts.mamba + counts.linear
      if !problem.hasParallelBlocks {
        if problem.feedForward > 0 { halves += counts.dense }
        if problem.sharedFeedForward > 0 || shape.expertTensor > 1 { halves += counts.mixture }
      }
      let rate = tensor <= machine.domainUnits ? scaleUp : scaleOut
      var each: Double = 4 * tokens * problem.hidden * (tensor - 1) / tensor / rate
      if isGPU { each += 2 * parameters.collectiveSeconds * Elementary.binaryLogarithm(tensor) }
      let all: Double = halves * each * exposure
      // Sequence parallelism gathers a column-parallel input once more.
      result.tensor = all * (shape.sequenceParallel ? 2.25 : 2)
      result.again = all
    }
    if shape.context > 1 {
      // Keys and values of the other ranks, and the gradients of both.
      let keys: Double = problem.keyValueHeads * problem.headWidth / tensor
      let bytes: Double = 12 * tokens * (shape.context - 1) * keys
      let isNear = shape.context * tensor <= machine.domainUnits
      result.context =
        0.5 * exposure * counts.attention * bytes / (isNear ? scaleUp : scaleOut)
    }
    if counts.mixture > 0 && shape.expert > 1 {
      result.expert = counts.mixture * (isTPU ? torusTransfer(shape) : expertTransfer(shape))
      result.again += result.expert / 2
    }
    return result
  }

  /// Share of experts' traffic that stays exposed of what is without overlap, when one micro-batch's
  /// runs beside another's work (judged: dual pipes claim nearly nothing, arXiv 2412.19437, section 3.2).
  private static let hiddenExperts = 0.25

  /// Dispatch and combination, forward and backward, of one mixture layer over two axes of a torus: each of a
  /// token's copies for itself, a quarter of an axis's chips far on average along each axis, both axes at a time;
  /// not hidden. No published run shows it (judged from the links alone).
  private func torusTransfer(_ shape: Shape) -> Double {
    let copies: Double = problem.expertsPerToken * (shape.expert - 1) / shape.expert
    let bytes: Double = (6 + min(2, recipe.operandBytes)) * shape.routed * problem.expertInput
    let hops = max(1, shape.expert.squareRoot() / 4)
    return bytes * copies * hops / (scaleUp / machine.torusAxes)
  }

  /// Dispatch and combination, forward and backward, of one mixture layer. Inside a domain they hide
  /// behind permutation and products (published runs can't tell them apart); beyond it one copy goes
  /// to each domain that a token's experts live in.
  private func expertTransfer(_ shape: Shape) -> Double {
    let latency: Double = 4 * parameters.collectiveSeconds * shape.expert.squareRoot()
    let domains = shape.expert / machine.domainUnits
    guard domains > 1 else { return latency }
    let missed = Elementary.power(1 - 1 / domains, problem.expertsPerToken)
    let visited = min(domains * (1 - missed), problem.mostDomains)
    let copies: Double = visited * (domains - 1) / domains
    // Dispatched in the recipe's bytes, combined in 16 bits, and the same backward in 16.
    let bytes: Double = (6 + min(2, recipe.operandBytes)) * shape.routed * problem.expertInput
    let isHidden = overlapsExperts && shape.isPipelined
    let exposure = parameters.expertExposure * (isHidden ? Self.hiddenExperts : 1)
    return exposure * bytes * copies / scaleOut + latency
  }
}
