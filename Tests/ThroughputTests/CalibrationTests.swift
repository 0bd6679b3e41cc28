import Catalog
import Testing
import Workload

@testable import Throughput

@Suite struct `Published runs` {
  /// Steps in seconds, runs in chip-hours, from an independent implementation of the same formulas
  /// in another language, under parameters at their defaults.
  static let oracle: [(String, Double)] = [
    ("megatron21-t1-1.7b", 3.77599404245),
    ("megascale-175b-megatron-768-256", 37.9078606298),
    ("glm-130b-run", 1028460.537),
    ("palm-540b-step", 15.0985010314),
    ("falcon-180b-run", 9050759.31322),
    ("mosaic-h100-sxm-70b-s2048-n512-g4096", 15.2276155041),
    ("neuron-trn1-gpt3-23b-216", 8.62690287094),
    ("dgxc-grok1-314b-h100-512-bf16", 20.5438230932),
    ("dgxc-grok1-314b-h100-512-fp8", 14.7968494379),
    ("dgxc-grok1-314b-gb200-128-bf16", 7.36161138555),
    ("dgxc-grok1-314b-gb200-128-fp8", 5.23435077677),
    ("nemo2407-gpt3-5b", 2.55721665838),
    ("mbridge-2511-llama3-8b-gb300-8-fp8-cs", 3.53610191431),
    ("mbridge-2511-gpt-oss-120b-gb300-64-bf16", 10.5386738442),
    ("mbridge-2511-qwen3-30b-a3b-gb300-8-fp8-mx", 18.9630699908),
    ("mbridge-2511-llama3-8b-b200-8-fp8-cs", 3.81704901795),
    ("mbridge-2511-gpt-oss-120b-b200-64-bf16", 3.84897593774),
    ("gh200-alps-llama-1b", 0.201960411169),
    ("maxtext-v5e-16b-1x", 10.3462662162),
    ("maxtext-v5p-32b-1x64", 7.57522707168),
    ("tpurecipe-v6e-llama31-8b-8", 2.59030317624),
    ("tpurecipe-v5p-llama4-maverick-128", 17.1506339665),
  ]

  @Test(arguments: oracle)
  func `step time agrees with an independent implementation`(
    _ id: String, _ expected: Double
  ) throws {
    let run = try #require(PublishedRun.builtIn.first { $0.id == id })
    let published = try PublishedProblem(run, accelerator: Fixture.accelerator(run.accelerator))
    let parameters = StepParameters()
    let (layout, isSearched) = published.layout(parameters: parameters)
    let value = published.predicted(layout, isSearched: isSearched, parameters: parameters)
    #expect(abs(value / expected - 1) < 1e-6)
  }

  @Test func `every row gets a prediction and beats rules of thumb`() throws {
    let validation = Validation(catalog: try #require(Fixture.catalog))
    let report = validation.run(rows: PublishedRun.builtIn)
    #expect(report.rows.allSatisfy { ($0.predicted?.p50 ?? 0) > 0 })
    let all = try #require(report.summaries.first)
    #expect(all.group == "all" && all.count > 200)
    #expect(all.medianError < 8)
    #expect((75.0...92).contains(all.coverage80))
    for baseline in validation.baselines(rows: PublishedRun.builtIn) {
      #expect(all.medianError < 0.6 * baseline.medianError)
    }
  }

  @Test func `refitting the published runs gives the calibration that is built in`() throws {
    let builtIn = ThroughputModel.builtIn.calibration
    let priors = builtIn.replacing(values: builtIn.rows.map(\.prior))
    let fit = CalibrationFit(runs: PublishedRun.builtIn, catalog: try #require(Fixture.catalog))
    let fitted = fit.fitted(from: priors, iterations: 15, rounds: 3)
    for (new, old) in zip(fitted.rows, builtIn.rows) {
      #expect(abs(new.value / old.value - 1) < 0.05, "\(new.parameter) \(new.scope)")
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

  @Test func `a run on an unknown accelerator counts as an error of 100 %`() throws {
    let text = """
      id,kind,accelerator,total_params,measured_step_s
      x,step,abacus,7e9,1.5
      y,step,h100-sxm,7e9,1.5
      """
    let runs = try PublishedRun.read(file: "runs.csv", bytes: text.utf8)
    let report = Validation(catalog: try #require(Fixture.catalog)).run(rows: runs)
    #expect(report.rows[0].predicted == nil)
    #expect(report.rows[0].absolutePercentageError == 100)
    #expect(report.rows[0].reason == "runs.csv:2: accelerator: abacus is not in the catalogue")
    #expect(report.rows[1].absolutePercentageError != nil)
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

  @Test func `a symmetric system is solved`() {
    // [4 2; 2 3] x = [10; 8] has x = (7/4, 3/2).
    let x = LinearSystem.solved([[4, 2], [2, 3]], [10, 8])
    #expect(abs(x[0] - 1.75) < 1e-12)
    #expect(abs(x[1] - 1.5) < 1e-12)
  }
}
