import Catalog

/// Seconds of one optimizer step by cause.
struct StepTime: Sendable {
  var products = 0.0
  var attention = 0.0
  var experts = 0.0
  var permutation = 0.0
  var vector = 0.0
  var casts = 0.0
  var scan = 0.0
  var head = 0.0
  var recompute = 0.0
  var host = 0.0
  var expertTransfer = 0.0
  var tensorTransfer = 0.0
  var contextTransfer = 0.0
  var imbalance = 0.0
  var bubble = 0.0
  var pipelineTransfer = 0.0
  var dataTransfer = 0.0
  var sliceTransfer = 0.0
  var optimizer = 0.0
  var ends = 0.0
  var straggler = 0.0
  var layoutSearch = 0.0
  /// All of it.
  var total = 0.0

  /// The causes under the names that reports show; they sum to `total`.
  var parts: [NamedPart] {
    [
      NamedPart(name: "matrix_products", value: products),
      NamedPart(name: "expert_products", value: experts),
      NamedPart(name: "core_attention", value: attention),
      NamedPart(name: "state_space_scan", value: scan),
      NamedPart(name: "vector_operations", value: vector),
      NamedPart(name: "casts", value: casts),
      NamedPart(name: "output_head", value: head),
      NamedPart(name: "recompute", value: recompute),
      NamedPart(name: "kernel_launch", value: host),
      NamedPart(name: "expert_routing", value: permutation),
      NamedPart(name: "expert_transfer", value: expertTransfer),
      NamedPart(name: "tensor_transfer", value: tensorTransfer),
      NamedPart(name: "context_transfer", value: contextTransfer),
      NamedPart(name: "pipeline_imbalance", value: imbalance),
      NamedPart(name: "pipeline_bubble", value: bubble),
      NamedPart(name: "pipeline_transfer", value: pipelineTransfer),
      NamedPart(name: "data_transfer", value: dataTransfer),
      NamedPart(name: "slice_transfer", value: sliceTransfer),
      NamedPart(name: "optimizer", value: optimizer),
      NamedPart(name: "step_ends", value: ends),
      NamedPart(name: "straggler", value: straggler),
      NamedPart(name: "layout_search", value: layoutSearch),
    ]
  }
}

extension LayerTimer {
  /// Seconds of a step under a layout.
  ///
  /// - Parameter isSearched: whether the layout is one we found, and not the one a published run
  ///   used; the calibration knows what the difference costs.
  func step(_ layout: Layout, isSearched: Bool) -> StepTime {
    step(layout, layer: time(shape(layout)), isSearched: isSearched)
  }

  /// As above, with the layer's time known already.
  @inline(__always)
  func step(_ layout: Layout, layer: LayerTime, isSearched: Bool) -> StepTime {
    var step = StepTime()
    let lastMicroBatch = addPipeline(layout, layer, to: &step)
    var total = step.total
    addDataParallel(layout, lastMicroBatch, to: &step)
    step.dataTransfer = step.total - total
    total = step.total
    if machine.slices > 1 { addSlices(to: &step) }
    step.sliceTransfer = step.total - total
    // Adam reads and writes weights, gradients and both moments of what the chip owns.
    step.optimizer = 40 * ownedParameters(layout) / machine.memoryBytesPerSecond
    if isGPU {
      let most = isTuned ? parameters.stepSecondsTuned : parameters.stepSeconds
      step.ends = most * endShare
    }
    total = step.total + step.optimizer + step.ends
    step.straggler = total * stragglerShare
    total += step.straggler
    if isSearched {
      step.layoutSearch = total * (parameters.searchFactor - 1)
      total += step.layoutSearch
    }
    step.total = total
    return step
  }

  /// Seconds of a step alone, for loops that need none of its parts.
  func stepSeconds(_ layout: Layout, layer: LayerTime) -> Double {
    step(layout, layer: layer, isSearched: true).total
  }

  /// Whether no step of such degrees, micro-batches and sharding is shorter than a limit, however its
  /// pipeline is interleaved, whatever more is computed again and whether or not gradients are reduced
  /// beside the work.
  ///
  /// - Parameter shortest: seconds of one micro-batch's layers and output head on an unpipelined group.
  @inline(__always)
  func isTooSlow(_ layout: Layout, shortest: Double, limit: Double) -> Bool {
    // The slowest stage takes at least the mean, and all that follows from it grows with it.
    let mean = shortest / layout.pipeline
    let count = microBatches(layout)
    let factor: Double = (1 + stragglerShare) * parameters.searchFactor * Self.boundRounding
    if count * mean * factor >= limit { return true }
    return leastSeconds(layout, mean: mean, count: count) * factor >= limit
  }

  /// Bounds are computed in another order than times: they may be off by roundings.
  static let boundRounding = 1 - 1e-9

  private func leastSeconds(_ layout: Layout, mean: Double, count: Double) -> Double {
    var total = count * mean
    let sent = dataParallelSeconds(layout)
    if layout.zero >= 2 {
      total = Elementary.overlapped(total, sent)
    } else {
      let window = mean * min(count, layout.pipeline)
      total += Elementary.overlapped(window, sent) - window
    }
    return total + 40 * ownedParameters(layout) / machine.memoryBytesPerSecond
  }

  /// Micro-batches of the replica that has most.
  @inline(__always)
  func microBatches(_ layout: Layout) -> Double {
    let sequences = problem.sequence * layout.data * layout.microBatch
    let count = max(1, problem.batchTokens / sequences)
    return roundsUp ? (count - 1e-9).rounded(.up) : count
  }

  /// Adds the micro-batches through the pipeline; returns the seconds of the last one.
  @inline(__always)
  private func addPipeline(
    _ layout: Layout, _ layer: LayerTime, to step: inout StepTime
  ) -> Double {
    let count = microBatches(layout)
    let stages = layout.pipeline
    let share = layout.recompute == .none ? 0 : layout.recomputedShare
    let layers = layer.loop(share, launched: layout.recompute == .full ? share : 0)
    addParts(count / stages, layer, layers, share, to: &step)
    step.head = layer.head * count / stages
    let mean: Double = (layers + layer.head) / stages
    guard stages > 1 else {
      step.total = count * mean
      return mean
    }
    let chunks = stages * layout.virtual
    let perChunk = problem.layers / chunks
    let isEven = abs(perChunk - perChunk.rounded()) < 1e-9
    let stage = layers / stages
    var slowest: Double = stage + parameters.headExposure * layer.head
    if !isEven {
      // Blocks are dealt out so that no stage has more than a quarter above the mean.
      let most = min(1.25, (perChunk - 1e-9).rounded(.up) / perChunk)
      slowest = max(most * stage, mean)
    }
    let isFar = layout.tensor * stages > domainForPipeline
    let bytes: Double = layer.boundaryBytes * layout.virtual
    let transfer: Double = exposure * bytes / (isFar ? scaleOut : scaleUp)
    step.imbalance = count * (slowest - mean)
    step.bubble = (stages - 1) * mean / layout.virtual
    step.pipelineTransfer = (count + stages - 1) * transfer
    step.total = count * slowest + step.bubble + step.pipelineTransfer
    return slowest
  }

  @inline(__always)
  private func addParts(
    _ work: Double, _ layer: LayerTime, _ loop: Double, _ share: Double,
    to step: inout StepTime
  ) {
    let recompute = layer.recompute * share
    step.products = layer.products * work
    step.attention = layer.attention * work
    step.experts = layer.experts * work
    step.permutation = layer.permutation * work
    step.vector = layer.vector * work
    step.casts = layer.casts * work
    step.scan = layer.scan * work
    step.recompute = recompute * work
    step.expertTransfer = layer.expertTransfer * work
    step.tensorTransfer = layer.tensorTransfer * work
    step.contextTransfer = layer.contextTransfer * work
    step.host = (loop - layer.kept - recompute) * work
  }

  /// Units among which stages reach one another over the scale-up network; 1 on TPU, where a
  /// pipeline is laid across slices.
  private var domainForPipeline: Double { isTPU ? 1 : machine.domainUnits }

  /// Adds the reduction of gradients between TPU slices over the data-centre network.
  @inline(__always)
  private func addSlices(to step: inout StepTime) {
    let slices = machine.slices
    let perChip = 8 * problem.parameters / (machine.units / slices)
    let seconds: Double = perChip * (slices - 1) / slices / scaleOut
    let slowing = 1 + parameters.sliceStraggler * Elementary.binaryLogarithm(slices)
    step.total = (step.total + parameters.sliceExposure * seconds) * slowing
  }
}
