import Testing

@testable import Workload

@Suite struct ScalingLawTests {
  @Test("the table of laws reads without fault")
  func readsCleanly() throws {
    let text = try #require(EmbeddedTables.text(of: "scaling-laws.csv"))
    let read = ScalingLaws.read(file: "scaling-laws.csv", bytes: text.utf8)
    #expect(read.faults.map(\.description) == [])
    #expect(read.laws.count == 6)
  }

  // Computed from the published constants of Besiroglu et al. 2024.
  @Test(
    "the frontier of the default law",
    arguments: [
      (1e20, 8.535e8, 1.953e10, 22.88, 2.5534), (1e21, 2.778e9, 5.999e10, 21.59, 2.3055),
      (1e22, 9.045e9, 1.843e11, 20.37, 2.1411), (1e23, 2.945e10, 5.660e11, 19.22, 2.0321),
      (5.76e23, 7.225e10, 1.329e12, 18.39, 1.9744), (1e25, 3.121e11, 5.341e12, 17.11, 1.9117),
      (3.8e25, 6.187e11, 1.024e13, 16.55, 1.8917),
    ])
  func frontier(
    compute: Double, parameters: Double, tokens: Double, ratio: Double, loss: Double
  ) throws {
    let law = AdditiveScalingLaw.besiroglu
    let best = law.optimum(compute: compute)
    #expect(isClose(best.parameters, parameters, within: 5e-4))
    #expect(isClose(best.tokens, tokens, within: 5e-4))
    #expect(isClose(best.tokensPerParameter, ratio, within: 5e-4))
    #expect((best.loss - loss).magnitude < 6e-5)
    #expect(isClose(6 * best.parameters * best.tokens, compute, within: 1e-12))
    #expect(isClose(law.tokens(for: best.parameters), best.tokens, within: 1e-9))
    let least = try #require(law.compute(forLoss: best.loss))
    #expect(isClose(least, compute, within: 1e-9))
  }

  // Hoffmann et al. 2022, appendix D.3 and section 3.3; the rounded set's optimum stands in an
  // independent worked example (N = 3.219e10, D = 2.982e12, L = 1.9307).
  @Test(
    "each set has its own tokens per parameter at the compute of Chinchilla",
    arguments: [
      ("hoffmann", 0.4516, 92.65), ("hoffmann-tex", 0.4565, 58.9), ("besiroglu", 0.5126, 18.39),
      ("muennighoff", 0.5, 19.61),
    ])
  func ratios(id: String, share: Double, ratio: Double) throws {
    let law = try ScalingLaws.find(id).law
    #expect((law.parameterShare - share).magnitude < 6e-5)
    #expect(isClose(law.optimum(compute: 5.76e23).tokensPerParameter, ratio, within: 1e-3))
  }

  @Test(
    "losses of known runs under the default law",
    arguments: [
      (70e9, 1.4e12, 1.97388), (280e9, 300e9, 1.99961), (175e9, 300e9, 2.00854),
      (405e9, 15.6e12, 1.89259), (8e9, 15e12, 2.02206),
    ])
  func knownRuns(parameters: Double, tokens: Double, loss: Double) {
    let law = AdditiveScalingLaw.besiroglu
    #expect((law.loss(parameters: parameters, tokens: tokens) - loss).magnitude < 6e-6)
  }

  @Test("Chinchilla beats Gopher under every set of constants")
  func chinchillaBeatsGopher() {
    for set in ScalingLaws.all {
      let chinchilla = set.law.loss(parameters: 70e9, tokens: 1.4e12)
      #expect(chinchilla < set.law.loss(parameters: 280e9, tokens: 300e9), "\(set.law.id)")
    }
  }

  @Test("the optimum is flat: twice the size costs 0.0048 nat, four times 0.0198")
  func flat() {
    let law = AdditiveScalingLaw.besiroglu
    let best = law.optimum(compute: 5.76e23)
    for (factor, cost) in [(0.5, 0.0048), (2, 0.0048), (4, 0.0198)] {
      let excess = law.excessLoss(
        parameters: best.parameters * factor, tokens: best.tokens / factor)
      #expect((excess - cost).magnitude < 6e-5, "\(factor)")
    }
    let band = law.isoLossBand(compute: 5.76e23, excess: 0.005)
    let limit = best.loss * 1.005
    for edge in [band.lowerBound, band.upperBound] {
      let tokens: Double = 5.76e23 / (6 * edge)
      #expect(isClose(law.loss(parameters: edge, tokens: tokens), limit, within: 1e-9))
    }
    #expect(band.contains(best.parameters))
  }

  @Test("no compute reaches the irreducible loss, nor tokens what a model is too small for")
  func unreachable() {
    let law = AdditiveScalingLaw.besiroglu
    #expect(law.compute(forLoss: law.irreducibleLoss) == nil)
    #expect(law.compute(forLoss: .nan) == nil)
    #expect(law.tokens(forLoss: 1.85, parameters: 1e9) == nil)
    #expect(law.computeFactor(parameters: 8e9, tokens: 15e12) > 1)
  }

  @Test("an unknown law is refused with the known ones")
  func unknown() {
    #expect {
      try ScalingLaws.find("besirogl")
    } throws: { "\($0)".hasSuffix("did you mean besiroglu?") }
  }
}

@Suite struct CriticalBatchSizeTests {
  // Zhang et al. 2024, the authors' notebook: at 20 tokens per parameter.
  @Test("the law for models at 20 tokens per parameter")
  func chinchilla() {
    let sequences = CriticalBatchSize.tokens(chinchillaParameters: 604e6) / 512
    #expect(isClose(sequences, 1869.4, within: 1e-4))
  }

  @Test(
    "the critical batch follows the training tokens",
    arguments: [(1e11, 2.63e6), (1.4e12, 9.08e6), (15.6e12, 28.2e6)])
  func byTokens(tokens: Double, batch: Double) {
    #expect(isClose(CriticalBatchSize.tokens(trainingTokens: tokens), batch, within: 2e-3))
  }

  @Test("the critical batch takes 20% more tokens than the reference batch, and wastes none of it")
  func overhead() throws {
    let tokens = 1e12
    let critical = CriticalBatchSize.tokens(trainingTokens: tokens)
    let at = try #require(
      CriticalBatchSize.overhead(batchTokens: critical, trainingTokens: tokens))
    #expect(isClose(at, 1.2, within: 1e-9))
    let beyond = try #require(
      CriticalBatchSize.overheadBeyondCritical(batchTokens: critical, trainingTokens: tokens))
    #expect(beyond == 1)
    let noise = try #require(CriticalBatchSize.noiseScaleTokens(trainingTokens: tokens))
    let doubled = try #require(
      CriticalBatchSize.overhead(batchTokens: noise, trainingTokens: tokens))
    #expect(isClose(doubled, 2 / (1 + 131_072 / noise), within: 1e-12))
    #expect(CriticalBatchSize.noiseScaleTokens(trainingTokens: 1e8) == nil)
  }

  @Test("the batch of least loss at Chinchilla's tokens is 5.0M tokens")
  func optimal() {
    #expect(
      isClose(CriticalBatchSize.optimalTokens(trainingTokens: 1.4e12), 5.0e6, within: 0.02))
  }
}
