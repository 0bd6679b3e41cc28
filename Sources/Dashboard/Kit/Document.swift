import Screen

/// Text to read: headings, paragraphs and labelled values, laid out to any width and scrolled.
public struct Document: Hashable, Sendable {
  /// One part of it.
  public enum Item: Hashable, Sendable {
    case heading(String)
    case paragraph(String)
    /// A value with its name before it, and what qualifies it after it, dimmed.
    case field(label: String, value: String, note: String = "")
    /// A key and what it does; `note` says why not now.
    case key(String, help: String, note: String)
    /// A line as it is, cut where it does not fit.
    case line([Span])
    /// A table with its header, as wide as there is room.
    case table(Table)
    /// Amounts with bars; `style` is that of the bars.
    case bars(BreakdownChart, style: Style, level: ChartLevel)
    /// What moves a result; `style` is that of the bars.
    case tornado(TornadoChart, style: Style, level: ChartLevel)
    /// A line that keeps its blanks where it fits, and is broken under its own margin where not.
    case text(String)
    case blank
  }

  public var items: [Item]

  public init(_ items: [Item]) {
    self.items = items
  }

  /// The lines of the document at a width.
  public func lines(width: Int, theme: Theme) -> [[Span]] {
    let labels = items.map { item in
      switch item {
      case .field(let label, value: _, note: _): return DisplayWidth.of(label)
      case .key(let label, help: _, note: _): return DisplayWidth.of(label)
      default: return 0
      }
    }
    let indent = min(labels.max() ?? 0, max(0, width / 3)) + 2
    return items.flatMap { item -> [[Span]] in
      switch item {
      case .heading(let text): return [[Span(text, theme.heading)]]
      case .paragraph(let text):
        return Paragraph.lines(text, width: width).map { [Span($0, theme.label)] }
      case .line(let spans): return [spans]
      case .table(let table):
        return Self.drawn(width: width, height: table.rows.count + 1) { grid in
          table.draw(on: &grid, in: grid.bounds, selection: nil, top: 0, theme: theme)
        }
      case .bars(let chart, let style, let level):
        return Self.drawn(width: width, height: chart.lines.count + 1) { grid in
          let appearance = Appearance(theme: theme, glyphs: .unicode, chartLevel: level)
          chart.draw(on: &grid, in: grid.bounds, style: style, appearance: appearance)
        }
      case .tornado(let chart, let style, let level):
        return Self.drawn(width: width, height: chart.height(width: width)) { grid in
          let appearance = Appearance(theme: theme, glyphs: .unicode, chartLevel: level)
          chart.draw(on: &grid, in: grid.bounds, style: style, appearance: appearance)
        }
      case .text(let text): return Self.textLines(text, width: width, theme: theme)
      case .blank: return [[]]
      case .field(let label, let value, let note):
        return fieldLines(
          Span(label, theme.muted), value, note, indent: indent, width: width, theme: theme)
      case .key(let key, let help, let note):
        return fieldLines(
          Span(key, theme.key), help, note, indent: indent, width: width, theme: theme)
      }
    }
  }

  private static func textLines(_ text: String, width: Int, theme: Theme) -> [[Span]] {
    guard DisplayWidth.of(text) > width else { return [[Span(text, theme.label)]] }
    let margin = text.prefix { $0 == " " }.count
    let room = max(1, width - margin)
    return Paragraph.lines(text, width: room, indent: 2).map { line in
      [Span(String(repeating: " ", count: margin) + line, theme.label)]
    }
  }

  private func fieldLines(
    _ label: Span, _ value: String, _ note: String, indent: Int, width: Int, theme: Theme
  ) -> [[Span]] {
    let name = DisplayWidth.clip(label.text, to: max(0, indent - 2))
    let room = max(1, width - indent)
    let texts =
      Paragraph.lines(value, width: room).map { ($0, theme.label) }
      + (note.isEmpty ? [] : Paragraph.lines(note, width: room).map { ($0, theme.muted) })
    // A note that fits beside a value of one line stays there.
    let isShort = !note.isEmpty && DisplayWidth.of(value) + DisplayWidth.of(note) + 2 <= room
    let rows: [[Span]] =
      isShort
      ? [[Span(value, theme.label), Span("  " + note, theme.muted)]]
      : texts.map { [Span($0.0, $0.1)] }
    return rows.enumerated().map { index, spans in
      let head = index == 0 ? name : ""
      let padding = String(repeating: " ", count: indent - DisplayWidth.of(head))
      return [Span(head, label.style), Span(padding)] + spans
    }
  }

  /// The lines of what draws itself on a grid.
  private static func drawn(
    width: Int, height: Int, _ draw: (inout Grid) -> Void
  ) -> [[Span]] {
    var grid = Grid(width: width, height: height)
    draw(&grid)
    return (0..<height).map { grid.spans(ofRow: $0) }
  }

  /// Draws the lines from `top` on.
  ///
  /// - Returns: how many lines there are in all at this width.
  @discardableResult
  public func draw(on grid: inout Grid, in rect: Rect, top: Int, theme: Theme) -> Int {
    let all = lines(width: rect.width, theme: theme)
    for (index, line) in all.dropFirst(max(0, top)).prefix(rect.height).enumerated() {
      grid.write(line, in: rect.line(index))
    }
    return all.count
  }
}
