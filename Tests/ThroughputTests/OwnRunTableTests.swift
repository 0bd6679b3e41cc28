import Catalog
import Mutations
import Testing

@testable import Throughput

@Suite("A table of runs of one's own")
struct OwnRunTableTests {
  fileprivate static let shape =
    "id,kind,model,total_params,layers,hidden,heads,kv_heads,ffn_hidden,glu,vocab,tied_embeddings,"
    + "attention,accelerator,chips,seq_len,global_batch_tokens,tp,pp,dp,precision,"
  fileprivate static let run =
    "run1,step,Llama-3.1-8B,8030261248,32,4096,32,8,14336,yes,128256,no,gqa,h100-sxm,64,4096,2097152,"
    + "1,1,64,bf16,"

  private func read(_ lines: String...) throws -> OwnRunTable.Reading {
    try OwnRunTable.read(
      file: "r.csv", bytes: (lines.joined(separator: "\n") + "\n").utf8, catalog: Catalog())
  }

  private func faults(_ lines: String...) -> [String] {
    do {
      _ = try OwnRunTable.read(
        file: "r.csv", bytes: (lines.joined(separator: "\n") + "\n").utf8, catalog: Catalog())
      return []
    } catch {
      return error.faults.map(\.description)
    }
  }

  @Test("an MFU in per cent is refused with what to write")
  func percent() throws {
    #expect(
      faults(Self.shape + "measured_mfu", Self.run + "42.9")
        == ["r.csv:2: measured_mfu: 42.9 is outside 0 to 1; in per cent? write 0.429"])
    #expect(try read(Self.shape + "measured_mfu", Self.run + "0.429").doubts.isEmpty)
  }

  @Test("a rate above the chips' peak is refused with the slip that explains it")
  func tokensPerGroup() throws {
    let found = faults(
      Self.shape + "measured_tokens_per_s_per_chip", Self.run + "880000")
    #expect(found.count == 1)
    let message = found.first ?? ""
    #expect(message.hasPrefix("r.csv:2: measured_tokens_per_s_per_chip: 880000 would be "))
    // 6 × 8.03e9 weights × 880,000 tokens a second are 43 times the 989 TFLOP/s of an H100.
    #expect(message.contains("% of the peak of 64 h100-sxm"))
    #expect(message.hasSuffix("of all 64 chips together? write 13750"))
  }

  @Test("nodes written as chips are refused, and told apart from a slip of the rate")
  func nodes() throws {
    // 2,097,152 tokens of 8.03e9 weights at 40 % of the peak of 64 chips take 4 seconds.
    let found = faults(
      Self.shape + "measured_step_s",
      Self.run.replacing(",h100-sxm,64,", with: ",h100-sxm,8,") + "4")
    #expect(found.count == 1)
    #expect(found.first?.hasSuffix("are the 8 chips nodes? write chips 64") == true)
  }

  @Test("what no published run reached is taken and named")
  func unheard() throws {
    let reading = try read(Self.shape + "measured_tokens_per_s_per_chip", Self.run + "18000")
    #expect(
      reading.doubts.contains { $0.description.contains("more than any published run reached") })
    let row = MeasuredThroughput(
      id: "h100-sxm", speedRatio: 1, logDeviation: 0.1, runs: 1,
      provenance: Provenance(source: "r.csv", asOf: "2026-11-01", grade: .a))
    #expect(row.doubted(by: reading).provenance.note.hasPrefix(MeasuredThroughput.doubtMark))
    let other = MeasuredThroughput(
      id: "trn2", speedRatio: 1, logDeviation: 0.1, runs: 1, provenance: row.provenance)
    #expect(other.doubted(by: reading) == other)
  }

  @Test("a row without a model is refused, and no model is made up for it")
  func noModel() throws {
    #expect(
      faults(
        "id,kind,accelerator,chips,measured_step_s", "run1,step,h100-sxm,1024,5.32")
        == [
          "r.csv:2: model: names no model, and total_params is missing: give the one or the other, "
            + "or layers and hidden"
        ])
    let near = faults(
      "id,kind,model,accelerator,chips,measured_step_s",
      "run1,step,llama-3.1-71b,h100-sxm,1024,5.32")
    #expect(near.first?.contains("did you mean llama-3.1-70b?") == true)
  }

  @Test(
    "a misspelt column is named with the nearest known one; one that is nothing like it is left out"
  )
  func columns() throws {
    let row = "run1,step,llama-3.1-70b,70553706496,h100-sxm,512,8192,4194304,950"
    #expect(
      faults(
        "id,kind,model,total_parameters,accelerator,chips,seq_len,global_batch_tokens,"
          + "measured_tokens_per_s_per_chip", row)
        == [
          "r.csv:1: total_parameters: no such column is known; did you mean total_params?"
        ])
    let reading = try read(
      "id,kind,model,total_params,accelerator,chips,seq_len,global_batch_tokens,"
        + "measured_tokens_per_s_per_chip,who_ran_it", row + ",me")
    #expect(reading.runs.count == 1)
    #expect(
      reading.doubts.map(\.description)
        == ["r.csv:1: who_ran_it: no such column is known, so it was left out"])
  }

  @Test("a preset's name alone says the same as its name and size")
  func preset() throws {
    let rest = "h100-sxm,512,8192,4194304,950"
    func ratio(_ lines: String...) throws -> Double {
      let runs = try OwnRunTable.read(
        file: "r.csv", bytes: (lines.joined(separator: "\n") + "\n").utf8, catalog: Catalog()
      ).runs
      let report = Validation(catalog: try Catalog()).run(rows: runs)
      return try #require(
        OwnRuns.measured(report, source: "r.csv", asOf: "2026-11-01").first?.speedRatio)
    }
    let columns = "accelerator,chips,seq_len,global_batch_tokens,measured_tokens_per_s_per_chip"
    let named = try ratio("id,kind,model,\(columns)", "a,step,llama-3.1-70b,\(rest)")
    let sized = try ratio(
      "id,kind,model,total_params,\(columns)", "a,step,llama-3.1-70b,70553706496,\(rest)")
    #expect(abs(named / sized - 1) < 1e-6)
  }

  @Test("an accelerator that is not known is refused with the nearest")
  func accelerator() throws {
    #expect(
      faults(
        "id,kind,model,accelerator,chips,measured_step_s", "a,step,llama-3.1-70b,h100-sxn,512,20")
        == ["r.csv:2: accelerator: “h100-sxn” is not in accelerators.csv; did you mean h100-sxm?"])
  }

  @Test("no published run is above the peak, or the bound would be wrong")
  func published() throws {
    let catalog = try Catalog()
    for run in PublishedRun.builtIn where run.isScored {
      guard let accelerator = catalog.accelerator(run.accelerator),
        let rate = ImpliedRate(run, accelerator)
      else { continue }
      #expect(rate.utilization < 0.8, "\(run.id)")
    }
  }
}

@Suite("What a chip can do")
struct PeakTests {
  @Test("an estimate that own runs, claims or ranges take past the peak is held there")
  func held() throws {
    let chip = try #require(try Catalog().accelerator("h100-sxm"))
    let estimate = try ThroughputModel.builtIn.best(
      architecture: .defaultShape(parameters: 7e9), sequenceLength: 4096,
      globalBatchSequences: 1024, precision: .bf16, accelerator: chip, chips: 64,
      chipsPerSlice: nil
    ).get()
    let row = MeasuredThroughput(
      id: "h100-sxm", speedRatio: 4, logDeviation: 0.1, runs: 1,
      provenance: Provenance(source: "r.csv", asOf: "2026-11-01", grade: .a))
    let held = estimate.corrected(by: row).heldToPeak()
    #expect(held.modelFlopsUtilization.p90 <= 1 && held.hardwareFlopsUtilization <= 1)
    #expect(held.modelFlopsUtilization.p10 <= held.modelFlopsUtilization.p50)
    #expect(held.modelFlopsUtilization.p50 <= held.modelFlopsUtilization.p90)
    // Speed and share of the peak are one figure in two units.
    let perShare = estimate.tokensPerSecondPerChip.p50 / estimate.modelFlopsUtilization.p50
    for (rate, share) in [
      (held.tokensPerSecondPerChip.p10, held.modelFlopsUtilization.p10),
      (held.tokensPerSecondPerChip.p50, held.modelFlopsUtilization.p50),
      (held.tokensPerSecondPerChip.p90, held.modelFlopsUtilization.p90),
    ] {
      #expect(abs(rate / share / perShare - 1) < 1e-9)
    }
    #expect(abs(held.breakdown.reduce(0) { $0 + $1.value } - held.stepSeconds) < 1e-9)
    #expect(estimate.heldToPeak().modelFlopsUtilization == estimate.modelFlopsUtilization)
  }

  @Test("no mutated table of runs stops its reader, and what is read is possible")
  func mutated() throws {
    let catalog = try Catalog()
    let rows = ["measured_step_s", "measured_tokens_per_s_per_chip", "measured_mfu"]
    let samples = zip(rows, ["11.2", "950", "0.42"]).map { column, value in
      Array((OwnRunTableTests.shape + column + "\n" + OwnRunTableTests.run + value + "\n").utf8)
    }
    let trouble = Mutations.run(
      samples, seed: 44, isFault: { $0 is FaultList || $0 is Fault }
    ) { bytes, _ in
      let reading = try OwnRunTable.read(file: "r.csv", bytes: bytes, catalog: catalog)
      for run in reading.runs {
        #expect((run.number("chips") ?? 1) >= 1, "\(run)")
      }
    }
    #expect(trouble == nil)
  }
}
