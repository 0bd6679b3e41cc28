import Planning

/// A line of the answer page as pieces, each with what it is; every face has its own look for that.
public struct AnswerLine: Hashable, Sendable {
  /// What a piece is.
  public enum Role: Hashable, Sendable {
    case plain, strong, soft, warning
    /// The mark, bar or name of a route.
    case route(Route)
    /// The name of the route under the cursor.
    case selected
  }

  /// A text of one role.
  public struct Piece: Hashable, Sendable {
    public var text: String
    public var role: Role

    public init(_ text: String, _ role: Role = .plain) {
      self.text = text
      self.role = role
    }
  }

  public var pieces: [Piece]
  /// The route that a click on the line means, if it is of one alone.
  public var route: Route?

  public init(_ pieces: [Piece] = [], route: Route? = nil) {
    self.pieces = pieces
    self.route = route
  }

  public init(_ text: String, _ role: Role = .plain) { self.init([Piece(text, role)]) }

  /// The line without its roles, and without blanks at its end.
  public var text: String {
    let whole = pieces.map(\.text).joined()
    return String(whole.reversed().drop { $0 == " " }.reversed())
  }

  /// The line for a terminal: with the look of its roles where the style has any.
  func text(_ style: TextStyle) -> String {
    guard style.isColored else { return text }
    return pieces.map { piece in
      switch piece.role {
      case .strong, .selected: style.paint(piece.text, .heading)
      case .soft: style.paint(piece.text, .soft)
      case .warning: style.paint(piece.text, .warning)
      case .plain, .route: piece.text
      }
    }.joined()
  }

  var width: Int { pieces.reduce(0) { $0 + $1.text.count } }

  /// The line with blanks at its end, so that it takes so many columns.
  func padded(to columns: Int) -> AnswerLine {
    let missing = max(0, columns - width)
    return AnswerLine(pieces + [Piece(String(repeating: " ", count: missing))], route: route)
  }

  /// The texts of two blocks side by side.
  static func beside(_ left: [AnswerLine], _ right: [AnswerLine], at column: Int) -> [AnswerLine] {
    (0..<max(left.count, right.count)).map { index in
      let first = index < left.count ? left[index] : AnswerLine()
      let second = index < right.count ? right[index] : AnswerLine()
      return AnswerLine(first.padded(to: column).pieces + second.pieces)
    }
  }

  /// A text broken at blanks.
  ///
  /// - Parameter indent: blanks before every line but the first.
  static func wrapped(
    _ text: String, width: Int, indent: Int = 0, _ role: Role = .plain
  ) -> [AnswerLine] {
    broken(text, width: width, indent: indent).map { AnswerLine($0, role) }
  }

  /// The lines of a text broken at blanks; longer words stand out.
  static func broken(_ text: String, width: Int, indent: Int = 0) -> [String] {
    var lines: [String] = []
    var line = ""
    for word in text.split(separator: " ") {
      let isFresh = line.allSatisfy { $0 == " " }
      if !isFresh, line.count + 1 + word.count > width {
        lines.append(line)
        line = String(repeating: " ", count: indent) + word
      } else {
        line += (isFresh ? "" : " ") + word
      }
    }
    return lines + (line.isEmpty ? [] : [line])
  }
}

/// How an answer page is laid out.
public struct AnswerLayout: Hashable, Sendable {
  /// The signs it is drawn with.
  public struct Glyphs: Hashable, Sendable {
    var stages: [AnswerPage.Stage: Character]
    var bar: Character
    var parts: [Character]
    /// Horizontal, vertical, then the corners from the upper left, row by row.
    var box: [Character]
    var strongBox: [Character]

    public static let unicode = Glyphs(
      stages: [.waiting: "░", .preparing: "▒", .training: "█", .late: "╌"], bar: "█",
      parts: ["▏", "▎", "▍", "▌", "▋", "▊", "▉"], box: Array("─│┌┐└┘"),
      strongBox: Array("━┃┏┓┗┛"))
    /// For terminals that know nothing else.
    public static let ascii = Glyphs(
      stages: [.waiting: ".", .preparing: "=", .training: "#", .late: "-"], bar: "#", parts: [],
      box: Array("-|++++"), strongBox: Array("=|++++"))
  }

  public var width: Int
  /// Whether so few rows can be seen that figures come before sentences.
  public var isLow: Bool
  /// The route under the cursor.
  public var selected: Route?
  public var glyphs: Glyphs

  public init(
    width: Int, isLow: Bool = false, selected: Route? = nil, glyphs: Glyphs = .unicode
  ) {
    self.width = max(20, width)
    self.isLow = isLow
    self.selected = selected
    self.glyphs = glyphs
  }

  /// A bar of so many columns at most; a share above 0 always shows.
  func bar(_ share: Double, _ columns: Int) -> String {
    guard share > 0, columns > 0 else { return "" }
    let steps = glyphs.parts.count + 1
    let length = max(1, Int((min(1, share) * Double(columns * steps)).rounded()))
    let rest = length % steps
    return String(repeating: String(glyphs.bar), count: length / steps)
      + (rest > 0 ? String(glyphs.parts[rest - 1]) : "")
  }
}
