import Quantities
import Screen

/// What a user can set once and for all: theme, charts, mouse and keys.
public struct Settings: Sendable {
  /// The theme's name; nil for what fits the terminal.
  public var theme: String?
  public var charts: ChartLevel?
  public var usesMouse = true
  /// Keys for actions, by name, in the order of the file.
  public var keys: [(action: String, keys: [Key])] = []
  /// What was wrong with the file, as `FILE:LINE: sentence`; the rest of it holds.
  public var faults: [String] = []

  public init() {}

  /// - Parameter actions: names of all there are.
  init(reading text: String, file: String, actions: [String]) {
    let content = SettingsFile(text)
    var found = content.faults
    for entry in content.entries {
      do {
        try take(entry, actions)
      } catch {
        found.append(SettingsFile.Fault(line: entry.line, message: error.description))
      }
    }
    faults = found.sorted { $0.line < $1.line }.map { "\(file):\($0.line): \($0.message)" }
  }

  private mutating func take(
    _ entry: SettingsFile.Entry, _ actions: [String]
  ) throws(InputError) {
    switch (entry.section, entry.name) {
    case ("", "theme"):
      guard case .text(let name) = entry.value else { throw Self.wrong(entry, "a name in quotes") }
      theme = name
    case ("", "charts"):
      let names = ChartLevel.allCases.map(\.rawValue)
      guard case .text(let name) = entry.value, let level = ChartLevel(rawValue: name) else {
        throw Self.wrong(entry, "one of \(names.joined(separator: ", "))")
      }
      charts = level
    case ("", "mouse"):
      guard case .flag(let flag) = entry.value else { throw Self.wrong(entry, "true or false") }
      usesMouse = flag
    case ("keys", let name):
      try takeKeys(name, entry.value, actions)
    case ("", let name):
      throw Self.unknown(name, "setting", ["theme", "charts", "mouse"])
    case (let section, _):
      throw Self.unknown("[\(section)]", "heading", ["[keys]"])
    }
  }

  private mutating func takeKeys(
    _ name: String, _ value: SettingsFile.Value, _ known: [String]
  ) throws(InputError) {
    guard known.contains(name) else { throw Self.unknown(name, "action", known) }
    let names: [String]
    switch value {
    case .text(let one): names = [one]
    case .texts(let several): names = several
    case .flag: throw InputError("\(name): a key in quotes, or several in brackets")
    }
    var wanted: [Key] = []
    for name in names {
      guard let key = Key(named: name) else { throw Self.unknown(name, "key", Key.wordNames) }
      if let taken = keys.first(where: { $0.keys.contains(key) }) {
        throw InputError("\(name) is given to \(taken.action) already")
      }
      guard !wanted.contains(key) else { throw InputError("\(name) stands there twice") }
      wanted.append(key)
    }
    keys.append((name, wanted))
  }

  private static func wrong(_ entry: SettingsFile.Entry, _ wanted: String) -> InputError {
    InputError("\(entry.name) takes \(wanted)")
  }

  private static func unknown(_ word: String, _ what: String, _ known: [String]) -> InputError {
    let near = NearMiss.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
    return InputError("there is no \(what) “\(Magnitude.printable(word))”\(near)")
  }
}
