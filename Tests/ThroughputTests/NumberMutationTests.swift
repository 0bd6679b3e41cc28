import Catalog
import Mutations
import Quantities
import Testing

@testable import Throughput

/// A run of one's own with one number taken beyond its bounds.
@Suite("Numbers of own runs beyond their bounds")
struct NumberMutationTests {
  private static let usual: [String: String] = [
    "total_params": "8030261248", "layers": "32", "hidden": "4096", "heads": "32", "kv_heads": "8",
    "ffn_hidden": "14336", "vocab": "128256", "seq_len": "4096", "global_batch_tokens": "2097152",
    "micro_batch": "1", "tp": "1", "pp": "1", "dp": "64", "chips": "64", "measured_mfu": "0.43",
    "year": "2025",
  ]

  @Test("are refused, or named with their place")
  func runs() throws {
    let catalog = try Catalog()
    var mutator = Mutator(seed: 41)
    let columns = PublishedRun.numericColumns
    for _ in 0..<Mutations.countOfNumbers {
      guard let name = columns.randomElement(using: &mutator.random),
        let bounds = PublishedRun.bounds[name], let value = mutator.beyond(bounds)
      else { continue }
      var cells = Self.usual
      cells[name] = "\(value)"
      let text =
        "id,kind,accelerator,attention,glu," + columns.joined(separator: ",") + "\n"
        + "a,step,h100-sxm,gqa,yes," + columns.map { cells[$0] ?? "" }.joined(separator: ",") + "\n"
      do {
        let reading = try OwnRunTable.read(file: "r.csv", bytes: text.utf8, catalog: catalog)
        #expect(reading.doubts.contains { $0.line == 2 && $0.column != nil }, "\(name) \(value)")
      } catch {
        #expect(error.faults.contains { $0.line == 2 && $0.column != nil }, "\(name) \(value)")
      }
    }
  }

  @Test("rates above the peak are refused whatever they are measured in")
  func rates() throws {
    let catalog = try Catalog()
    var mutator = Mutator(seed: 42)
    // At 100 % of 989 TFLOP/s, 8.03e9 weights by 6 operations: tokens a second, and seconds of a step of
    // 2,097,152 tokens on 64 chips.
    let tokens = 989e12 / (6 * 8_030_261_248)
    let seconds = 2_097_152 / tokens / 64
    for _ in 0..<Mutations.countOfNumbers {
      let factor = Double.random(in: 1.2...1000, using: &mutator.random)
      let (name, value) =
        [
          ("measured_tokens_per_s_per_chip", tokens * factor),
          ("measured_step_s", seconds / factor),
          ("measured_model_tflops_per_chip", 989 * 1.3 * factor),
        ].randomElement(using: &mutator.random) ?? ("", 0)
      let text =
        "id,kind,model,accelerator,chips,seq_len,global_batch_tokens,\(name)\n"
        + "a,step,llama-3.1-8b,h100-sxm,64,4096,2097152,\(value)\n"
      let error = #expect(throws: FaultList.self, "\(name) \(value)") {
        try OwnRunTable.read(file: "r.csv", bytes: text.utf8, catalog: catalog)
      }
      #expect(error?.faults.first?.column == name)
    }
  }
}
