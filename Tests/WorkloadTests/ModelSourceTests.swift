import Quantities
import Testing

@testable import Workload

/// A file that a test asks for and that isn't there.
private struct Missing: Error {}

@Suite struct ModelSourceTests {
  static let configuration =
    "{\"model_type\":\"llama\",\"hidden_size\":64,\"num_hidden_layers\":2,\"num_attention_heads\":4,"
    + "\"intermediate_size\":128,\"vocab_size\":100}"

  private static func read(_ text: String) throws -> TransformerArchitecture {
    try ModelSource.architecture(text) { path in
      guard ["here/config.json", "c.json", "./config.json"].contains(path) else {
        guard path == "meta/params.json" else { throw Missing() }
        return Array("{\"dim\": 64, \"n_layers\": 3, \"n_heads\": 4, \"vocab_size\": 100}".utf8)
      }
      return Array(configuration.utf8)
    }
  }

  @Test(
    "a preset is found by title, in any case, and by the id of a hub",
    arguments: [
      ("llama-3.1-8b", "llama-3.1-8b"), ("Llama 3.1 8B", "llama-3.1-8b"),
      ("LLAMA_3.1_8b", "llama-3.1-8b"), ("meta-llama/Llama-3.1-8B-Instruct", "llama-3.1-8b"),
      ("meta-llama/Meta-Llama-3.1-405B", "llama-3.1-405b"), ("Qwen/Qwen3-8B", "qwen3-8b"),
      ("Qwen/Qwen3-235B-A22B-Instruct-2507", "qwen3-235b-a22b"),
      ("openai/gpt-oss-20b", "gpt-oss-20b"), ("mistralai/Mixtral-8x7B-v0.1", "mixtral-8x7b"),
    ])
  func names(text: String, id: String) throws { #expect(try Self.read(text).name == id) }

  @Test("a file or a folder with config.json or params.json is read")
  func files() throws {
    for text in ["c.json", "here", "here/", "."] { #expect(try Self.read(text).layers == 2) }
    #expect(try Self.read("meta").layers == 3)
  }

  @Test(
    "what names nothing says what to give",
    arguments: [
      ("someone/unheard-of", "give its config.json"), ("nowhere/", "neither config.json nor"),
      ("llama-3.1-8c", "did you mean llama-3.1-8b?"),
      ("layers=4", "a shape by hand needs --hidden"),
      ("layers=4 hiden=8", "did you mean hidden?"), ("layers=4.5", "a whole number from 1"),
      ("layers=4 layers=5", "stands twice"),
      ("layers=2 hidden=64 heads=4 vocab=100 shared-experts=1", "needs --experts"),
    ])
  func refused(text: String, message: String) throws {
    let error = try #require(#expect(throws: QuantityError.self) { try Self.read(text) })
    #expect("\(error)".contains(message), "\(error)")
  }

  @Test("a shape by hand counts as the same shape from a configuration")
  func byHand() throws {
    let dense = try Self.read(
      "layers=32 hidden=4096 heads=32 kv-heads=8 intermediate=14336 vocab=128256")
    #expect(dense.parameterCount == 8_030_261_248)
    let mixture = try Self.read(
      "layers=32,hidden=4096,heads=32,kv_heads=8,experts=8,experts-per-token=2,expert-width=14336,vocab=32k"
    )
    #expect(mixture.parameterCount == 46_702_792_704)
    let hybrid = try Self.read(
      "layers=8 hidden=64 heads=4 intermediate=128 vocab=100 linear-every=4 state=16")
    #expect(hybrid.layerKinds.map(\.count) == [6, 2])
    #expect(hybrid.globalAttentionLayers == 2)
  }

  @Test("sequences beyond the table of positions and parts left out are said")
  func warnings() throws {
    func warnings(_ name: String, _ length: Int) throws -> [String] {
      let entry = try #require(ModelCorpusTests.corpus.first { $0.name == name })
      return try ModelConfiguration.read(entry.text, file: "c", name: "x").architecture
        .warnings(sequenceLength: length)
    }
    #expect(try warnings("GPT-2", 1024).isEmpty)
    let table = try #require(try warnings("GPT-2", 8192).first)
    #expect(table.contains("table of positions ends at 1,024"))
    #expect(try warnings("OPT 350M", 2049).first?.contains("ends at 2,048") == true)
    #expect(try warnings("Llama 3.1 8B", 131_072).isEmpty)
    #expect(try warnings("Llama 3.1 8B", 200_000).first?.contains("131,072 positions") == true)
    let vision = try #require(try warnings("Gemma 3 12B", 4096).first)
    #expect(vision.hasPrefix("the vision tower (4") && vision.contains("is left out"))
  }
}
