import Testing
import Workload

/// Whether two values differ by less than a share of the second.
func isClose(_ value: Double, _ expected: Double, within share: Double) -> Bool {
  (value - expected).magnitude <= share * expected.magnitude
}

@Suite struct TrainingOperationsTests {
  // Llama 3.1 405B: derived from arXiv 2407.21783's shape with the formulas of PaLM appendix B.
  @Test(
    "attention of Llama 3.1 405B at short and long context",
    arguments: [(8192, 2.029e11, 2.524e12, 2.625e12), (131072, 3.247e12, 4.046e12, 5.670e12)])
  func llama(sequence: Int, attention: Double, causal: Double, full: Double) {
    let model = Shapes.llama405B
    #expect(
      isClose(
        model.attentionFlopsPerToken(sequenceLength: sequence, convention: .full), attention,
        within: 5e-4))
    #expect(
      isClose(
        model.flopsPerToken(sequenceLength: sequence, convention: .causal), causal, within: 5e-4))
    #expect(
      isClose(model.flopsPerToken(sequenceLength: sequence, convention: .full), full, within: 5e-4))
    #expect(
      isClose(
        model.flopsPerToken(sequenceLength: sequence, convention: .none), 2.4225e12, within: 1e-4))
  }

  // 72BsLh²(1 + s/(6h) + V/(12Lh)), Narayanan et al. (arXiv 2104.04473) equation 3 over 4/3.
  @Test("GPT shapes follow the closed form of operations per step", arguments: [(96, 12288)])
  func gpt(layers: Int, hidden: Int) {
    let model = Shapes.gpt(layers, hidden)
    let (l, h) = (Double(layers), Double(hidden))
    let shape: Double = 1 + 2048 / (6 * h) + 51200 / (12 * l * h)
    let closed: Double = 72 * l * h * h * shape
    let counted = model.flopsPerToken(sequenceLength: 2048, convention: .full)
    #expect(isClose(counted, closed, within: 1e-12))
    // One step of 1536 sequences with every layer computed twice: 96BsLh²(…V/(16Lh)).
    let recomputed: Double = counted + (counted - 6 * 51200 * h) / 3
    #expect(isClose(recomputed * 1536 * 2048, 4.511e18, within: 1e-3))
  }

  @Test("DeepSeek-V3 takes 2.505e11 operations per token at 4096 tokens, causal")
  func deepSeek() {
    let counted = Shapes.deepSeekV3.flopsPerToken(sequenceLength: 4096, convention: .causal)
    #expect(isClose(counted, 2.505e11, within: 5e-4))
  }

  @Test("a window bounds the keys of local layers and leaves global layers alone")
  func window() {
    var model = Shapes.llama(6, 256, 512, 2, 2, 100, window: 100)
    let perKey: Double = 12 * 2 * 128
    #expect(
      model.attentionFlopsPerToken(sequenceLength: 1000, convention: .full) == 6 * 100 * perKey)
    #expect(
      model.attentionFlopsPerToken(sequenceLength: 1000, convention: .causal) == 6 * 95 * perKey)
    #expect(
      model.attentionFlopsPerToken(sequenceLength: 50, convention: .causal) == 6 * 25 * perKey)
    model = Shapes.llama(6, 256, 512, 2, 2, 100, window: 100, globalEvery: 3)
    #expect(
      model.attentionFlopsPerToken(sequenceLength: 1000, convention: .causal)
        == (2 * 500 + 4 * 95) * perKey)
  }

  @Test("predicting a further token adds a layer, a projection and the head")
  func furtherTokens() {
    var model = Shapes.deepSeekV3
    let before = model.flopsPerToken(sequenceLength: 4096, convention: .none)
    model.multiTokenPredictionDepth = 1
    let after = model.flopsPerToken(sequenceLength: 4096, convention: .none)
    let layer = 187_105_280 + 9 * 44_040_192 + 7168 * 256
    let module = layer + 2 * 7168 * 7168 + 7168 * 129280
    #expect(after - before == 6 * Double(module))
  }
}
