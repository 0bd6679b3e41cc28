import Quantities
import Screen

/// What the selected option's cash goes to.
enum BreakdownView {
  static func draw(_ state: DashboardState, on grid: inout Grid, in rect: Rect) {
    let theme = state.planTheme
    let inside = rect.inset(columns: 1, rows: 0)
    guard let option = state.selected else {
      grid.write("No option is selected.", in: inside, style: theme.muted)
      return
    }
    guard let cash = option.cash, !option.breakdown.isEmpty else {
      let text = option.reason.map { "Ruled out: \($0)" } ?? "No cost is known."
      grid.writeParagraph(text, in: inside, style: theme.muted)
      return
    }
    let lines = option.breakdown.map {
      BreakdownChart.Line($0.label, amount: $0.amount.dollars, text: FigureText.exact($0.amount))
    }
    let total = BreakdownChart.Line(
      "total", amount: cash.p50.dollars, text: FigureText.exact(cash.p50))
    var appearance = state.appearance
    appearance.theme = theme
    BreakdownChart(lines: lines, total: total).draw(
      on: &grid, in: inside, style: theme.style(of: option.route), appearance: appearance)
  }
}
