import Catalog

/// Feed-forward blocks as configurations describe them.
extension ShapeReader {
  private static let counts = 0...1_000_000

  /// Width of a plain block, of all layers or of the one specified.
  func denseWidth(_ specification: LayerSpecification) throws(Fault) -> Int {
    switch family.special {
    case .bloom: return Saturating.product(4, hidden)
    case .mpt:
      return Saturating.product(hidden, try keys.integer(["expansion_ratio"], in: 1...64) ?? 4)
    case .lfm2: return try adjustedWidth()
    case .gemma4:
      let canDouble = try keys.flag("use_double_wide_mlp")
      let isDouble = canDouble && specification.reusesKeys
      return try keys.required(KeyNames.feedForward) * (isDouble ? 2 : 1)
    case .granitemoehybrid: return try keys.required(KeyNames.sharedWidth, in: Self.counts)
    default: break
    }
    if let width = specification.feedForward { return width }
    let names =
      family.special == .llama4 || keys.gives(KeyNames.denseWidth)
      ? KeyNames.denseWidth : KeyNames.feedForward
    // GPT's blocks are four times as wide as the model unless the file says otherwise.
    let isGPT = ["gpt2", "gpt_bigcode", "gpt_neo", "gptj", "codegen", "falcon"].contains(family.id)
    if isGPT { return try keys.integer(names) ?? Saturating.product(4, hidden) }
    return try keys.required(names)
  }

  /// LFM2 takes two thirds of the width and rounds up.
  private func adjustedWidth() throws(Fault) -> Int {
    let own = try keys.integer(["block_ff_dim"])
    let given = if let own { own } else { try keys.required(KeyNames.feedForward) }
    guard try keys.flag("block_auto_adjust_ff_dim", default: true) else { return given }
    let multiple = try keys.integer(["block_multiple_of"]) ?? 256
    let width = 2 * given / 3
    return (width + multiple - 1) / multiple * multiple
  }

  func addMixture(to layer: inout ModelLayer) throws(Fault) {
    let experts = try keys.required(KeyNames.experts, in: 1...100_000)
    // One expert is a plain block (Jamba).
    if experts == 1, family.special == .jamba {
      layer.feedForward = .dense(width: try keys.required(KeyNames.feedForward))
      return
    }
    let visited = try keys.required(KeyNames.visited, in: 1...experts)
    let width = try expertWidth()
    let latent = try keys.integer(["moe_latent_size"], in: Self.counts) ?? 0
    let shared = try sharedWidth(expert: width)
    let expertVectors = family.expertBias ? (family.matrices - 1) * width + hidden : 0
    layer.feedForward = .mixture(
      MixtureOfExperts(
        experts: experts, expertsPerToken: visited, sharedExperts: shared.count,
        expertFeedForwardSize: width, sharedFeedForwardSize: shared.width, latentSize: latent,
        selectionBias: family.selectionBias, vectorWeightsPerExpert: expertVectors))
    if family.routerBias { layer.vectorWeights += experts }
    if family.sharedGate { layer.otherMatrixWeights += hidden }
    if try keys.holds(family.feedForwardBias), shared.width > 0 {
      layer.vectorWeights += (family.matrices - 1) * shared.width + hidden
    }
  }

  /// Width of a routed expert: its own key, else that of all blocks.
  private func expertWidth() throws(Fault) -> Int {
    if let own = try keys.integer(KeyNames.expertWidth) { return own }
    return try keys.required(KeyNames.feedForward)
  }

  /// Experts that every token visits, and their width together.
  private func sharedWidth(expert: Int) throws(Fault) -> (count: Int, width: Int) {
    if family.special == .llama4 { return (1, expert) }
    // Gemma 4 keeps its plain block beside the experts.
    if family.special == .gemma4 { return (1, try keys.required(KeyNames.feedForward)) }
    let count = try keys.integer(KeyNames.sharedExperts, in: 0...1000)
    if let width = try keys.integer(KeyNames.sharedWidth, in: Self.counts) {
      return width == 0 || count == 0 ? (0, 0) : (count ?? 1, width)
    }
    return (count ?? 0, Saturating.product(count ?? 0, expert))
  }
}
