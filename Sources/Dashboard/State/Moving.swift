import Screen

// Where the cursor is and what is in view.
extension DashboardState {
  /// The row of the table under the cursor.
  var selectedRow: Int? {
    selectedIndex.map { list.row(ofIndex: $0) }
  }

  /// Moves the cursor, or scrolls where there is none.
  mutating func move(by rows: Int) {
    guard focus == .options || focus == .chart || focus == .breakdown else {
      return scroll(by: rows)
    }
    let count = list.options.count
    guard count > 0 else { return }
    let index = min(max(0, (selectedIndex ?? 0) + rows), count - 1)
    if list.options[index].id != selectedID { documentTop = 0 }
    selectedID = list.options[index].id
    keepInView()
  }

  /// Scrolls the page or pane that is read, as far as there is text.
  mutating func scroll(by lines: Int) {
    let room = documentRoom
    let document = page == .main ? detailsDocument : pageDocument
    let count = document.lines(width: room.width, theme: appearance.theme).count
    documentTop = max(0, min(documentTop + lines, count - room.height))
  }

  mutating func moveFocus(by steps: Int) {
    let panes = Pane.allCases
    let index = panes.firstIndex(of: focus) ?? 0
    focus = panes[(index + steps + panes.count) % panes.count]
    if focus != .options { slot = focus }
    documentTop = 0
    keepInView()
  }

  /// Rows that a page key moves.
  var pageLength: Int {
    let room = page == .main && focus != .details ? optionRows : documentRoom.height
    return max(1, room - 1)
  }

  /// Scrolls the table no more than it takes to show the cursor.
  mutating func keepInView() {
    guard let row = selectedRow else {
      tableTop = 0
      return
    }
    tableTop = Scrolling.top(
      from: tableTop, toShow: row, height: optionRows, count: list.rows.count)
  }
}
