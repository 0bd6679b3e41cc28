import Workload

/// The shape of a published run's model, with what its row leaves open filled in by stated rules.
struct PublishedShape: Sendable {
  private(set) var problem = StepProblem()
  private let run: PublishedRun
  private let active: Double
  private let total: Double

  init(_ run: PublishedRun, active: Double) {
    self.run = run
    self.active = active
    total = run.number("total_params") ?? active
    addDense()
    addMixture()
    addKinds()
    fitAttention()
    problem.sequence =
      run.number("seq_len") ?? (total < 1e11 && run.year < 2023 ? 2048 : 4096)
    addWindow()
  }

  /// The dense shape. Where the source gives only a size: a width of 110 per layer, heads of 128.
  private mutating func addDense() {
    let cube = Elementary.power(active * 110 / 12, 1.0 / 3)
    let width = max(512, (cube / 128).rounded(.toNearestOrEven) * 128)
    let depth = max(4, (active / (12 * width * width)).rounded(.toNearestOrEven))
    let isKnown = run.number("layers") != nil && run.number("hidden") != nil
    problem.layers = isKnown ? run.number("layers") ?? depth : depth
    problem.hidden = isKnown ? run.number("hidden") ?? width : width
    problem.heads = run.number("heads") ?? max(1, (problem.hidden / 128).rounded(.down))
    problem.headWidth = run.noted(after: "head_dim=") ?? problem.hidden / problem.heads
    let isFull = ["mha", "", "mla"].contains(run.attention)
    problem.keyValueHeads = run.number("kv_heads") ?? (isFull ? problem.heads : 8)
    if run.attention == "mqa" { problem.keyValueHeads = 1 }
    problem.matrices = run.isGated ? 3 : 2
    let isMixture = run.number("experts") != nil
    problem.feedForward = run.number("ffn_hidden") ?? (isMixture ? 0 : 4 * problem.hidden)
    problem.vocabulary = run.number("vocab") ?? 50_304
    let keyed: Double = 2 * problem.heads + 2 * problem.keyValueHeads
    problem.attentionWeights = problem.hidden * problem.headWidth * keyed
    if run.attention == "mla" { addLatentAttention() }
    problem.expertInput = run.token("moe_latent") ?? problem.hidden
    problem.hasParallelBlocks =
      run.notes.contains("parallel attention") || run.model.hasPrefix("PaLM")
    problem.year = run.year.rounded(.down)
  }

  /// Latent attention with the ranks of DeepSeek-V3 (arXiv 2412.19437, section 4.2).
  private mutating func addLatentAttention() {
    let (hidden, heads) = (problem.hidden, problem.heads)
    let queries: Double = hidden * 1536 + 1536 * heads * 192
    let keys: Double = hidden * 576 + 512 * heads * 256
    problem.attentionWeights = queries + keys + heads * 128 * hidden
    problem.headWidth = 160
    problem.hasLatentAttention = true
    // DeepSeek-V3 routes a token to at most 4 nodes (arXiv 2412.19437, section 2.1.2).
    problem.mostDomains = 4
    problem.keyValueHeads = 4.5
  }

  /// The mixture's shape. Where the source gives only sizes: two experts a token, and all but a
  /// third of the active weights in experts; where only the width is missing, what the size leaves.
  private mutating func addMixture() {
    problem.expertsPerToken = run.number("experts_per_token") ?? 1
    let shared = run.number("shared_experts") ?? 0
    let perWidth: Double = problem.matrices * problem.expertInput
    let attention = problem.layers * problem.attentionWeights
    let ends: Double = 2 * problem.vocabulary * problem.hidden
    if let experts = run.number("experts") {
      problem.experts = experts
      let rest: Double = (total - ends - attention) / (problem.layers * experts * perWidth)
      problem.expertFeedForward = run.number("expert_ffn_hidden") ?? max(64, rest)
    } else if active < 0.6 * total {
      let routed = 2.0 / 3 * active
      problem.expertsPerToken = 2
      problem.expertFeedForward = routed / problem.layers / perWidth / 2
      let count = 2 * (total - active / 3) / routed
      problem.experts = max(4, count.rounded(.toNearestOrEven))
      problem.feedForward = 0
    } else {
      return
    }
    problem.sharedFeedForward = run.token("shared_ffn") ?? shared * problem.expertFeedForward
    problem.expertWeights = perWidth * problem.expertFeedForward
    problem.counts.mixture = problem.layers
    guard problem.feedForward > 0 else { return }
    let perLayer = problem.experts * problem.expertWeights
    let layers = ((total - ends - attention) / perLayer).rounded(.toNearestOrEven)
    problem.counts.mixture = min(problem.layers, max(1, layers))
  }

  /// Layers by kind. In a hybrid a block is attention, Mamba, linear attention or a mixture alone when
  /// these make up all layers; else each mixer carries a feed-forward block behind it. A further token
  /// predicted adds an attention, a feed-forward block and a head.
  private mutating func addKinds() {
    let layers = problem.layers
    problem.counts.attention = layers
    problem.counts.dense = layers - problem.counts.mixture
    problem.hasBiasedExperts =
      problem.experts > 0 && run.model.lowercased().filter { $0 != "-" }.hasPrefix("gptoss")
    let further = run.token("mtp_layers") ?? 0
    if run.tokenText("hybrid") != nil { addHybrid(layers) }
    let isBlockEach =
      problem.counts.dense == 0 && problem.counts.attention < layers && problem.experts > 0
    problem.outputHeads = 1 + further
    problem.counts.attention += further
    if problem.experts > 0 {
      problem.counts.mixture += further
    } else {
      problem.counts.dense += further
    }
    problem.layers += isBlockEach ? 2 * further : further
  }

  private mutating func addHybrid(_ layers: Double) {
    problem.counts.mamba = run.token("mamba_layers") ?? 0
    problem.counts.linear = run.token("linear_layers") ?? 0
    let mixers: Double = problem.counts.mamba + problem.counts.linear
    problem.counts.attention = run.token("attention_layers") ?? max(0, layers - mixers)
    if let mixtures = run.token("moe_layers") { problem.counts.mixture = mixtures }
    let mixing: Double = mixers + problem.counts.attention
    problem.counts.dense =
      mixing == layers
      ? layers - problem.counts.mixture : max(0, layers - mixing - problem.counts.mixture)
    problem.linearWidth = problem.heads * problem.headWidth
    problem.linearWeights =
      problem.hidden * problem.headWidth * (3 * problem.heads + 2 * problem.keyValueHeads)
    let heads = run.token("mamba_heads") ?? 0
    problem.mambaWidth = heads * (run.token("mamba_head_dim") ?? 64)
    problem.mambaState = run.token("ssm_state") ?? 128
    problem.mambaGroups = run.token("ssm_groups") ?? 1
    problem.mambaHeads = heads
    guard problem.counts.mamba > 0, problem.mambaWidth == 0 else { return }
    problem.mambaWidth = 2 * problem.hidden
    problem.mambaHeads = problem.mambaWidth / 64
  }

  /// Compressed attentions have fewer weights than their heads tell: what the active weights leave.
  private mutating func fitAttention() {
    let counts = problem.counts
    guard run.number("layers") != nil, problem.experts > 0, counts.attention > 0 else { return }
    let hidden = problem.hidden
    let visited: Double =
      problem.expertsPerToken * problem.expertWeights
      + problem.matrices * hidden * problem.sharedFeedForward
    let states: Double = 2 * problem.mambaGroups * problem.mambaState + problem.mambaHeads
    let mamba: Double = hidden * (3 * problem.mambaWidth + states)
    let attention: Double = counts.attention * problem.attentionWeights
    let dense: Double = counts.dense * problem.matrices * hidden * problem.feedForward
    let mixers: Double = counts.mamba * mamba + counts.linear * problem.linearWeights
    let rest: Double = dense + counts.mixture * visited + problem.vocabulary * hidden + mixers
    let over: Double = attention + rest - 1.02 * active
    guard over > 0 else { return }
    problem.attentionWeights *= max(0.25, 1 - over / attention)
  }

  private mutating func addWindow() {
    if let window = run.token("window"), window > 0 {
      problem.window = window
      problem.windowedShare =
        (run.token("window_layers") ?? problem.counts.attention) / problem.counts.attention
    } else if let windowed = run.windowedLayers {
      problem.windowedShare = windowed.some / windowed.all
      problem.window = windowed.all > 1 ? 1024 : problem.sequence / 2
    } else if problem.hasBiasedExperts {
      // GPT-OSS: every other layer sees 128 tokens (its model card, 2025-08).
      problem.windowedShare = 0.5
      problem.window = 128
    }
    if !(0...1).contains(problem.windowedShare) { problem.windowedShare = 0 }
  }
}
