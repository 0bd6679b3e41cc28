import Catalog

/// The layouts that a published run may have used: the stated one, or all that its open cells
/// leave.
extension PublishedProblem {
  /// The layout to predict with, and whether it had to be searched for.
  ///
  /// Steps take the stated cells and the rules of `ruled`. Whole runs whose source tells no layout are
  /// given the fastest one; layouts that overfill memory are penalised and not refused: these runs
  /// happened.
  func layout(parameters: StepParameters) -> (layout: Layout, isSearched: Bool) {
    guard run.kind == .run, !run.isStated else { return (ruled, false) }
    let timer = LayerTimer(
      problem: problem, machine: machine, parameters: parameters, software: software)
    let all = candidates()
    guard let first = all.first else { return (fallback, false) }
    guard all.count > 1 else { return (first, false) }
    let usable = machine.memoryBytes * MemoryUse.usableShare
    var best = first
    var bestSeconds = Double.infinity
    for layout in all {
      let over = max(0, timer.memory(layout).total / usable - 1)
      let seconds = timer.step(layout, isSearched: false).total * (1 + 10 * over)
      if seconds < bestSeconds { (best, bestSeconds) = (layout, seconds) }
    }
    return (best, !run.isStated)
  }

  /// The stated cells; where they are empty: replicas for what is left of the chips, fully sharded
  /// when the source names no layout at all; experts over as many chips as there are in a domain; one
  /// sequence at a time under a pipeline, else about 32,768 tokens, or a chip's whole share on TPU;
  /// chunks of three layers in Megatron since 2024, of two in unknown software since 2023.
  var ruled: Layout {
    var layout = Layout()
    let isTPU = machine.kind == .tpu
    layout.tensor = run.number("tp") ?? 1
    layout.pipeline = run.number("pp") ?? 1
    layout.context = run.number("cp") ?? 1
    let group = layout.tensor * layout.pipeline * layout.context
    layout.data = run.number("dp") ?? max(1, machine.units / group)
    let isFlat = !run.isStated && run.year >= 2020
    layout.zero = isTPU ? 3 : run.numbers["zero_stage"] ?? (isFlat ? 3 : 1)
    layout.virtual = run.number("vpp") ?? likelyVirtual(layout.pipeline)
    layout.expert = run.number("ep") ?? likelyExpert(layout)
    let share = problem.batchSequences / layout.data
    if isTPU {
      layout.microBatch = max(share, 1.0 / 16)
    } else {
      let filling = max(1, min(share, (32_768 / problem.sequence).rounded(.toNearestOrEven)))
      let likely = layout.pipeline > 1 ? 1 : filling
      layout.microBatch = min(run.number("micro_batch") ?? likely, max(share, 1.0 / 64))
    }
    layout.recompute = run.recompute ?? likelyRecompute
    return layout
  }

  private func likelyVirtual(_ stages: Double) -> Double {
    let interleaved = [
      "megatron", "megatron-lm", "megascale", "megatron-baseline", "nemo-2024",
    ]
    guard stages > 1, run.year >= 2023 else { return 1 }
    if software.name == "unknown" && machine.kind == .gpu {
      // The most chunks of two layers that waste at most a twentieth (Llama 3, section 3.3.2).
      let most = max(1, (problem.layers / stages / 2).rounded(.toNearestOrEven))
      let found = stride(from: most, to: 1, by: -1).first { virtual in
        let chunks: Double = stages * virtual
        return (problem.layers / chunks).rounded(.up) * chunks <= 1.05 * problem.layers
      }
      return found ?? 1
    }
    guard run.year >= 2024, interleaved.contains(software.name) else { return 1 }
    return max(1, (problem.layers / stages / 3).rounded(.toNearestOrEven))
  }

  private func likelyExpert(_ layout: Layout) -> Double {
    guard problem.experts > 0, machine.kind != .tpu else { return 1 }
    let replicas = layout.data * layout.context
    let isFlat = layout.zero == 3 && layout.tensor == 1 && layout.pipeline == 1
    return min(problem.experts, replicas, isFlat ? .infinity : machine.domainUnits)
  }

  private var likelyRecompute: Recompute {
    if machine.kind == .gpu {
      let isOld = run.year < 2023 || machine.generation == "cdna2"
      return isOld ? .full : software.recompute
    }
    if machine.kind == .tpu && run.year < 2025 { return .full }
    return software.recompute == .full ? .full : .selective
  }

  /// A layout for chips that no grid divides: replicas alone.
  private var fallback: Layout {
    var layout = Layout()
    layout.data = max(1, machine.units)
    layout.zero = run.number("zero_stage") ?? 3
    layout.microBatch = run.number("micro_batch") ?? 1
    layout.recompute = run.recompute ?? .selective
    return layout
  }

  /// Layouts in the order of their degrees.
  func candidates() -> [Layout] {
    var found: [Layout] = []
    for tensor in tensorDegrees {
      for pipeline in pipelineDegrees {
        let isTooWide = pipeline > problem.layers || tensor * pipeline > machine.units
        if !run.isStated && isTooWide { continue }
        for context in contextDegrees {
          var layout = Layout()
          layout.tensor = tensor
          layout.pipeline = pipeline
          layout.context = context
          let rest = machine.units / (tensor * pipeline * context)
          layout.data = run.isStated ? run.number("dp") ?? rest : rest
          if !run.isStated && layout.data < 1 { continue }
          layout.data = max(1, layout.data)
          addReplicas(layout, to: &found)
        }
      }
    }
    return found
  }

  private var tensorDegrees: [Double] {
    if let tensor = run.number("tp") { return [tensor] }
    let isGPU = machine.kind == .gpu
    if run.isStated || (isGPU && run.number("zero_stage") == 3) { return [1] }
    return isGPU ? [1, 2, 4, 8] : [1, 2, 4, 8, 16, 32]
  }

  private var pipelineDegrees: [Double] {
    if let pipeline = run.number("pp") { return [pipeline] }
    let isFlat = run.isStated || machine.kind == .tpu || run.number("zero_stage") == 3
    return isFlat ? [1] : [1, 2, 4, 8, 16, 32]
  }

  private var contextDegrees: [Double] {
    if let context = run.number("cp") { return [context] }
    if run.isStated { return [1] }
    return [1, 2, 4, 8, 16].filter { $0 == 1 || $0 <= problem.sequence / 4096 }
  }

  private func addReplicas(_ start: Layout, to found: inout [Layout]) {
    var layout = start
    for expert in expertDegrees(start) {
      layout.expert = expert
      for zero in zeroStages(start) {
        layout.zero = zero
        for microBatch in microBatches(start) {
          layout.microBatch = microBatch
          addSchedules(layout, to: &found)
        }
      }
    }
  }

  private func expertDegrees(_ layout: Layout) -> [Double] {
    if let expert = run.number("ep") { return [expert] }
    if problem.experts == 0 || (run.isStated && machine.kind == .tpu) { return [1] }
    let most = min(problem.experts, layout.data * layout.context)
    return [1, 2, 4, 8, 16, 32, 64].filter { $0 <= most }
  }

  private func zeroStages(_ layout: Layout) -> [Double] {
    if let zero = run.numbers["zero_stage"] { return [zero] }
    if machine.kind == .tpu { return [3] }
    if run.isStated || problem.year < 2020 { return [1] }
    return layout.pipeline == 1 && layout.tensor == 1 ? [1, 3] : [1]
  }

  private func microBatches(_ layout: Layout) -> [Double] {
    let perReplica = max(1, problem.batchSequences) / layout.data
    if machine.kind == .tpu { return [max(problem.batchSequences / layout.data, 1.0 / 16)] }
    if let microBatch = run.number("micro_batch") { return [microBatch] }
    if run.isStated && layout.pipeline > 1 { return [1] }
    return [1, 2, 4, 8, 16].filter { $0 == 1 || $0 <= perReplica }
  }

  private func addSchedules(_ start: Layout, to found: inout [Layout]) {
    var layout = start
    for virtual in virtualStages(start) {
      layout.virtual = virtual
      for recompute in recomputes {
        layout.recompute = recompute
        found.append(layout)
      }
    }
  }

  /// Interleaving came with Megatron-LM in 2021 (arXiv 2104.04473). On GPUs stages need not all hold
  /// as many layers when that wastes at most 5 %: Llama 3's 126 take 128 places on 16 stages of 8
  /// (arXiv 2407.21783, section 3.3.2).
  private func virtualStages(_ layout: Layout) -> [Double] {
    if let virtual = run.number("vpp") { return [virtual] }
    if layout.pipeline == 1 || problem.year < 2021 { return [1] }
    if problem.year < 2023 && run.isStated { return [1] }
    let most = (machine.kind == .gpu ? 1.05 : 1) * problem.layers
    let divisors = [1.0, 2, 3, 4, 5, 6, 7, 8, 10, 12, 23, 24].filter {
      let chunks: Double = layout.pipeline * $0
      return (problem.layers / chunks).rounded(.up) * chunks <= most
    }
    return divisors.isEmpty ? [1] : divisors
  }

  private var recomputes: [Recompute] {
    if let recompute = run.recompute { return [recompute] }
    let isEarlyTPU = machine.kind == .tpu && problem.year < 2025
    if problem.year < 2023 || machine.generation == "cdna2" || isEarlyTPU { return [.full] }
    if machine.kind == .tpu { return [.selective] }
    return run.isStated ? [.none] : [.none, .full]
  }
}
