import Reports
import Screen

/// The page of the answer on the screen.
enum AnswerView {
  /// Draws what of the page is in view.
  ///
  /// - Returns: where the cursor is parked: on the name of the route.
  static func draw(_ state: DashboardState, on grid: inout Grid) -> Point? {
    let room = state.answerRoom
    let theme = state.planTheme
    let lines = state.answerLines
    var parked: Point?
    for (row, line) in lines.dropFirst(state.documentTop).prefix(room.height).enumerated() {
      let place = room.line(row)
      grid.write(line.pieces.map { Span($0.text, theme.style(of: $0.role)) }, in: place)
      if parked == nil, let index = line.pieces.firstIndex(where: { $0.role == .selected }) {
        let before = line.pieces[..<index].reduce(0) { $0 + DisplayWidth.of($1.text) }
        parked = Point(column: min(before, room.width - 1), row: place.row)
      }
    }
    let below = lines.count - state.documentTop - room.height
    let notes = [
      state.editDifference.map { "after the edit: \($0)" } ?? "",
      state.isDraft ? "ranges to come" : "",
      below > 0 ? "\(below) more \(below == 1 ? "line" : "lines"): PgDn" : "",
    ].filter { !$0.isEmpty }
    if !notes.isEmpty, room.height > 1 {
      grid.write(
        "  \(notes.joined(separator: "; ")) ", in: room.line(room.height - 1), style: theme.muted,
        align: .right)
    }
    return parked ?? Point(column: room.column, row: room.row)
  }
}

extension Theme {
  /// How a piece of the answer's page looks.
  func style(of role: AnswerLine.Role) -> Style {
    switch role {
    case .plain: label
    case .strong: answer
    case .soft: muted
    case .warning: warning
    case .route(let route): style(of: route)
    case .selected: selected
    }
  }
}
