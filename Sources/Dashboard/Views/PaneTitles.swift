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
    func columns(_ spans: [Span]) -> Int { spans.reduce(0) { $0 + DisplayWidth.of($1.text) } }
    // From the fullest to the shortest.
    let owns = notes(of: pane, state).map { name + $0.map { Span("  " + $0, theme.muted) } }
    func fullest(_ rest: [Span]) -> [Span]? { owns.first { columns($0 + rest) <= width } }
    guard isSlot, !hidden.isEmpty else { return fullest([]) ?? owns.first ?? name }
    let others = hidden.flatMap { other in
      [Span("  \(other.digit)", theme.key), Span(" \(other.tab)", theme.muted)]
    }
    // What else can be here is said as far as there is room, in full or by number alone.
    if let own = fullest([Span("  ")] + others) { return own + [Span("  ")] + others }
    if columns(name + [Span("  ")] + others) <= width { return name + [Span("  ")] + others }
    let digits = Span("  [\(hidden.map { String($0.digit) }.joined(separator: " "))]", theme.muted)
    return (fullest([digits]) ?? name) + [digits]
  }

  /// What qualifies the title, from the fullest to the shortest.
  private static func notes(of pane: Pane, _ state: DashboardState) -> [[String]] {
    let rank = state.selected?.rank.map { "#\($0)" } ?? ""
    let name = state.selected.map { rank.isEmpty ? $0.name : "\(rank) \($0.name)" } ?? ""
    switch pane {
    case .options: return [optionNotes(state)]
    case .breakdown:
      let base = state.baseline.flatMap { state.face.option(pinned: $0) }
      let against = base.map { ["against \($0.title)"] } ?? []
      return [[ofSelected(state)] + against, [name] + against]
        + (rank.isEmpty ? [] : [[rank] + against, [rank]])
    case .details, .sources, .step, .tornado, .months:
      return [[ofSelected(state)], [name]] + (rank.isEmpty ? [] : [[rank]])
    case .chart:
      let cost = costName(state)
      return [
        ["\(cost), USD over days to the end, bars p10 to p90"],
        ["\(cost) over days to the end, p10 to p90"], ["\(cost), days to the end"], [cost],
      ]
    case .warnings: return [state.face.warnings.isEmpty ? [] : ["\(state.face.warnings.count)"]]
    case .inputs:
      let changed = state.changed.count
      return [changed == 0 ? [] : ["\(changed) changed *"]]
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
