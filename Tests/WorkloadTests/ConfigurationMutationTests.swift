import Catalog
import Mutations
import Testing

@testable import Workload

/// Configurations broken the way disks and people break them.
@Suite struct ConfigurationMutationTests {
  @Test("20,000 broken configurations are read or refused, and what is read can be counted")
  func mutated() throws {
    let texts = ModelCorpusTests.corpus.map { Array($0.text.utf8) }.filter { $0.count < 1500 }
    try #require(texts.count > 100)
    var mutator = Mutator(seed: 20_261_130)
    var counted = 0
    for turn in 0..<20_000 {
      let bytes = mutator.mutated(texts[turn % texts.count], others: texts)
      let text = String(decoding: bytes, as: UTF8.self)
      do {
        let shape = try ModelConfiguration.read(text, file: "c.json", name: "x").architecture
        counted += 1
        let total = shape.totalParameters
        let isSound =
          total > 0 && total <= TransformerArchitecture.mostParameters
          && shape.activeParameters <= total && shape.activeParameters > 0
          && shape.layerStack.kinds.allSatisfy { $0.layer.vectorWeights >= 0 }
          && shape.flopsPerToken(sequenceLength: 4096, convention: .causal).isFinite
        if !isSound { Issue.record("\(total) parameters: \(text)") }
      } catch {
        #expect(!error.message.isEmpty)
      }
    }
    #expect(counted > 500)
  }
}
