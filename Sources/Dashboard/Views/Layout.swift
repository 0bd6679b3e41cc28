import Screen

/// Where everything stands on the main page, at one size.
struct Layout: Hashable, Sendable {
  let header: Rect
  let answer: Rect
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
    let (middle, feet) = belowAnswer.split(top: belowAnswer.height - 2)
    self.header = header
    self.answer = answer
    self.status = feet.line(0)
    self.footer = feet.line(1)
    self.panes =
      LayoutStep(state.size) == .wide
      ? Self.wide(middle, state) : Self.stacked(middle, state)
  }

  /// Rows the largest breakdown needs, with its total and its frame.
  private static func breakdownHeight(_ state: DashboardState) -> Int {
    (state.face.ranked.map(\.breakdown.count).max() ?? 0) + 3
  }

  /// Panes one under the other; where there is no room for all, they take turns.
  private static func stacked(_ middle: Rect, _ state: DashboardState) -> [Pane: Rect] {
    let height = middle.height
    if height < 15 { return [state.focus: middle] }
    let breakdown = max(5, breakdownHeight(state))
    if height < 31 {
      let lower = min(breakdown, height * 2 / 5)
      let (options, slot) = middle.split(top: height - lower)
      return [.options: options, state.slot ?? .breakdown: slot]
    }
    let (rest, slot) = middle.split(top: height - height / 3)
    let (options, middlePane) = rest.split(top: rest.height - min(breakdown, height / 3))
    let third = state.slot.flatMap { $0 == .breakdown ? nil : $0 } ?? .chart
    return [.options: options, .breakdown: middlePane, third: slot]
  }

  /// The table at the left, what belongs to its selected row at the right.
  private static func wide(_ middle: Rect, _ state: DashboardState) -> [Pane: Rect] {
    let (left, right) = middle.split(left: max(84, middle.width * 3 / 5))
    let height = middle.height
    let breakdown = max(5, breakdownHeight(state))
    if height < 31 {
      let (upper, lower) = right.split(top: min(breakdown, height * 3 / 5))
      let slot = state.slot.flatMap { $0 == .breakdown ? nil : $0 } ?? .details
      return [.options: left, .breakdown: upper, slot: lower]
    }
    let (options, chart) = left.split(top: height - max(10, height * 2 / 5))
    let (upper, lower) = right.split(top: min(breakdown, height / 2))
    return [.options: options, .breakdown: upper, .chart: chart, .details: lower]
  }
}

extension DashboardState {
  /// Rows of options in view.
  var optionRows: Int {
    let pane = Layout(self).panes[.options] ?? Rect(column: 0, row: 0, width: 0, height: 0)
    // Frame and heading take three.
    return max(0, pane.height - 3)
  }

  /// Room for text on the page, or in the pane that is read.
  var documentRoom: Size {
    let page = Rect(size).split(top: max(0, size.height - 2)).top
    let rect = self.page == .main ? Layout(self).panes[.details] ?? page : page
    let inside = rect.inset(columns: 2, rows: 1)
    return Size(width: inside.width, height: inside.height)
  }
}
