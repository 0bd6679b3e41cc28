import Catalog
import Quantities
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
    let perChip = Double(ParallelismStrategy.unitsPerChip(of: accelerator))
    guard all <= 1e7 else {
      throw Infeasibility(
        code: "layout", message: "The strategy spans more chips than any machine has.",
        limit: 1e7, needed: all, unit: "chips")
    }
    return max(1, Int((all / perChip).rounded(.up)))
  }

  /// Checks that a given layout can be run at all.
  static func check(
    _ layout: Layout, _ problem: StepProblem, _ machine: Machine
  ) throws(Infeasibility) {
    func most(
      _ message: String, _ limit: Double, _ needed: Double, _ unit: String, code: String = "layout"
    ) throws(Infeasibility) {
      guard needed > limit else { return }
      throw Infeasibility(
        code: code, message: message, limit: limit, needed: needed, unit: unit,
        nearestChange: "at most \(Int(limit))")
    }
    func divides(_ part: Double, _ whole: Double, _ name: String, _ of: String)
      throws(Infeasibility)
    {
      guard whole.truncatingRemainder(dividingBy: part) != 0 else { return }
      let cure = nearestDivisor(of: Int(whole), to: Int(part))
      throw Infeasibility(
        code: "layout", message: "\(name) of \(Int(part)) does not divide the \(Int(whole)) \(of).",
        limit: Double(cure), needed: part, unit: "", nearestChange: "\(cure) does")
    }
    try most(
      "There are more pipeline stages than layers.", problem.layers, layout.pipeline, "stages")
    try most(
      "There are more chunks on a stage than layers.",
      (problem.layers / layout.pipeline).rounded(.up), layout.virtual, "chunks")
    try most(
      "Tensor parallelism has at most one chip per attention head.", problem.heads, layout.tensor,
      "chips")
    try divides(layout.tensor, problem.heads, "Tensor parallelism", "attention heads")
    try most(
      "Expert parallelism has at most one chip per expert.", max(1, problem.experts),
      layout.expert, "chips")
    if problem.experts > 0 {
      try divides(layout.expert, problem.experts, "Expert parallelism", "experts")
      let stage = layout.tensor * layout.context * layout.data
      try divides(layout.expert, stage, "Expert parallelism", "chips of a pipeline stage")
    }
    try divides(layout.context, problem.sequence, "Context parallelism", "tokens of a sequence")
    if machine.kind != .tpu, layout.microBatch != layout.microBatch.rounded() {
      throw Infeasibility(
        code: "layout", message: "Only TPU software splits a sequence over a micro-batch.",
        limit: 1, needed: layout.microBatch, unit: "sequences",
        nearestChange: "a whole number of sequences")
    }
    try most(
      "The replicas take more sequences at a time than a step has.", problem.batchSequences,
      layout.data * layout.microBatch, "sequences", code: "batch")
  }

  /// The divisor of a number that is nearest to another one, the smaller of two as near.
  static func nearestDivisor(of whole: Int, to part: Int) -> Int {
    SearchSpace.divisors(of: whole).min { abs($0 - part) < abs($1 - part) } ?? 1
  }

  /// A job whose state and activations exceed a chip's memory.
  static func outOfMemory(
    _ memory: MemoryUse, _ machine: Machine, nearestChange: String?
  ) -> Infeasibility {
    let gibibyte = 1_073_741_824.0
    let (usable, needed) = (
      machine.memoryBytes * MemoryUse.usableShare / gibibyte, memory.total / gibibyte
    )
    let largest = memory.parts.max { $0.value < $1.value }
    let part = largest.map { "\($0.name) takes \(Decimals.short($0.value)) GiB" } ?? ""
    return Infeasibility(
      code: "memory",
      message:
        "A chip's memory is too small: \(Decimals.short(needed)) GiB are needed where "
        + "\(Decimals.short(usable)) can be filled; \(part) of it.",
      limit: usable, needed: needed, unit: "GiB per chip", nearestChange: nearestChange)
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
    let more = chipsThatFit(
      job, accelerator, from: 2 * machine.chips, chipsPerSlice: chipsPerSlice)
    return Self.outOfMemory(
      timer.memory(layout), machine,
      nearestChange: more.map { "\($0) chips" } ?? "a smaller model or shorter sequences")
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
      nearestChange: "at least \(Int(max(batch + 1, needed))) sequences, or fewer chips")
  }

  /// What helps where a given strategy overfills the memory.
  func cure(
    _ job: Job, _ accelerator: Accelerator, chips: Int, chipsPerSlice: Int?
  ) -> String {
    let fitting = chipsThatFit(job, accelerator, from: chips, chipsPerSlice: chipsPerSlice)
    guard let fitting else { return "a smaller model or shorter sequences" }
    return fitting == chips
      ? "another strategy: some fit these \(chips) chips" : "\(fitting) chips"
  }

  /// The smallest number of chips, doubling, on which the job fits; nil when none up to 2¹⁷ does.
  private func chipsThatFit(
    _ job: Job, _ accelerator: Accelerator, from chips: Int, chipsPerSlice: Int?
  ) -> Int? {
    var count = chips
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
