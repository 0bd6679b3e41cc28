import ArgumentParser
import Catalog
import Quantities
import Throughput
import TrainingLogs
import Workload

/// What most training logs don't say of themselves.
struct LogOptions: ParsableArguments {
  @Option(
    help: ArgumentHelp(
      "What was trained: a preset, a config.json or its folder, or layers=32 hidden=4096 …",
      valueName: "name|file|shape"),
    completion: Completions.models)
  var model: String?
  @Option(
    help: "An accelerator's id (plan catalog accelerators).", completion: Completions.accelerators)
  var accelerator: String?
  @Option(parsing: .unconditional, help: ArgumentHelp("Chips of the job.", valueName: "count"))
  var chips: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("Tokens per sequence, where the log doesn't say.", valueName: "count"))
  var sequenceLength: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp(
      "Sequences per optimizer step, where the log doesn't say.", valueName: "count"))
  var globalBatch: String?
  @Option(
    help: "Precision trained in: \(Precision.allCases.map(\.rawValue).joined(separator: ", ")).",
    completion: choices(Precision.self), transform: { try choice($0) })
  var precision: Precision?
  @Option(
    help: "Whose log it is: \(Framework.allCases.map(\.rawValue).joined(separator: ", ")).",
    completion: choices(Framework.self), transform: { try choice($0) })
  var framework: Framework?
  @Option(
    help: "What a speed without a unit is of: chip, node or job.",
    completion: choices(RateScope.self), transform: { try choice($0) })
  var per: RateScope?
  @Option(help: ArgumentHelp("The run meant, where an export has several.", valueName: "name"))
  var run: String?
  @Option(
    help: ArgumentHelp(
      "What the column Value of a TensorBoard export holds.", valueName: "name"))
  var metric: String?
  @Option(
    parsing: .unconditional,
    help: ArgumentHelp("What the log's MFU was divided by, a device.", valueName: "TFLOP/s"))
  var peak: Double?

  /// Whether any of them is there.
  var isGiven: Bool {
    model != nil || accelerator != nil || chips != nil || sequenceLength != nil
      || globalBatch != nil || precision != nil || framework != nil || per != nil || run != nil
      || metric != nil || peak != nil
  }

  /// The steady step of a log, and as a run of its own.
  ///
  /// - Throws: `UsageError` on an option that can't be meant, `Fault` on the log.
  func step(file: String, bytes: [UInt8], catalog: Catalog) throws -> (LoggedRun, LoggedStep) {
    let missing = [("--model", model), ("--accelerator", accelerator), ("--chips", chips)]
      .filter { $0.1 == nil }.map(\.0)
    guard let model, let accelerator, let chips, missing.isEmpty else {
      throw Fault(
        file: file,
        message:
          "is no table of runs (plan calibrate --template prints one); of a training log say "
          + "what it doesn't: \(missing.joined(separator: ", ")) "
          + "\(missing.count == 1 ? "is" : "are") missing")
    }
    guard let shape = try ModelOption.architecture(model: model, params: nil) else {
      throw UsageError("--model is missing")
    }
    let chip = try catalog.accelerator(named: accelerator)
    let precision = self.precision ?? .bf16
    var question = LogQuestion(
      model: shape, accelerator: chip, chips: try count(chips, "--chips", 1e7),
      sequenceLength: try sequenceLength.map { try count($0, "--sequence-length", 1e8) },
      globalBatch: try globalBatch.map { try count($0, "--global-batch", 1e8) },
      peak: try peak(of: chip, precision))
    (question.framework, question.per) = (framework, per)
    (question.run, question.metric) = (run, metric)
    if let peak {
      guard peak > 0, peak < 1e6 else { throw UsageError("--peak \(peak): give TFLOP/s above 0") }
      question.peakTeraflops = peak
    }
    let step = try TrainingLog.read(file: file, bytes: bytes, question: question)
    let run = LoggedRun(
      source: file, architecture: shape, accelerator: chip.id, chips: question.chips,
      sequenceLength: step.sequenceLength, globalBatch: step.globalBatch, precision: precision,
      tokensPerSecondPerChip: step.tokensPerSecondPerChip)
    return (run, step)
  }

  /// Dense FLOP/s of a chip.
  private func peak(of chip: Accelerator, _ precision: Precision) throws -> Double {
    let rate: Double? =
      switch precision.bits {
      case 8: chip.fp8Teraflops ?? chip.bf16Teraflops
      case 4: chip.fp4Teraflops ?? chip.fp8Teraflops ?? chip.bf16Teraflops
      default: chip.bf16Teraflops
      }
    guard let rate else { throw UsageError("the peak of \(chip.id) isn't known") }
    return rate * 1e12
  }

  private func count(_ text: String, _ option: String, _ most: Double) throws -> Int {
    let value = try Count.parse(text, as: "a number for \(option)")
    guard value == value.rounded(), value >= 1, value <= most else {
      throw UsageError("\(option) \(Magnitude.printable(text)): give a whole number, 1 or more")
    }
    return Int(value)
  }

  /// What was read, in one line.
  func summary(_ step: LoggedStep) -> String {
    var left: [String] = []
    if step.warmUp > 0 { left.append("\(step.warmUp) of warm-up") }
    if step.outliers > 0 { left.append("\(step.outliers) far from the median") }
    if step.otherBatch > 0 { left.append("\(step.otherBatch) at another batch") }
    let chips = Count.short(step.tokensPerSecondPerChip)
    return (step.framework.map { "read as of \($0.title): " } ?? "")
      + "\(chips) tokens a second and chip from \(step.basis), "
      + (step.kept == 1
        ? "of 1 step"
        : "the median of \(step.kept) steps (80 % of them within "
          + "\(Decimals.fixed(step.spread * 100, 1)) %)")
      + (left.isEmpty ? "" : "; left out \(left.joined(separator: ", "))")
  }
}
