import Catalog

extension LayerTimer {
  /// Adds the gradients' reduction and the weights' gathering, as far as they aren't hidden: under
  /// ZeRO-2 and 3 behind the whole step, else behind the last micro-batch; not at all before 2023.
  func addDataParallel(
    _ layout: Layout, _ lastMicroBatch: Double, to step: inout StepTime
  ) {
    let replicas = layout.data * layout.context
    guard replicas > 1 else { return }
    let local = localParameters(layout)
    if layout.zero == 3 {
      // Two gatherings of 16-bit weights and a reduction of 16-bit gradients, every micro-batch.
      let isFlatRing = isUnfused && problem.year < 2022
      let perByte = isFlatRing ? 1 / scaleOut : secondsPerByte(layout, replicas)
      let seconds = microBatches(layout) * 6 * local * perByte
      step.total = Elementary.overlapped(step.total, seconds)
      return
    }
    // A reduction of 32-bit gradients and a gathering of 16-bit weights.
    var seconds = 6 * local * secondsPerByte(layout, replicas)
    if machine.kind != .tpu && problem.experts > 0 && layout.expert > 1 {
      let experts = localExpertParameters(layout)
      let dense: Double = 6 * (local - experts) * secondsPerByte(layout, replicas)
      seconds = dense + 6 * experts * expertSecondsPerByte(layout)
    }
    if layout.zero == 2 {
      // Sharded gradients can't wait for the last micro-batch: each one reduces its own.
      seconds += 4 * local * secondsPerByte(layout, replicas) * (microBatches(layout) - 1)
    }
    if isUnfused || !layout.overlapsGradients {
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

  /// Parameters of routed experts on a chip, before sharding over replicas.
  @inline(__always)
  func localExpertParameters(_ layout: Layout) -> Double {
    guard problem.experts > 0 else { return 0 }
    return (problem.parameters - problem.denseParameters) / (layout.expert * layout.pipeline)
  }

  /// Seconds per byte of one all-gather or reduce-scatter over the replicas.
  private func secondsPerByte(_ layout: Layout, _ replicas: Double) -> Double {
    if machine.kind == .tpu {
      let axes = machine.torusAxes - (layout.tensor > 1 ? 1 : 0)
      let wrapsFrom: Double = machine.torusAxes == 2 ? 256 : 64
      let wrap = machine.units / machine.slices >= wrapsFrom ? 1 : 0.6
      return 1 / (scaleUp / machine.torusAxes * axes * wrap)
    }
    return hierarchical(
      members: replicas, inside: max(1, min(replicas, machine.domainUnits / layout.tensor)))
  }

  /// As above, over the chips that hold copies of the same experts, which are spread wider than
  /// those that hold copies of the same dense weights.
  private func expertSecondsPerByte(_ layout: Layout) -> Double {
    let members = max(1, machine.units / (layout.pipeline * layout.expert))
    return hierarchical(
      members: members, inside: max(1, min(members, machine.domainUnits / layout.expert)))
  }

  /// Within the scale-up domain first, then between domains.
  @inline(__always)
  private func hierarchical(members: Double, inside: Double) -> Double {
    let near = (inside - 1) / inside / scaleUp
    guard members > inside else { return near }
    return near + (1 - inside / members) / inside / scaleOut
  }
}
