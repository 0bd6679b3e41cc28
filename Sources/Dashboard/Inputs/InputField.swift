import Planning

/// One input of the scenario as the dashboard shows and changes it.
///
/// The texts are what a person types and what a saved scenario holds; reading what `text` gave
/// leaves the scenario as it was.
public struct InputField: Sendable {
  /// How it is edited.
  enum Kind: Sendable {
    /// A line of text: a number with a unit, a date, a length of time, a name.
    case text
    /// One of two.
    case flag
    /// Some of a list, each ticked or not; the standard ones are meant where none are named.
    case some(of: [String], standard: Set<String>)
  }

  /// Its name on the command line and in files: `sequence-length`.
  let name: String
  let label: String
  /// What its numbers count; empty where the value says so itself.
  let unit: String
  /// The part of the pane it stands under.
  let group: String
  /// What it is, in one line.
  let help: String
  /// What can be typed, with examples.
  let hint: String
  let kind: Kind
  /// Words that can complete what is typed.
  let completions: [String]
  /// The value as text that `read` takes.
  let text: @Sendable (Scenario) -> String
  /// The value as the pane shows it.
  let shown: @Sendable (Scenario) -> String
  /// Changes the scenario to a typed value.
  let read: @Sendable (String, inout Scenario) throws -> Void
  /// Changes the scenario by so many steps; nil where the value can't be stepped.
  let nudge: (@Sendable (Int, inout Scenario) -> Void)?

  init(
    _ name: String, _ label: String, unit: String = "", group: String, help: String, hint: String,
    kind: Kind = .text, completions: [String] = [],
    text: @escaping @Sendable (Scenario) -> String,
    shown: (@Sendable (Scenario) -> String)? = nil,
    nudge: (@Sendable (Int, inout Scenario) -> Void)? = nil,
    read: @escaping @Sendable (String, inout Scenario) throws -> Void
  ) {
    self.name = name
    self.label = label
    self.unit = unit
    self.group = group
    self.help = help
    self.hint = hint
    self.kind = kind
    self.completions = completions
    self.text = text
    self.shown = shown ?? text
    self.read = read
    self.nudge = nudge
  }
}

/// Why a typed value can't be taken, as a sentence.
struct InputError: Error, CustomStringConvertible {
  let description: String

  init(_ description: String) {
    self.description = description
  }
}

/// What the inputs can be chosen from, as the catalogue and the program know it.
public struct InputChoices: Sendable {
  /// Names of models that can be asked for.
  public var models: [String]
  public var regions: [String]
  public var providers: [String]
  /// Reads a model: a name of `models`, a count of parameters, a file.
  public var readModel: @Sendable (String) throws -> ModelChoice

  public init(
    models: [String], regions: [String], providers: [String],
    readModel: @escaping @Sendable (String) throws -> ModelChoice
  ) {
    self.models = models
    self.regions = regions
    self.providers = providers
    self.readModel = readModel
  }
}
