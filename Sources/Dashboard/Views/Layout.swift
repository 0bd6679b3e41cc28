import Screen

/// Where everything stands on the main page, at one size.
struct Layout: Hashable, Sendable {
  let header: Rect
  let answer: Rect
  let routes: Rect
  let panes: [Pane: Rect]
  /// The pane in the place that panes take in turns.
  let slotPane: Pane?
  let status: Rect
  let footer: Rect

  /// The layout for a state: sizes depend on the screen, never on where the cursor is, so that
  /// nothing jumps as it moves.
  init(_ state: DashboardState) {
    let screen = Rect(state.size)
    let (header, belowHeader) = screen.split(top: 1)
    let (answer, belowAnswer) = belowHeader.split(top: Self.answerHeight(state))
    let (routes, belowRoutes) = belowAnswer.split(top: 1)
    let (middle, feet) = belowRoutes.split(top: belowRoutes.height - 2)
    self.header = header
    self.answer = answer
    self.routes = routes
    self.status = feet.line(0)
    self.footer = feet.line(1)
    let arrangement = Self.arrangement(middle, state)
    self.panes = arrangement.places(in: middle, wanted: state.slot)
    let fixed = arrangement.fixedPanes
    let isAlone = panes.count == 1
    self.slotPane = panes.keys.first { isAlone || !fixed.contains($0) }
  }

  /// Rows for the answer: a tall screen has room for the whole sentence.
  private static func answerHeight(_ state: DashboardState) -> Int {
    guard state.size.height >= 20 else { return 1 }
    guard state.size.height >= 30 else { return 2 }
    let mark = HeaderView.answerMark(state)
    let lines = Paragraph.lines(state.face.answer, width: state.size.width - 4 - mark.count)
    return min(max(2, lines.count), 4)
  }

  /// How the panes are arranged in so much room.
  private static func arrangement(_ middle: Rect, _ state: DashboardState) -> Arrangement<Pane> {
    // Too low for two panes: the one in focus has it all.
    if middle.height < 15 || state.isZoomed { return .pane(state.focus) }
    let breakdown = max(6, state.list.longestBreakdown + 3)
    let room = Size(width: middle.width, height: middle.height)
    return state.shownPreset.arrangement(room, LayoutStep(state.size), breakdown: breakdown)
  }

  /// The panes that have no place now, in their order.
  var hidden: [Pane] {
    Pane.allCases.filter { panes[$0] == nil }
  }
}

extension DashboardState {
  /// Rows of options in view.
  var optionRows: Int {
    // Frame and heading take three.
    max(0, (Layout(self).panes[.options]?.height ?? 0) - 3)
  }

  /// Rows of inputs in view.
  var inputRows: Int {
    max(0, (Layout(self).panes[.inputs]?.height ?? 0) - 2)
  }

  /// Room for text on the page, or in the pane that is read.
  var documentRoom: Size {
    let page = Rect(size).split(top: max(0, size.height - 2)).top
    let rect = self.page == .main ? Layout(self).panes[focus] ?? page : page
    let inside = rect.inset(columns: 2, rows: 1)
    return Size(width: inside.width, height: inside.height)
  }
}
