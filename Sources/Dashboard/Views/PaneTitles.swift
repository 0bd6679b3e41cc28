import Screen

/// What stands on the upper edge of panes and pages.
enum PaneTitles {
  /// The title of a pane.
  ///
  /// - Parameters:
  ///   - hidden: panes without a place; the one that shares its place with them lists them all.
  ///   - width: columns there are.
  static func title(
    of pane: Pane, _ state: DashboardState, hidden: [Pane], isSlot: Bool, width: Int
  ) -> [Span] {
    let theme = state.appearance.theme
    let style = state.focus == pane ? state.planTheme.heading : state.planTheme.label
    let name = [Span("\(pane.digit) ", theme.key), Span(pane.title, style)]
    let own = name + note(of: pane, state).map { Span("  " + $0, theme.muted) }
    guard isSlot, !hidden.isEmpty else { return own }
    func columns(_ spans: [Span]) -> Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }
    let others = hidden.flatMap { other in
      [Span("  \(other.digit)", theme.key), Span(" \(other.tab)", theme.muted)]
    }
    // What else can be here is said as far as there is room, in full or by number alone.
    for shown in [own + [Span("  ")], name + [Span("  ")]] {
      if columns(shown + others) <= width { return shown + others }
    }
    let digits = Span("  [\(hidden.map { String($0.digit) }.joined(separator: " "))]", theme.muted)
    return columns(own + [digits]) <= width ? own + [digits] : name + [digits]
  }

  /// What qualifies the title.
  private static func note(of pane: Pane, _ state: DashboardState) -> [String] {
    switch pane {
    case .options: return optionNotes(state)
    case .breakdown:
      let base = state.baseline.flatMap { state.face.option(pinned: $0) }
      let against = base.map { "against \($0.title)" }
      return [ofSelected(state)] + [against].compactMap { $0 }
    case .details, .sources, .step, .tornado: return [ofSelected(state)]
    case .months: return [ofSelected(state)]
    case .chart: return ["\(costName(state)), USD over days, bars p10 to p90"]
    case .warnings: return state.face.warnings.isEmpty ? [] : ["\(state.face.warnings.count)"]
    case .inputs:
      let changed = state.changed.count
      return changed == 0 ? [] : ["\(changed) changed *"]
    }
  }

  private static func optionNotes(_ state: DashboardState) -> [String] {
    let view = state.view
    let (fit, out) = (state.face.ranked.count, state.face.ruledOut.count)
    let hidden = view.showsRuledOut || out == 0 ? "" : " (hidden)"
    let merged = view.showsPlaces ? "" : ", places merged"
    var notes = ["\(fit) fit, \(out) out\(hidden)\(merged)"]
    if state.isDraft { notes.append("ranges to come") }
    if !view.filter.isEmpty { notes.insert("/\(view.filter.text)", at: 0) }
    notes.append(costName(state) + (view.percentile == .p50 ? "" : ", \(view.percentile.rawValue)"))
    if view.sort != .rank || view.isReversed {
      notes.append("by \(view.sort.rawValue)\(view.isReversed ? ", reversed" : "")")
    }
    return notes
  }

  private static func costName(_ state: DashboardState) -> String {
    let unit = state.view.unit == .total ? "" : " \(state.view.unit.title)"
    return "\(state.costKind.rawValue) cost\(unit)"
  }

  static func title(of page: Page, _ state: DashboardState) -> [Span] {
    let theme = state.appearance.theme
    let own = Span("  " + ofSelected(state), theme.muted)
    switch page {
    case .main: return []
    case .help: return [Span("Help", theme.heading)]
    case .warnings: return [Span("What to know", theme.heading)]
    case .history: return [Span("Changes", theme.heading)]
    case .compare: return [Span("Compared", theme.heading)]
    case .explain: return [Span("Explained", theme.heading), own]
    case .sources: return [Span("Sources", theme.heading), own]
    case .sentence: return [Span("In words", theme.heading)]
    case .difference: return [Span("This plan and another", theme.heading)]
    }
  }

  private static func ofSelected(_ state: DashboardState) -> String {
    guard let option = state.selected else { return "" }
    return "\(option.rank.map { "#\($0) " } ?? "")\(option.title)"
  }
}
