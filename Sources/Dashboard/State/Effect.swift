import Planning
import Reports

/// Something to write to a file.
public struct FileWrite: Hashable, Sendable {
  public enum Content: Hashable, Sendable {
    /// The plan on the screen.
    case report(PlanFormat)
    /// The inputs.
    case scenario(Scenario)
  }

  public let content: Content
  public let path: String
  /// Whether a file that is there already is replaced, without asking.
  public var replaces: Bool
  /// Whether it is written although another program has changed the file meanwhile.
  public var overwrites = false

  init(_ content: Content, path: String, replaces: Bool = false) {
    self.content = content
    self.path = path
    self.replaces = replaces
  }
}

/// Something for the loop around the dashboard to do.
public enum Effect: Hashable, Sendable {
  /// Leave, with nothing to come back to.
  case quit
  /// Leave, and keep the draft.
  case leave
  /// Hand the terminal to the shell until it continues us.
  case suspend
  /// Write the whole screen anew.
  case repaint
  /// Work out the plan of a scenario, in the background; one being worked out is for nothing now.
  case replan(Scenario, generation: Int)
  /// Put a text where the user can paste it from.
  case copy(String)
  case write(FileWrite)
  /// Read a scenario file.
  case open(path: String)
  /// Work out the plan of a scenario file, to be held against the one on the screen.
  case hold(path: String)
  /// Work out what moves an option of the plan that is shown.
  case sensitivity(id: String, generation: Int)
  /// Keep a scenario that is not saved where the next start finds it; nil when all is saved.
  case keepDraft(Scenario?)
  /// Remove what an earlier dashboard left behind.
  case dropDraft(String)
}

/// What covers the screen.
public enum Page: Hashable, Sendable {
  case main, explain, help, warnings, history, sources, compare
  /// The row under the cursor in words.
  case sentence
  /// This plan against that of another file.
  case difference
}

/// The parts of the main page, in the order of their numbers.
public enum Pane: Hashable, Sendable, CaseIterable {
  case options, chart, breakdown, tornado, sources, warnings, inputs, months, step, details

  /// The key that goes there.
  var digit: Character {
    switch self {
    case .options: "1"
    case .chart: "2"
    case .breakdown: "3"
    case .tornado: "4"
    case .sources: "5"
    case .warnings: "6"
    case .inputs: "7"
    case .months: "8"
    case .step: "9"
    case .details: "0"
    }
  }

  /// Its title in a word, for a row of titles.
  var tab: String {
    switch self {
    case .options: "options"
    case .chart: "chart"
    case .breakdown: "cash"
    case .tornado: "moves"
    case .sources: "sources"
    case .warnings: "warnings"
    case .inputs: "inputs"
    case .months: "months"
    case .step: "step"
    case .details: "why"
    }
  }

  /// Whether it is text to read, without a cursor.
  var isText: Bool {
    switch self {
    case .options, .chart, .breakdown, .inputs: false
    case .tornado, .sources, .warnings, .months, .step, .details: true
    }
  }

  var title: String {
    switch self {
    case .options: "Options"
    case .chart: "Cost and time"
    case .breakdown: "Cash by item"
    case .tornado: "What moves it"
    case .sources: "Sources"
    case .warnings: "Warnings"
    case .inputs: "Inputs"
    case .months: "Cash by month"
    case .step: "Step time"
    case .details: "Explained"
    }
  }
}

/// A line that answers the last key.
public struct Message: Hashable, Sendable {
  public let text: String
  public let isError: Bool

  init(_ text: String, isError: Bool = false) {
    self.text = text
    self.isError = isError
  }
}
