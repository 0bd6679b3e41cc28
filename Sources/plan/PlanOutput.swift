import ArgumentParser
import Catalog
import Foundation
import Planning
import Reports
import Throughput

extension PlanFormat: ExpressibleByArgument {}

/// Where a whole plan goes, and in what form.
struct PlanOutputOptions: ParsableArguments {
  @Option(name: .shortAndLong, help: "table, plain, csv, json, markdown, html or focus.")
  var format: PlanFormat?

  @Flag(help: "Short for --format json.")
  var json = false

  @Option(
    help: ArgumentHelp(
      "The option whose payments --format focus lists: its id or rank; the best when not given.",
      valueName: "option"))
  var option: String?

  @Flag(help: "Begin CSV with a byte-order mark, without which Excel misreads UTF-8.")
  var excel = false

  @Option(
    name: .shortAndLong,
    help: ArgumentHelp("Write to FILE, replacing it in one step; - is stdout.", valueName: "file"))
  var output: String?

  /// Whether anything here was given, so that the dashboard is not what is wanted.
  var wasAsked: Bool { format != nil || json || output != nil || option != nil || excel }

  private var chosen: PlanFormat { json ? .json : format ?? .table }

  /// Refuses what does not go together, before any work.
  func check() throws {
    guard option == nil || chosen == .focus else {
      throw UsageError("--option names the option of --format focus; plan explain shows one")
    }
    guard !excel || chosen == .csv || chosen == .focus else {
      throw UsageError("--excel is for --format csv and focus")
    }
  }

  /// Writes the plan in the chosen form.
  func write(_ plan: Plan, pricing: String?) throws {
    switch chosen {
    case .table, .plain, .csv, .json:
      let width = output == nil || output == "-" ? OutputOptions.terminalWidth : nil
      try emit(chosen.sheet?.render(plan, width: width) ?? "")
    case .markdown: try emit(PlanMarkdown(plan).text)
    case .html:
      let validation = Validation(catalog: try Catalog.load(overlay: pricing))
      try emit(
        PlanHTML(plan, validation: validation.leaveOneFamilyOut(rows: PublishedRun.builtIn)).text)
    case .focus: try writeFocus(plan)
    }
  }

  private func writeFocus(_ plan: Plan) throws {
    let found = try option.map { try OptionName.find($0, in: plan) } ?? plan.ranked.first
    guard let found else { return complain("no option fits, so there is nothing to forecast") }
    guard let forecast = FocusForecast(found, in: plan) else {
      throw UsageError("\(found.id) has no figures: plan explain says why")
    }
    try emit(forecast.csv)
    if let output, output != "-", AtomicFile.isReplaceable(output) {
      let now = Date().ISO8601Format(.iso8601)
      try AtomicFile.write(forecast.metadata(created: now), to: "\(output).metadata.json")
    }
  }

  private func emit(_ text: String) throws {
    try emitText(excel ? "\u{FEFF}" + text : text, to: output)
  }
}
