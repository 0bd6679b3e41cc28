import Testing
import Workload

/// What published runs say of their operations, days and utilisation, recounted.
@Suite struct PublishedAccountingTests {
  /// Model operations over what the chips could have done, percent.
  private static func utilization(
    flops: Double, seconds: Double, chips: Double, peak: Double
  ) -> Double {
    100 * flops / (seconds * chips * peak)
  }

  // PaLM (arXiv 2204.02311), section 4.1 and appendix B: 238.3e3 tokens/s on 6144 TPU v4.
  @Test("PaLM 540B used 46.2 % of the peak, 45.7 % without attention")
  func palm() throws {
    let model = try ModelPresets.find("palm-540b").architecture
    #expect(isClose(model.totalParameters, 540.35e9, within: 1e-4))
    func percent(_ convention: AttentionFlopsConvention) -> Double {
      Self.utilization(
        flops: 238.3e3 * model.flopsPerToken(sequenceLength: 2048, convention: convention),
        seconds: 1, chips: 6144, peak: 275e12)
    }
    #expect((percent(.full) - 46.2).magnitude < 0.05)
    #expect((percent(.none) - 45.7).magnitude < 0.06)
  }

  /// A row of Korthikanti et al. 2022 (arXiv 2205.05198), table 5.
  struct Korthikanti: Sendable {
    var layers, hidden, chips, batch: Int
    var seconds, model, hardware: Double
  }

  @Test(
    "Korthikanti et al.'s utilisation of models and of hardware",
    arguments: [
      Korthikanti(
        layers: 48, hidden: 6144, chips: 8, batch: 4, seconds: 1.10, model: 41.5, hardware: 43.7),
      Korthikanti(
        layers: 96, hidden: 12288, chips: 64, batch: 64, seconds: 13.75, model: 51.4,
        hardware: 52.8),
      Korthikanti(
        layers: 105, hidden: 20480, chips: 280, batch: 280, seconds: 37.83, model: 56.0,
        hardware: 57.0),
      Korthikanti(
        layers: 128, hidden: 25600, chips: 512, batch: 512, seconds: 71.49, model: 56.3,
        hardware: 57.0),
    ])
  func korthikanti(_ row: Korthikanti) {
    let model = Shapes.gpt(row.layers, row.hidden)
    let tokens = Double(row.batch * 2048)
    let flops = tokens * model.flopsPerToken(sequenceLength: 2048, convention: .full)
    // Their hardware count doubles attention under selective recomputation: s/3h for s/6h.
    let again = tokens * model.attentionFlopsPerToken(sequenceLength: 2048, convention: .full)
    func percent(_ flops: Double) -> Double {
      Self.utilization(
        flops: flops, seconds: row.seconds, chips: Double(row.chips), peak: 312e12)
    }
    // The time of the smallest is printed to two digits, 0.5 % of it.
    #expect((percent(flops) - row.model).magnitude < 0.2)
    #expect((percent(flops + again) - row.hardware).magnitude < 0.2)
  }

  // Smith et al. 2022 (arXiv 2201.11990), section 3.2: 126, 121 and 113 TFLOP/s.
  @Test(
    "MT-NLG's rate counts every layer's forward pass twice",
    arguments: [(2240.0, 60.1, 125.7), (2800, 50.2, 120.4), (3360, 44.4, 113.5)])
  func mtnlg(chips: Double, seconds: Double, teraflops: Double) {
    let model = Shapes.gpt(105, 20480)
    let once = model.flopsPerToken(sequenceLength: 2048, convention: .full)
    let head: Double = 6 * 51200 * 20480
    let step: Double = 1920 * 2048 * (once + (once - head) / 3)
    #expect(isClose(step, 1.693e19, within: 5e-4))
    #expect((step / seconds / chips / 1e12 - teraflops).magnitude < 0.1)
  }

  // Narayanan et al. 2021 (arXiv 2104.04473), equation 4: 8·N·T/(n·X) seconds.
  @Test(
    "days of training as Narayanan et al. print them: 34 and 84",
    arguments: [
      (96, 12288, 300e9, 1024.0, 140e12, 33.8), (128, 25600, 450e9, 3072, 163e12, 83.9),
    ])
  func days(
    layers: Int, hidden: Int, tokens: Double, chips: Double, rate: Double, days: Double
  ) {
    let parameters = Shapes.gpt(layers, hidden).totalParameters
    let seconds: Double = 8 * parameters * tokens / (chips * rate)
    #expect((seconds / 86_400 - days).magnitude < 0.15)
  }

  // The same, table 1: rates per GPU are printed without decimals, the largest as 52 % of the peak.
  @Test(
    "aggregate rates of Narayanan et al., PFLOP/s",
    arguments: [
      (32.0, 137.0, 4.4), (64, 138, 8.8), (128, 142, 18.2), (256, 135, 34.6), (512, 138, 70.8),
      (1024, 140, 143.8), (1536, 148, 227.1), (1920, 155, 297.4), (2520, 163, 410.2),
      (3072, 163, 502.0),
    ])
  func aggregate(chips: Double, teraflops: Double, petaflops: Double) {
    #expect((chips * teraflops / 1000 - petaflops).magnitude <= 0.0005 * chips + 0.05)
    #expect(teraflops / 312 <= 0.525)
  }

  // Hoffmann et al. (arXiv 2203.15556): budget of Gopher, 5.76e23. Llama 3 (arXiv 2407.21783),
  // section 3.2.1: 3.8e25.
  @Test("6·N·D of Chinchilla and of Llama 3.1 405B")
  func budgets() throws {
    let chinchilla: Double = 6 * 70e9 * 1.4e12
    #expect(isClose(chinchilla, 5.76e23, within: 0.025))
    let llama: Double = 6 * Shapes.llama405B.totalParameters * 15.6e12
    #expect(isClose(llama, 3.8e25, within: 1e-3))
    let counted =
      15.6e12 * Shapes.llama405B.flopsPerToken(sequenceLength: 8192, convention: .none)
    #expect(isClose(counted, llama, within: 0.006))
  }

  // Llama 3, table 4: 8,192 and 16,384 H100, 16M tokens a step; the paper leaves open which
  // attention convention it takes, the derived times bracket it.
  @Test("Llama 3's printed rates and shares of the peak agree, and give its step time")
  func llamaTable() {
    for (rate, percent) in [(430.0, 43.0), (400, 41), (380, 38)] {
      #expect((rate / 989 * 100 - percent).magnitude < 0.6)
    }
    let model = Shapes.llama405B
    let tokens = 2048.0 * 8192
    func seconds(_ convention: AttentionFlopsConvention) -> Double {
      tokens * model.flopsPerToken(sequenceLength: 8192, convention: convention) / (400e12 * 16384)
    }
    #expect((seconds(.causal) - 6.46).magnitude < 0.005)
    #expect((seconds(.full) - 6.72).magnitude < 0.005)
  }

  // DeepSeek-V3 (arXiv 2412.19437), table 1: 2.664e6 H800-hours for 14.8e12 tokens; further-token
  // modules not counted.
  @Test("DeepSeek-V3's hours are 387 TFLOP/s, 39 % of the 16-bit peak")
  func deepSeek() {
    let flops =
      14.8e12 * Shapes.deepSeekV3.flopsPerToken(sequenceLength: 4096, convention: .causal)
    #expect(isClose(flops, 3.71e24, within: 1e-3))
    let rate: Double = flops / (2.664e6 * 3600)
    #expect(isClose(rate, 387e12, within: 2e-3))
    #expect((rate / 989e12 * 100 - 39).magnitude < 0.2)
    #expect(isClose(180e3 * 14.8, 2.664e6, within: 1e-12))
  }

  // "How to Scale Your Model" (github.com/jax-ml/scaling-book, 2025-02-18), applied training.
  @Test("a 70B model takes 44.3 days on a v5p pod at 40 %")
  func pod() {
    let flops: Double = 6 * 70e9 * 15e12
    #expect(isClose(flops, 6.3e24, within: 1e-12))
    #expect((flops / (8960 * 459e12 * 0.4) / 86_400 - 44.3).magnitude < 0.05)
  }

  // github.com/marin-community/marin, issue 6044 (2026-06-26): the shape is not given there, so
  // only time and rate can be held against one another.
  @Test("marin's mixture takes 22.58 s a step of 33.55M tokens")
  func marin() {
    #expect((4096 * 8192 / 1.486e6 - 22.58).magnitude < 0.005)
  }

  // Megatron-LM, theoretical_memory_usage.py (2026-08-22): s·b·h·(18 + 4f/h)/t.
  @Test("Megatron's form for any block width is Korthikanti et al.'s at four times the model's")
  func megatronActivations() {
    let base: Double = 2048 * 12288 / 8
    let wide: Double = base * (18 + 4 * 49152.0 / 12288)
    let classic = ActivationMemory.classicBlockBytes(
      hiddenSize: 12288, attentionHeads: 96, sequenceLength: 2048, microBatch: 1,
      tensorParallel: 8, sequenceParallel: true, recompute: .selective)
    #expect(classic == wide)
  }
}
