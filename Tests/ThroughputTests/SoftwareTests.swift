import Catalog
import Testing
import Workload

@testable import Throughput

@Suite struct `Software and recipes` {
  @Test func `a stack is asked for by name, with the month of its release`() throws {
    let table = SoftwareTable.builtIn
    for name in [
      "megatron", "pytorch-fsdp", "deepspeed", "maxtext", "axlearn", "neuron-nxd", "own",
    ] {
      #expect(table.names.contains(name))
      #expect(table.stack(asked: name) != nil)
    }
    let older = try #require(table.stack(asked: "megatron@2026-02"))
    let newer = try #require(table.stack(asked: "megatron@2026-06"))
    #expect(!older.isNewest && newer.isNewest)
    for wrong in [
      "Megatron", "megatron@", "megatron@2026-13", "megatron@26-06", "", "grug", "own@x",
    ] {
      #expect(table.stack(asked: wrong) == nil, "\(wrong)")
    }
  }

  @Test func `pipelines of Megatron and DeepSpeed shard the optimizer at most`() throws {
    let table = SoftwareTable.builtIn
    for name in ["megatron", "deepspeed"] {
      let stack = try #require(table.stack(asked: name))
      #expect(stack.zeroStages(isPipelined: true) == [0, 1])
      #expect(stack.zeroStages(isPipelined: false).contains(3))
    }
    let torch = try #require(table.stack(asked: "pytorch-fsdp"))
    #expect(torch.zeroStages(isPipelined: true) == [0, 1, 2, 3])
    let job = StrategySearchTests.jobs[3]
    let found = try StrategySearchTests.search(job).run(keeping: 50).get()
    for strategy in found.best.map(\.strategy) where strategy.pipeline > 1 {
      #expect(strategy.zeroStage <= 1)
    }
  }

  /// Kumar et al. 2024 (arXiv 2411.04330): weights in 8 bits are worth 0.9498, in 4 bits 0.7759 of the
  /// parameters, in 16 bits 0.9975.
  @Test func `a recipe below 16 bits says what it may cost in quality`() throws {
    #expect(Precision.bf16.qualityNote == nil && Precision.fp16.qualityNote == nil)
    func activations(_ bits: Double) -> Double { 1 - Elementary.exponential(-bits / 2.2102) }
    for (precision, bits, weights) in [(Precision.mxfp8, 8.0, 0.9498), (.nvfp4, 4, 0.7759)] {
      let worth = Precision.worth(bits: bits)
      #expect(abs(worth - weights * activations(bits)) < 1e-4)
      let share = 100 * worth / (0.9975 * activations(16))
      let note = try #require(precision.qualityNote)
      #expect(note.contains("one of \(Int(share.rounded())) % of its parameters"))
    }
  }

  @Test func `attention on chips without measured kernels bends as on GPUs`() throws {
    func half(_ id: String) throws -> Double {
      let machine = try Machine(accelerator: Fixture.accelerator(id), chips: 1)
      return KernelCurves.builtIn.attention(machine).half
    }
    // A100's half of 387 keys at 312 TFLOP/s, by the root of the peak: 459 of v5p, 2,307 of TPU7x.
    #expect(try abs(half("tpu-v5p") - 387 * (459.0 / 312).squareRoot()) < 1)
    #expect(try half("tpu-v7x") > 2 * half("tpu-v5p"))
    // Two cores of a Trainium1 chip are counted apart, and fill as one chip does.
    #expect(try half("trn1") > 200 && half("trn1") < half("tpu-v5p"))
  }

  @Test func `a slower class of software makes slower steps`() throws {
    let chip = try Fixture.accelerator("h100-sxm")
    func seconds(_ name: String) throws -> Double {
      try ThroughputModel.builtIn.best(
        architecture: Fixture.model("llama-3.1-70b"), sequenceLength: 8192,
        globalBatchSequences: 512, precision: .bf16, accelerator: chip, chips: 256,
        chipsPerSlice: nil, software: SoftwareTable.builtIn.stack(asked: name)
      ).get().stepSeconds
    }
    let tuned = try seconds("megatron")
    #expect(try seconds("deepspeed") > 1.08 * tuned)
    #expect(try seconds("pytorch-fsdp") > 1.1 * tuned)
  }

  @Test(arguments: [
    ("h100-sxm", Precision.fp8, Precision.fp8Current), ("b200", .fp8, .mxfp8),
    ("mi300x", .fp8, .fp8Delayed), ("h100-sxm", .mxfp8, .fp8Block),
    ("h100-sxm", .nvfp4, .fp8Current), ("a100-80g", .fp8, .bf16), ("gb300", .nvfp4, .nvfp4),
    ("v100-32g", .fp8, .fp16),
  ])
  func `a recipe is what the chip has units for`(
    _ id: String, _ asked: Precision, _ found: Precision
  ) throws {
    let machine = try Machine(accelerator: Fixture.accelerator(id), chips: 8)
    #expect(Recipe(asked, on: machine).precision == found)
  }

  @Test func `fewer bits are faster on wide layers, and gain little on narrow experts`() throws {
    func gain(_ model: String) throws -> Double {
      func seconds(_ precision: Precision) throws -> Double {
        try JobCase(
          model: model, accelerator: "gb200", chips: 64, sequence: 4096, batch: 1024,
          precision: precision
        ).best().get().stepSeconds
      }
      return try seconds(.bf16) / seconds(.mxfp8)
    }
    let (dense, mixture) = (try gain("llama-3.1-70b"), try gain("qwen3-30b-a3b"))
    #expect(dense > 1.2 && mixture > 0.9 && dense > mixture)
  }

  @Test func `a team's lag slows the middle, widens the range and leaves the tuned rate`() throws {
    let tuned = try feasibleJobs[1].best().get()
    let lag = TeamEffect.builtIn.rate(try Fixture.accelerator("h100-sxm"))
    let late = tuned.after(lag)
    let (before, after) = (tuned.tokensPerSecondPerChip, late.tokensPerSecondPerChip)
    #expect(abs(after.p50 / before.p50 - lag.p50) < 1e-12)
    #expect(after.p50 / after.p10 > before.p50 / before.p10)
    #expect(after.p90 / after.p50 > before.p90 / before.p50)
    #expect(late.tunedTokensPerSecondPerChip == before)
    let parts = late.breakdown.reduce(0) { $0 + $1.value }
    #expect(abs(parts / late.stepSeconds - 1) < 1e-9)
  }

  @Test func `ranges are wider for mixtures, open stacks, short steps and kinds without rows`() {
    let errors = ThroughputModel.builtIn.errors
    func width(_ change: (inout ErrorScale.Features) -> Void) -> Double {
      var features = ErrorScale.Features()
      change(&features)
      return errors.spread(features).p90
    }
    let plain = width { _ in }
    #expect(width { $0.isMixture = true } > plain)
    #expect(width { $0.isOpenStack = true } > plain)
    #expect(width { $0.stepSeconds = 0.1 } > plain)
    #expect(width { $0.hasNewKind = true } > 2 * plain)
    #expect(width { $0.isUnmeasuredChip = true } > plain + 0.1)
  }
}
