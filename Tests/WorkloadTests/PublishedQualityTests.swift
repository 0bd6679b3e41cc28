import Testing

@testable import Workload

/// What the law says of models that everybody knows. It knows nothing of their data, which decides
/// much of how good they are.
@Suite struct PublishedQualityTests {
  private struct Known {
    var quality: ShapeLoss
    var training: ModelTraining

    init(_ id: String) throws {
      training = try #require(ModelTrainings.of(id))
      quality = ShapeLoss(try ModelPresets.find(id).architecture)
    }

    var worth: Double { quality.effectiveCompute(tokens: training.tokens) }

    func compared(with other: Known) -> QualityComparison {
      quality.compared(
        tokens: training.tokens, with: other.quality, tokens: other.training.tokens)
    }
  }

  @Test("the order of well-known models by the law, with their distances")
  func order() throws {
    let ids = ["llama-3.1-405b", "kimi-k2", "deepseek-v3", "glm-4.5", "qwen3-235b-a22b"]
    let models = try ids.map(Known.init)
    // Effective compute of each over that of DeepSeek-V3.
    let unit = models[2].worth
    let distances: [Double] = [2.17, 1.08, 1, 0.868, 0.547]
    for (model, distance) in zip(models, distances) {
      #expect(isClose(model.worth / unit, distance, within: 0.01), "\(model.training.id)")
    }
  }

  @Test(
    "pairs inside the law's range are not told apart",
    arguments: [
      ("deepseek-v3", "kimi-k2"), ("deepseek-v3", "glm-4.5"), ("deepseek-v3", "llama-3.1-405b"),
      ("kimi-k2", "llama-3.1-405b"),
    ])
  func notToldApart(first: String, second: String) throws {
    let comparison = try Known(first).compared(with: Known(second))
    #expect(!comparison.isToldApart, "\(comparison)")
    #expect(comparison.range.contains(1))
  }

  @Test("models an order of magnitude apart are told apart")
  func toldApart() throws {
    let comparison = try Known("llama-3.1-405b").compared(with: Known("llama-3-8b"))
    #expect(comparison.isToldApart)
    #expect(comparison.ratio > 50)
  }

  @Test(
    "each mixture is worth more than its compute in the best dense model, and at most its leverage")
  func leverage() throws {
    for id in ["deepseek-v3", "kimi-k2", "glm-4.5", "qwen3-235b-a22b", "ling-1t"] {
      let model = try Known(id)
      let compute: Double = 6 * model.quality.activeParameters * model.training.tokens
      let leverage = model.quality.leverage(tokens: model.training.tokens)
      #expect(model.worth > compute, "\(id)")
      #expect(model.worth <= leverage * compute, "\(id)")
      #expect(leverage > 4 && leverage < 9, "\(id)")
    }
  }

  @Test("doubt that two mixtures share cancels between them")
  func shared() throws {
    let (first, second) = (try Known("deepseek-v3"), try Known("kimi-k2"))
    let doubt = first.quality.doubt(tokens: first.training.tokens)
    let other = second.quality.doubt(tokens: second.training.tokens)
    #expect(doubt.shared.count == QualityDoubt.sharedVariables)
    #expect(doubt.deviation(from: other) < doubt.deviation)
    #expect(doubt.deviation > 0.6 && doubt.deviation < 1.2)
    let draws = [0.5, -1, 2, 0.1, 0, 1, -1]
    let expected: Double =
      zip(doubt.shared, draws).reduce(0.3 * doubt.own) { $0 + $1.0 * $1.1 }
    #expect(isClose(doubt.deviation(shared: draws, own: 0.3), expected, within: 1e-12))
  }

  // Besiroglu et al. 2024's constants by the refit's covariance: the law's own spread of a dense
  // model near its best split is small, whatever its size; far from it it is not.
  @Test("a dense model near its best split is doubted least")
  func denseDoubt() {
    let best = AdditiveScalingLaw.besiroglu.optimum(compute: 1e24)
    let quality = ShapeLoss(activeParameters: best.parameters, makeup: nil)
    let near = quality.doubt(tokens: best.tokens)
    let far = quality.doubt(tokens: 100 * best.tokens)
    #expect(near.deviation < 0.02)
    #expect(far.deviation > 5 * near.deviation)
    #expect(near.own == 0)
  }
}
