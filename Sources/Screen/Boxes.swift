/// The characters that frames are drawn with.
public struct BorderGlyphs: Hashable, Sendable {
  public let horizontal: Unicode.Scalar
  public let vertical: Unicode.Scalar
  public let topLeft: Unicode.Scalar
  public let topRight: Unicode.Scalar
  public let bottomLeft: Unicode.Scalar
  public let bottomRight: Unicode.Scalar

  /// Unicode box drawing, light lines.
  public static let unicode = BorderGlyphs(
    horizontal: "─", vertical: "│", topLeft: "┌", topRight: "┐", bottomLeft: "└",
    bottomRight: "┘")
  /// Plain ASCII.
  public static let ascii = BorderGlyphs(
    horizontal: "-", vertical: "|", topLeft: "+", topRight: "+", bottomLeft: "+",
    bottomRight: "+")
}

extension Grid {
  /// Draws a frame along the inside edge of a rectangle; one narrower or lower than two cells gets
  /// none.
  public mutating func drawBox(
    _ rect: Rect, glyphs: BorderGlyphs = .unicode, style: Style = .plain
  ) {
    guard rect.width >= 2, rect.height >= 2 else { return }
    let (left, right) = (rect.column, rect.endColumn - 1)
    let (top, bottom) = (rect.row, rect.endRow - 1)
    for column in left + 1..<max(left + 1, right) {
      put(glyphs.horizontal, column: column, row: top, style: style)
      put(glyphs.horizontal, column: column, row: bottom, style: style)
    }
    for row in top + 1..<max(top + 1, bottom) {
      put(glyphs.vertical, column: left, row: row, style: style)
      put(glyphs.vertical, column: right, row: row, style: style)
    }
    put(glyphs.topLeft, column: left, row: top, style: style)
    put(glyphs.topRight, column: right, row: top, style: style)
    put(glyphs.bottomLeft, column: left, row: bottom, style: style)
    put(glyphs.bottomRight, column: right, row: bottom, style: style)
  }

  /// Draws a frame with a title on its upper edge and returns the room inside.
  public mutating func drawPane(
    _ rect: Rect, title: [Span], glyphs: BorderGlyphs = .unicode, style: Style = .plain
  ) -> Rect {
    drawBox(rect, glyphs: glyphs, style: style)
    let room = Rect(column: rect.column + 2, row: rect.row, width: rect.width - 4, height: 1)
    if rect.height >= 2, !title.isEmpty {
      let padded = [Span(" ", style)] + title + [Span(" ", style)]
      write(padded, in: room)
    }
    return rect.inset(columns: 1, rows: 1)
  }
}
