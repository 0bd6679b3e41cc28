extension Grid {
  /// The characters of each row, without trailing blanks.
  public var lines: [String] {
    (0..<height).map { row in
      var line = String.UnicodeScalarView()
      for column in 0..<width {
        let cell = self[column: column, row: row]
        guard !cell.isContinuation else { continue }
        line.append(cell.scalar)
        line.append(contentsOf: cell.marks.all)
      }
      while line.last == " " { line.removeLast() }
      return String(line)
    }
  }

  /// A row as pieces of text of one style each, without trailing plain blanks.
  public func spans(ofRow row: Int) -> [Span] {
    var spans: [Span] = []
    var text = String.UnicodeScalarView()
    var style = Style.plain
    func close() {
      if !text.isEmpty { spans.append(Span(String(text), style)) }
      text = String.UnicodeScalarView()
    }
    for column in 0..<width {
      let cell = self[column: column, row: row]
      guard !cell.isContinuation else { continue }
      if cell.style != style { close() }
      style = cell.style
      text.append(cell.scalar)
      text.append(contentsOf: cell.marks.all)
    }
    if style == .plain { while text.last == " " { text.removeLast() } }
    close()
    return spans
  }

  /// The characters as one text, a line a row.
  public var text: String {
    lines.joined(separator: "\n")
  }

  /// The styles as a picture: a letter for each cell, `.` where the style is plain, and below it
  /// which letter is which style, in the order they first appear.
  public var styleMap: String {
    let letters = Array("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789")
    var styles: [Style] = []
    var picture: [String] = []
    for row in 0..<height {
      var line = ""
      for column in 0..<width {
        let style = self[column: column, row: row].style
        guard style != .plain else {
          line.append(".")
          continue
        }
        let known = styles.firstIndex(of: style)
        if known == nil { styles.append(style) }
        let index = known ?? styles.count - 1
        line.append(index < letters.count ? letters[index] : "#")
      }
      picture.append(line)
    }
    let legend = styles.prefix(letters.count).enumerated().map { "\(letters[$0]) = \($1.name)" }
    return (picture + legend).joined(separator: "\n")
  }

  /// The same picture for a terminal that knows only ASCII.
  ///
  /// Lines, blocks, arrows and typographic marks turn into their nearest ASCII sign, everything
  /// else into `?`; the columns stay what they were.
  public var asciiOnly: Grid {
    mapCells { cell in
      // The right half of a wide character is a cell of its own here, and needs its own sign.
      guard !cell.isContinuation else { return Cell("?", cell.style) }
      return Cell(Self.ascii(for: cell.scalar), cell.style)
    }
  }

  private static func ascii(for scalar: Unicode.Scalar) -> Unicode.Scalar {
    guard scalar.value >= 0x7F else { return scalar }
    switch scalar {
    case "─", "━", "═", "–", "—", "−", "‐": return "-"
    case "│", "┃", "║", "▏", "▎": return "|"
    case "…": return "~"
    case "‘", "’", "′": return "'"
    case "“", "”", "″": return "\""
    case "×": return "x"
    case "·", "∙": return "."
    case "•": return "*"
    case "≤", "←", "◀", "‹": return "<"
    case "≥", "→", "▶", "›": return ">"
    case "↑", "▲": return "^"
    case "↓", "▼": return "v"
    case "≈": return "~"
    case "±", "†": return "+"
    case "\u{A0}": return " "
    default: break
    }
    switch scalar.value {
    case 0x2500...0x257F: return "+"
    case 0x2580...0x259F: return "#"
    case 0x2800: return " "
    case 0x2801...0x28FF: return "*"
    default: return "?"
    }
  }
}
