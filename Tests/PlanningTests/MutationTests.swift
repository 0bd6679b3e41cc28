import Catalog
import Mutations
import Quantities
import Testing
import Workload

@testable import Planning

@Suite("Mutated inputs")
struct MutationTests {
  /// Whether an error is one that bad input may cause: a sentence with the place.
  private func isFault(_ error: any Error) -> Bool {
    error is Fault || error is FaultList || error is MissingFile || error is QuantityError
      || error is ScenarioFault
  }

  @Test("no mutated scenario file stops its reader, and what is read is a scenario")
  func scenarios() throws {
    let catalog = try Catalog()
    let template = try ScenarioTemplate.text(catalog)
    // The template with its comments taken away, so that every field is read.
    let set = template.split(separator: "\n", omittingEmptySubsequences: false).map { line in
      line.hasPrefix("# ") && line.contains(" = ") ? line.dropFirst(2) : line
    }.joined(separator: "\n")
    let examples = ScenarioExamples.names.compactMap { ScenarioExamples.text($0) }
    let samples = ([template, set] + examples).map { Array($0.utf8) }
    let context = FieldContext(catalog: catalog) { path in
      throw MissingFile(path: path, reason: "no such file")
    }
    let trouble = Mutations.run(samples, seed: 21, isFault: isFault) { bytes, _ in
      let text = String(decoding: bytes, as: UTF8.self)
      let scenario = try ScenarioFile.read(text, path: "run.toml")
        .scenario(context, budgetDollars: 1e6)
      #expect(scenario.budgetDollars > 0 && scenario.budgetDollars.isFinite)
    }
    #expect(trouble == nil)
  }

  @Test("no mutated config.json stops its reader, and what is read has a size")
  func configurations() throws {
    let samples = [
      """
      {"model_type": "llama", "hidden_size": 4096, "intermediate_size": 14336,
       "num_hidden_layers": 32, "num_attention_heads": 32, "num_key_value_heads": 8,
       "vocab_size": 128256, "max_position_embeddings": 8192, "tie_word_embeddings": false}
      """,
      """
      {"model_type": "deepseek_v3", "hidden_size": 7168, "intermediate_size": 18432,
       "moe_intermediate_size": 2048, "num_hidden_layers": 61, "num_attention_heads": 128,
       "num_key_value_heads": 128, "q_lora_rank": 1536, "kv_lora_rank": 512,
       "qk_nope_head_dim": 128, "qk_rope_head_dim": 64, "v_head_dim": 128,
       "n_routed_experts": 256, "num_experts_per_tok": 8, "n_shared_experts": 1,
       "first_k_dense_replace": 3, "moe_layer_freq": 1, "vocab_size": 129280}
      """,
      """
      {"model_type": "gpt2", "n_embd": 768, "n_layer": 12, "n_head": 12, "n_inner": null,
       "n_positions": 1024, "vocab_size": 50257}
      """,
    ].map { Array($0.utf8) }
    let trouble = Mutations.run(samples, seed: 22, isFault: isFault) { bytes, _ in
      let text = String(decoding: bytes, as: UTF8.self)
      let model = try ModelConfiguration.read(text, file: "config.json", name: "it").architecture
      #expect(model.totalParameters > 0 && model.totalParameters.isFinite)
    }
    #expect(trouble == nil)
  }

  @Test("no mutated table of actuals and no mutated saved plan stops the tracking")
  func tracking() throws {
    let plan = SavedPlanSample.text
    let saved = try SavedPlan(plan, file: "plan.json").option()
    let actuals = """
      week,term,usd,tokens,note
      2026-10-12,accelerator_rent,912400.00,248B,
      2026-10-12,object_storage,130.25,,
      2026-10-19,accelerator_rent,918020.50,251B,two nodes replaced
      """
    let trouble = Mutations.run([Array(actuals.utf8)], seed: 23, isFault: isFault) { bytes, _ in
      let read = try Actuals.read(file: "actuals.csv", bytes: bytes)
      let tracking = Tracking(read, against: saved)
      #expect(tracking.cash.p10 <= tracking.cash.p50)
    }
    #expect(trouble == nil)
    let other = Mutations.run([Array(plan.utf8)], seed: 24, isFault: isFault) { bytes, _ in
      _ = try SavedPlan(String(decoding: bytes, as: UTF8.self), file: "plan.json").option()
    }
    #expect(other == nil)
  }
}
