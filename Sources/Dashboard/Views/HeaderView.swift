import Planning
import Screen

/// The first lines: what was asked, and the answer.
enum HeaderView {
  /// Budget, job, date of the prices and evidence; the job gives way where room is short.
  static func spans(_ state: DashboardState, width: Int) -> [Span] {
    let theme = state.appearance.theme
    let face = state.face
    let head = [
      Span(" plan  ", theme.title), Span("budget ", theme.muted),
      Span("USD " + state.budget.short.filter { $0 != "$" }, theme.title),
    ]
    let tail = [
      Span("   prices ", theme.muted), Span(face.catalogDate, state.planTheme.label),
      Span("   evidence ", theme.muted), Span(face.evidence, state.planTheme.label),
      Span(" "),
    ]
    let taken = (head + tail).map { DisplayWidth.of($0.text) }.reduce(0, +)
    let job = DisplayWidth.clip(face.job, to: max(0, width - taken - 3))
    return head + (job.isEmpty ? [] : [Span("   "), Span(job, state.planTheme.label)]) + tail
  }

  /// The recommendation, with the letter of its route.
  static func drawAnswer(_ state: DashboardState, on grid: inout Grid, in rect: Rect) {
    let theme = state.planTheme
    let letter = state.face.answerRoute.map { String($0.letter) }
    let mark = letter.map { "BEST \($0)" } ?? (state.isStale ? "..." : "NONE")
    let (left, right) = rect.inset(columns: 1, rows: 0).split(left: mark.count + 2)
    let style = state.face.answerRoute.map { theme.style(of: $0) } ?? theme.warning
    grid.write(mark, in: left, style: style.with(state.isStale ? [] : .bold))
    grid.writeParagraph(state.face.answer, in: right, style: theme.answer)
  }
}

extension Theme {
  /// The style of a route's letter, mark and bar.
  func style(of route: Route) -> Style {
    switch route {
    case .rentTrainium: return trainium
    case .rentTPU: return googleTPU
    case .buyGPU: return ownServers
    case .rentGPU: return rentedGPU
    }
  }
}

/// The line above the keys.
enum StatusLine {
  /// The answer to the last key; else that a plan is being made; else the warnings.
  static func spans(_ state: DashboardState) -> [Span] {
    let theme = state.appearance.theme
    if let message = state.message {
      return [Span(message.text, message.isError ? theme.bad.with(.bold) : theme.label)]
    }
    if state.isStale {
      return [Span("Working out the plan for \(state.budget.short) …", theme.warning)]
    }
    guard let first = state.face.warnings.first, state.page != .warnings else { return [] }
    let count = state.face.warnings.count
    let noun = count == 1 ? "warning" : "warnings"
    return [Span("! \(count) \(noun): ", theme.warning), Span(first, theme.label)]
  }
}

/// What stands on the upper edge of panes and pages.
enum PaneTitles {
  static func title(of pane: Pane, _ state: DashboardState) -> [Span] {
    let style = state.focus == pane ? state.planTheme.heading : state.planTheme.label
    let muted = state.appearance.theme.muted
    switch pane {
    case .options:
      let (fit, out) = (state.face.ranked.count, state.face.ruledOut.count)
      let hidden = state.showsRuledOut || out == 0 ? "" : " (hidden)"
      return [
        Span("Options", style), Span("  \(fit) fit, \(out) out\(hidden)", muted),
        Span("  \(state.costKind.rawValue) cost", muted),
      ]
    case .breakdown: return [Span("Cash by item", style), Span(ofSelected(state), muted)]
    case .chart:
      return [Span("Cost and time", style), Span("  \(state.costKind.rawValue) cost", muted)]
    case .details: return [Span("Explained", style), Span(ofSelected(state), muted)]
    }
  }

  static func title(of page: Page, _ state: DashboardState) -> [Span] {
    let theme = state.appearance.theme
    switch page {
    case .main: return []
    case .help: return [Span("Help", theme.heading)]
    case .warnings: return [Span("What to know", theme.heading)]
    case .explain: return [Span("Explained", theme.heading), Span(ofSelected(state), theme.muted)]
    }
  }

  private static func ofSelected(_ state: DashboardState) -> String {
    guard let option = state.selected else { return "" }
    return "  \(option.rank.map { "#\($0) " } ?? "")\(option.name)"
  }
}
