import Testing
import Workload

/// Shapes with published sizes, written out so that no table stands between test and formula.
enum Shapes {
  static func llama(
    _ layers: Int, _ hidden: Int, _ feedForward: Int, _ heads: Int, _ keys: Int,
    _ vocabulary: Int, _ mixture: MixtureOfExperts? = nil, interleave: Int = 1,
    window: Int? = nil, globalEvery: Int = 0
  ) -> TransformerArchitecture {
    TransformerArchitecture(
      name: "llama", layers: layers, hiddenSize: hidden, attentionHeads: heads,
      keyValueHeads: keys, headDimension: 128, feedForwardSize: feedForward,
      vocabulary: vocabulary, mixtureOfExperts: mixture, mixtureInterleave: interleave,
      slidingWindow: window, globalAttentionEvery: globalEvery)
  }

  static func gpt(_ layers: Int, _ hidden: Int) -> TransformerArchitecture {
    TransformerArchitecture(
      name: "gpt", layers: layers, hiddenSize: hidden, attentionHeads: hidden / 128,
      keyValueHeads: hidden / 128, headDimension: 128, feedForwardSize: 4 * hidden,
      gatedFeedForward: false, vocabulary: 51200, tiedEmbeddings: true, learnedPositions: 2048,
      hasBiases: true)
  }

  static let llama405B = llama(126, 16384, 53248, 128, 8, 128256)

  static let mixtral = llama(
    32, 4096, 14336, 32, 8, 32000,
    MixtureOfExperts(experts: 8, expertsPerToken: 2, expertFeedForwardSize: 14336))

  static let deepSeekV3 = TransformerArchitecture(
    name: "deepseek-v3", layers: 61, hiddenSize: 7168, attentionHeads: 128, keyValueHeads: 128,
    headDimension: 128, feedForwardSize: 18432, vocabulary: 129280,
    latentAttention: LatentAttention(
      queryRank: 1536, keyValueRank: 512, nopeHeadDimension: 128, ropeHeadDimension: 64,
      valueHeadDimension: 128),
    mixtureOfExperts: MixtureOfExperts(
      experts: 256, expertsPerToken: 8, sharedExperts: 1, expertFeedForwardSize: 2048,
      selectionBias: true),
    leadingDenseLayers: 3)
}

@Suite struct ParameterTests {
  @Test(
    "counts are the exact published ones",
    arguments: [
      // Llama 3 (arXiv 2407.21783), Llama 2 (arXiv 2307.09288), Mixtral (arXiv 2401.04088) and
      // DeepSeek-V3 (arXiv 2412.19437): sizes of the released weights.
      (Shapes.llama(32, 4096, 14336, 32, 8, 128256), 8_030_261_248),
      (Shapes.llama(80, 8192, 28672, 64, 8, 128256), 70_553_706_496),
      (Shapes.llama405B, 405_853_388_800),
      (Shapes.llama(32, 4096, 11008, 32, 32, 32000), 6_738_415_616),
      (Shapes.llama(80, 8192, 28672, 64, 8, 32000), 68_976_648_192),
      (Shapes.mixtral, 46_702_792_704),
      (Shapes.deepSeekV3, 671_026_419_200),
    ])
  func exactCounts(architecture: TransformerArchitecture, expected: Int) {
    #expect(architecture.parameterCount == expected)
    #expect(architecture.totalParameters == Double(expected))
  }

  @Test("active parameters of mixtures count the visited experts only")
  func activeCounts() {
    #expect(Shapes.mixtral.activeParameters == 12_879_925_248)
    #expect(Shapes.deepSeekV3.activeParameters == 37_552_297_472)
    #expect(Shapes.deepSeekV3.activeParametersWithoutInputEmbedding == 36_625_618_432)
    #expect(Shapes.deepSeekV3.attentionWeightsPerLayer == 187_107_328)
    #expect(Shapes.deepSeekV3.expertWeights == 44_040_192)
    #expect(Shapes.deepSeekV3.mixtureLayers == 58)
    #expect(Shapes.deepSeekV3.denseLayers == 3)
  }

  // Narayanan et al. 2021 (arXiv 2104.04473), table 1: V = 51200, s = 2048.
  @Test(
    "GPT shapes follow the closed form of Narayanan et al. and their printed sizes",
    arguments: [
      (24, 2304, 1.7), (30, 3072, 3.6), (36, 4096, 7.5), (40, 6144, 18.4), (48, 8192, 39.1),
      (60, 10240, 76.1), (80, 12288, 145.6), (96, 16384, 310.1), (105, 20480, 529.6),
      (128, 25600, 1008.0), (96, 12288, 174.6),
    ])
  func closedForm(layers: Int, hidden: Int, printed: Double) {
    let architecture = Shapes.gpt(layers, hidden)
    let closed = 12 * layers * hidden * hidden + 13 * layers * hidden + (51200 + 2048) * hidden
    // The closed form leaves out the final norm.
    #expect(architecture.parameterCount == closed + 2 * hidden)
    #expect((architecture.totalParameters / 1e8).rounded() == (printed * 10).rounded())
  }

  @Test("an interleaved mixture has its experts in every second layer")
  func interleaved() {
    let mixture = MixtureOfExperts(experts: 4, expertsPerToken: 1, expertFeedForwardSize: 64)
    let architecture = Shapes.llama(6, 128, 64, 1, 1, 100, mixture, interleave: 2)
    #expect(architecture.mixtureLayers == 3)
    let dense = Shapes.llama(6, 128, 64, 1, 1, 100)
    let extra = 3 * (3 * architecture.expertWeights + architecture.routerWeights)
    #expect(architecture.parameterCount == dense.parameterCount + extra)
  }
}
