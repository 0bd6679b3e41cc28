import Screen

/// A list that lies over the page.
enum PickerView {
  /// Draws it in the middle of a rectangle.
  ///
  /// - Returns: where the cursor is parked.
  static func draw(
    _ picker: Picker, _ state: DashboardState, on grid: inout Grid, in rect: Rect
  ) -> Point {
    let theme = state.appearance.theme
    let widest = picker.items.map { DisplayWidth.of($0.label) }.max() ?? 0
    let width = min(rect.width, max(widest + 10, DisplayWidth.of(picker.title) + 24))
    let height = min(rect.height, picker.items.count + 2)
    let box = Rect(
      column: rect.column + (rect.width - width) / 2, row: rect.row + (rect.height - height) / 2,
      width: width, height: height)
    grid.fill(box)
    let count = picker.ticked.map { "  \($0.count) of \(picker.items.count)" } ?? ""
    let inside = grid.drawPane(
      box, title: [Span(picker.title, theme.heading), Span(count, theme.muted)],
      glyphs: state.appearance.glyphs, style: theme.focusedBorder)
    let top = Scrolling.top(
      from: 0, toShow: min(picker.selection + inside.height / 2, picker.items.count - 1),
      height: inside.height, count: picker.items.count)
    var parked = Point(column: inside.column, row: inside.row)
    for (line, index) in picker.items.indices.dropFirst(top).prefix(inside.height).enumerated() {
      let item = picker.items[index]
      let place = inside.line(line)
      let tick = picker.ticked.map { $0.contains(item.name) ? "[x] " : "[ ] " } ?? ""
      let text = place.split(left: 2).rest
      grid.write([Span(tick, theme.key), Span(item.label, theme.label)], in: text)
      guard index == picker.selection else { continue }
      grid.write(">", in: place, style: theme.label)
      grid.restyle(place) { Style($0.foreground, on: $0.background, theme.selected.attributes) }
      parked = Point(column: place.column, row: place.row)
    }
    return parked
  }
}
