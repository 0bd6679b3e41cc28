import Screen

extension Frame {
  /// The picture of a state. Works for any size.
  ///
  /// - Parameter resting: the option that the panes beside the list show, while the cursor runs on;
  ///   nil for the one under it.
  public init(of state: DashboardState, resting: String? = nil) {
    guard LayoutStep(state.size) != .tooSmall else {
      self.init(LayoutStep.tooSmallScreen(state.size, theme: state.appearance.theme))
      return
    }
    var grid = Grid(state.size)
    var parked =
      state.page == .main ? grid.drawMainPage(state, resting: resting) : grid.drawReadingPage(state)
    if let picker = state.picker {
      let room = grid.bounds.split(top: grid.height - 2).top
      parked = PickerView.draw(picker, state, on: &grid, in: room)
    }
    let typing = grid.drawFeet(state)
    self.init(grid, cursor: typing ?? parked, showsCursor: typing != nil)
  }
}

extension Grid {
  /// Draws all but the last two rows of the main page.
  ///
  /// - Returns: where the cursor is parked.
  mutating func drawMainPage(_ state: DashboardState, resting: String?) -> Point? {
    var beside = state
    beside.selectedID = resting ?? state.selectedID
    let layout = Layout(state)
    write(HeaderView.spans(state, width: layout.header.width), in: layout.header)
    guard !state.showsAnswer else { return AnswerView.draw(state, on: &self) }
    guard state.hasPlan || state.preset != .answer else {
      HeaderView.drawAnswer(state, on: &self, in: layout.answer)
      return nil
    }
    HeaderView.drawAnswer(state, on: &self, in: layout.answer)
    HeaderView.drawRoutes(state, on: &self, in: layout.routes)
    var parked: Point?
    let hidden = layout.hidden
    for pane in Pane.allCases {
      guard let rect = layout.panes[pane] else { continue }
      let state = pane == .options ? state : beside
      let title = PaneTitles.title(
        of: pane, state, hidden: hidden, isSlot: pane == layout.slotPane, width: rect.width - 6)
      let inside = drawPane(
        rect, title: title,
        glyphs: state.appearance.glyphs, style: border(of: pane, state))
      let place = draw(pane, state, in: inside)
      if pane == state.focus { parked = place }
    }
    return parked
  }

  private func border(of pane: Pane, _ state: DashboardState) -> Style {
    let theme = state.appearance.theme
    return pane == state.focus ? theme.focusedBorder : theme.border
  }

  private mutating func draw(_ pane: Pane, _ state: DashboardState, in inside: Rect) -> Point {
    let theme = state.planTheme
    switch pane {
    case .options:
      drawExtent(
        top: state.tableTop, count: state.list.rows.count, of: inside, height: inside.height - 1)
      return OptionsView.draw(state, on: &self, in: inside)
    case .breakdown:
      BreakdownView.draw(state, on: &self, in: inside)
    case .chart:
      ChartView.draw(state, on: &self, in: inside)
    case .inputs:
      drawExtent(top: state.inputTop, count: InputsView.rowCount(state.inputs), of: inside)
      return InputsView.draw(state, on: &self, in: inside)
    case .tornado, .sources, .warnings, .months, .step, .details:
      let top = state.focus == pane ? state.documentTop : 0
      let room = inside.inset(columns: 1, rows: 0)
      let count = state.document(of: pane).draw(on: &self, in: room, top: top, theme: theme)
      drawExtent(top: top, count: count, of: inside)
    }
    return Point(column: inside.column, row: inside.row)
  }

  /// Draws a page of text over all but the last two rows.
  mutating func drawReadingPage(_ state: DashboardState) -> Point? {
    let theme = state.appearance.theme
    let rect = bounds.split(top: height - 2).top
    let inside = drawPane(
      rect, title: PaneTitles.title(of: state.page, state), glyphs: state.appearance.glyphs,
      style: theme.focusedBorder
    ).inset(columns: 1, rows: 0)
    let pageTheme = state.page == .explain ? state.planTheme : theme
    let count = state.pageDocument.draw(
      on: &self, in: inside, top: state.documentTop, theme: pageTheme)
    highlight(state.search, in: inside, style: theme.warning.with(.reverse))
    drawExtent(top: state.documentTop, count: count, of: inside)
    return Point(column: inside.column, row: inside.row)
  }

  /// Says on the lower edge which lines of a longer text are in view.
  private mutating func drawExtent(top: Int, count: Int, of inside: Rect, height: Int? = nil) {
    let height = height ?? inside.height
    guard count > height, height > 0, inside.width > 20 else { return }
    let last = min(count, top + height)
    let edge = Rect(
      column: inside.column, row: inside.endRow, width: inside.width - 1, height: 1)
    write(" \(top + 1)-\(last) of \(count) ", in: edge, style: .dim, align: .right)
  }

  /// Restyles every place where a text stands.
  private mutating func highlight(_ text: String, in rect: Rect, style: Style) {
    guard !text.isEmpty else { return }
    func lower(_ scalar: Unicode.Scalar) -> Unicode.Scalar {
      ("A"..."Z").contains(scalar) ? Unicode.Scalar(scalar.value + 32) ?? scalar : scalar
    }
    let wanted = text.unicodeScalars.map(lower)
    for line in 0..<rect.height {
      let place = rect.line(line)
      let shown = (place.column..<place.endColumn).map {
        lower(self[column: $0, row: place.row].scalar)
      }
      guard shown.count >= wanted.count else { continue }
      for start in 0...(shown.count - wanted.count)
      where shown[start...].starts(with: wanted) {
        let found = Rect(
          column: place.column + start, row: place.row, width: wanted.count, height: 1)
        restyle(found) { _ in style }
      }
    }
  }

  /// Draws the line that answers the last key, and the line of keys.
  ///
  /// - Returns: where the cursor stands while a value is typed.
  mutating func drawFeet(_ state: DashboardState) -> Point? {
    let theme = state.appearance.theme
    let (_, feet) = bounds.split(top: height - 2)
    let footer = feet.line(1).inset(columns: 1, rows: 0)
    let status = feet.line(0).inset(columns: 1, rows: 0)
    if let prompt = state.prompt {
      return draw(prompt, theme, status: status, footer: footer)
    }
    if let question = state.question {
      write([Span(question.text, theme.warning)], in: status)
      let keys = [
        Span("y", theme.key), Span(" yes  ", theme.muted), Span("any other key", theme.key),
        Span(" no", theme.muted),
      ]
      write(keys, in: footer)
      return nil
    }
    write(StatusLine.spans(state), in: status)
    let registry = state.keymap[state.mode]
    write(registry.footer(state, width: footer.width, theme: theme), in: footer)
    return nil
  }

  /// Draws a line being typed, and its keys.
  ///
  /// - Returns: where the cursor stands.
  private mutating func draw(_ prompt: Prompt, _ theme: Theme, status: Rect, footer: Rect) -> Point
  {
    var keys = [
      Span("Enter", theme.key), Span(" apply  ", theme.muted), Span("Esc", theme.key),
      Span(" cancel  ", theme.muted), Span("Ctrl-U", theme.key), Span(" clear", theme.muted),
    ]
    if !prompt.completions.isEmpty {
      keys += [Span("  Tab", theme.key), Span(" complete", theme.muted)]
    }
    write(keys, in: footer)
    let (label, rest) = status.split(left: min(status.width / 2, DisplayWidth.of(prompt.label) + 2))
    write(prompt.label, in: label, style: theme.heading)
    // The field grows with what is in it, the note gets what is left.
    let wish = max(18, DisplayWidth.of(prompt.field.text) + 2)
    let (input, note) = rest.split(left: min(wish, max(18, rest.width / 2)))
    if let message = prompt.note {
      let style = message.isError ? theme.bad.with(.bold) : theme.label
      // An error that would be cut takes the place of the keys.
      if message.isError, DisplayWidth.of(message.text) + 2 > note.width {
        fill(footer)
        write(message.text, in: footer, style: style)
      } else {
        write("  " + message.text, in: note, style: style)
      }
    } else {
      write("  " + prompt.hint, in: note, style: theme.muted)
    }
    return prompt.field.draw(on: &self, in: input, style: theme.field)
  }
}
