import Catalog
import Quantities

/// Where a setting was made.
public enum SettingOrigin: Hashable, Sendable {
  /// A scenario file, at a line.
  case file(path: String, line: Int)
  case commandLine
  case edit

  /// `big-run.toml:12`, `command line`.
  public var description: String {
    switch self {
    case .file(let path, let line): "\(path):\(line)"
    case .commandLine: "command line"
    case .edit: "edit"
    }
  }
}

/// What was set, by field, each with its text and where that was done; later ones win.
public struct ScenarioSettings: Hashable, Sendable {
  public struct Setting: Hashable, Sendable {
    public var text: String
    public var origin: SettingOrigin
  }

  /// By key of `ScenarioField`.
  public private(set) var settings: [String: Setting] = [:]

  public init() {}

  /// Sets a field; an earlier setting is replaced.
  public mutating func set(_ key: String, to text: String, from origin: SettingOrigin) {
    settings[key] = Setting(text: text, origin: origin)
    // The two name the same thing: one on the command line takes the place of the other in a file.
    let twins = ["model": "params", "params": "model"]
    if let twin = twins[key], settings[twin]?.origin != origin { settings[twin] = nil }
  }

  /// The scenario: defaults with the settings over them, in the order of the fields.
  ///
  /// - Parameter budgetDollars: when no setting names one.
  /// - Throws: `Fault` with file and line for a setting of a file; otherwise what the field throws.
  public func scenario(_ context: FieldContext, budgetDollars: Double) throws -> Scenario {
    var scenario = Scenario(
      budgetDollars: budgetDollars, start: try CalendarDate(parsing: context.catalog.asOf))
    for field in ScenarioField.all {
      guard let setting = settings[field.key] else { continue }
      do {
        try field.set(setting.text, &scenario, context)
      } catch let error as MissingFile {
        throw error
      } catch let error as any CustomStringConvertible & Error {
        guard case .file(let path, let line) = setting.origin else { throw error }
        throw Fault(file: path, line: line, column: field.key, message: error.description)
      }
    }
    return scenario
  }
}
