import Catalog
import Dashboard
import Planning

/// Reads and writes the files of a dashboard.
struct DashboardFiles: Sendable {
  let catalog: Catalog
  let budgetDollars: Double
  var today = Today.clock

  /// Reads a scenario file.
  ///
  /// - Parameter name: what faults call it; its path when not given.
  /// - Throws: `MissingFile`, or `FaultList` with every fault.
  func read(_ path: String, as name: String? = nil) throws -> OpenedFile {
    return try read(try InputFile.scenarioText(at: path, as: name), path: path, as: name)
  }

  func read(_ text: String, path: String, as name: String? = nil) throws -> OpenedFile {
    let settings = try ScenarioFile.read(text, path: name ?? path)
    return OpenedFile(
      path: path, text: text, scenario: try scenario(settings, of: path), settings: settings)
  }

  /// The scenario of settings, over the defaults.
  ///
  /// - Parameter path: the file they were read from, if any.
  func scenario(_ settings: ScenarioSettings, of path: String?) throws -> Scenario {
    let context = FieldContext(
      catalog: catalog, today: today, folder: path.map { InputFile.folder(of: $0) },
      readFile: InputFile.bytes(at:))
    return try settings.scenario(context, budgetDollars: budgetDollars)
  }

  /// What an error says in one line, for the line it is shown on.
  static func line(_ error: any Error) -> String {
    let message = ExitStatus.describe(error)?.message ?? "\(error)"
    let lines = message.split(separator: "\n")
    guard let first = lines.first else { return message }
    return lines.count > 1 ? "\(first) (and \(lines.count - 1) more)" : String(first)
  }
}
