import Screen

/// Where everything stands on the main page, at one size.
struct Layout: Hashable, Sendable {
  let header: Rect
  let answer: Rect
  let routes: Rect
  let panes: [Pane: Rect]
  let status: Rect
  let footer: Rect

  /// The layout for a state: sizes depend on the screen, never on where the cursor is, so that
  /// nothing jumps as it moves.
  init(_ state: DashboardState) {
    let screen = Rect(state.size)
    let (header, belowHeader) = screen.split(top: 1)
    // A tall screen has room for the whole sentence.
    let (answer, belowAnswer) = belowHeader.split(top: state.size.height < 20 ? 1 : 2)
    let (routes, belowRoutes) = belowAnswer.split(top: 1)
    let (middle, feet) = belowRoutes.split(top: belowRoutes.height - 2)
    self.header = header
    self.answer = answer
    self.routes = routes
    self.status = feet.line(0)
    self.footer = feet.line(1)
    let arrangement = Self.arrangement(middle, state)
    self.panes = arrangement.places(in: middle, wanted: state.slot)
  }

  /// How the panes are arranged in so much room.
  private static func arrangement(_ middle: Rect, _ state: DashboardState) -> Arrangement<Pane> {
    // Too low for two panes: the one in focus has it all.
    if middle.height < 15 { return .pane(state.focus) }
    let breakdown = max(5, state.list.longestBreakdown + 3)
    switch LayoutStep(state.size) {
    case .tooSmall, .narrow, .medium: return stacked(middle, breakdown)
    case .wide: return wide(middle, breakdown)
    }
  }

  /// Panes one under the other.
  private static func stacked(_ middle: Rect, _ breakdown: Int) -> Arrangement<Pane> {
    let height = middle.height
    if height < 31 {
      let lower = min(breakdown, height * 2 / 5)
      return .rows([.init(.share(1), .pane(.options)), .init(.fixed(lower), .slot(.breakdown))])
    }
    let rest = height - height / 3
    return .rows([
      .init(.share(1), .pane(.options)),
      .init(.fixed(min(breakdown, height / 3)), .pane(.breakdown)),
      .init(.fixed(height - rest), .slot(.chart)),
    ])
  }

  /// Panes side by side.
  private static func wide(_ middle: Rect, _ breakdown: Int) -> Arrangement<Pane> {
    let height = middle.height
    if height < 31 {
      return .columns([
        .init(.fixed(max(84, middle.width * 3 / 5)), .pane(.options)),
        .init(
          .share(1),
          .rows([
            .init(.fixed(min(breakdown, height * 3 / 5)), .pane(.breakdown)),
            .init(.share(1), .slot(.inputs)),
          ])),
      ])
    }
    return .rows([
      .init(
        .share(1),
        .columns([
          .init(.fixed(44), .pane(.inputs)),
          .init(
            .share(1),
            .rows([.init(.share(3), .pane(.options)), .init(.share(2), .pane(.chart))])),
        ])),
      .init(
        .fixed(max(10, min(breakdown, height / 3))),
        .columns([.init(.share(1), .pane(.breakdown)), .init(.share(1), .slot(.details))])),
    ])
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
    let rect = self.page == .main ? Layout(self).panes[.details] ?? page : page
    let inside = rect.inset(columns: 2, rows: 1)
    return Size(width: inside.width, height: inside.height)
  }
}
