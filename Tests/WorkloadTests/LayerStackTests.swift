import Testing
import Workload

@Suite struct LayerStackTests {
  static let attention = ModelLayer(
    hiddenSize: 8,
    attention: Attention(hiddenSize: 8, heads: 2, keyValueHeads: 1, headDimension: 4),
    feedForward: .dense(width: 16), vectorWeights: 16)
  static let recurrence = ModelLayer(
    hiddenSize: 8,
    recurrence: Recurrence(
      kind: .mamba2, heads: 4, keyHeads: 1, stateSize: 16, headDimension: 4, convolutionWidth: 4,
      convolvedChannels: 48, chunk: 256, projectionWeights: 8 * 68 + 16 * 8),
    vectorWeights: 100)
  static let mixture = ModelLayer(
    hiddenSize: 8,
    feedForward: .mixture(
      MixtureOfExperts(
        experts: 10, expertsPerToken: 2, expertFeedForwardSize: 6, sharedFeedForwardSize: 5,
        latentSize: 4, selectionBias: true, vectorWeightsPerExpert: 3)),
    gatedFeedForward: false, vectorWeights: 8)

  @Test("equal neighbours are kept once, equal layers further off are counted together")
  func merging() {
    let stack = LayerStack(layers: [
      Self.attention, Self.attention, Self.recurrence, Self.attention, Self.mixture,
    ])
    #expect(stack.runs.map(\.count) == [2, 1, 1, 1])
    #expect(stack.kinds.map(\.count) == [3, 1, 1])
    #expect(stack.count == 5)
    let same = LayerStack([
      LayerRun(Self.attention, count: 2), LayerRun(Self.recurrence, count: 1),
      LayerRun(Self.mixture, count: 0), LayerRun(Self.attention, count: 1),
      LayerRun(Self.mixture, count: 1),
    ])
    #expect(stack == same && stack.hashValue == same.hashValue)
    #expect(stack != LayerStack(layers: [Self.attention]))
  }

  @Test("each kind of layer counts its own weights")
  func weights() {
    // Queries and output 2·8·8, keys and values 2·8·4, three matrices of 8 by 16, 16 vectors.
    #expect(Self.attention.parameterCount == 192 + 384 + 16)
    #expect(Self.recurrence.parameterCount == 672 + 4 * 48 + 100)
    #expect(Self.recurrence.matmulWeightsPerToken == 672)
    // Experts of two 4 by 6 matrices and 3 vectors; shared 2·8·5, latent 2·8·4; router and bias.
    #expect(Self.mixture.parameterCount == 10 * 51 + 80 + 64 + 90 + 8)
    #expect(Self.mixture.activeParameterCount == 2 * 51 + 80 + 64 + 90 + 8)
    #expect(Self.mixture.matmulWeightsPerToken == 2 * 48 + 80 + 64 + 80)
  }

  @Test("the heaviest stretch of neighbours is found wherever it lies")
  func heaviest() {
    let stack = LayerStack([
      LayerRun(Self.mixture, count: 3), LayerRun(Self.attention, count: 2),
      LayerRun(Self.recurrence, count: 2),
    ])
    let stretch = stack.heaviest(3) { Double($0.parameterCount) }
    #expect(stretch.map(\.count) == [1, 2] && stretch.last?.layer == Self.recurrence)
    #expect(stack.heaviest(7) { _ in 1 } == stack.runs)
  }

  // Mean keys of a causal query: half the sequence; w − w²/(2s) in a window; chunks restart.
  static let scopes: [(AttentionScope, Double)] = [
    (.full, 500), (.sliding(window: 100), 95), (.sparse(keys: 100), 95),
    (.chunked(chunk: 250), 125), (.chunked(chunk: 400), 180), (.chunked(chunk: 4000), 500),
    (.compressed(window: 100, ratio: 5, keys: nil), 176),
    (.compressed(window: 100, ratio: 5, keys: 20), 114.8),
  ]

  @Test("keys per query follow the scope", arguments: scopes)
  func keys(scope: AttentionScope, expected: Double) {
    let keys = scope.keysPerQuery(sequenceLength: 1000, convention: .causal)
    #expect(isClose(keys, expected, within: 1e-12))
    #expect(scope.keysPerQuery(sequenceLength: 0, convention: .causal) == 0)
    #expect(scope.keysPerQuery(sequenceLength: 1000, convention: .none) == 0)
  }

  @Test("operations of a recurrence do not grow with the sequence")
  func recurrenceOperations() {
    let flops = Self.recurrence.mixingFlopsPerToken(sequenceLength: 10, convention: .causal)
    // 7 operations an element of the state (4·16·4), 2 a tap (4·48), three times.
    #expect(flops == 3 * Double(7 * 256 + 2 * 192))
    #expect(
      Self.recurrence.mixingFlopsPerToken(sequenceLength: 100_000, convention: .causal) == flops)
  }

  @Test("kinds are named by scope and block")
  func names() {
    #expect(Self.attention.kindName == "full attention, dense")
    #expect(Self.recurrence.kindName == "Mamba-2")
    #expect(Self.mixture.kindName == "mixture")
  }
}
