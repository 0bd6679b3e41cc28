/// Where text stands in the room it is given.
public enum Alignment: Hashable, Sendable {
  case left, right, center
}

extension Grid {
  /// Fills a rectangle with one narrow character.
  public mutating func fill(
    _ rect: Rect, with scalar: Unicode.Scalar = " ", style: Style = .plain
  ) {
    let part = rect.intersection(bounds)
    for row in part.row..<part.row + part.height {
      for column in part.column..<part.column + part.width {
        put(scalar, column: column, row: row, style: style)
      }
    }
  }

  /// Writes text to the right of a place, up to the edge of the grid.
  ///
  /// - Parameter limit: columns it may take; a longer text ends in `…`.
  /// - Returns: columns taken.
  @discardableResult
  public mutating func write(
    _ text: String, column: Int, row: Int, style: Style = .plain, limit: Int? = nil
  ) -> Int {
    let room = min(limit ?? Int.max, width - column)
    guard room > 0 else { return 0 }
    var used = 0
    for scalar in DisplayWidth.clip(text, to: room).unicodeScalars {
      let columns = DisplayWidth.of(scalar)
      // A mark at the very start has no character of this text to stand on.
      guard columns > 0 || used > 0 else { continue }
      put(scalar, column: column + used, row: row, style: style)
      used += columns
    }
    return used
  }

  /// Writes text on the first row of a rectangle, clipped to it.
  ///
  /// - Returns: columns taken.
  @discardableResult
  public mutating func write(
    _ text: String, in rect: Rect, style: Style = .plain, align alignment: Alignment = .left
  ) -> Int {
    guard !rect.isEmpty else { return 0 }
    let slack = max(0, rect.width - DisplayWidth.of(text))
    let indent: Int
    switch alignment {
    case .left: indent = 0
    case .right: indent = slack
    case .center: indent = slack / 2
    }
    return write(
      text, column: rect.column + indent, row: rect.row, style: style, limit: rect.width - indent)
  }

  /// Writes pieces of text one after the other on the first row of a rectangle, clipped to it.
  ///
  /// - Returns: columns taken.
  @discardableResult
  public mutating func write(_ spans: [Span], in rect: Rect) -> Int {
    guard !rect.isEmpty else { return 0 }
    var used = 0
    for (index, span) in spans.enumerated() {
      let room = rect.width - used
      guard room > 0 else { break }
      // A piece that ends flush with the edge must not hide that more would have followed.
      let more = spans[(index + 1)...].contains { !$0.text.isEmpty }
      let isLast = !more || DisplayWidth.of(span.text) < room
      let text = isLast ? span.text : span.text + "…"
      used += write(
        text, column: rect.column + used, row: rect.row, style: span.style, limit: room)
    }
    return used
  }

  /// Writes a paragraph, broken at spaces, down a rectangle.
  ///
  /// - Returns: rows taken; a text that does not fit ends in `…`.
  @discardableResult
  public mutating func writeParagraph(
    _ text: String, in rect: Rect, style: Style = .plain, indent: Int = 0
  ) -> Int {
    let lines = Paragraph.lines(text, width: rect.width, indent: indent)
    for (index, line) in lines.prefix(rect.height).enumerated() {
      let isCut = index == rect.height - 1 && lines.count > rect.height
      let shown = isCut ? DisplayWidth.clip(line + " …", to: rect.width) : line
      write(shown, in: rect.line(index), style: style)
    }
    return min(lines.count, rect.height)
  }
}

/// Breaks text into lines.
public enum Paragraph {
  /// The text in lines of at most `width` columns, broken at spaces; longer words are cut.
  ///
  /// - Parameter indent: blanks before every line but the first.
  public static func lines(_ text: String, width: Int, indent: Int = 0) -> [String] {
    guard width > 0 else { return [] }
    let margin = String(repeating: " ", count: min(indent, width - 1))
    var lines: [String] = []
    var line = ""
    var isBlank = true
    for word in text.split(separator: " ") {
      var rest = Substring(word)
      let gap = isBlank ? 0 : 1
      if !isBlank && DisplayWidth.of(line) + gap + DisplayWidth.of(String(rest)) > width {
        lines.append(line)
        line = margin
        isBlank = true
      }
      line += isBlank ? "" : " "
      while DisplayWidth.of(line) + DisplayWidth.of(String(rest)) > width {
        let head = headFitting(rest, columns: width - DisplayWidth.of(line))
        lines.append(line + head)
        rest = rest.dropFirst(head.count)
        line = margin
      }
      line += rest
      isBlank = line.count <= margin.count && line.allSatisfy { $0 == " " }
    }
    return isBlank && !lines.isEmpty ? lines : lines + [line]
  }

  /// The longest head of a word that fits, at least one character of it.
  private static func headFitting(_ word: Substring, columns: Int) -> Substring {
    var count = 0
    var used = 0
    for character in word {
      used += DisplayWidth.of(String(character))
      guard used <= columns || count == 0 else { break }
      count += 1
    }
    return word.prefix(count)
  }
}
