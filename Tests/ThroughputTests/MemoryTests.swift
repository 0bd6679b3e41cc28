import Catalog
import Testing
import Workload

@testable import Throughput

struct MemoryTests {
  /// Rajbhandari et al., arXiv 1910.02054, figure 1: 7.5e9 parameters, 64 replicas, GB.
  @Test(
    "ZeRO's stages shrink 120 GB as in its figure 1",
    arguments: [(0, 120, 0.001), (1, 31.4, 0.02), (2, 16.6, 0.05), (3, 1.88, 0.01)])
  func zero(_ stage: Int, _ gigabytes: Double, _ tolerance: Double) {
    let bytes = 7.5 * ModelStates.zeroBytesPerParameter(stage: stage, shards: 64)
    #expect(abs(bytes - gigabytes) < tolerance)
  }

  /// Korthikanti et al., arXiv 2205.05198, table 2, for a layer of GPT-3 at s = 2048, b = 1.
  @Test(
    "A layer of GPT-3 keeps what table 2 says",
    arguments: [
      (ActivationKeeping.tensor, 1.0, 2_868_903_936.0), (.tensor, 8, 578_813_952),
      (.tensorAndSequence, 8, 358_612_992), (.tensorAndSequenceSelective, 8, 106_954_752),
      (.tensorSelective, 8, 327_155_712), (.full, 8, 50_331_648),
    ])
  func layer(_ keeping: ActivationKeeping, _ tensor: Double, _ expected: Double) {
    let bytes = keeping.layerBytes(
      tokens: 2048, sequence: 2048, hidden: 12288, heads: 96, tensor: tensor)
    #expect(bytes == expected)
  }

  @Test("A pipeline's first stage holds the most micro-batches, its last one, never too many")
  func inFlight() {
    let held = (0..<8).map {
      PipelineInFlight.microBatches(stage: $0, pipeline: 8, microBatches: 64)
    }
    #expect(held == [8, 7, 6, 5, 4, 3, 2, 1])
    #expect(PipelineInFlight.microBatches(stage: 0, pipeline: 8, microBatches: 3) == 3)
    #expect(PipelineInFlight.interleavingFactor(pipeline: 8, virtualPipeline: 1) == 1)
    // Korthikanti et al., GPT-3 with p = 8, v = 3.
    let factor = PipelineInFlight.interleavingFactor(pipeline: 8, virtualPipeline: 3)
    #expect(abs(factor - (1 + 7.0 / 24)) < 1e-12)
  }

  @Test("Model states on a chip are Megatron's and ZeRO's")
  func states() throws {
    let timer = try Self.gpt3Timer()
    func perParameter(zero: Double) -> Double {
      let layout = Self.layout(zero: zero, recompute: .none)
      let use = timer.memory(layout)
      return (use.weights + use.gradients + use.optimizer) / timer.localParameters(layout)
    }
    let megatron = ModelStates.megatronBytesPerParameter(distributedOptimizer: true, shards: 8)
    let plain = ModelStates.megatronBytesPerParameter(distributedOptimizer: false, shards: 8)
    let sharded = ModelStates.zeroBytesPerParameter(stage: 3, shards: 8)
    #expect(abs(perParameter(zero: 0) - plain) < 1e-9)
    #expect(abs(perParameter(zero: 1) - megatron) < 1e-9)
    #expect(abs(perParameter(zero: 3) - sharded) < 1e-9)
  }

  @Test("Full recomputation keeps the layers' inputs of as many micro-batches as there are stages")
  func fullRecompute() throws {
    let kept = ActivationKeeping.full.layerBytes(
      tokens: 2048, sequence: 2048, hidden: 12288, heads: 96, tensor: 8)
    let use = try Self.gpt3Timer().memory(Self.layout(zero: 1, recompute: .full))
    // 12 layers a stage, 8 micro-batches in flight, inputs split along the sequence over 8 chips.
    #expect(abs(use.activations / (kept * 12 * 8 / 8) - 1) < 1e-12)
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
      parameters: StepParameters())
  }
}
