import Planning
import Quantities
import Screen

/// What the selected option's cash goes to, and how much more than the baseline's.
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
    var appearance = state.appearance
    appearance.theme = theme
    chart(option, cash.p50, against: state.baseline.flatMap { state.face.option(pinned: $0) }).draw(
      on: &grid, in: inside, style: theme.style(of: option.route), appearance: appearance)
  }

  private static func chart(
    _ option: PlanFace.Option, _ cash: Money, against base: PlanFace.Option?
  ) -> BreakdownChart {
    guard let base, let gaps = CostComparison(base, option) else {
      return BreakdownChart(
        lines: option.breakdown.map {
          .init($0.label, amount: $0.amount.dollars, text: FigureText.exact($0.amount))
        }, total: .init("total", amount: cash.dollars, text: FigureText.exact(cash)))
    }
    let width = (gaps.items + [gaps.cash]).map { gapText($0.gap).count }.max() ?? 0
    func line(_ label: String, _ amount: Money, gap: Int64) -> BreakdownChart.Line {
      let text = gapText(gap)
      let padding = String(repeating: " ", count: width - text.count + 2)
      return .init(label, amount: amount.dollars, text: FigureText.exact(amount) + padding + text)
    }
    return BreakdownChart(
      lines: gaps.items.map {
        line($0.label, Money(dollars: Double($0.second) / 100), gap: $0.gap)
      }, total: line("total", cash, gap: gaps.cash.gap))
  }

  /// How much more than the baseline it is.
  private static func gapText(_ cents: Int64) -> String {
    (cents > 0 ? "+" : "") + Money(dollars: Double(cents) / 100).short
  }
}
