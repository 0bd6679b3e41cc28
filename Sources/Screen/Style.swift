/// A colour of the terminal, by the number the terminal knows it under.
///
/// The first sixteen are the user's own palette, so that a theme chosen for the terminal rules
/// here too; the rest are the fixed 256-colour cube and are meant for charts only.
public struct Color: Hashable, Sendable {
  /// -1 for the terminal's default colour, else 0...255.
  public let index: Int16

  private init(_ index: Int16) {
    self.index = index
  }

  /// A colour of the 256-colour palette (xterm's numbering).
  public static func palette(_ index: UInt8) -> Color { Color(Int16(index)) }

  /// The colour of the 256-colour cube and its greys (xterm) nearest to one of 24 bits.
  ///
  /// - Parameters: red, green and blue from 0 to 255.
  public static func nearest(red: Int, green: Int, blue: Int) -> Color {
    let steps = [0, 95, 135, 175, 215, 255]
    func step(_ value: Int) -> Int {
      steps.indices.min { abs(steps[$0] - value) < abs(steps[$1] - value) } ?? 0
    }
    func distance(_ r: Int, _ g: Int, _ b: Int) -> Int {
      (r - red) * (r - red) + (g - green) * (g - green) + (b - blue) * (b - blue)
    }
    let (r, g, b) = (step(red), step(green), step(blue))
    let grey = min(23, max(0, ((red + green + blue) / 3 - 3) / 10))
    let level = 8 + 10 * grey
    let isGrey = distance(level, level, level) < distance(steps[r], steps[g], steps[b])
    return .palette(UInt8(isGrey ? 232 + grey : 16 + 36 * r + 6 * g + b))
  }

  /// What the terminal draws with when told nothing.
  public static let standard = Color(-1)
  public static let black = Color(0)
  public static let red = Color(1)
  public static let green = Color(2)
  public static let yellow = Color(3)
  public static let blue = Color(4)
  public static let magenta = Color(5)
  public static let cyan = Color(6)
  public static let white = Color(7)
  public static let brightBlack = Color(8)
  public static let brightRed = Color(9)
  public static let brightGreen = Color(10)
  public static let brightYellow = Color(11)
  public static let brightBlue = Color(12)
  public static let brightMagenta = Color(13)
  public static let brightCyan = Color(14)
  public static let brightWhite = Color(15)
}

/// What a terminal can do to a character besides colouring it.
public struct Attributes: OptionSet, Hashable, Sendable {
  public let rawValue: UInt8

  public init(rawValue: UInt8) {
    self.rawValue = rawValue
  }

  public static let bold = Attributes(rawValue: 1)
  public static let dim = Attributes(rawValue: 2)
  public static let reverse = Attributes(rawValue: 4)
  public static let underline = Attributes(rawValue: 8)
}

/// How a cell looks: two colours and attributes.
public struct Style: Hashable, Sendable {
  public var foreground: Color
  public var background: Color
  public var attributes: Attributes

  public init(
    _ foreground: Color = .standard, on background: Color = .standard,
    _ attributes: Attributes = []
  ) {
    self.foreground = foreground
    self.background = background
    self.attributes = attributes
  }

  /// Default colours, no attributes.
  public static let plain = Style()
  public static let bold = Style(.standard, .bold)
  public static let dim = Style(.standard, .dim)
  public static let reverse = Style(.standard, .reverse)
  public static let underline = Style(.standard, .underline)

  /// The same style with more attributes.
  public func with(_ more: Attributes) -> Style {
    Style(foreground, on: background, attributes.union(more))
  }

  /// The same attributes on default colours, for screens without colour.
  public var withoutColor: Style {
    Style(.standard, on: .standard, attributes)
  }

  /// A name fit for a test's legend: `red on 24 bold`.
  public var name: String {
    var words: [String] = []
    if foreground != .standard { words.append("\(foreground.index)") }
    if background != .standard { words.append("on \(background.index)") }
    let names: [(Attributes, String)] = [
      (.bold, "bold"), (.dim, "dim"), (.reverse, "reverse"), (.underline, "underline"),
    ]
    for (attribute, name) in names where attributes.contains(attribute) { words.append(name) }
    return words.isEmpty ? "plain" : words.joined(separator: " ")
  }
}

/// A piece of text in one style.
public struct Span: Hashable, Sendable {
  public var text: String
  public var style: Style

  public init(_ text: String, _ style: Style = .plain) {
    self.text = text
    self.style = style
  }
}
