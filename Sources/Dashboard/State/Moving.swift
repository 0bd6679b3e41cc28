import Screen

// Where the cursor is and what is in view.
extension DashboardState {
  /// Rows of the option table: an index of `selectable`, or nil for the line above what is ruled
  /// out.
  var tableRows: [Int?] {
    let ranked = face.ranked.indices.map { Optional($0) }
    guard showsRuledOut, !face.ruledOut.isEmpty else { return ranked }
    let ruledOut = face.ruledOut.indices.map { Optional(face.ranked.count + $0) }
    return ranked + [nil] + ruledOut
  }

  /// The row of the option table that shows an option.
  func tableRow(of id: String?) -> Int? {
    guard let index = selectable.firstIndex(where: { $0.id == id }) else { return nil }
    return index < face.ranked.count ? index : index + 1
  }

  /// Moves the cursor, or scrolls where there is none.
  mutating func move(by rows: Int) {
    guard focus == .options || focus == .chart || focus == .breakdown else {
      return scroll(by: rows)
    }
    let count = selectable.count
    guard count > 0 else { return }
    let index = min(max(0, (selectedIndex ?? 0) + rows), count - 1)
    if selectable[index].id != selectedID { documentTop = 0 }
    selectedID = selectable[index].id
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
    guard let row = tableRow(of: selectedID) else {
      tableTop = 0
      return
    }
    tableTop = Scrolling.top(
      from: tableTop, toShow: row, height: optionRows, count: tableRows.count)
  }
}
