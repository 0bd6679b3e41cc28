import Quantities
import Screen

/// The ranked options and, below them, those ruled out with the reason.
enum OptionsView {
  /// A column and the text of it for one option.
  private struct Field: Sendable {
    let column: TableColumn
    let span: @Sendable (PlanFace.Option, DashboardState) -> Span
  }

  static func table(_ state: DashboardState) -> Table {
    let fields =
      leading(state) + (state.moves.isEmpty ? [] : [movement])
      + (state.face.isSizedFromBudget ? sized : []) + trailing
    let rows = state.list.rows.map { index -> TableRow in
      guard let index else {
        let text = "ruled out: \(state.face.ruledOut.count)"
        return .heading(Span("  " + text, state.planTheme.muted))
      }
      let option = state.list.options[index]
      guard let reason = option.reason else {
        return .cells(fields.map { $0.span(option, state) })
      }
      let cells = leading(state).map { $0.span(option, state) }
      return .spanning(cells, text: Span(reason, state.planTheme.muted))
    }
    return Table(columns: fields.map(\.column), rows: rows)
  }

  /// Rank, letter and name: what every row has. Where there is room, names are not cut to show
  /// one more column.
  private static func leading(_ state: DashboardState) -> [Field] {
    LayoutStep(state.size) == .narrow ? leading(nameWidth: 26) : leading(nameWidth: 40)
  }

  private static func leading(nameWidth: Int) -> [Field] {
    [
      Field(column: TableColumn("#", align: .right, priority: 1)) { option, state in
        let style = state.planTheme.label
        return option.rank.map { Span("\($0)", style) } ?? Span("x", state.planTheme.bad)
      },
      Field(column: TableColumn("", priority: 0)) { option, state in
        Span(String(option.route.letter), state.planTheme.style(of: option.route))
      },
      Field(column: TableColumn("OPTION", priority: 0, flexibleMinimum: nameWidth)) {
        option, state in
        let theme = state.planTheme
        let text =
          option.others == 0 ? option.title : "\(option.name), \(option.others + 1) places"
        return Span(text, option.reason == nil ? theme.label : theme.muted)
      },
    ]
  }

  /// Places moved since the plan before; shown when any option moved.
  private static let movement = Field(column: TableColumn("±", align: .right, priority: 2)) {
    option, state in
    let move = state.moves[option.kin] ?? 0
    guard move != 0 else { return Span("") }
    return Span(move > 0 ? "↑\(move)" : "↓\(-move)", state.planTheme.warning)
  }

  /// What tells options apart when each trains the best model it can for the money.
  private static let sized: [Field] = [
    text("LOSS", priority: 1) { FigureText.loss($0.loss?.p50) },
    text("PARAMS", priority: 4) { FigureText.count($0.parameters) },
    text("TOKENS", priority: 7) { FigureText.count($0.tokens) },
  ]

  private static let trailing: [Field] = [
    text("CHIPS", priority: 6) { FigureText.whole($0.chips) },
    text("DAYS", priority: 2) { FigureText.days($0.days?.p50) },
    text("MFU", priority: 8) { FigureText.percent($0.utilization?.p50) },
    Field(column: TableColumn("COST", align: .right, priority: 1)) { option, state in
      Span(option.cost(state.costKind)?.p50.short ?? "-", state.planTheme.label)
    },
    Field(column: TableColumn("P10 to P90", align: .right, priority: 5)) { option, state in
      Span(range(option.cost(state.costKind)), state.planTheme.label)
    },
    text("FITS", priority: 3) { FigureText.percent($0.chance) },
    text("EV", priority: 4) { $0.evidence },
  ]

  private static func text(
    _ title: String, priority: Int, _ text: @escaping @Sendable (PlanFace.Option) -> String
  ) -> Field {
    Field(column: TableColumn(title, align: .right, priority: priority)) { option, state in
      Span(text(option), state.planTheme.label)
    }
  }

  private static func range(_ cost: PlanFace.Range?) -> String {
    guard let cost else { return "-" }
    return "\(cost.p10.short) - \(cost.p90.short)"
  }
}
