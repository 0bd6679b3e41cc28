import Quantities
import Screen

/// A theme by its name.
public struct NamedTheme: Hashable, Sendable {
  public let name: String
  public let theme: Theme

  public init(_ name: String, _ theme: Theme) {
    self.name = name
    self.theme = theme
  }
}

extension NamedTheme {
  /// The themes there always are; on terminals without colour only the last.
  public static let builtIn: [NamedTheme] = [
    NamedTheme("terminal", .standard), NamedTheme("light", .light), NamedTheme("safe", .safe),
    NamedTheme("plain", .withoutColor),
  ]

  /// Reads a theme file: a line for each role that differs from the standard theme.
  ///
  ///     warning = "magenta bold"
  ///     title = "#0072b2 on white underline"
  ///
  /// - Parameter file: what faults call it.
  /// - Returns: the theme, and what was wrong; roles that could not be read stay standard.
  public static func read(
    _ text: String, name: String, file: String
  ) -> (theme: NamedTheme, faults: [String]) {
    let content = SettingsFile(text)
    var theme = Theme.standard
    var found = content.faults
    for entry in content.entries {
      do {
        guard let role = Theme.namedRoles.first(where: { $0.name == entry.name }) else {
          let near = NearMiss.closest(to: entry.name, among: Theme.namedRoles.map(\.name))
          let hint = near.map { "; did you mean \($0)?" } ?? ""
          throw InputError("there is no role “\(Magnitude.printable(entry.name))”\(hint)")
        }
        guard case .text(let words) = entry.value else {
          throw InputError("a style stands in quotes")
        }
        theme[keyPath: role.path] = try style(words)
      } catch {
        found.append(SettingsFile.Fault(line: entry.line, message: "\(error)"))
      }
    }
    let faults = found.sorted { $0.line < $1.line }.map { "\(file):\($0.line): \($0.message)" }
    return (NamedTheme(name, theme), faults)
  }

  private static let colors: [(name: String, color: Color)] = [
    ("default", .standard), ("black", .black), ("red", .red), ("green", .green),
    ("yellow", .yellow), ("blue", .blue), ("magenta", .magenta), ("cyan", .cyan),
    ("white", .white), ("bright-black", .brightBlack), ("bright-red", .brightRed),
    ("bright-green", .brightGreen), ("bright-yellow", .brightYellow),
    ("bright-blue", .brightBlue), ("bright-magenta", .brightMagenta),
    ("bright-cyan", .brightCyan), ("bright-white", .brightWhite),
  ]

  private static let attributes: [(name: String, attribute: Attributes)] = [
    ("bold", .bold), ("dim", .dim), ("reverse", .reverse), ("underline", .underline),
  ]

  /// Reads `magenta bold`, `#0072b2 on white`, `214 underline`.
  private static func style(_ text: String) throws(InputError) -> Style {
    var style = Style.plain
    var isBackground = false
    for word in text.split(separator: " ").map(String.init) {
      if word == "on" {
        isBackground = true
      } else if let found = attributes.first(where: { $0.name == word }) {
        style.attributes.insert(found.attribute)
      } else if isBackground {
        style.background = try color(word)
      } else {
        style.foreground = try color(word)
      }
    }
    return style
  }

  private static func color(_ word: String) throws(InputError) -> Color {
    if let found = colors.first(where: { $0.name == word }) { return found.color }
    if let number = UInt8(word) { return .palette(number) }
    if word.hasPrefix("#"), word.count == 7, let value = UInt32(word.dropFirst(), radix: 16) {
      return .nearest(red: Int(value >> 16), green: Int(value >> 8 & 255), blue: Int(value & 255))
    }
    let known = colors.map(\.name) + attributes.map(\.name)
    let near = NearMiss.closest(to: word, among: known).map { "; did you mean \($0)?" } ?? ""
    throw InputError("“\(Magnitude.printable(word))” is no colour or attribute\(near)")
  }
}

extension Theme {
  /// For light backgrounds: nothing in yellow, cyan or bright colours, which fade there.
  public static let light: Theme = {
    var theme = standard
    theme.warning = Style(.magenta, .bold)
    theme.trainium = Style(.red)
    theme.googleTPU = Style(.blue)
    theme.ownServers = Style(.magenta)
    return theme
  }()

  /// The colours of Okabe and Ito (2008), which people with any kind of colour blindness can tell
  /// apart, as near as 256 colours come.
  public static let safe: Theme = {
    var theme = standard
    theme.warning = Style(.nearest(red: 0xE6, green: 0x9F, blue: 0), .bold)
    theme.bad = Style(.nearest(red: 0xD5, green: 0x5E, blue: 0))
    theme.good = Style(.nearest(red: 0, green: 0x9E, blue: 0x73))
    theme.trainium = Style(.nearest(red: 0xE6, green: 0x9F, blue: 0))
    theme.googleTPU = Style(.nearest(red: 0x56, green: 0xB4, blue: 0xE9))
    theme.ownServers = Style(.nearest(red: 0xCC, green: 0x79, blue: 0xA7))
    return theme
  }()
}
