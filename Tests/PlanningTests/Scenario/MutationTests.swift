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

  @Test("tokens and money that the plan's chips and budget can't be are refused or named")
  func impossibleActuals() throws {
    let option = try SavedPlan(SavedPlanSample.textWithPeak, file: "plan.json").option()
    var mutator = Mutator(seed: 25)
    for _ in 0..<Mutations.countOfNumbers {
      var weeks = (0..<5).map { (dollars: 70_000.0 + Double($0), tokens: 70e9) }
      let place = Int.random(in: 0..<5, using: &mutator.random)
      let factor = Double.random(in: 0.65...6, using: &mutator.random)
      let isMoney = Bool.random(using: &mutator.random)
      if isMoney {
        // Four times the dearest week of the plan, a payment of 500,000 dollars.
        weeks[place].dollars = 2e6 * (1 + factor)
      } else {
        // Twice the fastest that was planned, 1e12 tokens in 90 days.
        weeks[place].tokens = 2 * 1e12 / 90 * 7 * (1 + factor)
      }
      var text = "week,usd,tokens\n"
      for (index, week) in weeks.enumerated() {
        let day = CalendarDate(daysSinceEpoch: 20_458 + 7 * index)
        text += "\(day.iso),\(week.dollars),\(week.tokens)\n"
      }
      do {
        let actuals = try Actuals.read(file: "a.csv", bytes: text.utf8, against: option)
        let tracking = Tracking(actuals, against: option)
        let week = CalendarDate(daysSinceEpoch: 20_458 + 7 * place)
        #expect(tracking.notes.contains { $0.contains("Check the week of \(week.iso)") }, "\(text)")
        #expect(tracking.rate.p10 > 0 && tracking.rate.p90 <= 25.1e9)
      } catch {
        #expect(error.faults.map(\.line) == [place + 2], "\(text)")
      }
    }
  }

  @Test("a scenario's number beyond its bounds is refused, or doubted by every plan of it")
  func impossibleFields() throws {
    let catalog = try Catalog()
    let context = FieldContext(catalog: catalog) { _ in [] }
    let fields = ScenarioField.all.filter { $0.bounds != nil }
    #expect(fields.count > 30)
    let whole = ["sequence_length", "largest_cluster", "quota"]
    var mutator = Mutator(seed: 26)
    for _ in 0..<Mutations.countOfNumbers {
      guard let field = fields.randomElement(using: &mutator.random), let bounds = field.bounds,
        let value = mutator.beyond(bounds, isWhole: whole.contains(field.key))
      else { continue }
      let digits = Decimals.shortest(value)
      let text =
        switch field.valueName {
        case "length|date", "length": "\(digits)d"
        case "provider=fraction", "provider=amount": "aws=\(digits)"
        case "accelerator=chips": "trn2=\(digits)"
        default: digits
        }
      var settings = ScenarioSettings()
      settings.set(field.key, to: text, from: .commandLine)
      do {
        let scenario = try settings.scenario(context, budgetDollars: 1e6)
        #expect(field.doubt(scenario)?.hasPrefix("check \(field.key): ") == true, "\(text)")
      } catch {
        #expect(isFault(error), "\(field.key) \(text): \(error)")
      }
    }
  }

  @Test("a range of an uncertain input beyond its bounds is refused with its line, or doubted")
  func impossibleRanges() throws {
    let catalog = try Catalog()
    let context = FieldContext(catalog: catalog) { _ in [] }
    let names = InputDeclaration.names(catalog)
    var mutator = Mutator(seed: 27)
    for _ in 0..<Mutations.countOfNumbers {
      guard let name = names.randomElement(using: &mutator.random) else { continue }
      let bounds = InputDeclaration.bounds(name)
      guard let value = mutator.beyond(bounds) else { continue }
      let (low, high) = (bounds.plausible.lowerBound, bounds.plausible.upperBound)
      let (first, last) = value > high ? (low, value) : (value, high)
      let text =
        "budget = \"1M\"\n[uncertain]\n\"\(name)\" = { low = \(first), high = \(last) }\n"
      do {
        let scenario = try ScenarioFile.read(text, path: "run.toml")
          .scenario(context, budgetDollars: 1e6)
        let range = try #require(scenario.spreads[name])
        #expect(range.doubt(name) != nil, "\(text)")
      } catch let error as FaultList {
        #expect(error.faults.map(\.line) == [3], "\(text)")
      }
    }
  }
}
