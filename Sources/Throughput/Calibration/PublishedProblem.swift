import Catalog

/// A published run in the terms of the step-time model, with everything the source leaves open
/// filled in by stated rules.
struct PublishedProblem: Sendable {
  var run: PublishedRun
  var problem: StepProblem
  var machine: Machine
  /// Weights that multiply activations, per token.
  var matmulWeights: Double

  /// - Throws: `Infeasibility` when the accelerator's rates are unknown.
  init(_ run: PublishedRun, accelerator: Accelerator) throws(Infeasibility) {
    self.run = run
    let active = run.number("active_params") ?? run.number("total_params") ?? 7e9
    var shape = Self.shape(run, active: active)
    Self.addMixture(run, active: active, to: &shape)
    let attention = shape.layers * shape.attentionWeights
    let plain = (shape.layers - shape.mixtureLayers) * shape.matrices * shape.hidden
    let visited = shape.expertsPerToken + shape.sharedExperts
    let mixture: Double = shape.mixtureLayers * visited * shape.expertWeights
    matmulWeights =
      attention + plain * shape.feedForward + mixture + shape.vocabulary * shape.hidden
    shape.parameters = run.number("total_params") ?? matmulWeights
    let total = run.number("total_params") ?? 0
    shape.sequence = run.number("seq_len") ?? (total < 1e11 && run.year < 2023 ? 2048 : 4096)
    if let windowed = run.windowedLayers {
      shape.windowedShare = windowed.some / windowed.all
      shape.window = windowed.all > 1 ? 1024 : shape.sequence / 2
    }
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

  /// The dense shape. Where the source gives only a size: a width of 110 per layer, heads of 128.
  private static func shape(_ run: PublishedRun, active: Double) -> StepProblem {
    var shape = StepProblem()
    let cube = Elementary.power(active * 110 / 12, 1.0 / 3)
    let width = max(512, (cube / 128).rounded(.toNearestOrEven) * 128)
    let depth = max(4, (active / (12 * width * width)).rounded(.toNearestOrEven))
    let isKnown = run.number("layers") != nil && run.number("hidden") != nil
    shape.layers = isKnown ? run.number("layers") ?? depth : depth
    shape.hidden = isKnown ? run.number("hidden") ?? width : width
    shape.heads = run.number("heads") ?? max(1, (shape.hidden / 128).rounded(.down))
    shape.headWidth = run.noted(after: "head_dim=") ?? shape.hidden / shape.heads
    let isFull = ["mha", "", "mla"].contains(run.attention)
    shape.keyValueHeads = run.number("kv_heads") ?? (isFull ? shape.heads : 8)
    if run.attention == "mqa" { shape.keyValueHeads = 1 }
    shape.matrices = run.isGated ? 3 : 2
    shape.feedForward = run.number("ffn_hidden") ?? 4 * shape.hidden
    shape.vocabulary = run.number("vocab") ?? 50_304
    let keyed: Double = 2 * shape.heads + 2 * shape.keyValueHeads
    shape.attentionWeights = shape.hidden * shape.headWidth * keyed
    if run.attention == "mla" { addLatentAttention(to: &shape) }
    shape.hasParallelBlocks =
      run.notes.contains("parallel attention") || run.model.hasPrefix("PaLM")
    shape.year = run.year.rounded(.down)
    shape.usesFP8 = run.precision == .fp8
    return shape
  }

  /// Latent attention with the ranks of DeepSeek-V3 (arXiv 2412.19437, section 4.2).
  private static func addLatentAttention(to shape: inout StepProblem) {
    let (hidden, heads) = (shape.hidden, shape.heads)
    let queries: Double = hidden * 1536 + 1536 * heads * 192
    let keys: Double = hidden * 576 + 512 * heads * 256
    shape.attentionWeights = queries + keys + heads * 128 * hidden
    shape.headWidth = 160
    shape.keyValueHeads = 4.5
  }

  /// The mixture's shape. Where the source gives only sizes: two experts a token, and all but a
  /// third of the active weights in experts.
  private static func addMixture(
    _ run: PublishedRun, active: Double, to shape: inout StepProblem
  ) {
    let total = run.number("total_params") ?? active
    shape.expertsPerToken = run.number("experts_per_token") ?? 1
    shape.sharedExperts = run.number("shared_experts") ?? 0
    if let experts = run.number("experts"), let width = run.number("expert_ffn_hidden") {
      shape.experts = experts
      shape.expertFeedForward = width
      shape.feedForward = run.number("ffn_hidden") ?? 0
    } else if active < 0.6 * total {
      let routed = 2.0 / 3 * active
      shape.expertsPerToken = 2
      shape.sharedExperts = 0
      shape.expertFeedForward = routed / shape.layers / (3 * shape.hidden) / 2
      let count = 2 * (total - active / 3) / routed
      shape.experts = max(4, count.rounded(.toNearestOrEven))
      shape.feedForward = 0
    } else {
      return
    }
    shape.expertWeights = 3 * shape.hidden * shape.expertFeedForward
    shape.mixtureLayers = shape.layers
    guard shape.feedForward > 0 else { return }
    let ends: Double = 2 * shape.vocabulary * shape.hidden
    let attention = shape.layers * shape.attentionWeights
    let perLayer = shape.experts * shape.expertWeights
    let layers = ((total - ends - attention) / perLayer).rounded(.toNearestOrEven)
    shape.mixtureLayers = min(shape.layers, max(1, layers))
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
