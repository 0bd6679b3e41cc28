import Planning

/// Something for the loop around the dashboard to do.
public enum Effect: Hashable, Sendable {
  case quit
  /// Hand the terminal to the shell until it continues us.
  case suspend
  /// Write the whole screen anew.
  case repaint
  /// Work out the plan of a scenario, in the background; one being worked out is for nothing now.
  case replan(Scenario, generation: Int)
}

/// What covers the screen.
public enum Page: Hashable, Sendable {
  case main, explain, help, warnings, history
}

/// The parts of the main page, in the order of their numbers.
public enum Pane: Hashable, Sendable, CaseIterable {
  case options, chart, breakdown, inputs, details

  /// The key that goes there.
  var digit: Character {
    switch self {
    case .options: "1"
    case .chart: "2"
    case .breakdown: "3"
    case .inputs: "7"
    case .details: "0"
    }
  }

  var title: String {
    switch self {
    case .options: "Options"
    case .chart: "Cost and time"
    case .breakdown: "Cash by item"
    case .inputs: "Inputs"
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
