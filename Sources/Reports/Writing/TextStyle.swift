/// How text for a terminal is laid out and coloured; the default is neither.
public struct TextStyle: Sendable {
  /// Columns to stay within; nil outside a terminal.
  public var width: Int?
  /// Whether headings and marks stand out by colour and weight (ECMA-48, section 8.3.117, SGR).
  public var isColored: Bool

  public init(width: Int? = nil, isColored: Bool = false) {
    self.width = width
    self.isColored = isColored
  }

  /// What a text is, which decides how it looks.
  enum Role: String {
    case heading = "1"
    case soft = "2"
    case warning = "33"
    case bad = "31"
    case good = "32"
  }

  /// The text with the codes of its role around it; a line feed at its end stays outside.
  func paint(_ text: String, _ role: Role) -> String {
    guard isColored, !text.isEmpty else { return text }
    let hasLineFeed = text.hasSuffix("\n")
    let inner = hasLineFeed ? String(text.dropLast()) : text
    return "\u{1B}[\(role.rawValue)m\(inner)\u{1B}[0m" + (hasLineFeed ? "\n" : "")
  }
}
