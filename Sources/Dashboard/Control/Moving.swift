import Screen

// Where the cursor is and what is in view.
extension DashboardState {
  /// The row of the table under the cursor.
  var selectedRow: Int? {
    selectedIndex.map { list.row(ofIndex: $0) }
  }

  /// Whether a key takes the cursor to another option and changes nothing else.
  public func movesCursor(_ key: Key) -> Bool {
    guard prompt == nil, question == nil, mode == .main,
      [.options, .chart, .breakdown].contains(focus)
    else { return false }
    let action = keymap[.main].action(for: key)
    return action.map { Self.cursorActions.contains($0.name) } ?? false
  }

  private static let cursorActions: Set<String> = [
    "row.next", "row.previous", "row.first", "row.last", "page.down", "page.up",
  ]

  /// Moves the cursor, or scrolls where there is none.
  mutating func move(by rows: Int) {
    guard !showsAnswer else { return moveRoute(by: rows) }
    switch focus {
    case .inputs: moveInput(by: rows)
    case .options, .chart, .breakdown: moveOption(by: rows)
    case .tornado, .sources, .warnings, .months, .step, .details: scroll(by: rows)
    }
  }

  private mutating func moveInput(by rows: Int) {
    inputIndex = min(max(0, inputIndex + rows), inputs.count - 1)
    keepInView()
  }

  private mutating func moveOption(by rows: Int) {
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
    guard page != .main || !showsAnswer else {
      let last = answerLines.count - answerRoom.height
      documentTop = max(0, min(documentTop + lines, last))
      return
    }
    let document = page == .main ? self.document(of: focus) : pageDocument
    let count = document.lines(width: room.width, theme: appearance.theme).count
    documentTop = max(0, min(documentTop + lines, count - room.height))
  }

  mutating func moveFocus(by steps: Int) {
    guard !showsAnswer else { return moveRoute(by: steps) }
    let panes = Pane.allCases
    let index = panes.firstIndex(of: focus) ?? 0
    focus(on: panes[(index + steps + panes.count) % panes.count])
  }

  mutating func focus(on pane: Pane) {
    focus = pane
    if focus != .options { slot = focus }
    documentTop = 0
    keepInView()
  }

  /// Rows that a page key moves.
  var pageLength: Int {
    let room: Int
    switch focus {
    case _ where page != .main: room = documentRoom.height
    case _ where showsAnswer: room = answerRoom.height
    case .inputs: room = inputRows
    case .options, .chart, .breakdown: room = optionRows
    case .tornado, .sources, .warnings, .months, .step, .details: room = documentRoom.height
    }
    return max(1, room - 1)
  }

  /// Scrolls the tables no more than it takes to show their cursors.
  mutating func keepInView() {
    inputTop = Scrolling.top(
      from: inputTop, toShow: InputsView.row(ofInput: inputIndex, inputs), height: inputRows,
      count: InputsView.rowCount(inputs))
    guard let row = selectedRow else {
      tableTop = 0
      return
    }
    tableTop = Scrolling.top(
      from: tableTop, toShow: row, height: optionRows, count: list.rows.count)
  }
}
