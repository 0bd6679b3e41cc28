import ArgumentParser
import Catalog
import Quantities
import Reports
import Throughput
import Workload

extension Recompute: ExpressibleByArgument {}
extension Precision: ExpressibleByArgument {}

/// Step time, memory and MFU of one configuration, or of the best one found.
struct ThroughputCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "throughput",
    abstract: "Step time, memory and MFU of one configuration, or of the best one found.",
    usage: """
      plan throughput --model gpt3-175b --accelerator a100-80g --chips 512 --global-batch 512 \
      --sequence-length 2048
      plan throughput --model llama-3.1-70b --accelerator h100-sxm --chips 64 --global-batch 128 \
      --tensor 4 --pipeline 4 --micro-batch 1
      """,
    discussion: """
      With any of the parallel degrees, that strategy is timed; what is left out is 1, and data \
      parallelism takes the remaining chips. With none, every strategy is searched.
      """)

  @Option(help: ArgumentHelp("A preset or a Hugging Face config.json.", valueName: "name|file"))
  var model: String?
  @Option(help: ArgumentHelp("Parameters, in the default shape.", valueName: "count"))
  var params: String?
  @Option(help: "An accelerator's id (plan catalog accelerators).")
  var accelerator: String
  @Option(help: "Chips.") var chips: Int
  @Option(help: "Tokens per sequence.") var sequenceLength = 8192
  @Option(help: "Sequences per optimizer step.") var globalBatch: Int
  @Option(help: "Sequences a chip works on at a time.") var microBatch: Double?
  @Option(help: "Tensor parallel degree.") var tensor: Int?
  @Option(help: "Pipeline stages.") var pipeline: Int?
  @Option(help: "Stages a chip holds of an interleaved pipeline.") var virtualPipeline: Int?
  @Option(help: "Context parallel degree.") var context: Int?
  @Option(help: "Expert parallel degree.") var expert: Int?
  @Option(help: "ZeRO stage, 0 to 3.") var zeroStage: Int?
  @Option(help: "none, selective or full.") var recompute: Recompute?
  @Option(help: "bf16, fp16 or fp8.") var precision: Precision = .bf16
  @Option(
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"))
  var pricing: String?

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let catalog = try Catalog.load(overlay: pricing)
    let architecture = try ModelOption.architecture(model: model, params: params)
    guard let architecture else { throw UsageError("--model or --params is missing") }
    guard let chip = catalog.accelerator(accelerator) else {
      let near = NearMiss.closest(to: accelerator, among: catalog.accelerators.map(\.id))
      throw UsageError(
        "“\(Magnitude.printable(accelerator))” is no accelerator"
          + (near.map { "; did you mean \($0)?" } ?? ""))
    }
    try check()
    let clock = ContinuousClock()
    let start = clock.now
    let document =
      isStrategyGiven
      ? try given(architecture, chip) : try searched(architecture, chip)
    let (whole, atto) = (clock.now - start).components
    var timed = document
    timed.searchSeconds = Double(whole) + Double(atto) / 1e18
    switch output.chosen {
    case .json: try output.emit(timed.json.document)
    case .table, .plain, .csv: try output.emit(timed.sheet.render(output.chosen))
    }
  }

  private var isStrategyGiven: Bool {
    tensor != nil || pipeline != nil || virtualPipeline != nil || context != nil || expert != nil
      || zeroStage != nil || recompute != nil || microBatch != nil
  }

  private func check() throws {
    let counts: [(String, Int?, ClosedRange<Int>)] = [
      ("--chips", chips, 1...10_000_000), ("--sequence-length", sequenceLength, 1...100_000_000),
      ("--global-batch", globalBatch, 1...100_000_000), ("--tensor", tensor, 1...65_536),
      ("--pipeline", pipeline, 1...65_536), ("--virtual-pipeline", virtualPipeline, 1...65_536),
      ("--context", context, 1...65_536), ("--expert", expert, 1...65_536),
      ("--zero-stage", zeroStage, 0...3),
    ]
    for (name, value, range) in counts {
      guard let value, !range.contains(value) else { continue }
      throw UsageError("\(name) \(value) is outside \(range.lowerBound) to \(range.upperBound)")
    }
    if let microBatch, !(microBatch > 0 && microBatch <= Double(globalBatch)) {
      throw UsageError("--micro-batch \(microBatch) is outside 0 to the global batch")
    }
  }

  private func given(
    _ architecture: TransformerArchitecture, _ chip: Accelerator
  ) throws -> ThroughputDocument {
    let group = (tensor ?? 1) * (pipeline ?? 1) * (context ?? 1)
    guard group <= chips, chips % group == 0 else {
      throw UsageError(
        "tensor × pipeline × context = \(group) does not divide \(chips) chips into replicas")
    }
    let strategy = ParallelismStrategy(
      tensor: tensor ?? 1, pipeline: pipeline ?? 1, virtualPipeline: virtualPipeline ?? 1,
      context: context ?? 1, expert: expert ?? 1, data: chips / group, zeroStage: zeroStage ?? 1,
      microBatch: microBatch ?? 1, recompute: recompute ?? .none, precision: precision)
    let estimate = try refusing {
      ThroughputModel.builtIn.estimate(
        strategy: strategy, architecture: architecture, sequenceLength: sequenceLength,
        globalBatchSequences: globalBatch, accelerator: chip, chipsPerSlice: nil)
    }
    return ThroughputDocument(estimate: estimate, evaluated: 1, searchSeconds: 0, choices: [])
  }

  private func searched(
    _ architecture: TransformerArchitecture, _ chip: Accelerator
  ) throws -> ThroughputDocument {
    let result = try refusing {
      do throws(Infeasibility) {
        let search = try StrategySearch(
          architecture: architecture, sequenceLength: sequenceLength,
          globalBatchSequences: globalBatch, precision: precision, accelerator: chip,
          chips: chips)
        return search.run()
      } catch {
        return .failure(error)
      }
    }
    guard let best = result.best.first else { throw UsageError("no strategy fits") }
    let estimate = try refusing {
      ThroughputModel.builtIn.estimate(
        strategy: best.strategy, architecture: architecture, sequenceLength: sequenceLength,
        globalBatchSequences: globalBatch, accelerator: chip, chipsPerSlice: nil,
        isSearched: true)
    }
    return ThroughputDocument(
      estimate: estimate, evaluated: result.enumerated, searchSeconds: 0, choices: result.choices)
  }

  /// The value, or the refusal as a question that can't be asked that way.
  private func refusing<Value>(_ body: () -> Result<Value, Infeasibility>) throws -> Value {
    switch body() {
    case .success(let value): return value
    case .failure(let reason):
      let cure = reason.nearestChange.map { " → \($0)" } ?? ""
      throw UsageError(reason.message + cure)
    }
  }
}
