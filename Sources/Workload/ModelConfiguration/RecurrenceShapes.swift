import Catalog

/// State spaces and linear attention as configurations describe them. Layouts are those of the
/// families' implementations in Transformers 5.24.
extension ShapeReader {
  func addRecurrence(to layer: inout ModelLayer) throws(Fault) {
    switch family.recurrence {
    case .mamba1: try addMamba1(to: &layer)
    case .mamba2: try addMamba2(to: &layer)
    case .gatedDelta: try addGatedDelta(to: &layer)
    case .kimiDelta: try addKimiDelta(to: &layer)
    case .lightning: addLightning(to: &layer)
    case .convolution: try addConvolution(to: &layer)
    case nil: break
    }
  }

  private func addMamba1(to layer: inout ModelLayer) throws(Fault) {
    let inner = Saturating.product(
      hidden, try keys.required(["mamba_expand", "expand"], in: 1...64))
    let state = try keys.required(["mamba_d_state", "state_size"])
    let taps = try keys.required(["mamba_d_conv", "conv_kernel"])
    let rankNames = ["mamba_dt_rank", "time_step_rank"]
    let isGiven = keys.gives(rankNames) && !keys.isAutomatic(rankNames)
    let rank = isGiven ? try keys.required(rankNames) : (hidden + 15) / 16
    let projections =
      Saturating.product(3, hidden, inner) + Saturating.product(inner, 2 * rank + 2 * state)
    layer.recurrence = Recurrence(
      kind: .mamba1, heads: inner, keyHeads: 1, stateSize: state, headDimension: 1,
      convolutionWidth: taps, convolvedChannels: inner,
      chunk: try keys.integer(["mamba_chunk_size", "chunk_size"]) ?? 256,
      projectionWeights: projections)
    // Decay rates, skips and the bias of the time step.
    layer.vectorWeights += Saturating.product(inner, state + 2)
    if try keys.flag("mamba_conv_bias", "use_conv_bias", default: true) {
      layer.vectorWeights += inner
    }
    if try keys.flag("mamba_proj_bias", "use_bias") { layer.vectorWeights += 2 * inner + hidden }
    // Jamba normalises the time step and both maps.
    if family.special == .jamba { layer.vectorWeights += rank + 2 * state }
  }

  private func addMamba2(to layer: inout ModelLayer) throws(Fault) {
    let heads = try keys.required(["mamba_num_heads", "mamba_n_heads", "num_heads"])
    let names =
      ["mamba_head_dim", "mamba_d_head"] + (family.attention == .none ? ["head_dim"] : [])
    let whole = try keys.integer(["mamba_d_ssm"])
    var width = 0
    if keys.isAutomatic(names) {
      let expand = try keys.required(["mamba_expand", "expand"], in: 1...64)
      width = (whole ?? Saturating.product(expand, hidden)) / heads
    } else {
      width = try keys.required(names)
    }
    let groups = try keys.required(["mamba_n_groups", "n_groups"])
    let state = try keys.required(["mamba_d_state", "ssm_state_size", "state_size"])
    let inner = Saturating.product(heads, width)
    let channels = inner + Saturating.product(2, groups, state)
    layer.recurrence = Recurrence(
      kind: .mamba2, heads: heads, keyHeads: groups, stateSize: state, headDimension: width,
      convolutionWidth: try keys.required(["mamba_d_conv", "conv_kernel"]),
      convolvedChannels: channels,
      chunk: try keys.integer(["mamba_chunk_size", "chunk_size"]) ?? 256,
      projectionWeights: Saturating.product(hidden, inner + channels + heads)
        + Saturating.product(inner, hidden))
    layer.vectorWeights += 3 * heads
    if try keys.flag("mamba_rms_norm", default: true) { layer.vectorWeights += inner }
    if try keys.flag("mamba_conv_bias", "use_conv_bias", default: true) {
      layer.vectorWeights += channels
    }
    if try keys.flag("mamba_proj_bias", "use_bias") {
      layer.vectorWeights += inner + channels + heads + hidden
    }
  }

  private func addGatedDelta(to layer: inout ModelLayer) throws(Fault) {
    let keyHeads = try keys.integer(["linear_num_key_heads"]) ?? heads
    let valueHeads = try keys.integer(["linear_num_value_heads"]) ?? heads
    let keyWidth = try keys.integer(["linear_key_head_dim"]) ?? 3 * hidden / (4 * keyHeads)
    let valueWidth = try keys.integer(["linear_value_head_dim"]) ?? 2 * keyWidth
    let allKeys = Saturating.product(keyHeads, keyWidth)
    let allValues = Saturating.product(valueHeads, valueWidth)
    layer.recurrence = Recurrence(
      kind: .gatedDelta, heads: valueHeads, keyHeads: keyHeads, stateSize: keyWidth,
      headDimension: valueWidth, convolutionWidth: try keys.required(["linear_conv_kernel_dim"]),
      convolvedChannels: 2 * allKeys + allValues, chunk: 64,
      projectionWeights: Saturating.product(hidden, 2 * allKeys + 3 * allValues + 2 * valueHeads))
    layer.vectorWeights += 2 * valueHeads + valueWidth
  }

  private func addKimiDelta(to layer: inout ModelLayer) throws(Fault) {
    var inner = keys
    if let own = try source.object("linear_attn_config") {
      inner = ShapeKeys(source: own, family: family)
    }
    func size(_ own: String, _ name: String) throws(Fault) -> Int {
      if let given = try inner.integer([own]) { return given }
      return try keys.required([name])
    }
    let heads = try size("num_heads", "linear_num_heads")
    let width = try size("head_dim", "linear_head_dim")
    let taps = try size("short_conv_kernel_size", "linear_conv_kernel_dim")
    let all = Saturating.product(heads, width)
    // Queries, keys, values, output; the two gates through the width of a head; strengths.
    let projections =
      Saturating.product(4, hidden, all) + Saturating.product(2, width, hidden + all)
      + Saturating.product(hidden, heads)
    layer.recurrence = Recurrence(
      kind: .kimiDelta, heads: heads, keyHeads: heads, stateSize: width, headDimension: width,
      convolutionWidth: taps, convolvedChannels: 3 * all, chunk: 64,
      projectionWeights: projections)
    layer.vectorWeights += all + heads + width
  }

  private func addLightning(to layer: inout ModelLayer) {
    let inner = Saturating.product(heads, headDimension)
    layer.recurrence = Recurrence(
      kind: .lightning, heads: heads, keyHeads: heads, stateSize: headDimension,
      headDimension: headDimension, convolutionWidth: 0, convolvedChannels: 0, chunk: 256,
      projectionWeights: Saturating.product(5, hidden, inner))
    layer.vectorWeights += inner
  }

  private func addConvolution(to layer: inout ModelLayer) throws(Fault) {
    layer.recurrence = Recurrence(
      kind: .shortConvolution, heads: 0, keyHeads: 0, stateSize: 0, headDimension: 0,
      convolutionWidth: try keys.required(["conv_L_cache"]), convolvedChannels: hidden, chunk: 1,
      projectionWeights: Saturating.product(4, hidden, hidden))
    if try keys.flag("conv_bias") { layer.vectorWeights += 5 * hidden }
  }
}
