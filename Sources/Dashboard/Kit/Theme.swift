import Screen

/// What each kind of thing on the screen looks like.
///
/// Colours come from the terminal's own sixteen, so the user's palette rules. Nothing is said by
/// colour alone: every role that means something differs by attribute, letter or sign as well.
public struct Theme: Hashable, Sendable {
  public var title: Style
  public var answer: Style
  public var heading: Style
  public var label: Style
  public var selected: Style
  public var border: Style
  public var focusedBorder: Style
  public var muted: Style
  public var warning: Style
  public var bad: Style
  public var good: Style
  public var key: Style
  public var field: Style
  /// The routes, in their marks and bars.
  public var trainium: Style
  public var googleTPU: Style
  public var ownServers: Style
  public var rentedGPU: Style

  /// For terminals with colours.
  public static let standard = Theme(
    title: .bold, answer: .bold, heading: .bold, label: .plain, selected: .reverse,
    border: .dim, focusedBorder: .plain, muted: .dim, warning: Style(.yellow, .bold),
    bad: Style(.red), good: Style(.green), key: .bold, field: .underline,
    trainium: Style(.yellow), googleTPU: Style(.cyan), ownServers: Style(.magenta),
    rentedGPU: .plain)

  /// Bold, dim, reverse and underline only.
  public static let withoutColor: Theme = {
    var theme = standard
    for role in Theme.roles { theme[keyPath: role] = theme[keyPath: role].withoutColor }
    return theme
  }()

  /// The same theme with everything dimmed: for values that are being worked out anew.
  public var stale: Theme {
    var theme = self
    let lasting: [WritableKeyPath<Theme, Style>] = [\.key, \.field, \.border, \.focusedBorder]
    for role in Theme.roles where !lasting.contains(role) {
      theme[keyPath: role] = Style(
        self[keyPath: role].foreground, on: self[keyPath: role].background,
        self[keyPath: role].attributes.subtracting(.bold).union(.dim))
    }
    return theme
  }

  private static var roles: [WritableKeyPath<Theme, Style>] { namedRoles.map(\.path) }

  /// Every role under the name it has in theme files.
  static var namedRoles: [(name: String, path: WritableKeyPath<Theme, Style>)] {
    [
      ("title", \.title), ("answer", \.answer), ("heading", \.heading), ("label", \.label),
      ("selected", \.selected), ("border", \.border), ("focused-border", \.focusedBorder),
      ("muted", \.muted), ("warning", \.warning), ("bad", \.bad), ("good", \.good),
      ("key", \.key), ("field", \.field), ("trainium", \.trainium),
      ("google-tpu", \.googleTPU), ("own-servers", \.ownServers), ("rented-gpu", \.rentedGPU),
    ]
  }
}

/// How the dashboard is drawn, apart from what it shows.
public struct Appearance: Hashable, Sendable {
  public var theme: Theme
  public var glyphs: BorderGlyphs
  public var chartLevel: ChartLevel

  public init(theme: Theme, glyphs: BorderGlyphs, chartLevel: ChartLevel) {
    self.theme = theme
    self.glyphs = glyphs
    self.chartLevel = chartLevel
  }

  /// The appearance that fits a terminal.
  ///
  /// - Parameters:
  ///   - hasColor: whether colours can be shown and are wanted.
  ///   - hasUnicode: whether more than ASCII can be shown.
  public static func fitting(hasColor: Bool, hasUnicode: Bool) -> Appearance {
    Appearance(
      theme: hasColor ? .standard : .withoutColor, glyphs: hasUnicode ? .unicode : .ascii,
      chartLevel: hasUnicode ? .braille : .ascii)
  }
}
