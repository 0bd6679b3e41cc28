import Catalog

/// Seconds of one optimizer step by cause.
struct StepTime: Sendable {
  var matmul = 0.0
  var attention = 0.0
  var vector = 0.0
  var recompute = 0.0
  var launch = 0.0
  var routing = 0.0
  var expertTransfer = 0.0
  var tensorTransfer = 0.0
  var contextTransfer = 0.0
  var head = 0.0
  var imbalance = 0.0
  var bubble = 0.0
  var pipelineTransfer = 0.0
  var dataTransfer = 0.0
  var sliceTransfer = 0.0
  var optimizer = 0.0
  var straggler = 0.0
  var layoutSearch = 0.0
  /// All of it.
  var total = 0.0

  /// The causes under the names that reports show; they sum to `total`.
  var parts: [NamedPart] {
    [
      NamedPart(name: "matrix_products", value: matmul),
      NamedPart(name: "core_attention", value: attention),
      NamedPart(name: "vector_operations", value: vector),
      NamedPart(name: "output_head", value: head),
      NamedPart(name: "recompute", value: recompute),
      NamedPart(name: "kernel_launch", value: launch),
      NamedPart(name: "expert_routing", value: routing),
      NamedPart(name: "expert_transfer", value: expertTransfer),
      NamedPart(name: "tensor_transfer", value: tensorTransfer),
      NamedPart(name: "context_transfer", value: contextTransfer),
      NamedPart(name: "pipeline_imbalance", value: imbalance),
      NamedPart(name: "pipeline_bubble", value: bubble),
      NamedPart(name: "pipeline_transfer", value: pipelineTransfer),
      NamedPart(name: "data_transfer", value: dataTransfer),
      NamedPart(name: "slice_transfer", value: sliceTransfer),
      NamedPart(name: "optimizer", value: optimizer),
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
  func step(_ layout: Layout, layer: LayerTime, isSearched: Bool) -> StepTime {
    var step = StepTime()
    let lastMicroBatch = addPipeline(layout, layer, to: &step)
    var total = step.total
    addDataParallel(layout, lastMicroBatch, to: &step)
    step.dataTransfer = step.total - total
    total = step.total
    if machine.slices > 1 { addSlices(to: &step) }
    step.sliceTransfer = step.total - total
    let shards = layout.zero >= 1 ? layout.data * layout.context : 1
    step.optimizer = 30 * localParameters(layout) / shards / machine.memoryBytesPerSecond
    total = step.total + step.optimizer
    if machine.kind != .tpu {
      step.straggler = total * stragglerShare
      total += step.straggler
    }
    if isSearched {
      step.layoutSearch = total * (parameters.searchFactor - 1)
      total += step.layoutSearch
    }
    step.total = total
    return step
  }

  /// Micro-batches of the replica that has most.
  @inline(__always)
  func microBatches(_ layout: Layout) -> Double {
    let sequences = problem.sequence * layout.data * layout.microBatch
    let count = max(1, problem.batchTokens / sequences)
    return roundsUp ? (count - 1e-9).rounded(.up) : count
  }

  /// Parameters that a chip works on, before sharding over replicas.
  @inline(__always)
  func localParameters(_ layout: Layout) -> Double {
    let dense = problem.denseParameters / (layout.tensor * layout.pipeline)
    return dense + localExpertParameters(layout)
  }

  /// Adds the micro-batches through the pipeline; returns the seconds of the last one.
  private func addPipeline(
    _ layout: Layout, _ layer: LayerTime, to step: inout StepTime
  ) -> Double {
    let count = microBatches(layout)
    let stages = layout.pipeline
    let layers = problem.layers
    let perStage = layers / stages
    let work: Double = count * perStage
    step.matmul = layer.matmul * work
    step.attention = layer.attention * work
    step.vector = layer.vector * work
    let recompute = layer.recompute * layout.recomputedShare
    step.recompute = recompute * work
    step.launch = layer.launch * work
    step.routing = layer.routing * work
    step.expertTransfer = layer.expertTransfer * work
    step.tensorTransfer = layer.tensorTransfer * work
    step.contextTransfer = layer.contextTransfer * work
    step.head = layer.head * count / stages
    let layerTime = layer.kept + recompute
    let mean: Double = perStage * layerTime + layer.head / stages
    guard stages > 1 else {
      step.total = count * mean
      return mean
    }
    let chunks = stages * layout.virtual
    let perChunk = layers / chunks
    let isEven = abs(perChunk - perChunk.rounded()) < 1e-9
    let most: Double = perChunk.rounded(.up) * chunks / stages
    let slowest: Double =
      isEven
      ? perStage * layerTime + layer.head
      : max(most * layerTime, (layers * layerTime + layer.head) / stages)
    let isFar = layout.tensor * stages > domainForPipeline
    let rate = isFar ? scaleOut : machine.scaleUpBytesPerSecond * parameters.scaleOutEfficiency
    let transfer: Double = exposure * layer.boundaryBytes / rate * layout.virtual
    step.imbalance = count * (slowest - mean)
    step.bubble = (stages - 1) * mean / layout.virtual
    step.pipelineTransfer = (count + stages - 1) * transfer
    step.total = count * slowest + step.bubble + step.pipelineTransfer
    return slowest
  }

  /// Units among which stages reach one another over the scale-up network; 1 on TPU, where a
  /// pipeline is laid across slices.
  private var domainForPipeline: Double { machine.kind == .tpu ? 1 : machine.domainUnits }

  /// Adds the reduction of gradients between TPU slices over the data-centre network.
  private func addSlices(to step: inout StepTime) {
    let slices = machine.slices
    let perChip = 8 * problem.parameters / (machine.units / slices)
    let seconds: Double = perChip * (slices - 1) / slices / scaleOut
    let slowing = 1 + parameters.sliceStraggler * Elementary.binaryLogarithm(slices)
    step.total = (step.total + parameters.sliceExposure * seconds) * slowing
  }
}
