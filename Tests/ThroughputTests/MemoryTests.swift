import Catalog
import Testing
import Workload

@testable import Throughput

struct MemoryTests {
  @Test("Model states on a chip are Megatron's and ZeRO's")
  func states() throws {
    let timer = try Self.gpt3Timer()
    func perParameter(zero: Double) -> Double {
      let layout = Self.layout(zero: zero, recompute: .none)
      let use = timer.memory(layout)
      return (use.weights + use.gradients + use.optimizer) / timer.localParameters(layout)
    }
    // Megatron-LM sums gradients in 32 bit: 18 bytes a parameter, 6 + 12/D with its distributed
    // optimizer (theoretical_memory_usage.py, 2026-08-22). ZeRO-3: 16/D (arXiv 1910.02054).
    let plain = StateBytes.megatron.perParameter(sharding: .replicated, group: 8)
    let megatron = StateBytes.megatron.perParameter(sharding: .optimizer, group: 8)
    let sharded = StateBytes.mixedPrecisionAdam.perParameter(sharding: .weights, group: 8)
    #expect(abs(perParameter(zero: 0) - plain) < 1e-9)
    #expect(abs(perParameter(zero: 1) - megatron) < 1e-9)
    // ZeRO-3 keeps two of the stage's 12 layers whole, in 16 bit, besides.
    #expect(abs(perParameter(zero: 3) - sharded - 2.0 * 2 / 12) < 1e-9)
  }

  @Test("A mixture's states can't be less than all of them shared out over all chips")
  func mixtureStates() throws {
    let catalog = try Catalog()
    let chip = try #require(catalog.accelerator("h100-sxm"))
    let architecture = try ModelPresets.find("mixtral-8x7b").architecture
    let estimate = try ThroughputModel.builtIn.estimate(
      strategy: ParallelismStrategy(
        tensor: 1, pipeline: 1, virtualPipeline: 1, context: 1, expert: 8, data: 64, zeroStage: 3,
        microBatch: 1, recompute: .full, precision: .bf16),
      architecture: architecture, sequenceLength: 8192, globalBatchSequences: 256,
      accelerator: chip, chipsPerSlice: nil
    ).get()
    let states = estimate.memoryGiB.filter { $0.name != "activations" && $0.name != "logits" }
      .filter { $0.name != "reserve" }.reduce(0) { $0 + $1.value }
    let least = 16 * architecture.totalParameters / 64 / 1_073_741_824
    #expect(states >= least)
    #expect(states < least * 2)
  }

  @Test("Full recomputation keeps the layers' inputs of as many micro-batches as there are stages")
  func fullRecompute() throws {
    // Korthikanti et al., arXiv 2205.05198, table 2, with sequence parallelism.
    let kept = ActivationMemory.classicBlockBytes(
      hiddenSize: 12288, attentionHeads: 96, sequenceLength: 2048, microBatch: 1,
      tensorParallel: 8, sequenceParallel: true, recompute: .full)
    let use = try Self.gpt3Timer().memory(Self.layout(zero: 1, recompute: .full))
    // 12 layers a stage, 8 micro-batches in flight.
    #expect(abs(use.activations / (kept * 12 * 8) - 1) < 1e-12)
  }

  private static func layout(zero: Double, recompute: Recompute) -> Layout {
    var layout = Layout()
    layout.tensor = 8
    layout.pipeline = 8
    layout.data = 8
    layout.zero = zero
    layout.recompute = recompute
    return layout
  }

  /// GPT-3 on 512 A100 with 512 sequences of 2048.
  private static func gpt3Timer() throws -> LayerTimer {
    let accelerator = try #require(try Catalog().accelerator("a100-80g"))
    let shape = TransformerArchitecture(
      name: "GPT-3", layers: 96, hiddenSize: 12288, attentionHeads: 96, keyValueHeads: 96,
      headDimension: 128, feedForwardSize: 49152, gatedFeedForward: false, vocabulary: 51200,
      tiedEmbeddings: true, learnedPositions: 2048, hasBiases: true)
    let problem = StepProblem(
      architecture: shape, sequenceLength: 2048, globalBatchSequences: 512, precision: .bf16)
    return LayerTimer(
      problem: problem, machine: try Machine(accelerator: accelerator, chips: 512),
      parameters: StepParameters(),
      software: SoftwareTable.builtIn.named("megatron", release: 2026))
  }
}
