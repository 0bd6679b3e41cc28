import Screen

/// A list that lies over the page.
enum PickerView {
  /// Where the list stands in the room above the last two lines, frame included.
  static func box(_ picker: Picker, in rect: Rect) -> Rect {
    let widest =
      picker.items.map {
        DisplayWidth.of($0.label) + ($0.note.isEmpty ? 0 : DisplayWidth.of($0.note) + 2)
      }.max() ?? 0
    let width = min(rect.width, max(widest + 10, DisplayWidth.of(picker.title) + 24))
    let extra = picker.query == nil ? 2 : 3
    let height = min(rect.height, picker.items.count + extra)
    return Rect(
      column: rect.column + (rect.width - width) / 2, row: rect.row + (rect.height - height) / 2,
      width: width, height: height)
  }

  /// The rows of the items, without frame and what is typed.
  static func list(_ picker: Picker, in rect: Rect) -> Rect {
    let inside = box(picker, in: rect).inset(columns: 1, rows: 1)
    return picker.query == nil ? inside : inside.split(top: 1).rest
  }

  /// The first item in view.
  static func top(_ picker: Picker, height: Int) -> Int {
    let count = picker.shown.count
    return Scrolling.top(
      from: 0, toShow: max(0, min(picker.selection + height / 2, count - 1)), height: height,
      count: count)
  }

  /// Draws it in the middle of a rectangle.
  ///
  /// - Returns: where the cursor is parked.
  static func draw(
    _ picker: Picker, _ state: DashboardState, on grid: inout Grid, in rect: Rect
  ) -> Point {
    let theme = state.appearance.theme
    let box = box(picker, in: rect)
    grid.fill(box)
    let count = picker.ticked.map { "  \($0.count) of \(picker.items.count)" } ?? ""
    let inside = grid.drawPane(
      box, title: [Span(picker.title, theme.heading), Span(count, theme.muted)],
      glyphs: state.appearance.glyphs, style: theme.focusedBorder)
    var parked = Point(column: inside.column, row: inside.row)
    if let query = picker.query {
      let line = inside.line(0).inset(columns: 1, rows: 0)
      grid.write(":", in: line, style: theme.key)
      parked = query.draw(on: &grid, in: line.split(left: 2).rest, style: theme.field)
    }
    let list = list(picker, in: rect)
    let top = top(picker, height: list.height)
    let shown = picker.shown
    for (line, index) in shown.indices.dropFirst(top).prefix(list.height).enumerated() {
      let place = list.line(line)
      draw(shown[index], picker, theme, on: &grid, in: place)
      guard index == picker.selection else { continue }
      grid.write(">", in: place, style: theme.label)
      grid.restyle(place) { Style($0.foreground, on: $0.background, theme.selected.attributes) }
      if picker.query == nil { parked = Point(column: place.column, row: place.row) }
    }
    if shown.isEmpty {
      grid.write(
        "nothing like that", in: list.line(0).inset(columns: 2, rows: 0), style: theme.muted)
    }
    return parked
  }

  private static func draw(
    _ item: Picker.Item, _ picker: Picker, _ theme: Theme, on grid: inout Grid, in place: Rect
  ) {
    let tick = picker.ticked.map { $0.contains(item.name) ? "[x] " : "[ ] " } ?? ""
    let style = item.refusal.isEmpty ? theme.label : theme.muted
    let room = place.split(left: 2).rest.split(left: place.width - 3).left
    let noteWidth = item.note.isEmpty ? 0 : DisplayWidth.of(item.note) + 2
    let text = room.split(left: room.width - noteWidth).left
    grid.write([Span(tick, theme.key), Span(item.label, style)], in: text)
    // Keys stand out, as everywhere; what explains a choice does not.
    let isKey = picker.purpose == .commands
    grid.write(item.note, in: room, style: isKey ? theme.key : theme.muted, align: .right)
  }
}
