import Quantities
import Screen

/// The ranked options and, below them, those ruled out with the reason.
enum OptionsView {
  /// A column and the text of it for one option.
  struct Field: Sendable {
    let title: String
    var alignment: Alignment = .right
    let priority: Int
    var flexibleMinimum: Int?
    /// What a click on its heading orders by.
    var sort: SortKey?
    let span: @Sendable (PlanFace.Option, DashboardState) -> Span
  }

  static func table(_ state: DashboardState) -> Table {
    let fields = fields(state)
    let rows = state.list.rows.map { index -> TableRow in
      guard let index else {
        let count = state.list.options.count - state.list.rankedCount
        return .heading(Span("  ruled out: \(count)", state.planTheme.muted))
      }
      let option = state.list.options[index]
      guard let reason = option.reason else {
        return .cells(fields.map { $0.span(option, state) })
      }
      let cells = fields.prefix(leadingCount).map { $0.span(option, state) }
      return .spanning(cells, text: Span(reason, state.planTheme.muted))
    }
    let columns = fields.map { field in
      let arrow = field.sort == state.view.sort && field.sort != .rank
      return TableColumn(
        field.title + (arrow ? (state.view.isReversed ? "▼" : "▲") : ""), align: field.alignment,
        priority: field.priority, flexibleMinimum: field.flexibleMinimum)
    }
    return Table(columns: columns, rows: rows)
  }

  /// The columns in their order, those that don't fit included.
  static func fields(_ state: DashboardState) -> [Field] {
    leading(state) + (state.moves.isEmpty ? [] : [movement])
      + (state.face.isSizedFromBudget ? sized : []) + trailing(state)
  }

  /// Draws the table.
  ///
  /// - Returns: where the cursor is parked.
  static func draw(_ state: DashboardState, on grid: inout Grid, in inside: Rect) -> Point {
    let row = state.selectedRow
    let theme = state.planTheme
    table(state).draw(
      on: &grid, in: inside, selection: row, top: state.tableTop, theme: theme)
    if state.list.options.isEmpty, !state.view.filter.isEmpty {
      grid.write(
        "Nothing has “\(state.view.filter.text)”; Esc shows all.",
        in: inside.line(1).inset(columns: 2, rows: 0), style: theme.muted)
    }
    return Point(column: inside.column, row: inside.row + 1 + (row ?? 0) - state.tableTop)
  }

  /// Stands beside the letter of an option that is pinned or the baseline.
  private static func mark(of option: PlanFace.Option, _ state: DashboardState) -> Character? {
    func matches(_ pin: Pin) -> Bool {
      pin.kin == option.kin && (pin.place == option.place || option.others > 0)
    }
    if let baseline = state.baseline, matches(baseline) { return "=" }
    return state.pins.contains(where: matches) ? "•" : nil
  }

  private static let leadingCount = 3

  /// Rank, letter and name: what every row has. Where there is room, names are not cut to show
  /// one more column.
  private static func leading(_ state: DashboardState) -> [Field] {
    let nameWidth = LayoutStep(state.size) == .narrow ? 26 : 40
    return [
      Field(title: "#", priority: 1, sort: .rank) { option, state in
        let style = state.planTheme.label
        return option.rank.map { Span("\($0)", style) } ?? Span("x", state.planTheme.bad)
      },
      Field(title: "", alignment: .left, priority: 0) { option, state in
        let mark = mark(of: option, state).map(String.init) ?? ""
        let claimed = option.isClaimed ? "†" : ""
        return Span(
          String(option.route.letter) + claimed + mark, state.planTheme.style(of: option.route))
      },
      Field(
        title: "OPTION", alignment: .left, priority: 0, flexibleMinimum: nameWidth, sort: .name
      ) { option, state in
        let theme = state.planTheme
        let text =
          option.others == 0 ? option.title : "\(option.name), \(option.others + 1) places"
        return Span(text, option.reason == nil ? theme.label : theme.muted)
      },
    ]
  }

  /// Places moved since the plan before; shown when any option moved.
  private static let movement = Field(title: "±", priority: 2) { option, state in
    let move = state.moves[option.kin] ?? 0
    guard move != 0 else { return Span("") }
    return Span(move > 0 ? "↑\(move)" : "↓\(-move)", state.planTheme.warning)
  }

  /// What tells options apart when each trains the best model it can for the money.
  private static let sized: [Field] = [
    text("LOSS", priority: 1, .loss) { FigureText.loss($0.loss?[$1.percentile]) },
    text("PARAMS", priority: 4) { option, _ in FigureText.count(option.parameters) },
    text("TOKENS", priority: 7) { option, _ in FigureText.count(option.tokens) },
  ]

  private static func trailing(_ state: DashboardState) -> [Field] {
    [
      text("CHIPS", priority: 6, .chips) { option, _ in FigureText.whole(option.chips) },
      text("DAYS", priority: 2, .days) { FigureText.days($0.days?[$1.percentile]) },
      text("MFU", priority: 8, .mfu) { FigureText.percent($0.utilization?[$1.percentile]) },
      text(state.view.unit.heading, priority: 1, .cost) {
        FigureText.money($0.cost($1)?[$1.percentile])
      },
      text("P10 to P90", priority: 5) { range($0.cost($1)) },
      text("FITS", priority: 3, .fits) { option, _ in FigureText.percent(option.chance) },
      text("EV", priority: 4, .evidence) { option, _ in option.evidence },
    ]
  }

  private static func text(
    _ title: String, priority: Int, _ sort: SortKey? = nil,
    _ text: @escaping @Sendable (PlanFace.Option, ViewSettings) -> String
  ) -> Field {
    Field(title: title, priority: priority, sort: sort) { option, state in
      Span(text(option, state.view), state.planTheme.label)
    }
  }

  private static func range(_ cost: PlanFace.CostRange?) -> String {
    guard let cost else { return "-" }
    return "\(FigureText.money(cost.p10)) - \(FigureText.money(cost.p90))"
  }
}
