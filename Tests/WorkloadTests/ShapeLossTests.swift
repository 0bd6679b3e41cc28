import Testing

@testable import Workload

@Suite struct ShapeLossTests {
  private let laws = [
    LossLaw(), LossLaw(mixtures: .joint), LossLaw(leverageCap: .infinity),
    LossLaw(dense: .hoffmannUnrounded),
  ]
  private let sparse = ExpertMakeup(activeShare: 9.0 / 257, granularity: 7)

  @Test("a dense model is worth what its law says: its compute at the optimum, less beside it")
  func dense() {
    for compute in [1e20, 1e22, 1e24] {
      let best = AdditiveScalingLaw.besiroglu.optimum(compute: compute)
      let quality = ShapeLoss(activeParameters: best.parameters, makeup: nil)
      #expect(isClose(quality.effectiveCompute(tokens: best.tokens), compute, within: 1e-9))
      #expect((quality.loss(tokens: best.tokens) - best.loss).magnitude < 1e-9)
      #expect(quality.splitEfficiency(tokens: 10 * best.tokens) < 0.9)
      #expect(isClose(quality.bestTokens(), best.tokens, within: 1e-9))
    }
  }

  @Test("a mixture at its best split is worth its leverage of dense compute, counted once")
  func leverageOnce() {
    let quality = ShapeLoss(activeParameters: 37e9, makeup: sparse)
    let tokens = quality.bestTokens()
    let compute: Double = 6 * 37e9 * tokens
    let leverage = EfficiencyLeverage.value(activeShare: 9.0 / 257, granularity: 7, compute: 1e22)
    #expect(compute > 1e22)
    #expect(isClose(quality.leverage(tokens: tokens), leverage, within: 1e-9))
    #expect(
      isClose(quality.effectiveCompute(tokens: tokens), leverage * compute, within: 1e-6))
    // The dense model of the same compute at its own best is worth the compute.
    #expect(quality.effectiveCompute(tokens: tokens) > 6 * compute)
  }

  @Test("nothing is better than the leverage of its compute")
  func bound() {
    for (share, granularity) in [(1.0 / 4, 2.0), (1.0 / 16, 8), (1.0 / 64, 12)] {
      let makeup = ExpertMakeup(activeShare: share, granularity: granularity)
      for active in [1e9, 3e10, 1e12] {
        let quality = ShapeLoss(activeParameters: active, makeup: makeup)
        for ratio in [1.0, 20, 100, 1000, 1e5] {
          let efficiency = quality.splitEfficiency(tokens: ratio * active)
          #expect(efficiency <= 1 + 1e-9 && efficiency > 0)
        }
      }
    }
  }

  @Test("the best mixture of a compute has fewer active parameters and more tokens than the dense")
  func split() {
    for compute in [1e21, 1e23, 1e25] {
      let dense = AdditiveScalingLaw.besiroglu.optimum(compute: compute)
      let quality = ShapeLoss(activeParameters: dense.parameters, makeup: sparse)
      #expect(quality.bestTokens() > 2 * dense.tokens)
    }
  }

  @Test("effective compute rises with tokens, with size, and with fewer active of the experts")
  func monotone() {
    for law in laws {
      for active in [5e8, 2e10, 4e11] {
        var last = 0.0
        for step in 0..<120 {
          let tokens: Double = 1e9 * power(1.12, Double(step))
          let quality = ShapeLoss(activeParameters: active, makeup: sparse, law: law)
          let worth = quality.effectiveCompute(tokens: tokens, uniqueTokens: 1e13)
          #expect(worth > last, "\(law.mixtures) \(active) \(tokens)")
          last = worth
          let larger = ShapeLoss(activeParameters: 1.05 * active, makeup: sparse, law: law)
          #expect(larger.effectiveCompute(tokens: tokens, uniqueTokens: 1e13) > worth)
        }
      }
      guard law.mixtures == .leverage else { continue }
      let shares: [Double] = [0.5, 0.25, 0.125, 0.0625, 0.03, 0.015]
      let worths = shares.map { (share: Double) -> Double in
        let makeup = ExpertMakeup(activeShare: share, granularity: 8)
        let quality = ShapeLoss(activeParameters: 2e10, makeup: makeup, law: law)
        return quality.effectiveCompute(tokens: 14e12)
      }
      #expect(zip(worths, worths.dropFirst()).allSatisfy(<))
    }
  }

  @Test("the tokens for an effective compute are those that reach it, repeats counted")
  func inverse() throws {
    for law in laws {
      for makeup in [nil, sparse] {
        for (active, unique) in [(1e9, 1e13), (3e10, 2e12), (3e10, Double.infinity)] {
          let quality = ShapeLoss(activeParameters: active, makeup: makeup, law: law)
          for tokens in [1e9, 3e10, 2e11, 4e12, 3e13] {
            let worth = quality.effectiveCompute(tokens: tokens, uniqueTokens: unique)
            let found = try #require(
              quality.tokens(forEffectiveCompute: worth, uniqueTokens: unique))
            // Where repeats are worth hardly more, tokens answer to the last digits of their worth.
            #expect(isClose(found, tokens, within: 1e-6), "\(law.mixtures) \(active) \(tokens)")
          }
        }
      }
    }
  }

  @Test("what a shape never reaches has no tokens")
  func unreachable() {
    let small = ShapeLoss(activeParameters: 1e9, makeup: sparse)
    #expect(small.tokens(forEffectiveCompute: 1e27) == nil)
    let uncapped = ShapeLoss(
      activeParameters: 1e9, makeup: nil, law: LossLaw(leverageCap: .infinity))
    #expect(uncapped.tokens(forEffectiveCompute: 1e27) == nil)
    // 16.4 passes' worth is all that any number of passes gives (Muennighoff et al. 2023).
    let large = ShapeLoss(activeParameters: 1e11, makeup: nil)
    let most = large.effectiveCompute(tokens: 16.4e11)
    #expect(large.tokens(forEffectiveCompute: most, uniqueTokens: 1e11) == nil)
  }

  @Test("repeats are worth what their law says, and less than new tokens")
  func repeats() {
    let quality = ShapeLoss(activeParameters: 2e10, makeup: sparse)
    // Four passes over 1T tokens count as 3.7257T.
    let repeated = quality.effectiveCompute(tokens: 4e12, uniqueTokens: 1e12)
    #expect(repeated < quality.effectiveCompute(tokens: 4e12))
    #expect(repeated > quality.effectiveCompute(tokens: 3.5e12))
  }

  @Test("the dense model of the same quality has the same loss on the same tokens")
  func equivalent() throws {
    let quality = ShapeLoss(try ModelPresets.find("deepseek-v3").architecture)
    let equal = try #require(quality.denseEquivalentParameters(tokens: 14.8e12))
    let dense = ShapeLoss(activeParameters: equal, makeup: nil)
    #expect((dense.loss(tokens: 14.8e12) - quality.loss(tokens: 14.8e12)).magnitude < 1e-9)
    #expect(equal > 37e9 && equal < 671e9)
    #expect(dense.denseEquivalentParameters(tokens: 14.8e12) == equal)
    // A mixture far too large for its tokens: no dense model makes up for the tokens.
    let starved = ShapeLoss(activeParameters: 1e12, makeup: sparse)
    #expect(starved.denseEquivalentParameters(tokens: 1e9) == nil)
  }

  // Sardana et al., arXiv 2401.00448, table of section 3 with the constants that reproduce it: a
  // 16.4B model on 3.27T tokens for 5T served.
  @Test("tokens served move the split as published")
  func served() {
    let quality = ShapeLoss(
      activeParameters: 16.41e9, makeup: nil, law: LossLaw(dense: .hoffmannSardana))
    #expect(isClose(quality.bestTokens(served: 5e12), 3.265e12, within: 2e-3))
    #expect(quality.bestTokens(served: 1e15) > quality.bestTokens(served: 5e12))
  }
}
