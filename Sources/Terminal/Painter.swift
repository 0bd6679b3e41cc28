import CNcurses
import Screen

/// Paints grids with curses, writing only the cells that changed since the last one.
@MainActor
struct Painter {
  /// Whether the terminal's character set is UTF-8; if not, only ASCII is sent.
  let drawsUnicode: Bool
  /// Colours the terminal has, 0 for none or none wanted.
  let colorCount: Int
  private var painted: Grid?
  private var pairs: [Style: Int32] = [:]

  init(drawsUnicode: Bool, colorCount: Int) {
    self.drawsUnicode = drawsUnicode
    self.colorCount = colorCount
  }

  /// Forgets what is on the screen, so that the next grid is painted as a whole.
  mutating func forget() {
    painted = nil
  }

  /// Brings the screen to show a grid: one update of the terminal, no clearing.
  ///
  /// - Parameters:
  ///   - cursor: where the cursor stands; it is parked there also when it is hidden, for screen
  ///     readers.
  ///   - showsCursor: whether the cursor can be seen.
  mutating func paint(_ grid: Grid, cursor: Point?, showsCursor: Bool) {
    guard let window = plan_standard_screen() else { return }
    let shown = drawsUnicode ? grid : grid.asciiOnly
    if painted?.size != shown.size {
      painted = nil
      werase(window)
    }
    let rows = min(shown.height, Int(getmaxy(window)))
    let columns = min(shown.width, Int(getmaxx(window)))
    for row in 0..<rows {
      if let painted, painted.hasSameRow(row, as: shown) { continue }
      paintRow(row, of: shown, columns: columns, on: window)
    }
    painted = shown
    curs_set(showsCursor && cursor != nil ? 1 : 0)
    if let cursor, Rect(column: 0, row: 0, width: columns, height: rows).contains(cursor) {
      wmove(window, Int32(cursor.row), Int32(cursor.column))
    }
    wnoutrefresh(window)
    doupdate()
  }

  /// Writes the cells of a row between the first and the last that changed.
  private mutating func paintRow(
    _ row: Int, of grid: Grid, columns: Int, on window: UnsafeMutablePointer<WINDOW>
  ) {
    var first = 0
    var end = columns
    if let painted {
      func isSame(_ column: Int) -> Bool {
        painted[column: column, row: row] == grid[column: column, row: row]
      }
      while first < end, isSame(first) { first += 1 }
      while end > first, isSame(end - 1) { end -= 1 }
      // A wide character is written from its left half.
      if first < end, grid[column: first, row: row].isContinuation { first -= 1 }
    }
    for column in first..<max(first, end) {
      paintCell(grid[column: column, row: row], column: column, row: row, on: window)
    }
  }

  private mutating func paintCell(
    _ cell: Cell, column: Int, row: Int, on window: UnsafeMutablePointer<WINDOW>
  ) {
    guard !cell.isContinuation else { return }
    let attributes = attributes(of: cell.style)
    let pair = pair(for: cell.style)
    for (offset, text) in texts(of: cell).enumerated() {
      var character = cchar_t()
      guard plan_make_cell(&character, text, attributes, pair) == OK else { continue }
      // For the last cell of the screen this returns an error, as the cursor cannot move on, but
      // draws it.
      _ = mvwadd_wch(window, Int32(row), Int32(column + offset), &character)
    }
  }

  /// What to send for a cell: one text, or as many `?` as it has columns when the C library
  /// disagrees with us on its width, because curses would lose count of the columns.
  private func texts(of cell: Cell) -> [[wchar_t]] {
    let value = wchar_t(bitPattern: cell.scalar.value)
    let marks = cell.marks.all.map { wchar_t(bitPattern: $0.value) }
    if marks.isEmpty, cell.scalar.value < 0x7F { return [[value, 0]] }
    let columns: Int32 = cell.isWide ? 2 : 1
    let replacement = wchar_t(bitPattern: DisplayWidth.replacement.value)
    guard plan_column_count(value) == columns else {
      return Array(repeating: [replacement, 0], count: Int(columns))
    }
    return [[value] + marks.filter { plan_column_count($0) == 0 } + [0]]
  }

  private func attributes(of style: Style) -> attr_t {
    var out: attr_t = 0
    if style.attributes.contains(.bold) { out |= plan_bold() }
    if style.attributes.contains(.dim) { out |= plan_dim() }
    if style.attributes.contains(.reverse) { out |= plan_reverse() }
    if style.attributes.contains(.underline) { out |= plan_underline() }
    return out
  }

  /// The colour pair of a style; pairs are made as they are first needed.
  private mutating func pair(for style: Style) -> Int32 {
    let key = Style(style.foreground, on: style.background)
    guard colorCount > 0, key != .plain else { return 0 }
    if let known = pairs[key] { return known }
    let pair = alloc_pair(
      Int32(TerminalColors.nearest(to: style.foreground, among: colorCount)),
      Int32(TerminalColors.nearest(to: style.background, among: colorCount)))
    pairs[key] = max(0, pair)
    return max(0, pair)
  }
}
