import ArgumentParser
import Catalog
import Quantities
import Reports
import Throughput
import TrainingLogs
import Workload

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Brings the user's own measured runs into their plans.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Your own measured runs, evidence grade A: what they say of each accelerator.",
    usage: """
      plan calibrate train.log --model llama-3.1-8b --accelerator h100-sxm --chips 64 \
      --sequence-length 8192 --global-batch 512 --output my-quotes
      plan calibrate my-runs.csv --output my-quotes
      plan calibrate --template > my-runs.csv
      plan --budget 50M --pricing my-quotes
      """,
    discussion: """
      The file is a training log (Megatron-LM and Bridge, torchtitan, MaxText, NeMo AutoModel, \
      DeepSpeed, Levanter, nanotron, verl, Lightning, MLPerf; CSV exports of Weights & Biases and \
      TensorBoard; JSON lines; CSV with the usual names), with the options that say what the log \
      doesn't; or a table in the layout that --template prints. Tokens and seconds of a log come \
      first; an MFU or TFLOP/s is undone by the rule and the peak of the framework that printed it.

      Of a log's steps the first tenth, and the first after each start, is warm-up; steps further \
      than three deviations from the median are left out; the median of the rest is taken.

      A rate above the chips' peak is refused. Each accelerator's speed against the model, and how far \
      the next run may lie from it, go into measured.csv of the output folder, which --pricing lays \
      over the catalogue: the more runs, the narrower the range.
      """)

  @Argument(
    help: "A training log, or a table of measured runs; - is stdin.",
    completion: .file(extensions: ["csv", "log", "jsonl"]))
  var file: String?

  @OptionGroup(title: "What a log leaves out")
  var log: LogOptions

  @Flag(help: "Print an empty table of runs, with a line on each column.")
  var template = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder to write measured.csv into; stdout when not given.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    if template { return try StandardOutput.write(OwnRunTable.template) }
    guard let file else {
      throw UsageError("give a training log or a table of runs, or --template")
    }
    let catalog = try Catalog()
    let reading = try read(file, catalog)
    for doubt in reading.doubts { complain("check \(doubt)") }
    let rows = reading.runs
    let report = Activity.during("predicting \(rows.count) runs") {
      Validation(catalog: catalog).run(rows: rows)
    }
    for row in report.rows where row.predicted == nil { complain(row.reason) }
    let measured = OwnRuns.measured(report, source: file, asOf: Today.clock.iso)
      .map { $0.doubted(by: reading) }
    guard !measured.isEmpty else {
      throw Fault(file: file, message: "holds no run that could be predicted and was measured")
    }
    let text = MeasuredSheet.csv(measured)
    guard let output else { return try StandardOutput.write(text) }
    try FileManager.default.createDirectory(
      atPath: output, withIntermediateDirectories: true)
    try AtomicFile.write(text, to: output + "/measured.csv")
    for row in measured {
      note(
        "\(row.id): \(row.runs == 1 ? "1 run" : "\(row.runs) runs"), \(Decimals.fixed(row.speedRatio, 2)) times the model's speed"
      )
    }
  }

  /// The runs of a table, or the steady step of a log.
  private func read(_ file: String, _ catalog: Catalog) throws -> OwnRunTable.Reading {
    let bytes = try InputFile.bytes(at: file)
    guard log.isGiven || !Self.isTable(bytes) else {
      try InputFile.checkEnd(of: bytes, file: file)
      return try OwnRunTable.read(file: file, bytes: bytes, catalog: catalog)
    }
    if log.isGiven, Self.isTable(bytes) {
      throw UsageError(
        "\(Magnitude.printable(file)) is a table that says itself what was trained; leave out "
          + "--model and the other options of a log")
    }
    let (run, step) = try log.step(file: file, bytes: bytes, catalog: catalog)
    for text in step.notes { complain("\(Magnitude.printable(file)): \(text)") }
    note(log.summary(step))
    return try run.reading(catalog: catalog)
  }

  /// Whether a file has the header of a table of runs.
  private static func isTable(_ bytes: [UInt8]) -> Bool {
    let header = bytes.split(separator: UInt8(ascii: "\n")).first { $0.first != UInt8(ascii: "#") }
    let names = (header.map { String(decoding: $0, as: UTF8.self) } ?? "")
      .split(separator: ",").map { name in
        name.filter { $0 != "\"" && $0 != "\r" && $0 != "\u{FEFF}" }.lowercased()
      }
    return names.contains("accelerator") || names.contains("kind") && names.contains("id")
  }
}
