import Testing

@testable import Workload

@Suite struct ModelTrainingTests {
  @Test("the table of trainings reads without fault, each row of a known model")
  func readsCleanly() throws {
    let text = try #require(EmbeddedTables.text(of: "model-training.csv"))
    let read = ModelTrainings.read(
      file: "model-training.csv", bytes: text.utf8, presets: ModelPresets.all)
    #expect(read.faults.map(\.description) == [])
    #expect(read.trainings.count >= 45)
    #expect(Set(read.trainings.map(\.id)).count == read.trainings.count)
    for training in read.trainings {
      let year = try #require(training.year, "\(training.id)")
      #expect((2019...2026).contains(year), "\(training.id)")
    }
  }

  // Sizes and tokens of the models' reports; compute is 6·N·D of the active parameters.
  @Test(
    "compute and tokens per active parameter of what the field trains",
    arguments: [
      ("deepseek-v3", 3.3e24, 400), ("qwen3-235b-a22b", 4.8e24, 1640),
      ("llama-4-maverick", 2.2e24, 1290), ("kimi-k2", 3.0e24, 475), ("glm-4.5", 4.4e24, 720),
      ("ling-1t", 6.0e24, 400), ("llama-3.1-405b", 3.8e25, 38.5),
    ])
  func published(id: String, compute: Double, ratio: Double) throws {
    let training = try #require(ModelTrainings.of(id))
    #expect(isClose(training.compute, compute, within: 0.02))
    #expect(isClose(training.tokensPerActiveParameter, ratio, within: 0.01))
  }

  @Test("the models to measure against are all known and a compute counts in units of each")
  func ratios() {
    let ratios = ModelTrainings.ratios(ofCompute: 3.2856e24)
    #expect(ratios.count == ModelTrainings.yardsticks.count)
    #expect(zip(ratios, ratios.dropFirst()).allSatisfy { $0.ratio <= $1.ratio })
    let own = ratios.first { $0.model.id == "deepseek-v3" }
    #expect(isClose(own?.ratio ?? 0, 1, within: 1e-9))
    #expect(ModelTrainings.ratios(ofCompute: 1e24, to: ["gpt-oss-120b"]).isEmpty)
  }

  @Test("a row of an unknown model, and one without tokens, are faults with their columns")
  func faulty() {
    let text = "id,tokens,released,source_url,grade\nno-such,1e12,2025,x,D\ngpt2,,2019,x,D\n"
    let read = ModelTrainings.read(file: "t.csv", bytes: text.utf8, presets: ModelPresets.all)
    #expect(read.trainings.isEmpty)
    #expect(read.faults.map(\.line) == [2, 3])
    #expect(read.faults.map(\.column) == ["id", "tokens"])
  }
}
