import Catalog
import Workload

/// A published run in the terms of the step-time model, with everything the source leaves open
/// filled in by stated rules.
struct PublishedProblem: Sendable {
  var run: PublishedRun
  var problem: StepProblem
  var machine: Machine
  var software: SoftwareStack
  /// Weights that multiply activations, per token.
  var matmulWeights: Double

  /// - Throws: `Infeasibility` when the accelerator's rates or the row's precision are unknown.
  init(_ run: PublishedRun, accelerator: Accelerator) throws(Infeasibility) {
    self.run = run
    guard let precision = run.precision else {
      let known = Precision.allCases.map(\.rawValue).joined(separator: ", ")
      throw Infeasibility(
        code: "input", message: "precision: “\(run.precisionText)” is none of \(known)", limit: 0,
        needed: 0, unit: "")
    }
    software = run.software
    let active = run.number("active_params") ?? run.number("total_params") ?? 7e9
    var shape = PublishedShape(run, active: active).problem
    let visited: Double =
      shape.expertsPerToken * shape.expertWeights
      + shape.matrices * shape.hidden * shape.sharedFeedForward
    let dense: Double = shape.matrices * shape.hidden * shape.feedForward
    let ends = shape.vocabulary * shape.hidden
    matmulWeights =
      shape.counts.attention * shape.attentionWeights + shape.counts.dense * dense
      + shape.counts.mixture * visited + ends
    shape.parameters = run.number("total_params") ?? matmulWeights
    shape.precision = precision
    shape.hasAttention8 = run.hasAttention8
    let given = try Machine(accelerator: accelerator, chips: 1)
    let guess = Self.likelyChips(run, active: active, machine: given)
    shape.batchTokens =
      run.number("global_batch_tokens")
      ?? Self.likelyBatch(
        active: active, chips: guess,
        filling: Self.pipelineSequences(run, units: guess * given.unitsPerChip) * shape.sequence)
    let most = max(1, shape.batchTokens / shape.sequence * 64)
    let chips = run.number("chips") ?? min(guess, most)
    var machine = try Machine(accelerator: accelerator, chips: max(1, Int(chips.rounded())))
    if let slices = run.slices { machine.slices = machine.kind == .tpu ? slices : 1 }
    self.machine = machine
    problem = shape
  }

  /// The chips of a run that doesn't tell: a power of two that takes about 30 days at 40 % of the
  /// peak; of steps: 4 per billion parameters.
  private static func likelyChips(
    _ run: PublishedRun, active: Double, machine: Machine
  ) -> Double {
    if let chips = run.number("chips") { return chips }
    var chips = max(8, active / 1e9 * 4)
    if let tokens = run.number("tokens") {
      let seconds = 30.0 * 86_400
      chips = max(8, min(16_384, 6 * active * tokens / (0.4 * machine.peak16 * seconds)))
    }
    return Elementary.power(2, Elementary.binaryLogarithm(chips).rounded(.toNearestOrEven))
  }

  /// Sequences of two micro-batches a stage in every replica of a stated pipeline, whose bubble would
  /// else be longer than its work; 0 without a pipeline.
  private static func pipelineSequences(_ run: PublishedRun, units: Double) -> Double {
    guard let stages = run.number("pp"), stages > 1 else { return 0 }
    let group: Double = (run.number("tp") ?? 1) * stages * (run.number("cp") ?? 1)
    let replicas = run.number("dp") ?? max(1, units / group)
    return 2 * stages * replicas * (run.number("micro_batch") ?? 1)
  }

  /// The batch of a run that doesn't tell, tokens.
  ///
  /// - Parameter filling: tokens that keep a stated pipeline busy.
  private static func likelyBatch(active: Double, chips: Double, filling: Double) -> Double {
    let bySize = 4_194_304 * Elementary.power(active / 3e10, 1.0 / 3)
    let tokens = min(33_554_432, max(524_288, bySize, 1024 * chips, filling))
    return Elementary.power(2, Elementary.binaryLogarithm(tokens).rounded(.toNearestOrEven))
  }
}
