import ArgumentParser
import Catalog
import Reports
import Throughput

/// Sets the step-time model against published training runs.
struct ValidateCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "validate",
    abstract: "Predicted against published training runs, row by row and in groups.",
    usage: """
      plan validate
      plan validate --runs my-runs.csv --format csv
      """,
    discussion: """
      Without --runs, the built-in published runs are predicted, each by a calibration fitted on the \
      runs of all other families, so that no row is judged by what it taught. With --runs, the \
      calibration as shipped predicts the file's rows; it has the columns of the built-in table. An \
      accelerator that the catalogue doesn't have is taken for the likeliest one, in a wide range.
      """)

  @Option(help: ArgumentHelp("Published runs of your own.", valueName: "file"))
  var runs: String?

  @Flag(help: "Predict the built-in runs with the calibration as shipped.")
  var inSample = false

  @Option(
    help: ArgumentHelp("Lay the tables of a folder over the built-in ones.", valueName: "dir"),
    completion: .directory)
  var pricing: String?

  @OptionGroup(title: "The output")
  var output: OutputOptions

  func run() throws {
    let catalog = try Catalog.load(overlay: pricing)
    let validation = Validation(catalog: catalog)
    let read = try runs.map {
      try PublishedRun.readWhatCounts(file: $0, bytes: InputFile.bytes(at: $0))
    }
    for fault in read?.faults ?? [] { complain("\(fault); the cell counts as empty") }
    let rows = read?.runs
    let published = rows ?? PublishedRun.builtIn
    let (report, baselines) = Activity.during("predicting \(published.count) runs") {
      (
        rows != nil || inSample
          ? validation.run(rows: published)
          : pricing == nil ? .builtIn : validation.leaveOneFamilyOut(rows: published),
        validation.baselines(rows: published)
      )
    }
    let summary = ValidationSheets.summary(report, baselines: baselines)
    let sheet = ValidationSheets.rows(report)
    for row in report.rows where !row.reason.isEmpty { complain(row.reason) }
    switch output.chosen {
    case .table, .markdown:
      try output.emit(
        sheet.render(output.chosen, style: output.style) + "\n"
          + summary.render(output.chosen, style: output.style))
    case .plain, .csv, .json:
      try output.emit(sheet)
      try StandardOutput.writeAll(
        Array(summary.table.utf8), to: 2, name: "standard error")
    }
  }
}
