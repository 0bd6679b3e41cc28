import Catalog

/// Seconds that one layer takes for one micro-batch on one chip, forward and backward, by cause.
struct LayerTime: Sendable {
  var matmul = 0.0
  var attention = 0.0
  var vector = 0.0
  var routing = 0.0
  var expertTransfer = 0.0
  var tensorTransfer = 0.0
  var contextTransfer = 0.0
  var recompute = 0.0
  var launch = 0.0
  /// Output head, loss included; once per micro-batch, not per layer.
  var head = 0.0
  /// Bytes of one boundary between pipeline stages, whole passes.
  var boundaryBytes = 0.0
  /// Share of transfers that arithmetic doesn't hide.
  var exposure = 1.0

  /// All but the head and what is computed again.
  @inline(__always)
  var kept: Double {
    let compute: Double = matmul + attention + vector + launch
    let transfer: Double = routing + expertTransfer + tensorTransfer + contextTransfer
    return compute + transfer
  }

  /// All but the head.
  @inline(__always)
  var total: Double { kept + recompute }
}

/// Times layers on one machine; holds what does not depend on the layout.
struct LayerTimer: Sendable {
  let problem: StepProblem
  let machine: Machine
  let parameters: StepParameters
  let isGPU: Bool
  /// GPU software of before 2023: unfused attention and vector operations.
  let isUnfused: Bool
  let matmulRate16: Double
  let matmulRate: Double
  /// Operations of fused core attention a second.
  let attentionRate: Double
  let matmulTraffic: Double
  let tileEdge: Double
  /// Seconds per element of a product's result that processors wait for a tile's first operands.
  let fillSeconds: Double
  /// Bytes of one element of a product's operands; results have 2.
  let operandBytes: Double
  let scaleUp: Double
  let scaleOut: Double
  /// Share of transfers that arithmetic doesn't hide.
  let exposure: Double
  /// Step time lost to the slowest of many chips.
  let stragglerShare: Double
  /// Whether a batch that the replicas don't divide evenly waits for the fullest. Published batch
  /// sizes are sometimes means over a ramp-up, and stay fractional.
  let roundsUp: Bool

  init(
    problem: StepProblem, machine: Machine, parameters: StepParameters,
    roundsUp: Bool = false
  ) {
    self.roundsUp = roundsUp
    let doublings = Elementary.binaryLogarithm(max(1, Double(machine.chips) / 8))
    stragglerShare = parameters.straggler * doublings
    self.problem = problem
    self.machine = machine
    self.parameters = parameters
    isGPU = machine.kind == .gpu
    isUnfused = isGPU && problem.year < 2023
    let efficiency = parameters.matmulEfficiency(machine.kind)
    matmulRate16 = machine.peak16 * efficiency
    let has8 = problem.usesFP8 && machine.peak8 > 1.2 * machine.peak16
    matmulRate = has8 ? machine.peak8 * efficiency * parameters.fp8Ratio : matmulRate16
    let attention = isGPU ? parameters.attentionEfficiencyGPU : parameters.attentionEfficiencyXLA
    attentionRate =
      machine.peak16 * attention * parameters.generationRatio
      * Self.attentionKernels(machine, year: problem.year)
    let traffic = isGPU ? parameters.matmulTrafficGPU : parameters.matmulTrafficXLA
    matmulTraffic = traffic / machine.memoryBytesPerSecond
    tileEdge = isGPU ? parameters.matmulTileEdgeGPU : parameters.matmulTileEdgeXLA
    operandBytes = has8 ? 1 : 2
    // Tiles of 128 by 256 on about 128 processors (108 on A100 to 148 on B200).
    fillSeconds = isGPU ? parameters.tileSeconds / (128 * 256 * 128) : 0
    scaleUp = machine.scaleUpBytesPerSecond * StepParameters.scaleUpEfficiency
    scaleOut = machine.scaleOutBytesPerSecond * parameters.scaleOutEfficiency
    // GPUs overlap transfers with products since Hopper, or when blocks stand side by side.
    let early = ["volta", "ampere", "cdna2"].contains(machine.generation)
    let overlaps = !isUnfused && (!early || problem.hasParallelBlocks)
    let exposureGPU = overlaps ? parameters.tensorExposureGPU : 1
    let isEarlyTPU = machine.kind == .tpu && problem.year < 2023
    let exposureXLA = isEarlyTPU ? 1 : parameters.tensorExposureXLA
    exposure = isGPU ? exposureGPU : exposureXLA
  }

  /// What the fused attention kernels of a year reach of the share that they reach on A100.
  ///
  /// FlashAttention-2 reaches 72 % of A100's peak (arXiv 2307.08691) but 35 % of H100's, hence 0.5;
  /// FlashAttention-3 and its like, of 2024, 75 % forward and about 58 % backward (arXiv 2407.08608),
  /// which is 62 % of forward and backward together, hence 0.85.
  private static func attentionKernels(_ machine: Machine, year: Double) -> Double {
    guard ["hopper", "blackwell"].contains(machine.generation) else { return 1 }
    return year < 2024 ? 0.5 : 0.85
  }

  /// Whether matrix products run at the 8-bit rate.
  var runsFP8: Bool { problem.usesFP8 && machine.peak8 > 1.2 * machine.peak16 }

  /// Seconds of one forward product of M×K and K×N in the run's precision: arithmetic plus the
  /// traffic it can't hide.
  @inline(__always)
  func product(_ m: Double, _ k: Double, _ n: Double) -> Double {
    product(m, k, n, rate: matmulRate, operandBytes: operandBytes)
  }

  /// As `product`, in 16 bit whatever the run's precision.
  @inline(__always)
  func product16(_ m: Double, _ k: Double, _ n: Double) -> Double {
    product(m, k, n, rate: matmulRate16, operandBytes: 2)
  }

  @inline(__always)
  private func product(
    _ m: Double, _ k: Double, _ n: Double, rate: Double, operandBytes: Double
  ) -> Double {
    let again: Double = m * k * n / tileEdge
    let operands: Double = m * k + k * n + again
    let bytes: Double = operandBytes * operands + 2 * m * n
    return 2 * m * k * n / rate + bytes * matmulTraffic + m * n * fillSeconds
  }

  /// Traffic of vector operations over its least, divided by the memory's rate.
  @inline(__always)
  func vectorTraffic(fullySharded: Bool) -> Double {
    let share: Double =
      !isGPU
      ? parameters.vectorTrafficXLA
      : isUnfused
        ? parameters.vectorTrafficUnfused
        : fullySharded ? parameters.vectorTrafficFSDP : parameters.vectorTrafficGPU
    return share / machine.memoryBytesPerSecond
  }
}
