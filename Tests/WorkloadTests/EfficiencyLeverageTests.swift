import Testing

@testable import Workload

@Suite struct EfficiencyLeverageTests {
  // Computed from the constants of Tian et al., arXiv 2507.17702, at a granularity of 12.
  @Test(
    "the leverage by compute and share of active experts",
    arguments: [
      (1e20, [0.99, 2.64, 3.53, 4.37, 4.54, 5.54]), (1e22, [0.99, 3.56, 5.20, 6.87, 7.22, 9.35]),
      (1e24, [0.99, 4.80, 7.66, 10.8, 11.48, 15.79]),
    ])
  func oracles(compute: Double, leverages: [Double]) {
    let shares: [Double] = [1, 1.0 / 8, 1.0 / 16, 9.0 / 257, 1.0 / 32, 1.0 / 64]
    for (share, leverage) in zip(shares, leverages) {
      let value = EfficiencyLeverage.value(activeShare: share, granularity: 12, compute: compute)
      #expect(isClose(value, leverage, within: 6e-3), "\(share)")
    }
  }

  // Tian et al.: best at 8 to 12 whatever the compute.
  @Test("the best granularity is 11 at every compute", arguments: [1e19, 1e22, 1e25])
  func granularity(compute: Double) {
    func value(_ granularity: Double) -> Double {
      EfficiencyLeverage.value(activeShare: 1 / 16, granularity: granularity, compute: compute)
    }
    #expect([1, 2, 4, 8, 16, 32].allSatisfy { value(11.3) > value($0) })
  }

  @Test("the make-up of DeepSeek-V3 and of a model that mixes in every other layer")
  func makeup() throws {
    let deepSeek = try #require(ExpertMakeup(ModelPresets.find("deepseek-v3").architecture))
    // 58 layers of 9 of 257 experts and 3 dense layers as wide as 9 experts.
    let share: Double = (3.0 * 9 + 58 * 9) / (3 * 9 + 58 * 257)
    #expect(isClose(deepSeek.activeShare, share, within: 1e-12))
    #expect(deepSeek.granularity == 7)
    let maverick = try #require(ExpertMakeup(ModelPresets.find("llama-4-maverick").architecture))
    // A layer of 2 experts' width, then one of 129 of which 2 are visited.
    #expect(isClose(maverick.activeShare, 4.0 / 131, within: 1e-12))
    #expect(ExpertMakeup(try ModelPresets.find("llama-3-8b").architecture) == nil)
  }

  // Ludziejewski et al., arXiv 2502.05172, table 4: the law at 8 experts.
  @Test("the joint law as an additive law has its losses, and one expert shifts nothing")
  func joint() {
    let law = MixtureLaw.additive(experts: 8)
    let loss = MixtureLaw.loss(activeParameters: 1e9, tokens: 100e9, experts: 8)
    #expect((law.loss(parameters: 1e9, tokens: 100e9) - loss).magnitude < 1e-12)
    #expect((loss - 2.36221).magnitude < 6e-6)
    #expect(isClose(MixtureLaw.tokenShift(experts: 1), 1, within: 1e-12))
    let share = MixtureLaw.shareOfCompute(activeParameters: 1e9, tokens: 100e9, experts: 8)
    #expect(share > 0.4 && share < 1)
  }

  // Tian et al.: at equal compute the best mixture has fewer active parameters and more tokens.
  @Test("mixtures take more tokens per active parameter the sparser they are")
  func shift() {
    let shifts = [1.0, 2, 4, 8, 16, 32, 64].map(MixtureLaw.tokenShift(experts:))
    #expect(zip(shifts, shifts.dropFirst()).allSatisfy(<))
    #expect(isClose(MixtureLaw.tokenShift(experts: 32), 4.03, within: 1e-2))
  }
}
