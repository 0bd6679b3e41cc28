import Screen

/// Every input of the scenario, by group, with a star on those that were changed.
enum InputsView {
  /// What a row of the pane holds: an input by its index, or the title of a group.
  private enum Row {
    case group(String)
    case input(Int)
  }

  private static func rows(_ inputs: [InputField]) -> [Row] {
    var rows: [Row] = []
    for (index, input) in inputs.enumerated() {
      if index == 0 || inputs[index - 1].group != input.group { rows.append(.group(input.group)) }
      rows.append(.input(index))
    }
    return rows
  }

  static func rowCount(_ inputs: [InputField]) -> Int { rows(inputs).count }

  /// The row an input stands on.
  static func row(ofInput index: Int, _ inputs: [InputField]) -> Int {
    rows(inputs).firstIndex { row in
      if case .input(index) = row { return true }
      return false
    } ?? 0
  }

  /// The input on a row; nil for the title of a group.
  static func input(onRow row: Int, _ inputs: [InputField]) -> Int? {
    let rows = rows(inputs)
    guard rows.indices.contains(row), case .input(let index) = rows[row] else { return nil }
    return index
  }

  /// Draws the rows that are in view.
  ///
  /// - Returns: where the cursor is parked.
  static func draw(_ state: DashboardState, on grid: inout Grid, in rect: Rect) -> Point {
    let theme = state.appearance.theme
    let width = state.inputs.map { DisplayWidth.of($0.label) }.max() ?? 0
    var parked = Point(column: rect.column, row: rect.row)
    for (line, row) in rows(state.inputs).dropFirst(state.inputTop).prefix(rect.height).enumerated()
    {
      let place = rect.line(line)
      guard case .input(let index) = row else {
        if case .group(let title) = row {
          grid.write(title, in: place.inset(columns: 1, rows: 0), style: theme.heading)
        }
        continue
      }
      draw(state.inputs[index], state, labelWidth: width, on: &grid, in: place)
      guard index == state.inputIndex, state.focus == .inputs else { continue }
      grid.write(">", in: place, style: theme.label)
      grid.restyle(place) { Style($0.foreground, on: $0.background, theme.selected.attributes) }
      parked = Point(column: place.column, row: place.row)
    }
    return parked
  }

  private static func draw(
    _ field: InputField, _ state: DashboardState, labelWidth: Int, on grid: inout Grid,
    in place: Rect
  ) {
    let theme = state.appearance.theme
    let isChanged = state.isChanged(field)
    let (mark, rest) = place.split(left: 2)
    if isChanged { grid.write("*", in: mark.split(left: 1).rest, style: theme.warning) }
    let (label, afterLabel) = rest.split(left: min(labelWidth, max(8, rest.width / 2)) + 2)
    let name = label.split(left: label.width - 1).left
    grid.write(field.label, in: name, style: theme.muted)
    let unit = field.unit.isEmpty || !hasNumber(field, state) ? "" : " " + field.unit
    grid.write(
      [
        Span(field.shown(state.scenario), isChanged ? theme.title : theme.label),
        Span(unit, theme.muted),
      ], in: afterLabel.split(left: afterLabel.width - 1).left)
  }

  /// Words like “auto” have no unit.
  private static func hasNumber(_ field: InputField, _ state: DashboardState) -> Bool {
    field.shown(state.scenario).contains(where: \.isNumber)
  }
}
