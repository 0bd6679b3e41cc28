import Testing

@testable import Workload

@Suite struct CurriculumTests {
  @Test("without phases a run costs what it costs")
  func off() throws {
    let shape = try ModelPresets.find("llama-3.1-405b").architecture
    #expect(Curriculum().relativeCost(sequenceLength: 8192, shape: shape) == 1)
    #expect(Curriculum().parts(tokens: 1e12, sequenceLength: 8192, shape: shape).count == 1)
  }

  // Llama 3.1 405B: 2.524e12 operations a token at 8,192, 4.046e12 at 131,072, attention counted
  // causally.
  @Test("long sequences cost the operations of their attention")
  func longContext() throws {
    let shape = try ModelPresets.find("llama-3.1-405b").architecture
    let curriculum = Curriculum(phases: [
      TrainingPhase(name: "long context", share: 0.05, sequenceLength: 131_072, slowdown: 1.1)
    ])
    let parts = curriculum.parts(tokens: 15.6e12, sequenceLength: 8192, shape: shape)
    #expect(isClose(parts[0].tokens, 0.95 * 15.6e12, within: 1e-12))
    #expect(isClose(parts[1].operations, 0.05 * 15.6e12 * 4.046e12, within: 1e-3))
    #expect(isClose(parts[1].relativeCost, 1.1 * 4.046 / 2.524, within: 1e-3))
    let whole = curriculum.relativeCost(sequenceLength: 8192, shape: shape)
    #expect(isClose(whole, 0.95 + 0.05 * 1.1 * 4.046 / 2.524, within: 1e-4))
  }

  @Test("phases share out all tokens and none is lost")
  func sums() throws {
    let shape = try ModelPresets.find("deepseek-v3").architecture
    let parts = Curriculum.usual.parts(tokens: 1e13, sequenceLength: 4096, shape: shape)
    #expect(parts.map(\.name) == ["main", "long context", "annealing"])
    #expect(isClose(parts.reduce(0) { $0 + $1.tokens }, 1e13, within: 1e-12))
    #expect(parts[2].relativeCost == 1)
    #expect(Curriculum.usual.isPossible)
  }

  @Test("shares that take more than all tokens are impossible")
  func impossible() {
    let phase = TrainingPhase(name: "a", share: 0.6)
    #expect(!Curriculum(phases: [phase, phase]).isPossible)
    #expect(!Curriculum(phases: [TrainingPhase(name: "a", share: 0)]).isPossible)
  }
}
