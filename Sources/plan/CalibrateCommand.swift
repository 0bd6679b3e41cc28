import ArgumentParser
import Catalog
import Foundation
import Quantities
import Reports
import Throughput

/// Brings the user's own measured runs into their plans.
struct CalibrateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "calibrate",
    abstract: "Your own measured runs, evidence grade A: what they say of each accelerator.",
    usage: """
      plan calibrate my-runs.csv
      plan calibrate my-runs.csv --output my-quotes
      plan --budget 50M --pricing my-quotes
      """,
    discussion: """
      The file has the columns of the built-in table of published runs. A row gives its model's size \
      (total_params), its shape, or the name of a preset; a rate above the chips' peak is refused. Each accelerator's speed \
      against the model, and how far the next run may lie from it, go into measured.csv of the \
      output folder, which --pricing lays over the catalogue: the more runs, the narrower the range.
      """)

  @Argument(
    help: "Measured runs, in the layout of the published ones; - is stdin.",
    completion: .file(extensions: ["csv"]))
  var file: String

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp(
      "Folder to write measured.csv into; stdout when not given.", valueName: "dir"),
    completion: .directory)
  var output: String?

  @OptionGroup var common: CommonOptions

  func run() throws {
    let catalog = try Catalog()
    let reading = try OwnRunTable.read(
      file: file, bytes: InputFile.bytes(at: file), catalog: catalog)
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
}
