import Planning
import Quantities
import Screen

/// Cost against time: every option a letter, the selected one standing out.
enum ChartView {
  static func draw(_ state: DashboardState, on grid: inout Grid, in rect: Rect) {
    let theme = state.planTheme
    let inside = rect.inset(columns: 1, rows: 0)
    let points = points(state)
    let plot = ScatterPlot(
      points: points, xTitle: "days", yTitle: "",
      xLimit: state.face.scenario.deadline?.days, xLimitTitle: "deadline",
      axisStyle: theme.muted,
      path: state.showsFrontier ? frontier(state) : [], pathStyle: theme.muted)
    let shown = plot.draw(
      on: &grid, in: inside, level: state.appearance.chartLevel,
      xLabel: { Decimals.short($0) }, yLabel: { Money(dollars: $0).short })
    let note: String
    switch (points.isEmpty, shown) {
    case (true, _): note = "no option has both a cost and an end"
    case (false, 0): note = "no room for the chart"
    case (false, points.count): note = ""
    default: note = "\(points.count - shown) hidden under others"
    }
    // The name of the deadline stands on the same line, mostly at the right.
    let hasLimit = state.face.scenario.deadline != nil
    grid.write(note, in: inside.line(0), style: theme.muted, align: hasLimit ? .left : .right)
  }

  /// Of the options that no other one beats, those the chart can show as such: each later one costs
  /// less. What is unbeaten for its risk or loss alone stands off the line.
  private static func frontier(_ state: DashboardState) -> [(x: Double, y: Double)] {
    var least = Double.infinity
    return state.list.options.filter(\.isOnFrontier).compactMap { option in
      guard let days = option.totalDays, let cost = option.cost(state.view) else { return nil }
      return (x: days, y: cost.p50.dollars)
    }.sorted { ($0.x, $0.y) < ($1.x, $1.y) }.filter { point in
      guard point.y < least else { return false }
      least = point.y
      return true
    }
  }

  /// Days from the start to the end of the run, from p10 to p90.
  private static func dayRange(_ option: PlanFace.Option) -> ClosedRange<Double>? {
    guard let run = option.days, let total = option.totalDays, run.p10 <= run.p90 else {
      return nil
    }
    return (total + run.p10 - run.p50)...(total + run.p90 - run.p50)
  }

  /// The selected option first, then by rank: the first of two on one cell is the one seen.
  private static func points(_ state: DashboardState) -> [ScatterPlot.Point] {
    let ranked = Array(state.list.options.prefix(state.list.rankedCount))
    let order =
      ranked.filter { $0.id == state.selectedID } + ranked.filter { $0.id != state.selectedID }
    // Ranges of all would hide each other.
    let leaders = Route.allCases.compactMap { route in ranked.first { $0.route == route }?.id }
    return order.compactMap { option in
      guard let days = option.totalDays, let cost = option.cost(state.view),
        let mark = String(option.route.letter).unicodeScalars.first
      else { return nil }
      let isSelected = option.id == state.selectedID
      let style = state.planTheme.style(of: option.route)
      let low = min(cost.p10.dollars, cost.p90.dollars)
      let high = max(cost.p10.dollars, cost.p90.dollars)
      return ScatterPlot.Point(
        x: days, y: cost.p50.dollars, xRange: isSelected ? dayRange(option) : nil,
        yRange: isSelected || leaders.contains(option.id) ? low...high : nil, mark: mark,
        style: isSelected ? style.with([.reverse, .bold]) : style, rangeStyle: style)
    }
  }
}
