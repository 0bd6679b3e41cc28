import Catalog

/// Exposed transfers of one layer and one micro-batch.
extension LayerTimer {
  /// All-gathers and reduce-scatters of tensor parallelism in the forward pass: a pair for each of
  /// attention and feed-forward, one pair when they stand side by side.
  func tensorForward(_ shape: Shape) -> Double {
    let tensor = shape.tensor
    guard tensor > 1 else { return 0 }
    let bytes: Double = 2 * shape.tokens * problem.hidden * (tensor - 1) / tensor
    var pair: Double
    if machine.kind == .tpu {
      pair = 2 * bytes * machine.torusAxes / scaleUp
    } else {
      pair = 2 * bytes / scaleUp
      if tensor > machine.domainUnits {
        pair += 4 * shape.tokens * problem.hidden / machine.domainUnits / scaleOut
      }
    }
    return exposure * (problem.hasParallelBlocks ? 1 : 2) * pair
  }

  /// Keys and values of context parallelism in the forward pass; the backward pass moves twice.
  func contextForward(_ shape: Shape) -> Double {
    let context = shape.context
    guard context > 1 else { return 0 }
    let inside = machine.kind == .tpu || shape.tensor * context <= machine.domainUnits
    let width = problem.keyValueHeads * problem.headWidth / shape.tensor
    let bytes: Double = 4 * shape.tokens * context * width * (context - 1) / context
    return exposure * bytes / (inside ? scaleUp : scaleOut)
  }

  /// Dispatch and combination of tokens over experts, forward and backward.
  func expertTransfer(_ shape: Shape) -> Double {
    let expert = shape.expert
    let share = mixtureShare
    guard share > 0, expert > 1 else { return 0 }
    let perChip: Double = 2 * shape.tokens / shape.tensor
    let bytes: Double = perChip * problem.expertsPerToken * problem.hidden
    if machine.kind == .tpu {
      let hops = max(1, Elementary.power(expert, 1 / machine.torusAxes) / 4)
      return exposure * share * 4 * bytes * (expert - 1) / expert / scaleUp * hops
    }
    let inside = min(expert, machine.domainUnits)
    let near: Double = bytes * (inside - 1) / expert / scaleUp
    let far: Double = perChip * problem.hidden * farDomains(expert / inside) / scaleOut
    return exposure * share * 4 * (near + far)
  }

  /// Domains other than its own that a token is sent to: it goes to each once, however many of its
  /// experts live there (DeepSeek-V3, arXiv 2412.19437, section 3.2.2). Of d domains and k experts
  /// drawn evenly, d(1 − (1 − 1/d)^k) are met, and all but one in d of them are others.
  private func farDomains(_ domains: Double) -> Double {
    guard domains > 1 else { return 0 }
    let missed = Elementary.power(1 - 1 / domains, problem.expertsPerToken)
    return (domains - 1) * (1 - missed)
  }

  /// Routing and permutation of tokens, forward and backward.
  func routing(_ shape: Shape) -> Double {
    let share = mixtureShare
    guard share > 0 else { return 0 }
    let copies: Double = 2 * problem.expertsPerToken * problem.hidden
    let passes = isGPU ? parameters.routingTrafficGPU : parameters.routingTrafficXLA
    let moved: Double = passes * copies * shape.tokens / shape.tensor
    let fixed = isGPU ? parameters.routingSeconds * problem.experts / 64 : 0
    return share * (moved / machine.memoryBytesPerSecond + fixed)
  }
}
