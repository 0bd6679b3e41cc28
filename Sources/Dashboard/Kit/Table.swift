import Screen

/// A column of a table.
public struct TableColumn: Hashable, Sendable {
  public let title: String
  public let alignment: Alignment
  /// Columns of low priority go first when room runs out; 0 is kept longest.
  public let priority: Int
  /// Whether it takes what room is left, and gives up room first; at least this many columns.
  public let flexibleMinimum: Int?

  public init(
    _ title: String, align alignment: Alignment = .left, priority: Int,
    flexibleMinimum: Int? = nil
  ) {
    self.title = title
    self.alignment = alignment
    self.priority = priority
    self.flexibleMinimum = flexibleMinimum
  }
}

/// A row of a table.
public enum TableRow: Hashable, Sendable {
  /// One text for each column.
  case cells([Span])
  /// Texts for the first columns; then one text across all the others.
  case spanning([Span], text: Span)
  /// A line that divides the table and can't be selected.
  case heading(Span)

  public var isSelectable: Bool {
    if case .heading = self { return false }
    return true
  }

  fileprivate var cells: [Span] {
    switch self {
    case .cells(let cells), .spanning(let cells, text: _): return cells
    case .heading: return []
    }
  }
}

/// A table that fits itself to any width: columns are as wide as what is in them, the least
/// important are left out where they don't fit, and the header stays on top.
public struct Table: Hashable, Sendable {
  public let columns: [TableColumn]
  public let rows: [TableRow]

  public init(columns: [TableColumn], rows: [TableRow]) {
    self.columns = columns
    self.rows = rows
  }

  /// Blank columns between two columns.
  static let gap = 2
  /// Columns for the mark of the selected row.
  static let markWidth = 2

  /// The columns shown in so much room, and how wide each of them is.
  public func fit(width: Int) -> [(index: Int, width: Int)] {
    let natural = naturalWidths()
    func smallest(_ index: Int) -> Int {
      min(natural[index], columns[index].flexibleMinimum ?? natural[index])
    }
    var shown = Array(columns.indices)
    func needed(_ indices: [Int]) -> Int {
      indices.map(smallest).reduce(0, +) + Self.gap * max(0, indices.count - 1)
    }
    while shown.count > 1, needed(shown) > width,
      let worst = shown.max(by: { columns[$0].priority < columns[$1].priority })
    {
      shown.removeAll { $0 == worst }
    }
    // What is left goes to the columns that are short of room, the least short first, so that no
    // column is cut by much as long as another has more than it needs.
    var spare = max(0, width - needed(shown))
    var given: [Int: Int] = [:]
    let short = shown.map { (index: $0, wish: natural[$0] - smallest($0)) }.filter { $0.wish > 0 }
    for (place, column) in short.sorted(by: { ($0.wish, $0.index) < ($1.wish, $1.index) })
      .enumerated()
    {
      let share = min(column.wish, spare / (short.count - place))
      given[column.index] = share
      spare -= share
    }
    return shown.map { ($0, smallest($0) + (given[$0] ?? 0)) }
  }

  /// The column at so many cells from the left edge; nil between columns.
  public func column(at offset: Int, width: Int) -> Int? {
    var start = Self.markWidth
    for (index, columnWidth) in fit(width: width - Self.markWidth) {
      if offset >= start, offset < start + columnWidth { return index }
      start += columnWidth + Self.gap
    }
    return nil
  }

  /// Draws header and rows in a rectangle.
  ///
  /// - Parameters:
  ///   - selection: index of the selected row, if any.
  ///   - top: index of the first row shown.
  public func draw(
    on grid: inout Grid, in rect: Rect, selection: Int?, top: Int, theme: Theme
  ) {
    let fitted = fit(width: rect.width - Self.markWidth)
    let header = columns.map { Span($0.title, theme.heading) }
    drawCells(header, fitted, text: nil, on: &grid, in: rect.line(0))
    let spanning = spanningFit(fitted)
    for line in 0..<max(0, rect.height - 1) {
      let index = top + line
      guard rows.indices.contains(index) else { break }
      let place = rect.line(line + 1)
      switch rows[index] {
      case .heading(let title): grid.write([title], in: place)
      case .cells(let cells): drawCells(cells, fitted, text: nil, on: &grid, in: place)
      case .spanning(let cells, let text):
        drawCells(cells, spanning, text: text, on: &grid, in: place)
      }
      guard index == selection else { continue }
      // The mark tells the row where reverse video can't be seen.
      grid.write(">", in: place, style: theme.label)
      grid.restyle(place) { Style($0.foreground, on: $0.background, theme.selected.attributes) }
    }
  }

  private func naturalWidths() -> [Int] {
    columns.indices.map { index in
      let cells = rows.map { index < $0.cells.count ? DisplayWidth.of($0.cells[index].text) : 0 }
      return max(DisplayWidth.of(columns[index].title), cells.max() ?? 0)
    }
  }

  /// The columns of rows whose text runs across the others: it begins where the longest of their
  /// own names ends, not where that of all rows does.
  private func spanningFit(_ fitted: [(index: Int, width: Int)]) -> [(index: Int, width: Int)] {
    let leading = rows.compactMap { row -> [Span]? in
      guard case .spanning(let cells, text: _) = row else { return nil }
      return cells
    }
    guard let last = leading.map(\.count).max().map({ $0 - 1 }) else { return fitted }
    let widest = leading.map { last < $0.count ? DisplayWidth.of($0[last].text) : 0 }.max() ?? 0
    return fitted.map { $0.index == last ? (last, min($0.width, widest)) : $0 }
  }

  private func drawCells(
    _ cells: [Span], _ fitted: [(index: Int, width: Int)], text: Span?, on grid: inout Grid,
    in place: Rect
  ) {
    var column = place.column + Self.markWidth
    for (index, width) in fitted {
      guard index < cells.count else { break }
      let room = Rect(column: column, row: place.row, width: width, height: place.height)
      grid.write(
        cells[index].text, in: room.intersection(place), style: cells[index].style,
        align: columns[index].alignment)
      column += width + Self.gap
    }
    if let text {
      let rest = Rect(
        column: column, row: place.row, width: place.endColumn - column, height: place.height)
      grid.write(text.text, in: rest, style: text.style)
    }
  }
}

/// Which rows of a longer list are in view.
public enum Scrolling {
  /// The first row to show so that the selected one is in view, moving as little as possible.
  ///
  /// - Parameters:
  ///   - top: the first row shown so far.
  ///   - height: rows there is room for.
  ///   - count: rows there are.
  public static func top(from top: Int, toShow selection: Int, height: Int, count: Int) -> Int {
    guard height > 0 else { return max(0, selection) }
    var new = top
    if selection < new { new = selection }
    if selection >= new + height { new = selection - height + 1 }
    return max(0, min(new, count - height))
  }
}
