import ArgumentParser
import Planning
import Reports

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Where a whole plan goes, and in what form.
struct PlanOutputOptions: ParsableArguments {
  @Option(
    name: .shortAndLong, help: "table, plain, csv, json, markdown, html or focus.",
    completion: choices(PlanFormat.self), transform: { try choice($0) })
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
    help: "Of --format csv: options (one row an option), phases, payments or answer.",
    completion: choices(PlanTableName.self), transform: { try choice($0) })
  var table: PlanTableName?

  @OptionGroup var place: TextOutputOptions

  /// Whether anything here was given, so that the dashboard is not what is wanted.
  var wasAsked: Bool {
    format != nil || json || place.output != nil || option != nil || excel || table != nil
  }

  /// The form asked for; a table when none was.
  var chosen: PlanFormat { json ? .json : format ?? .table }

  /// Refuses what does not go together, before any work.
  func check() throws {
    guard option == nil || chosen == .focus else {
      throw UsageError("--option names the option of --format focus; plan explain shows one")
    }
    guard table == nil || chosen == .csv else {
      throw UsageError("--table names a table of --format csv")
    }
    guard !excel || chosen == .csv || chosen == .focus else {
      throw UsageError("--excel is for --format csv and focus")
    }
  }

  /// Writes the plan in the chosen form.
  ///
  /// - Parameter planner: the one that made it.
  func write(_ plan: Plan, by planner: Planner) throws {
    guard chosen == .focus else {
      if let table { return try emit(table.csv(plan)) }
      let text = chosen.render(plan, style: place.style) { planner.sensitivity($0) }
      return try emit(text)
    }
    let found = try option.map { try OptionName.find($0, in: plan) } ?? plan.ranked.first
    guard let found else { return complain("no option fits, so there is nothing to forecast") }
    guard let forecast = FocusForecast(found, in: plan) else {
      throw UsageError("\(found.id) has no figures: plan explain says why")
    }
    try emit(forecast.csv)
    if let output = place.output, output != "-", AtomicFile.isReplaceable(output) {
      let now = Date().ISO8601Format(.iso8601)
      try AtomicFile.write(forecast.metadata(created: now), to: "\(output).metadata.json")
    }
  }

  /// Writes the answer to what a job takes, which has fewer forms than a plan.
  func write(_ report: ReachReport) throws {
    guard let form = ReportFormat(rawValue: chosen.rawValue) else {
      throw UsageError(
        "--format \(chosen.rawValue) is a form of a plan, which needs --budget; what a job takes "
          + "comes as table, plain, csv, json or markdown")
    }
    try emit(report.render(form, style: place.style))
  }

  /// Writes a text to the chosen place.
  func emit(_ text: String) throws {
    try place.emit(excel ? "\u{FEFF}" + text : text)
  }
}
