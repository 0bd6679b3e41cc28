import ArgumentParser
import Quantities
import Reports
import Synchronization
import Terminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// When output is coloured.
enum ColorChoice: String, CaseIterable {
  case always, never, auto
}

/// What every command takes: how loud and how bright it is.
struct CommonOptions: ParsableArguments {
  @Option(
    help: "Colour and weight: always, never or auto (on a terminal, unless NO_COLOR is set).",
    completion: choices(ColorChoice.self), transform: { try choice($0) })
  var color: ColorChoice = .auto

  @Flag(name: .customLong("no-color"), help: "Short for --color never.")
  var isPlain = false

  @Flag(name: .shortAndLong, help: "Say nothing on stderr but what went wrong.")
  var quiet = false

  /// Called once everything is read.
  func validate() throws {
    if quiet { Messages.isQuiet.store(true, ordering: .relaxed) }
  }

  /// What the flags say; nil leaves it to the environment.
  var wantsColor: Bool? {
    isPlain ? false : color == .auto ? nil : color == .always
  }

  /// How a table looks where it goes.
  ///
  /// - Parameter output: a file; nil or `-` for stdout.
  func style(output: String?) -> TextStyle {
    guard output == nil || output == "-" else { return TextStyle() }
    let isTerminal = isatty(STDOUT_FILENO) == 1
    return TextStyle(
      width: OutputOptions.terminalWidth,
      isColored: TerminalSupport.colorsText(
        flag: wantsColor, environment: Environment.variables, isTerminal: isTerminal))
  }
}

/// What is said on stderr.
enum Messages {
  /// Whether only what went wrong is said.
  static let isQuiet = Atomic(false)
}

/// Writes a message to stderr that is good to know; `--quiet` leaves it out.
func note(_ message: String) {
  if !Messages.isQuiet.load(ordering: .relaxed) { complain(message) }
}

/// The variables that decide how output looks.
enum Environment {
  static var variables: [String: String] {
    var variables: [String: String] = [:]
    for name in ["TERM", "NO_COLOR", "CLICOLOR_FORCE", "FORCE_COLOR"] {
      variables[name] = getenv(name).map { String(cString: $0) }
    }
    return variables
  }
}

/// One of a closed set of words.
///
/// - Throws: `UsageError` with the words, and the one that was probably meant.
func choice<Choice: RawRepresentable & CaseIterable>(_ text: String) throws -> Choice
where Choice.RawValue == String {
  if let found = Choice(rawValue: text) { return found }
  let words = Choice.allCases.map(\.rawValue)
  let near = NearMiss.closest(to: text, among: words).map { "; did you mean \($0)?" } ?? ""
  throw UsageError("it is one of \(words.joined(separator: ", "))\(near)")
}

/// Completion with a closed set of words.
func choices<Choice: RawRepresentable & CaseIterable>(_ type: Choice.Type) -> CompletionKind
where Choice.RawValue == String {
  .list(Choice.allCases.map(\.rawValue))
}
