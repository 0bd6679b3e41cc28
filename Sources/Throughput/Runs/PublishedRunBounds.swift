import Quantities

extension PublishedRun {
  /// Of the columns that hold figures. What is plausible spans published runs and several times more
  /// (a judgement; grade D); 0 stands for an unknown figure in some tables.
  static let bounds: [String: Bounds] = {
    let parameters = Bounds(
      0...1e16, plausible: 1e6...1e14, "parameters", slips: [Bounds.Slip(1e9, "in billions")])
    let degree = Bounds(0...1e6, plausible: 0...65_536)
    let width = Bounds(0...1e7, plausible: 0...1e6)
    return [
      "total_params": parameters, "active_params": parameters,
      "layers": Bounds(0...100_000, plausible: 0...2000), "hidden": width,
      "heads": Bounds(0...1e6, plausible: 0...4096),
      "kv_heads": Bounds(0...1e6, plausible: 0...4096),
      "ffn_hidden": width, "vocab": Bounds(0...1e8, plausible: 0...2e6),
      "experts": Bounds(0...1e6, plausible: 0...10_000),
      "experts_per_token": Bounds(0...1e6, plausible: 0...1000),
      "shared_experts": Bounds(0...1e6, plausible: 0...100), "expert_ffn_hidden": width,
      "seq_len": Bounds(0...1e8, plausible: 64...1.1e7, "tokens"),
      "tokens": Bounds(
        0...1e18, plausible: 1e7...1e15, "tokens", slips: [Bounds.Slip(1e9, "in billions")]),
      "global_batch_tokens": Bounds(0...1e12, plausible: 1000...1e9, "tokens"),
      "micro_batch": Bounds(0...1e6, plausible: 0...4096),
      "tp": degree, "pp": degree, "vpp": degree, "dp": degree, "cp": degree, "ep": degree,
      "zero_stage": Bounds(0...3),
      "chips": Bounds(1...1e7, plausible: 1...500_000, "chips"),
      "measured_step_s": Bounds(
        0...1e6, plausible: 0.01...1000, "seconds", slips: [Bounds.Slip(0.001, "in ms")]),
      "measured_tokens_per_s_per_chip": Bounds(0...1e9, plausible: 1...1e7, "tokens a second"),
      "measured_model_tflops_per_chip": Bounds(
        0...1e5, plausible: 1...20_000, "TFLOP/s", slips: [Bounds.Slip(1000, "in PFLOP/s")]),
      "measured_mfu": Bounds(0...1, plausible: 0.005...0.8, slips: [.percent]),
      "measured_hfu": Bounds(0...1, plausible: 0.005...0.85, slips: [.percent]),
      "wall_days": Bounds(0...36_500, plausible: 0.01...1000, "days"),
      "chip_hours": Bounds(0...1e12, plausible: 1...1e10, "chip-hours"),
      "year": Bounds(1990...2100, plausible: 2017...2040),
    ]
  }()
}
