import Catalog
import Testing
import Workload

@testable import Throughput

@Suite("The share of a run's hours that trains")
struct GoodputOfRunTests {
  private func estimate(_ chip: String, chips: Int, _ model: String) throws -> ThroughputEstimate {
    let accelerator = try #require(try Catalog().accelerator(chip))
    let found = ThroughputModel.builtIn.best(
      architecture: try ModelPresets.find(model).architecture, sequenceLength: 8192,
      globalBatchSequences: chips, precision: ThroughputModel.usualPrecision(accelerator),
      accelerator: accelerator, chips: chips, chipsPerSlice: chip == "tpu-v6e" ? 256 : nil)
    return try found.get()
  }

  @Test("Long runs lose less, and none less than the best that are published")
  func long() throws {
    let found = try estimate("tpu-v6e", chips: 256, "llama-3.1-8b")
    var last = 0.0
    for tokens in [1e11, 1e12, 1e13, 1e15] {
      let share = ThroughputModel.builtIn.estimate(found, forTokens: tokens).goodput
      #expect(share.p50 >= last && share.p50 <= 1 / 1.05 && share.p90 <= 0.97)
      #expect(share.p10 <= 1 / 1.12 && share.p10 < share.p50 && share.p50 < share.p90)
      last = share.p50
    }
  }

  @Test("Asking twice says the same, and what a scenario says of it stays")
  func twice() throws {
    let model = ThroughputModel.builtIn
    let found = try estimate("tpu-v6e", chips: 256, "llama-3.1-8b")
    let once = model.estimate(found, forTokens: 1e13)
    let twice = model.estimate(once, forTokens: 1e13)
    #expect(abs(once.goodput.p50 / twice.goodput.p50 - 1) < 1e-12)
    #expect(abs(once.goodput.p10 / twice.goodput.p10 - 1) < 1e-12)
    var halved = found
    halved.goodput.p50 /= 2
    let ratio = model.estimate(halved, forTokens: 1e13).goodput.p50 / once.goodput.p50
    #expect(abs(ratio - 0.5) < 1e-12)
  }

  @Test("Experts are gathered on TPU where a layer's fit, and spread where they don't")
  func experts() throws {
    let small = try estimate("tpu-v6e", chips: 1024, "deepseek-v3")
    #expect(small.strategy.expert > 1 && small.strategy.tensor == 1)
    let large = try estimate("tpu-v7x", chips: 1024, "deepseek-v3")
    #expect(large.strategy.expert == 1)
  }
}
