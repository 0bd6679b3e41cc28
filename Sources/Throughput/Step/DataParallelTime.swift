import Catalog

extension LayerTimer {
  /// Adds the gradients' reduction and the weights' gathering, as far as they aren't hidden: under
  /// ZeRO-2 and 3 behind the whole step, else behind the last micro-batch; not at all before 2023.
  @inline(__always)
  func addDataParallel(
    _ layout: Layout, _ lastMicroBatch: Double, to step: inout StepTime
  ) {
    let seconds = dataParallelSeconds(layout)
    guard seconds > 0 else { return }
    if layout.zero == 3 {
      step.total = Elementary.overlapped(step.total, seconds)
    } else if isUnfused || !layout.overlapsGradients {
      step.total += seconds
    } else if layout.zero == 2 {
      step.total = Elementary.overlapped(step.total, seconds)
    } else {
      // Interleaved stages finish their later layers' gradients while the earlier ones of the last
      // micro-batches, one a stage, are still to come.
      let early = 1 + (layout.pipeline - 1) * (1 - 1 / layout.virtual)
      let window = lastMicroBatch * min(microBatches(layout), early)
      step.total += Elementary.overlapped(window, seconds) - window
    }
  }

  /// Seconds of the gradients' reduction and the weights' gathering of a step, hidden or not; 0 without
  /// replicas.
  func dataParallelSeconds(_ layout: Layout) -> Double {
    let replicas = layout.data * layout.context
    let (dense, experts) = (denseLocal(layout), expertLocal(layout))
    let spread = expertReplicas(layout)
    guard replicas > 1 || (experts > 0 && spread > 1) else { return 0 }
    let isFlatRing = layout.zero == 3 && isUnfused && problem.year < 2022
    let denseByte = isFlatRing ? 1 / scaleOut : secondsPerByte(layout, replicas)
    // A reduction of 32-bit gradients and a gathering of 16-bit weights; tuned software reduces in 16
    // bits. Fully sharded, two gatherings of weights and a reduction of gradients, all in 16 bits.
    let width: Double = isTuned ? 4 : 6
    var seconds: Double = replicas > 1 ? dense * denseByte : 0
    if experts > 0 && spread > 1 { seconds += experts * expertSecondsPerByte(layout, spread) }
    seconds *= width * parameters.dataTraffic
    let count = microBatches(layout)
    if layout.zero == 3 {
      seconds *= count
      if isGPU {
        let members = max(2, replicas)
        seconds +=
          3 * parameters.collectiveSeconds * Elementary.binaryLogarithm(members)
          * problem.layers * count
      }
    } else if layout.zero == 2 {
      // Sharded gradients can't wait for the last micro-batch: each one reduces its own.
      seconds += 4 * dense * denseByte * (count - 1) * parameters.dataTraffic
    }
    return seconds
  }

  /// Parameters outside the routed experts on a chip, before sharding over replicas.
  @inline(__always)
  func denseLocal(_ layout: Layout) -> Double {
    max(0, problem.denseParameters) / (layout.tensor * layout.pipeline)
  }

  /// Parameters of routed experts on a chip, before sharding over replicas.
  @inline(__always)
  func expertLocal(_ layout: Layout) -> Double {
    guard problem.experts > 0 else { return 0 }
    let all: Double = problem.counts.mixture * problem.experts * problem.expertWeights
    return all / (layout.expert * Self.expertTensor(layout) * layout.pipeline)
  }

  /// Chips that hold copies of the same experts.
  @inline(__always)
  func expertReplicas(_ layout: Layout) -> Double {
    let group = layout.pipeline * layout.expert * Self.expertTensor(layout)
    return max(1, machine.units / group)
  }

  /// Parameters that a chip works on, before sharding over replicas.
  @inline(__always)
  func localParameters(_ layout: Layout) -> Double { denseLocal(layout) + expertLocal(layout) }

  /// Parameters whose optimizer state is the chip's own.
  @inline(__always)
  func ownedParameters(_ layout: Layout) -> Double {
    guard layout.zero >= 1 else { return localParameters(layout) }
    let dense = denseLocal(layout) / (layout.data * layout.context)
    return dense + expertLocal(layout) / expertReplicas(layout)
  }

  /// Seconds per byte of one all-gather or reduce-scatter over the replicas.
  @inline(__always)
  private func secondsPerByte(_ layout: Layout, _ replicas: Double) -> Double {
    if isTPU { return torusSecondsPerByte(layout) }
    let inside = (machine.domainUnits / layout.tensor).rounded(.down)
    return hierarchical(members: replicas, inside: max(1, min(replicas, inside)))
  }

  /// As above, over the chips that hold copies of the same experts.
  @inline(__always)
  private func expertSecondsPerByte(_ layout: Layout, _ members: Double) -> Double {
    if isTPU { return torusSecondsPerByte(layout) }
    let group = layout.expert * Self.expertTensor(layout)
    let inside = (machine.domainUnits / group).rounded(.down)
    return hierarchical(members: members, inside: max(1, min(members, inside)))
  }

  /// Over the axes of a torus that tensor parallelism leaves.
  private func torusSecondsPerByte(_ layout: Layout) -> Double {
    let axes = machine.torusAxes - (layout.tensor > 1 ? 1 : 0)
    let wrapsFrom: Double = machine.torusAxes == 2 ? 256 : 64
    let wrap = machine.units / machine.slices >= wrapsFrom ? 1 : 0.6
    return 1 / (scaleUp / machine.torusAxes * axes * wrap)
  }

  /// Within the scale-up domain first, then between domains.
  @inline(__always)
  private func hierarchical(members: Double, inside: Double) -> Double {
    let near = (inside - 1) / inside / scaleUp
    guard members > inside else { return near }
    return near + (1 - inside / members) / inside / scaleOut
  }
}
