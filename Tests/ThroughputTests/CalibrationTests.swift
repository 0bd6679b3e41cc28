import Quantities
import Catalog
import RealModule
import Testing
import Workload

@testable import Throughput

@Suite struct `Published runs` {
  /// Seconds of steps from an independent implementation of the same formulas in another language,
  /// under parameters at their priors.
  static let oracle: [(String, Double)] = [
    ("megatron21-t1-1.7b", 3.62160189205),
    ("megascale-175b-megatron-768-256", 44.5768605109),
    ("palm-540b-step", 15.2856606876),
    ("mosaic-h100-sxm-70b-s2048-n512-g4096", 15.0952653935),
    ("neuron-trn1-gpt3-23b-216", 11.0315691674),
    ("dgxc-grok1-314b-h100-512-bf16", 19.0127744178),
    ("dgxc-grok1-314b-gb200-128-fp8", 5.20740909798),
    ("nemo2407-gpt3-5b", 2.81892411093),
    ("mbridge-2511-llama3-8b-gb300-8-fp8-cs", 3.64913433218),
    ("mbridge-260401-llama3-70b-gb300-64-fp8-cs", 6.26323702476),
    ("mbridge-2606-qwen3-235b-a22b-gb300-256-mxfp8", 14.379147016),
    ("mbridge-2602-gpt-oss-120b-b200-64-bf16", 7.56651205654),
    ("gh200-alps-llama-1b", 0.209780495159),
    ("maxtext-v5e-16b-1x", 11.1417185009),
    ("maxtext-v5p-32b-1x64", 7.74065430609),
    ("tpurecipe-v6e-llama31-8b-8", 3.06194742097),
    ("tpurecipe-v7x-gpt-oss-120b-64", 14.0138695865),
    ("mlperf51-gb200-512-llama31-8b-fp8", 0.0643126606315),
    ("torchtitan-8b-8-eager", 2.87871231469),
    ("own-h200-qwen3-30b-a3b-8layer", 0.328608662563),
  ]

  static let priors = Calibration(
    rows: ThroughputModel.builtIn.calibration.rows.map { row in
      var row = row
      row.value = row.prior
      return row
    })

  @Test(arguments: oracle)
  func `step time agrees with an independent implementation`(
    _ id: String, _ expected: Double
  ) throws {
    let run = try #require(PublishedRun.builtIn.first { $0.id == id })
    let published = try PublishedProblem(run, accelerator: Fixture.accelerator(run.accelerator))
    let value = published.predicted(Self.priors).p50
    #expect(abs(value / expected - 1) < 1e-6)
  }

  @Test func `every row gets a prediction and beats rules of thumb`() throws {
    let validation = Validation(catalog: try #require(Fixture.catalog))
    let report = validation.run(rows: PublishedRun.builtIn)
    #expect(report.rows.allSatisfy { ($0.predicted?.p50 ?? 0) > 0 })
    let all = try #require(report.summaries.first)
    #expect(all.group == "all" && all.count > 500)
    #expect(all.medianError < 7)
    #expect((75.0...95).contains(all.coverage80))
    for baseline in validation.baselines(rows: PublishedRun.builtIn) {
      let group = baseline.group.split(separator: ", ").last.map(String.init)
      let ours = try #require(report.summaries.first { $0.group == group })
      guard baseline.group != "team known, runs" else {
        // What a team's other runs tell is worth more than any of the run's own columns.
        #expect(baseline.count > 30 && baseline.medianError < ours.medianError)
        continue
      }
      let share = group == "runs" ? 0.75 : 0.6
      #expect(ours.medianError < share * baseline.medianError, "\(baseline.group)")
    }
  }

  @Test func `refitting the published runs gives the calibration that is built in`() throws {
    let builtIn = ThroughputModel.builtIn.calibration
    let fit = CalibrationFit(runs: PublishedRun.builtIn, catalog: try #require(Fixture.catalog))
    let fitted = fit.fitted(from: Self.priors, iterations: 15)
    for (new, old) in zip(fitted.rows, builtIn.rows) {
      #expect(abs(new.value / old.value - 1) < 0.01, "\(new.parameter) \(new.scope)")
    }
  }

  @Test func `leaving a family out predicts it from the others, less closely`() throws {
    let validation = Validation(catalog: try #require(Fixture.catalog))
    let rows = PublishedRun.builtIn.filter { $0.family == "levanter" || $0.family == "megascale" }
    try #require(!rows.isEmpty)
    let inside = validation.run(rows: rows).rows.compactMap(\.predicted?.p50)
    let outside = validation.leaveOneFamilyOut(rows: rows).rows.compactMap(\.predicted?.p50)
    #expect(inside.count == rows.count && outside.count == rows.count)
    #expect(zip(inside, outside).allSatisfy { abs($0 / $1 - 1) < 0.5 })
    #expect(zip(inside, outside).contains { $0 != $1 })
  }

  @Test func `fewer parameters are fitted than one for ten rows`() {
    let fitted = ThroughputModel.builtIn.calibration.rows.filter(\.isFitted).count
    let scored = PublishedRun.builtIn.filter(\.isScored).count
    #expect(10 * fitted < scored)
  }

  @Test func `a precision that nobody knows is refused, and named`() throws {
    let text = """
      id,kind,accelerator,total_params,measured_step_s,precision
      x,step,h100-sxm,7e9,1.5,banana
      """
    let runs = try PublishedRun.read(file: "runs.csv", bytes: text.utf8)
    let report = Validation(catalog: try #require(Fixture.catalog)).run(rows: runs)
    #expect(report.rows[0].predicted == nil)
    #expect(report.rows[0].reason.contains("banana") && report.rows[0].reason.contains("mxfp8"))
  }

  @Test func `a run on an unknown accelerator is predicted as a likely one, in a wide range`()
    throws
  {
    let text = """
      id,kind,accelerator,total_params,measured_step_s
      x,step,abacus,7e9,1.5
      y,step,h100-sxm,7e9,1.5
      """
    let runs = try PublishedRun.read(file: "runs.csv", bytes: text.utf8)
    let report = Validation(catalog: try #require(Fixture.catalog)).run(rows: runs)
    let (odd, known) = (report.rows[0].predicted, report.rows[1].predicted)
    #expect(report.rows[0].reason.hasPrefix("runs.csv:2: accelerator: abacus is not in the"))
    #expect(report.rows[1].reason.isEmpty)
    func width(_ range: Percentiles?) -> Double { range.map { $0.p90 / $0.p10 } ?? 0 }
    #expect(width(odd) > 3 * width(known) && width(known) > 1)
  }

  @Test func `notes give what the columns don't`() throws {
    let text = """
      id,kind,accelerator,notes
      a,step,tpu-v5e,"NOSCORE; head_dim=256; 4 slice(s); sliding-window attention on 52 of 62 layers; derived: step_s=1.25 mfu6n=0.3"
      b,step,h100-sxm,sliding-window attention 4096
      """
    let runs = try PublishedRun.read(file: "runs.csv", bytes: text.utf8)
    #expect(runs[0].noted(after: "head_dim=") == 256)
    #expect(runs[0].slices == 4)
    #expect(runs[0].windowedLayers?.some == 52 && runs[0].windowedLayers?.all == 62)
    #expect(runs[0].derived("step_s") == 1.25)
    #expect(!runs[0].isScored)
    #expect(runs[1].windowedLayers?.all == 1)
    #expect(runs[1].derived("step_s") == nil)
  }

  // Llama 3 (arXiv 2407.21783), table 4: 430 and 400 TFLOP/s a GPU at 16 Mi tokens a step, which are
  // 12.0 and 6.46 s counting causal attention, 12.5 and 6.72 s counting all of it. Not among the rows
  // of the fit; 126 layers on 16 stages must interleave although they don't divide evenly.
  @Test(
    "Llama 3 405B's published steps come out within 8 %",
    arguments: [(8192, 64, 12.26), (16_384, 128, 6.59)])
  func llama3(chips: Int, replicas: Int, seconds: Double) throws {
    let text = """
      id,kind,accelerator,total_params,layers,hidden,heads,kv_heads,ffn_hidden,glu,vocab,attention,\
      seq_len,global_batch_tokens,tp,cp,pp,dp,chips,year,precision
      x,step,h100-sxm,405.85e9,126,16384,128,8,53248,yes,128256,gqa,\
      8192,16777216,8,1,16,\(replicas),\(chips),2024,bf16
      """
    let run = try #require(try PublishedRun.read(file: "runs.csv", bytes: text.utf8).first)
    let published = try PublishedProblem(run, accelerator: Fixture.accelerator("h100-sxm"))
    let predicted = published.predicted(ThroughputModel.builtIn.calibration).p50
    #expect(abs(predicted / seconds - 1) < 0.08, "\(predicted)")
  }

  @Test func `long runs lose a smaller share of their hours, down to a floor`() {
    var parameters = StepParameters()
    parameters.runFactor = 1.3
    parameters.runTokensExponent = 0.07
    #expect(parameters.runFactor(tokens: 1e12) == 1.3)
    #expect(abs(parameters.runFactor(tokens: 1e11) - 1.3 * 1.174_898) < 1e-6)
    #expect(parameters.runFactor(tokens: 1e13) < 1.3)
    #expect(parameters.runFactor(tokens: 1e18) == StepParameters.leastRunFactor)
    #expect(parameters.runFactor(tokens: 1) == parameters.runFactor(tokens: 1e10))
  }

  @Test func `a stated pipeline without a batch gets one that keeps it busy`() throws {
    let text = """
      id,kind,accelerator,total_params,seq_len,tp,pp,dp,chips
      x,step,h100-sxm,70e9,4096,1,16,64,1024
      """
    let run = try #require(try PublishedRun.read(file: "runs.csv", bytes: text.utf8).first)
    let published = try PublishedProblem(run, accelerator: Fixture.accelerator("h100-sxm"))
    #expect(published.problem.batchSequences >= 2 * 16 * 64)
  }

  @Test func `cells that can't be understood count as empty and are told`() throws {
    let text = """
      id,kind,accelerator,total_params,chips,recompute,tokens,chip_hours
      x,training,H100-SXM,~7e9,8,block,1e12,1e5
      y,step,h100-sxm,7e9,8,full,,
      """
    #expect(throws: FaultList.self) { try PublishedRun.read(file: "runs.csv", bytes: text.utf8) }
    let (runs, faults) = try PublishedRun.readWhatCounts(file: "runs.csv", bytes: text.utf8)
    #expect(faults.map(\.column) == ["kind", "recompute", "total_params"])
    #expect(faults.allSatisfy { $0.line == 2 })
    #expect(runs.map(\.kind) == [.run, .step])
    let report = Validation(catalog: try #require(Fixture.catalog)).run(rows: runs)
    #expect(report.rows.allSatisfy { ($0.predicted?.p50 ?? 0) > 0 })
  }

  @Test func `a symmetric system is solved`() {
    // [4 2; 2 3] x = [10; 8] has x = (7/4, 3/2).
    let x = LinearSystem.solved([[4, 2], [2, 3]], [10, 8])
    #expect(abs(x[0] - 1.75) < 1e-12)
    #expect(abs(x[1] - 1.5) < 1e-12)
  }

  @Test("what a benchmark leaves unknown is how the error changes with chips, in one source's rows")
  func scatterOverChips() throws {
    // Chips, and by how much of a factor e the measured step is above the predicted one.
    func row(_ id: String, family: String, chips: Double, error: Double) throws -> ValidationRow {
      var run = try #require(
        PublishedRun.builtIn.first { $0.kind == .step && $0.number("chips") != nil })
      (run.id, run.family, run.numbers["chips"]) = (id, family, chips)
      return ValidationRow(
        run: run, measured: Double.exp(error), predicted: Percentiles(p10: 1, p50: 1, p90: 1),
        generation: "", reason: "")
    }
    let one = try [
      row("a", family: "one", chips: 8, error: 0), row("b", family: "one", chips: 64, error: 0.3),
      row("c", family: "one", chips: 64, error: 0.1),
    ]
    #expect(ValidationReport(rows: [one[0]]).scatterOverChips == nil)
    // 0.3 and 0.1 from a; b and c are on the same chips and no pair.
    let found = try #require(ValidationReport(rows: one).scatterOverChips)
    #expect(found.pairs == 2 && abs(found.deviation - (0.10 / 2).squareRoot()) < 1e-12)
    let other = try row("d", family: "other", chips: 512, error: 5)
    #expect(ValidationReport(rows: one + [other]).scatterOverChips == found)
    let builtIn = try #require(ValidationReport.builtInScatter)
    #expect(builtIn.pairs > 100 && (0.02...0.3).contains(builtIn.deviation))
  }
}
