import Planning
import Reports
import Screen

// The page of the answer: which it is, where its cursor is, what is in view.
extension DashboardState {
  /// Whether the page of the answer has the place of the panes.
  var showsAnswer: Bool { preset == .answer && face.page != nil && !isZoomed }

  /// The arrangement that is seen: without an answer to show, the panes.
  var shownPreset: Preset { preset == .answer && !showsAnswer ? .overview : preset }

  /// Room for the page of the answer: all but the heading and the feet.
  var answerRoom: Rect {
    Rect(size).split(top: 1).rest.split(top: max(0, size.height - 3)).top
  }

  /// The route under the cursor.
  var selectedRoute: Route? { selected?.route }

  /// The page as lines at this size.
  var answerLines: [AnswerLine] { answerLines(selected: selectedRoute) }

  func answerLines(selected: Route?) -> [AnswerLine] {
    let room = answerRoom
    let isASCII = appearance.glyphs == .ascii
    return face.page?.lines(
      AnswerLayout(
        width: room.width, isLow: room.height < 18, selected: selected,
        glyphs: isASCII ? .ascii : .unicode)) ?? []
  }

  /// Routes that have an option to go to, as they stand on the page.
  private var routesWithOptions: [AnswerPage.Column] {
    face.page?.columns.filter { $0.id != nil } ?? []
  }

  /// Moves the cursor among the routes.
  mutating func moveRoute(by steps: Int) {
    let columns = routesWithOptions
    guard !columns.isEmpty else { return scroll(by: steps) }
    let now = columns.firstIndex { $0.route == selectedRoute }
    let index = now.map {
      min(max(0, $0 + max(-columns.count, min(steps, columns.count))), columns.count - 1)
    }
    select(columns[index ?? 0])
  }

  /// Puts the cursor on the option of a column.
  private mutating func select(_ column: AnswerPage.Column) {
    guard let option = column.id.flatMap({ face.option($0) }) else { return }
    guard let index = list.index(standingFor: option) else {
      message = Message("\(column.route.columnTitle) is hidden by the filter; Esc shows all.")
      return
    }
    selectedID = list.options[index].id
    documentTop = 0
    keepInView()
  }

  /// Scrolls by pages, where there is no cursor that moves by pages.
  mutating func turn(by pages: Int) {
    let rows = pages * pageLength
    if showsAnswer { scroll(by: rows) } else { move(by: rows) }
  }

  /// Goes to a pane; on the page of the answer the first digits open a route.
  mutating func goTo(_ pane: Pane) -> [Effect] {
    guard showsAnswer else {
      focus(on: pane)
      return []
    }
    if let number = Int(String(pane.digit)), let columns = face.page?.columns,
      columns.indices.contains(number - 1)
    {
      let column = columns[number - 1]
      guard column.id != nil else {
        message = Message("\(column.route.columnTitle): \(column.risk).")
        return []
      }
      select(column)
      return open(.explain)
    }
    arrange(.overview)
    message = nil
    focus(on: pane)
    return []
  }

  /// The wheel scrolls the page, a click on a line of one route goes to the route.
  mutating func pointAtAnswer(_ event: MouseEvent) -> [Effect] {
    guard event.action == .press else {
      scroll(by: event.action == .wheelUp ? -3 : 3)
      return []
    }
    let lines = answerLines
    let index = event.position.row - answerRoom.row + documentTop
    guard lines.indices.contains(index), let route = lines[index].route,
      let column = face.page?.column(route)
    else { return [] }
    select(column)
    return []
  }
}
