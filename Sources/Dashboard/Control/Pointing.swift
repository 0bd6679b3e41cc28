import Screen

// What the mouse does: the wheel moves, a click goes there. Nothing needs it.
extension DashboardState {
  mutating func point(_ event: MouseEvent) -> [Effect] {
    guard prompt == nil, question == nil else { return [] }
    if let picker { return point(event, in: picker) }
    let steps = event.action == .wheelUp ? -1 : 1
    guard page == .main else {
      if event.action != .press { scroll(by: 3 * steps) }
      return []
    }
    guard !showsAnswer else { return pointAtAnswer(event) }
    let layout = Layout(self)
    guard let (pane, rect) = layout.panes.first(where: { $0.value.contains(event.position) })
    else { return [] }
    if focus != pane { focus(on: pane) }
    guard event.action == .press else {
      move(by: pane.isText ? 3 * steps : steps)
      return []
    }
    let inside = rect.inset(columns: 1, rows: 1)
    guard inside.contains(event.position) else { return [] }
    let line = event.position.row - inside.row
    switch pane {
    case .options: return pressOptions(line, column: event.position.column, inside)
    case .inputs:
      if let index = InputsView.input(onRow: inputTop + line, inputs) { inputIndex = index }
    default: break
    }
    return []
  }

  /// A click on a heading orders by it, and by it the other way round the next time; a click on a
  /// row goes there.
  private mutating func pressOptions(_ line: Int, column: Int, _ inside: Rect) -> [Effect] {
    if line == 0 {
      let table = OptionsView.table(self)
      let offset = column - inside.column
      guard let index = table.column(at: offset, width: inside.width),
        let key = OptionsView.fields(self)[index].sort
      else { return [] }
      if view.sort == key { relist { $0.isReversed.toggle() } } else { sort(by: key) }
      return []
    }
    let rows = list.rows
    let row = tableTop + line - 1
    guard rows.indices.contains(row), let index = rows[row] else { return [] }
    selectedID = list.options[index].id
    return []
  }

  /// A click on an item ticks it where several can be, else picks it; beside the list it closes it.
  private mutating func point(_ event: MouseEvent, in picker: Picker) -> [Effect] {
    guard event.action == .press else {
      self.picker?.move(by: event.action == .wheelUp ? -1 : 1)
      return []
    }
    let room = Rect(size).split(top: size.height - 2).top
    guard PickerView.box(picker, in: room).contains(event.position) else {
      self.picker = nil
      return []
    }
    let list = PickerView.list(picker, in: room)
    let index =
      PickerView.top(picker, height: list.height) + event.position.row - list.row
    guard list.contains(event.position), picker.shown.indices.contains(index) else { return [] }
    self.picker?.selection = index
    guard picker.ticked == nil else {
      self.picker?.toggle()
      return []
    }
    return acceptPicked()
  }
}
