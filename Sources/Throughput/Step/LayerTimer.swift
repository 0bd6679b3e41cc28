import Catalog
import Workload

/// Times a model on one machine; holds what does not depend on the layout.
struct LayerTimer: Sendable {
  let problem: StepProblem
  let machine: Machine
  let parameters: StepParameters
  let software: SoftwareStack
  let recipe: Recipe
  let isGPU: Bool
  let isTPU: Bool
  /// Whether AMD made the chip.
  let isAMD: Bool
  /// GPU software of before 2023: unfused attention and vector operations.
  let isUnfused: Bool
  let curve: ProductCurve
  let curve16: ProductCurve
  let attentionCurve: AttentionCurve
  /// Peak × chip × training factor, FLOP/s, in the recipe and in 16 bits.
  let rate: Double
  let rate16: Double
  /// Share of the curve's half widths that counts: serving kernels' quantising is counted apart.
  let halves: Double
  let halves16: Double
  /// Operations of core attention a second, before the curve.
  let attentionRate: Double
  /// Seconds per byte of a product's operands and results.
  let operandSeconds: Double
  /// Seconds per byte of casts, 0 in 16 bits.
  let castSeconds: Double
  let scaleUp: Double
  let scaleOut: Double
  /// Share of transfers that arithmetic doesn't hide.
  let exposure: Double
  /// Step time lost to the slowest of many chips.
  let stragglerShare: Double
  /// Whether the kernels of June 2026 run: what that release gained, it gained on Blackwell.
  let isNewest: Bool
  /// Whether experts' traffic runs beside other micro-batches' work.
  let overlapsExperts: Bool
  let isTuned: Bool
  /// Share of the seconds at a step's ends, which are spent on waiting for the others: all of it from
  /// eight chips on, nothing on one.
  let endShare: Double
  /// Seconds of host work of all layers, per micro-batch.
  let hostSeconds: Double
  /// Whether a batch that the replicas don't divide evenly waits for the fullest. Published batch
  /// sizes are sometimes means over a ramp-up, and stay fractional.
  let roundsUp: Bool

  init(
    problem: StepProblem, machine: Machine, parameters: StepParameters, software: SoftwareStack,
    roundsUp: Bool = false
  ) {
    self.problem = problem
    self.machine = machine
    self.parameters = parameters
    self.software = software
    self.roundsUp = roundsUp
    isGPU = machine.kind == .gpu
    isTPU = machine.kind == .tpu
    isAMD = machine.isAMD
    isUnfused = isGPU && problem.year < 2023
    let recipe = Recipe(problem.precision, on: machine)
    self.recipe = recipe
    curve = KernelCurves.builtIn.product(machine, format: recipe.format)
    curve16 = KernelCurves.builtIn.product(machine, format: "16")
    attentionCurve = KernelCurves.builtIn.attention(machine)
    let factor16 = isGPU && !machine.isAMD ? parameters.product16 : 1
    rate16 = machine.peak16 * parameters.chip * factor16
    let factor = Self.factor(recipe, machine, parameters) ?? factor16
    rate = recipe.peak * parameters.chip * factor
    let is16 = recipe.format == "16"
    halves16 = isGPU ? 0.9 : 1
    halves = isGPU ? (is16 ? 0.9 : 0.65) : 1
    attentionRate = Self.attentionRate(problem, machine, parameters, software)
    operandSeconds = 1 / (0.85 * machine.memoryBytesPerSecond)
    let casts = parameters.casts * (recipe.format == "4" ? parameters.casts4 : 1)
    castSeconds = is16 ? 0 : 4 * casts / machine.memoryBytesPerSecond
    scaleUp = machine.scaleUpBytesPerSecond * parameters.scaleUpShare
    scaleOut = machine.scaleOutBytesPerSecond * parameters.scaleOutShare
    // GPUs overlap transfers with products since Hopper, or when blocks stand side by side.
    let early = ["volta", "ampere", "cdna2"].contains(machine.generation) || isUnfused
    let overlaps = !early || problem.hasParallelBlocks
    let exposureXLA =
      machine.kind == .tpu && problem.year < 2023 ? 1 : parameters.exposureXLA
    exposure = isGPU ? (overlaps ? parameters.exposureGPU : 1) : exposureXLA
    let doublings = Elementary.binaryLogarithm(max(1, Double(machine.chips) / 8))
    stragglerShare = machine.kind == .tpu ? 0 : parameters.straggler * doublings
    let isNewest = software.isNewest && ["blackwell", "rubin"].contains(machine.generation)
    self.isNewest = isNewest
    overlapsExperts = software.overlapsExperts
    isTuned = software.style == .tuned
    endShare = min(1, Elementary.binaryLogarithm(Double(machine.chips)) / 3)
    hostSeconds = isGPU ? Self.host(problem, machine, parameters, software) : 0
  }

  /// Training factor of a recipe below 16 bits; nil in 16.
  private static func factor(
    _ recipe: Recipe, _ machine: Machine, _ parameters: StepParameters
  ) -> Double? {
    switch recipe.format {
    case "16": nil
    case "4": machine.isAMD ? parameters.amd4 : parameters.product4
    case "8" where machine.isAMD: parameters.amd8
    case "8" where machine.kind != .gpu: parameters.xla8
    case "8": parameters.product8
    default: machine.kind == .gpu ? parameters.productBlock8 : parameters.xla8
    }
  }

  private static func attentionRate(
    _ problem: StepProblem, _ machine: Machine, _ parameters: StepParameters,
    _ software: SoftwareStack
  ) -> Double {
    let narrow = min(1, problem.headWidth / 128)
    var rate = machine.peak16
    if machine.kind != .gpu {
      rate *= parameters.attentionXLA * parameters.chip
      rate *= Elementary.power(narrow, parameters.narrowHeadsXLA)
    } else {
      let isMeasured = KernelCurves.builtIn.isMeasured(machine)
      rate *= isMeasured ? parameters.attention : parameters.attentionAMD
      if machine.generation == "blackwell" || machine.generation == "rubin" {
        rate *= parameters.attentionBlackwell
        if software.isNewest { rate *= parameters.attentionNewest }
      }
      if machine.generation == "hopper" && software.style == .torch && problem.year <= 2024 {
        rate *= parameters.attentionBefore2025
      }
      // FlashAttention-3 (arXiv 2407.08608): heads of 64 reach some 0.76 of what heads of 128 do.
      rate *= Elementary.power(narrow, 0.35)
    }
    return problem.hasAttention8 ? 1.17 * rate : rate
  }

  private static func host(
    _ problem: StepProblem, _ machine: Machine, _ parameters: StepParameters,
    _ software: SoftwareStack
  ) -> Double {
    let counts = problem.counts
    var mixture = parameters.hostMixture
    if !machine.hasNearHost { mixture *= parameters.hostX86 }
    if machine.isAMD { mixture *= parameters.hostAMD }
    if software.isNewest && machine.generation == "blackwell" { mixture *= parameters.hostNewest }
    let others: Double = counts.attention + counts.dense + counts.mamba + counts.linear
    let seconds: Double = counts.mixture * mixture + others * parameters.hostLayer
    return software.isCaptured ? seconds * parameters.hostCaptured : seconds
  }

  /// Traffic of elementwise operations over its estimate, divided by the memory's rate.
  @inline(__always)
  func vectorTraffic(fullySharded: Bool) -> Double {
    let share: Double =
      !isGPU
      ? parameters.elementwiseXLA
      : isUnfused
        ? parameters.elementwiseUnfused
        : fullySharded || software.style == .torch
          ? parameters.elementwiseSharded : parameters.elementwiseFused
    return share / machine.memoryBytesPerSecond
  }
}
