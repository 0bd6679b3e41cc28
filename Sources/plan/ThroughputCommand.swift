import ArgumentParser
import Catalog
import Quantities
import Reports
import Throughput
import TrainingLogs
import Workload

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

  @Option(
    help: ArgumentHelp(
      "A preset, a config.json or its folder, or layers=32 hidden=4096 …",
      valueName: "name|file|shape"),
    completion: Completions.models)
  var model: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Parameters, in the default shape.", valueName: "count"))
  var params: String?
  @Option(
    help: "An accelerator's id (plan catalog accelerators).", completion: Completions.accelerators)
  var accelerator: String
  @Option(parsing: .unconditional, help: ArgumentHelp("Chips.", valueName: "count"))
  var chips: String
  @Option(parsing: .unconditional, help: ArgumentHelp("Tokens per sequence.", valueName: "count"))
  var sequenceLength = "8192"
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Sequences per optimizer step.", valueName: "count"))
  var globalBatch: String
  @Option(parsing: .unconditional, help: "Sequences a chip works on at a time.")
  var microBatch: Double?
  @Option(parsing: .unconditional, help: "Tensor parallel degree.") var tensor: Int?
  @Option(parsing: .unconditional, help: "Pipeline stages.") var pipeline: Int?
  @Option(
    parsing: .unconditional, help: "Stages a chip holds of an interleaved pipeline.")
  var virtualPipeline: Int?
  @Option(parsing: .unconditional, help: "Context parallel degree.") var context: Int?
  @Option(parsing: .unconditional, help: "Expert parallel degree.") var expert: Int?
  @Option(parsing: .unconditional, help: "ZeRO stage, 0 to 3.") var zeroStage: Int?
  @Option(
    help: "none, selective or full.", completion: choices(Recompute.self),
    transform: { try choice($0) })
  var recompute: Recompute?
  @Option(
    help: """
      The recipe: \(Precision.allCases.map(\.rawValue).joined(separator: ", ")); fp8 is the chip's \
      usual one. Left out, what the field trains with on the chip.
      """, completion: choices(Precision.self), transform: { try choice($0) })
  var precision: Precision?
  @Option(
    help: ArgumentHelp(
      """
      What trains: \(SoftwareTable.builtIn.names.joined(separator: ", ")), with @YYYY-MM for a release \
      of then. Left out, what is usual on the chip.
      """, valueName: "stack"),
    completion: .list(SoftwareTable.builtIn.names))
  var software: String?
  @Option(
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"),
    completion: .directory)
  var pricing: String?

  @Option(
    name: .customLong("as"),
    help: ArgumentHelp(
      """
      Also print the TFLOP/s and the MFU that a framework would print: \
      \(Framework.allCases.map(\.rawValue).joined(separator: ", ")).
      """, valueName: "framework"),
    completion: choices(Framework.self), transform: { try choice($0) })
  var framework: Framework?

  @OptionGroup(title: "A model's shape by hand")
  var shape: ShapeOptions

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let catalog = try Catalog.load(overlay: pricing)
    let architecture = try ModelOption.architecture(
      model: shape.model(named: model), params: params)
    guard let architecture else { throw UsageError("--model or --params is missing") }
    let chip = try catalog.accelerator(named: accelerator)
    let job = try Job(
      architecture: architecture, accelerator: chip,
      chips: count(chips, "--chips", Bounds(1...1e7, plausible: 1...500_000, "chips")),
      sequenceLength: count(
        sequenceLength, "--sequence-length", Bounds(1...1e8, plausible: 64...1.1e7, "tokens")),
      globalBatch: count(
        globalBatch, "--global-batch", Bounds(1...1e8, plausible: 1...1e6, "sequences")),
      precision: precision ?? ThroughputModel.usualPrecision(chip), software: stack())
    try checkDegrees(job)
    let clock = ContinuousClock()
    let start = clock.now
    var document = isStrategyGiven ? try given(job) : try searched(job)
    let (whole, atto) = (clock.now - start).components
    if let own = catalog.measured.first(where: { $0.id == chip.id }) {
      document.estimate = document.estimate.corrected(by: own).heldToPeak()
      note(
        "\(chip.id): \(Decimals.fixed(own.speedRatio, 2)) times the model's speed, as your own runs "
          + "showed (measured.csv)")
    }
    for warning in document.estimate.warnings { complain(warning) }
    document.searchSeconds = Double(whole) + Double(atto) / 1e18
    document.printed = framework.map { printed($0, document.estimate, job) }
    switch output.chosen {
    case .json: try output.emit(document.json.document)
    case .table, .plain, .csv, .markdown: try output.emit(document.sheet)
    }
  }

  /// What is trained, on what.
  private struct Job {
    var architecture: TransformerArchitecture
    var accelerator: Accelerator
    var chips: Int
    var sequenceLength: Int
    var globalBatch: Int
    var precision: Precision
    var software: SoftwareStack?
  }

  /// What a framework would print of a speed.
  private func printed(
    _ framework: Framework, _ estimate: ThroughputEstimate, _ job: Job
  ) -> ThroughputDocument.Printed {
    let rate = estimate.tokensPerSecondPerChip.p50
    let count = FrameworkCount(
      framework, model: job.architecture, sequenceLength: job.sequenceLength,
      accelerator: job.accelerator.id)
    let bits = estimate.strategy.precision.bits
    // torchtitan prints no MFU where a converter makes products of fewer bits.
    let isHidden = framework == .torchtitan && bits < 16
    let share = isHidden ? nil : count.utilization(tokensPerSecondPerChip: rate)
    let reason: String? =
      share != nil
      ? nil
      : count.flopsPerToken == nil
        ? count.rule
        : isHidden
          ? "prints N/A in \(bits) bits"
          : framework.printsUtilization
            ? "knows no peak of \(job.accelerator.id)" : "prints TFLOP/s, no MFU"
    return ThroughputDocument.Printed(
      framework: framework.rawValue, version: framework.version, utilization: share,
      teraflopsPerDevice: count.deviceTeraflops(tokensPerSecondPerChip: rate),
      gigaflopsPerToken: count.flopsPerToken.map { $0 / 1e9 },
      peakTeraflops: count.devicePeak.map { $0 / 1e12 }, devicesPerChip: count.devicesPerChip,
      rule: count.flopsPerToken == nil ? nil : count.rule, reason: reason)
  }

  private func stack() throws -> SoftwareStack? {
    guard let software else { return nil }
    if let found = SoftwareTable.builtIn.stack(asked: software) { return found }
    let known = SoftwareTable.builtIn.names
    let name = String(software.prefix { $0 != "@" })
    let meant = known.contains(name) ? nil : NearMiss.closest(to: name, among: known)
    throw UsageError(
      "--software \(Magnitude.printable(software)): "
        + (known.contains(name)
          ? "give the month as \(name)@2026-06"
          : "give one of " + known.joined(separator: ", ")
            + (meant.map { "; did you mean \($0)?" } ?? "")))
  }

  private var isStrategyGiven: Bool {
    tensor != nil || pipeline != nil || virtualPipeline != nil || context != nil || expert != nil
      || zeroStage != nil || recompute != nil || microBatch != nil
  }

  /// A whole number within bounds; what is hardly meant is said.
  private func count(_ text: String, _ option: String, _ bounds: Bounds) throws -> Int {
    let value = try Count.parse(text, as: "a number for \(option)")
    guard value == value.rounded(), bounds.possible.contains(value) else {
      throw UsageError(
        "\(option) \(Magnitude.printable(text)): give a whole number, "
          + "1 to \(Decimals.fixed(bounds.possible.upperBound, 0))")
    }
    if case .implausible(let message) = bounds.verdict(on: value, written: text) {
      complain("check \(option): \(message)")
    }
    return Int(value)
  }

  private func checkDegrees(_ job: Job) throws {
    let degrees: [(String, Int?, ClosedRange<Int>)] = [
      ("--tensor", tensor, 1...65_536), ("--pipeline", pipeline, 1...65_536),
      ("--virtual-pipeline", virtualPipeline, 1...65_536), ("--context", context, 1...65_536),
      ("--expert", expert, 1...65_536), ("--zero-stage", zeroStage, 0...3),
    ]
    for (name, value, range) in degrees {
      guard let value, !range.contains(value) else { continue }
      throw UsageError("\(name) \(value): give \(range.lowerBound) to \(range.upperBound)")
    }
    if let microBatch, !(microBatch > 0 && microBatch <= Double(job.globalBatch)) {
      throw UsageError(
        "--micro-batch \(microBatch): give more than 0 and at most the global batch, "
          + "\(job.globalBatch)")
    }
  }

  private func given(_ job: Job) throws -> ThroughputDocument {
    let group = (tensor ?? 1) * (pipeline ?? 1) * (context ?? 1)
    let units = job.chips * ParallelismStrategy.unitsPerChip(of: job.accelerator)
    guard group <= units, units % group == 0 else {
      let near = max(1, (units + group / 2) / group) * group * job.chips / units
      throw UsageError(
        "tensor × pipeline × context = \(group) does not divide \(job.chips) chips into replicas; "
          + "\(max(1, near)) chips would do")
    }
    let strategy = ParallelismStrategy(
      tensor: tensor ?? 1, pipeline: pipeline ?? 1, virtualPipeline: virtualPipeline ?? 1,
      context: context ?? 1, expert: expert ?? 1, data: units / group,
      zeroStage: zeroStage ?? 1, microBatch: microBatch ?? 1, recompute: recompute ?? .none,
      precision: job.precision)
    let estimate = try refusing {
      ThroughputModel.builtIn.estimate(
        strategy: strategy, architecture: job.architecture, sequenceLength: job.sequenceLength,
        globalBatchSequences: job.globalBatch, accelerator: job.accelerator, chipsPerSlice: nil,
        software: job.software, recomputesAsNeeded: recompute == nil)
    }
    return ThroughputDocument(
      estimate: estimate, subject: subject(job), evaluated: 1, ruledOut: 0, searchSeconds: 0)
  }

  private func searched(_ job: Job) throws -> ThroughputDocument {
    let result = try refusing {
      do throws(Infeasibility) {
        let search = try StrategySearch(
          architecture: job.architecture, sequenceLength: job.sequenceLength,
          globalBatchSequences: job.globalBatch, precision: job.precision,
          accelerator: job.accelerator, chips: job.chips, software: job.software)
        return search.run()
      } catch {
        return .failure(error)
      }
    }
    return ThroughputDocument(
      estimate: result.estimate, subject: subject(job), evaluated: result.timed,
      ruledOut: result.enumerated - result.timed, searchSeconds: 0, best: result.best,
      choices: result.choices)
  }

  private func subject(_ job: Job) -> ThroughputDocument.Subject {
    ThroughputDocument.Subject(
      architecture: job.architecture, accelerator: job.accelerator,
      sequenceLength: job.sequenceLength)
  }

  /// The value; a refusal ends the program, with status 3 where the question is valid and the job
  /// doesn't fit.
  private func refusing<Value>(_ body: () -> Result<Value, Infeasibility>) throws -> Value {
    switch body() {
    case .success(let value): return value
    case .failure(let reason):
      let cure = reason.nearestChange.map { " → \($0)" } ?? ""
      guard reason.code == "memory" else { throw UsageError(reason.message + cure) }
      complain(reason.message + cure)
      throw ExitStatus.nothingFits
    }
  }
}

extension Catalog {
  /// The accelerator of an id.
  ///
  /// - Throws: `UsageError` with the ids that may have been meant.
  func accelerator(named id: String) throws -> Accelerator {
    if let found = accelerator(id) { return found }
    let known = accelerators.map(\.id)
    let near = known.filter { $0.hasPrefix(id.lowercased()) }
    let meant = near.isEmpty ? NearMiss.closest(to: id, among: known).map { [$0] } ?? [] : near
    throw UsageError(
      "“\(Magnitude.printable(id))” is no accelerator"
        + (meant.isEmpty
          ? "; plan catalog accelerators lists them"
          : "; did you mean \(meant.joined(separator: " or "))?"))
  }
}
