import Catalog
import Workload

/// Why a job does not fit, and what would make it.
extension ThroughputModel {
  /// Chips that a strategy spans.
  static func chips(
    of strategy: ParallelismStrategy, _ accelerator: Accelerator
  ) throws(Infeasibility) -> Int {
    let degrees = [
      strategy.tensor, strategy.pipeline, strategy.virtualPipeline, strategy.context,
      strategy.expert, strategy.data,
    ]
    guard degrees.allSatisfy({ (1...1_000_000).contains($0) }), strategy.microBatch > 0,
      strategy.microBatch <= 1e6, (0...3).contains(strategy.zeroStage)
    else {
      throw Infeasibility(
        code: "layout",
        message: "Every degree of parallelism is at least 1, the ZeRO stage 0 to 3.",
        limit: 1, needed: 1, unit: "")
    }
    let units = Double(strategy.tensor * strategy.pipeline)
    let all = units * Double(strategy.context) * Double(strategy.data)
    let perChip: Double = accelerator.generation == "trainium1" ? 2 : 1
    guard all <= 1e7 else {
      throw Infeasibility(
        code: "layout", message: "The strategy spans more chips than any machine has.",
        limit: 1e7, needed: all, unit: "chips")
    }
    return max(1, Int((all / perChip).rounded(.up)))
  }

  /// Checks that a given layout can be run at all.
  static func check(
    _ layout: Layout, _ problem: StepProblem, _ architecture: TransformerArchitecture
  ) throws(Infeasibility) {
    func refuse(
      _ code: String, _ message: String, _ limit: Double, _ needed: Double, _ unit: String
    )
      -> Infeasibility
    {
      Infeasibility(
        code: code, message: message, limit: limit, needed: needed, unit: unit,
        nearestChange: "at most \(Int(limit))")
    }
    let stages = layout.pipeline * layout.virtual
    if stages > problem.layers {
      throw refuse(
        "layout", "There are more pipeline stages than layers.", problem.layers, stages, "stages")
    }
    if layout.tensor > problem.heads {
      throw refuse(
        "layout", "Tensor parallelism has at most one chip per attention head.", problem.heads,
        layout.tensor, "chips")
    }
    if layout.expert > max(1, problem.experts) {
      throw refuse(
        "layout", "Expert parallelism has at most one chip per expert.", max(1, problem.experts),
        layout.expert, "chips")
    }
    let sequences = layout.data * layout.microBatch
    if sequences > problem.batchSequences {
      throw refuse(
        "batch", "The replicas take more sequences at a time than a step has.",
        problem.batchSequences, sequences, "sequences")
    }
  }

  /// A job whose state and activations exceed a chip's memory.
  static func outOfMemory(
    _ memory: MemoryUse, usable: Double, nearestChange: String?
  ) -> Infeasibility {
    let gibibyte = 1_073_741_824.0
    let largest = memory.parts.max { $0.value < $1.value }
    let name = largest?.name ?? "weights"
    return Infeasibility(
      code: "memory",
      message: "A chip's memory is too small; the largest part is \(name).",
      limit: usable / gibibyte, needed: memory.total / gibibyte, unit: "GiB per chip",
      nearestChange: nearestChange)
  }

  /// Explains an empty outcome of the grid.
  func whyNot(
    _ outcome: PlanningGrid.Outcome, _ job: Job, _ accelerator: Accelerator, _ machine: Machine,
    chipsPerSlice: Int?
  ) -> Infeasibility {
    guard let layout = outcome.leastMemoryLayout,
      let timer = try? timer(
        job, accelerator, chips: machine.chips, chipsPerSlice: chipsPerSlice)
    else {
      return noLayout(job, machine)
    }
    let more = chipsThatFit(job, accelerator, from: machine.chips, chipsPerSlice: chipsPerSlice)
    return Self.outOfMemory(
      timer.memory(layout), usable: machine.memoryBytes * MemoryUse.usableShare,
      nearestChange: more.map { "\($0) chips" })
  }

  /// No way to spread the batch over the chips: more replicas than sequences whatever the degrees.
  private func noLayout(_ job: Job, _ machine: Machine) -> Infeasibility {
    let batch = Double(job.globalBatchSequences)
    let widest: Double = machine.kind == .tpu ? 32 : 8 * 64
    let context = min(64, max(1, Double(job.sequenceLength) / 4096))
    let needed = (machine.units / (widest * context)).rounded(.up)
    return Infeasibility(
      code: "batch",
      message:
        "No strategy spreads a step of \(job.globalBatchSequences) sequences over the chips.",
      limit: batch, needed: max(batch + 1, needed), unit: "sequences",
      nearestChange: "a larger global batch, or a power of two of chips")
  }

  /// The smallest number of chips, doubling, on which the job fits; nil when none up to 2¹⁷ does.
  private func chipsThatFit(
    _ job: Job, _ accelerator: Accelerator, from chips: Int, chipsPerSlice: Int?
  ) -> Int? {
    var count = 2 * chips
    while count <= 131_072 {
      guard
        let timer = try? timer(job, accelerator, chips: count, chipsPerSlice: chipsPerSlice)
      else { return nil }
      if PlanningGrid(timer: timer).search().best != nil { return count }
      count *= 2
    }
    return nil
  }
}
