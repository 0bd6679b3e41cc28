import Testing
import Workload

@testable import TrainingLogs

/// GFLOP per token that each framework's own counter gave when it was run on these shapes (November
/// 2026); the versions are those of `Framework.version`.
private let measured: [(Framework, String, Int, Double)] = [
  (.torchtitan, "llama-3.1-8b", 8192, 57.914), (.torchtitan, "llama-3.1-70b", 8192, 481.443),
  (.torchtitan, "llama-3.1-8b", 131_072, 251.188), (.torchtitan, "qwen3-30b-a3b", 4096, 27.915),
  (.torchtitan, "deepseek-v3", 4096, 281.158), (.torchtitan, "gpt-oss-120b", 8192, 45.293),
  (.megatron, "llama-3.1-8b", 8192, 51.470), (.megatron, "llama-3.1-70b", 8192, 449.223),
  (.megatron, "llama-3.1-8b", 131_072, 148.107), (.megatron, "qwen3-30b-a3b", 4096, 23.006),
  (.megatron, "deepseek-v3", 4096, 249.812), (.megatron, "gpt-oss-120b", 8192, 37.955),
  (.megatronBridge, "llama-3.1-70b", 8192, 449.223),
  (.megatronBridge, "gpt-oss-120b", 8192, 34.443),
  (.nemoAutomodel, "llama-3.1-8b", 8192, 51.470),
  (.nemoAutomodel, "qwen3-30b-a3b", 4096, 23.006),
  (.nemoAutomodel, "deepseek-v3", 4096, 249.811),
  (.nemoAutomodel, "gpt-oss-120b", 8192, 34.444), (.nemoAutomodel, "gemma-3-12b", 8192, 61.815),
  (.nemoAutomodel, "olmo-2-7b", 4096, 35.886),
  (.maxtext, "llama-3.1-8b", 131_072, 148.107), (.maxtext, "qwen3-30b-a3b", 4096, 23.082),
  (.maxtext, "deepseek-v3", 4096, 250.450), (.maxtext, "gpt-oss-120b", 8192, 34.523),
  (.verl, "llama-3.1-8b", 8192, 54.622), (.verl, "llama-3.1-70b", 8192, 455.527),
  (.verl, "qwen3-30b-a3b", 4096, 24.949), (.verl, "deepseek-v3", 4096, 256.010),
  (.verl, "gpt-oss-120b", 8192, 37.942),
  (.litgpt, "llama-3.1-8b", 8192, 57.913), (.litgpt, "llama-3.1-8b", 131_072, 251.186),
  (.nanotron, "llama-3.1-70b", 8192, 481.435), (.deepspeed, "llama-3.1-8b", 8192, 57.913),
]

@Suite("What frameworks count")
struct ConventionTests {
  @Test(
    "each framework's operations per token are those its own counter gives", arguments: measured)
  func gigaflops(_ framework: Framework, _ model: String, _ sequence: Int, _ expected: Double)
    throws
  {
    let count = FrameworkCount(
      framework, model: try ModelPresets.find(model).architecture, sequenceLength: sequence,
      accelerator: "h100-sxm")
    let found = try #require(count.flopsPerToken) / 1e9
    #expect(abs(found / expected - 1) < 0.001, "\(found) for \(expected)")
  }

  @Test("a framework that counts a kind of model wrongly has no count for it")
  func uncounted() throws {
    let mixture = try ModelPresets.find("qwen3-30b-a3b").architecture
    for framework in [Framework.litgpt, .nanotron, .deepspeed, .transformers, .levanter] {
      let count = FrameworkCount(
        framework, model: mixture, sequenceLength: 4096, accelerator: "h100-sxm")
      #expect(count.flopsPerToken == nil)
      #expect(!count.rule.isEmpty)
      #expect(count.utilization(tokensPerSecondPerChip: 1000) == nil)
    }
  }

  @Test(
    "an unknown name gets torchtitan's peak of an A100, and Lightning prints nothing on an H200")
  func peaks() throws {
    let model = try ModelPresets.find("llama-3.1-8b").architecture
    func share(_ framework: Framework, _ chip: String) -> Double? {
      FrameworkCount(framework, model: model, sequenceLength: 8192, accelerator: chip)
        .utilization(tokensPerSecondPerChip: 8192)
    }
    // 57.914 GFLOP a token by its own rule, over 989 and 312 TFLOP/s.
    #expect(abs(try #require(share(.torchtitan, "h100-sxm")) - 0.4797) < 0.0001)
    #expect(abs(try #require(share(.torchtitan, "h800-sxm")) - 1.5206) < 0.0002)
    #expect(share(.litgpt, "h200-sxm") == nil)
    // Four logical devices of 158 TFLOP/s make a Trainium2 chip.
    #expect(abs(try #require(share(.torchtitan, "trn2")) - 0.7507) < 0.0001)
  }
}
