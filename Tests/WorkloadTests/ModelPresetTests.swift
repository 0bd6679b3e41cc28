import Quantities
import Testing

@testable import Workload

@Suite struct ModelPresetTests {
  @Test("the table of models reads without fault")
  func readsCleanly() throws {
    let text = try #require(EmbeddedTables.text(of: "models.csv"))
    let read = ModelPresets.read(file: "models.csv", bytes: text.utf8)
    #expect(read.faults.map(\.description) == [])
    #expect(read.presets.count >= 40)
  }

  @Test("the table of configurations reads without fault, under ids that no other model has")
  func configured() throws {
    let text = try #require(EmbeddedTables.text(of: "configurations.csv"))
    let read = ConfiguredPresets.read(file: "configurations.csv", bytes: text.utf8)
    #expect(read.faults.map(\.description) == [])
    #expect(read.presets.count >= 40)
    #expect(Set(ModelPresets.all.map(\.id)).count == ModelPresets.all.count)
    #expect(try ModelPresets.find("glm-5").architecture.parameterCount == 743_911_199_232)
  }

  @Test("every model counts within 2% of its published size, or 10% where a note says why")
  func publishedSizes() {
    for preset in ModelPresets.all {
      guard let published = preset.publishedParameters else { continue }
      let share = preset.provenance.note.hasPrefix("counts") ? 0.1 : 0.02
      #expect(
        isClose(preset.architecture.totalParameters, published, within: share), "\(preset.id)")
    }
  }

  @Test("every mixture's active count is near one of the two conventions")
  func publishedActive() {
    for preset in ModelPresets.all {
      guard let published = preset.publishedActiveParameters else { continue }
      let shape = preset.architecture
      let near =
        isClose(shape.activeParameters, published, within: 0.04)
        || isClose(shape.activeParametersWithoutInputEmbedding, published, within: 0.04)
      #expect(near, "\(preset.id) \(shape.activeParameters)")
    }
  }

  @Test("heads divide, routed tokens have experts, windows are positive")
  func consistent() {
    for preset in ModelPresets.all {
      let shape = preset.architecture
      #expect(shape.attentionHeads % shape.keyValueHeads == 0, "\(preset.id)")
      #expect(shape.denseLayers == 0 || shape.feedForwardSize > 0, "\(preset.id)")
      #expect(shape.name == preset.id)
    }
  }

  @Test("a model is found by its id in any case")
  func found() throws {
    #expect(try ModelPresets.find("Llama-3.1-405B").architecture.layers == 126)
    #expect(try ModelPresets.find("gpt2").architecture.parameterCount == 124_439_808)
  }

  @Test("a mistyped model is refused with the nearest known id")
  func mistyped() {
    #expect {
      try ModelPresets.find("lama-3-8b")
    } throws: { error in
      "\(error)" == "no model is called “lama-3-8b”; did you mean llama-3-8b?"
    }
    #expect {
      try ModelPresets.find("zzzzzzzzzzzzzzzzzzzz")
    } throws: { error in
      "\(error)".hasSuffix("known ones are such as llama-7b, llama-13b, llama-33b")
    }
  }

  @Test("a row with too many experts per token is a fault with its line and column")
  func faulty() {
    let header =
      "id,title,layers,hidden_size,attention_heads,key_value_heads,head_dimension,"
      + "feed_forward_size,gated,vocabulary,tied,experts,experts_per_token,"
      + "expert_feed_forward_size,source_url,grade\n"
    let row = "x,X,2,64,2,2,32,128,yes,100,no,4,5,64,none,D\n"
    let read = ModelPresets.read(file: "t.csv", bytes: (header + row).utf8)
    #expect(read.presets.isEmpty)
    #expect(read.faults.map(\.line) == [2])
    #expect(read.faults.map(\.column) == ["experts_per_token"])
  }
}
