/// Decides, from what the system says, whether and how a dashboard can be shown. Pure.
public enum TerminalSupport {
  /// Why a full-screen dashboard can't be opened, as one sentence; nil when it can be tried.
  ///
  /// - Parameters:
  ///   - environment: the variables of the process; `TERM` counts.
  ///   - inputIsTerminal: `isatty` of standard input.
  ///   - outputIsTerminal: `isatty` of standard output.
  public static func refusal(
    environment: [String: String], inputIsTerminal: Bool, outputIsTerminal: Bool
  ) -> String? {
    if !outputIsTerminal { return "Standard output is not a terminal." }
    if !inputIsTerminal { return "Standard input is not a terminal." }
    switch environment["TERM"] ?? "" {
    case "": return "The variable TERM is not set, so the kind of terminal is unknown."
    case "dumb": return "The terminal cannot move its cursor (TERM=dumb)."
    default: return nil
    }
  }

  /// Whether to draw in colour.
  ///
  /// First match wins: the user's flag; `NO_COLOR` present and not empty (no-color.org): no;
  /// else yes, as far as the terminal has colours.
  ///
  /// - Parameter flag: what the user asked for on the command line, if anything.
  public static func usesColor(flag: Bool? = nil, environment: [String: String]) -> Bool {
    flag ?? (environment["NO_COLOR"] ?? "").isEmpty
  }

  /// Whether text on a stream is coloured.
  ///
  /// First match wins: the user's flag; `NO_COLOR` present and not empty (no-color.org): no;
  /// `CLICOLOR_FORCE` or `FORCE_COLOR` (bixense.com/clicolors) present, not empty and not 0: yes; no
  /// terminal, or one that is dumb or unnamed: no; else yes.
  public static func colorsText(
    flag: Bool? = nil, environment: [String: String], isTerminal: Bool
  ) -> Bool {
    func isSet(_ name: String) -> Bool { !(environment[name] ?? "").isEmpty }
    if let flag { return flag }
    if isSet("NO_COLOR") { return false }
    let forced = ["CLICOLOR_FORCE", "FORCE_COLOR"].contains { name in
      isSet(name) && environment[name] != "0"
    }
    if forced { return true }
    return isTerminal && isSet("TERM") && environment["TERM"] != "dumb"
  }
}

/// Why a terminal could not be opened, as a sentence.
public struct TerminalError: Error, Equatable, CustomStringConvertible {
  public let description: String

  public init(_ description: String) {
    self.description = description
  }
}
