import Testing

@testable import Workload

@Suite struct ShapeLadderTests {
  @Test("dense models and mixtures run from about 1B to about 2T parameters")
  func ends() {
    for share in ShapeLadder.shares {
      let rungs = ShapeLadder.mixtures.filter { $0.share == share }
      #expect(isClose(rungs.last?.totalParameters ?? 0, 2e12, within: 0.15), "1/\(1 / share)")
    }
    let totals = ShapeLadder.all.map(\.totalParameters)
    #expect(isClose(totals.min() ?? 0, 1e9, within: 0.05))
    #expect((totals.max() ?? 0) < 2.1e12)
    #expect(ShapeLadder.all.count > 900)
  }

  @Test("active parameters rise from rung to rung by about 5%, nowhere by 10%")
  func steps() {
    for share in [1] + ShapeLadder.shares {
      let active = ShapeLadder.all.filter { $0.share == share }.map(\.activeParameters)
      for (low, high) in zip(active, active.dropFirst()) {
        #expect(high > low && high < 1.1 * low, "1/\(1 / share) at \(low)")
      }
    }
  }

  @Test("the active share is the one aimed at, within 8%")
  func shares() {
    for rung in ShapeLadder.mixtures {
      let share: Double = rung.activeParameters / rung.totalParameters
      #expect(isClose(share, rung.share, within: 0.08), "\(rung.activeParameters)")
    }
  }

  @Test("heads and widths divide for tensor parallelism, experts for expert parallelism")
  func divisible() throws {
    for rung in ShapeLadder.mixtures {
      let shape = rung.shape
      let mixture = try #require(shape.mixtureOfExperts)
      #expect(shape.attentionHeads % 8 == 0)
      #expect(shape.attentionHeads % shape.keyValueHeads == 0)
      #expect(shape.hiddenSize % 128 == 0 && shape.layers % 2 == 0)
      #expect(mixture.expertFeedForwardSize % 32 == 0)
      let degree = mixture.experts < 48 ? 4 : mixture.experts < 128 ? 8 : 16
      #expect(mixture.experts % degree == 0)
      #expect((16...512).contains(mixture.experts))
    }
  }

  // The shapes of the models' configurations. Two families choose models half as deep again as the
  // rest for the same width (Qwen3, GLM-4.5); no rule in size and share alone meets both kinds.
  @Test("published mixtures are met: total within 10%, width within 25%, layers within 25%")
  func published() throws {
    let deep: Set<String> = ["qwen3-30b-a3b", "qwen3-235b-a22b", "glm-4.5"]
    var met = 0
    for id in publishedMixtures {
      let model = try ModelPresets.find(id).architecture
      let shape = try #require(
        TransformerArchitecture.mixture(
          activeParameters: model.activeParameters,
          share: model.activeParameters / model.totalParameters), "\(id)")
      #expect(isClose(shape.activeParameters, model.activeParameters, within: 0.03), "\(id)")
      #expect(isClose(shape.totalParameters, model.totalParameters, within: 0.1), "\(id)")
      #expect(
        isClose(Double(shape.hiddenSize), Double(model.hiddenSize), within: 0.25), "\(id)")
      let isMet = isClose(Double(shape.layers), Double(model.layers), within: 0.25)
      #expect(isMet != deep.contains(id), "\(id)")
      if isMet { met += 1 } else { #expect(shape.layers * 2 > model.layers, "\(id)") }
    }
    #expect(met == publishedMixtures.count - deep.count)
  }

  private let publishedMixtures = [
    "llama-4-scout", "llama-4-maverick", "mixtral-8x7b", "mixtral-8x22b", "deepseek-v2",
    "deepseek-v3", "kimi-k2", "ling-1t", "ernie-4.5-300b-a47b", "qwen3-30b-a3b",
    "qwen3-235b-a22b", "glm-4.5", "glm-4.5-air", "gpt-oss-20b", "gpt-oss-120b", "grok-1",
  ]

  @Test("what no mixture can be made of is refused")
  func refused() {
    #expect(TransformerArchitecture.mixture(activeParameters: 1e7, share: 0.1) == nil)
    #expect(TransformerArchitecture.mixture(activeParameters: 1e10, share: 0.9) == nil)
    #expect(TransformerArchitecture.mixture(activeParameters: .nan, share: 0.1) == nil)
    #expect(TransformerArchitecture.mixture(activeParameters: 3e8, share: 1.0 / 60) == nil)
  }
}
