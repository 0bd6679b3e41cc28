import Planning
import Quantities
import Throughput

/// The plots of a plan.
struct PlanPlots {
  let plan: Plan
  let digest: PlanDigest

  init(_ plan: Plan) {
    self.plan = plan
    digest = PlanDigest(plan)
  }

  /// One option as a point with its ranges.
  private struct Point {
    var rank: Int
    var assessment: Assessment
    var days: Percentiles
    var cost: Percentiles
    var isFrontier: Bool
    /// Whether its row is shown in the tables.
    var isShown: Bool
  }

  private var points: [Point] {
    let frontier = Set(plan.frontier.map { plan.assessments[$0].id })
    let shown = Set(
      plan.scenario.routes.flatMap { digest.groups(of: $0).prefix(PlanDigest.groupsShown) }
        .compactMap { $0.first?.assessment.id })
    return plan.ranked.enumerated().compactMap { index, assessment in
      assessment.outcome.map { outcome in
        Point(
          rank: index + 1, assessment: assessment, days: outcome.schedule.totalDays,
          cost: outcome.costEconomic, isFrontier: frontier.contains(assessment.id),
          isShown: shown.contains(assessment.id))
      }
    }
  }

  /// Economic cost against days until done: ranges, frontier and deadline.
  var costAgainstTime: String {
    let points = points
    guard !points.isEmpty else { return "" }
    return Plot.both("Economic cost against days until the run is done, each option a point") {
      costAgainstTime(points, width: $0)
    }
  }

  private func costAgainstTime(_ points: [Point], width: Double) -> Plot {
    var plot = Plot(width: width, height: width < 500 ? 360 : 440)
    let deadline = plan.scenario.deadlineDate.map {
      Double($0.daysSinceEpoch - plan.scenario.start.daysSinceEpoch)
    }
    let lastDay = points.map { $0.isShown ? $0.days.p90 : $0.days.p50 }.max() ?? 1
    let x = Scale(
      upTo: max(lastDay, deadline ?? 0), from: plot.left, to: width - plot.right,
      ticks: plot.isNarrow ? 4 : 8)
    let y = Scale(
      upTo: points.map { $0.isShown ? $0.cost.p90 : $0.cost.p50 }.max() ?? 1,
      from: plot.height - plot.bottom, to: plot.top)
    plot.axes(
      x, y, xName: "Days from \(plan.scenario.start.iso) until done",
      yName: "Economic cost, US dollars", xText: { Decimals.grouped($0) },
      yText: { "$" + Decimals.short($0) })
    if let deadline {
      plot.line(x.place(deadline), plot.top, x.place(deadline), y.from, "deadline")
      plot.words(x.place(deadline) - 4, plot.top + 12, "deadline", anchor: "end")
    }
    if !plan.scenario.isSizedFromBudget {
      let frontier = points.filter(\.isFrontier).sorted { $0.days.p50 < $1.days.p50 }
      plot.path(
        frontier.map { (x.place($0.days.p50), y.place($0.cost.p50)) }, "frontier")
    }
    for point in points.reversed() { draw(point, x, y, &plot) }
    return plot
  }

  private func draw(_ point: Point, _ x: Scale, _ y: Scale, _ plot: inout Plot) {
    let letter = point.assessment.route.letter
    let (atX, atY) = (x.place(point.days.p50), y.place(point.cost.p50))
    let title =
      "#\(point.rank) \(point.assessment.label): "
      + "\(Money(dollars: point.cost.p50).short) (\(Money(dollars: point.cost.p10).short) to "
      + "\(Money(dollars: point.cost.p90).short)), \(Decimals.grouped(point.days.p50.rounded(.up))) "
      + "days" + (point.isFrontier ? ", on the frontier" : "")
    guard point.isShown else {
      return plot.dot(atX, atY, 2.5, "few route-\(letter)", title: title)
    }
    plot.line(atX, y.place(point.cost.p10), atX, y.place(point.cost.p90), "bar route-\(letter)")
    plot.line(x.place(point.days.p10), atY, x.place(point.days.p90), atY, "bar route-\(letter)")
    let style = "mark route-\(letter)" + (point.isFrontier ? " best" : "")
    plot.dot(atX, atY, point.isFrontier ? 9 : 7, style, title: title)
    plot.words(atX, atY + 3.5, String(letter), anchor: "middle", "letter route-\(letter)")
  }

  /// The bill of one option as bars.
  static func bill(_ outcome: Outcome, letter: Character) -> String {
    let lines = outcome.breakdown.filter { $0.cents != 0 }
    return Plot.both("Cash of the median run by item") { width in
      let rowHeight = width < 500 ? 40.0 : 26.0
      var plot = Plot(width: width, height: Double(lines.count) * rowHeight + 8)
      let start = width < 500 ? 4.0 : 190.0
      let end = width < 500 ? width - 4 : width - 190
      let greatest = lines.map { abs($0.dollars) }.max() ?? 1
      for (index, line) in lines.enumerated() {
        let y = Double(index) * rowHeight + 4
        let size = (end - start) * abs(line.dollars) / greatest
        let share = Decimals.fixed(line.dollars / outcome.planned.cashDollars * 100, 1)
        let amount = "$\(Decimals.grouped(line.dollars, 2)) · \(share) %"
        let barY = plot.isNarrow ? y + 18 : y + 3
        plot.bar(start, barY, size, 16, "fill route-\(letter)", title: "\(line.label): \(amount)")
        if plot.isNarrow {
          plot.words(start, y + 13, "\(line.label): \(amount)")
        } else {
          plot.words(start - 8, y + 16, line.label, anchor: "end")
          plot.words(start + size + 8, y + 16, amount)
        }
      }
      return plot
    }
  }

  /// Cash by month as bars, and its sum as a line.
  static func months(_ outcome: Outcome, letter: Character) -> String {
    let months = outcome.cashFlow.monthly
    guard !months.isEmpty else { return "" }
    var sums: [Double] = []
    for month in months { sums.append((sums.last ?? 0) + month.dollars) }
    let names = months.map { month in "\(month.year)-\(month.month < 10 ? "0" : "")\(month.month)" }
    return Plot.both("Cash by calendar month, with its running sum") { width in
      var plot = Plot(width: width, height: width < 500 ? 260 : 300)
      let y = Scale(
        upTo: max(sums.max() ?? 1, months.map(\.dollars).max() ?? 1),
        from: plot.height - plot.bottom, to: plot.top)
      for tick in y.ticks() {
        plot.line(plot.left, y.place(tick), width - plot.right, y.place(tick), "grid")
        plot.words(
          plot.left - 6, y.place(tick) + 4, "$" + Decimals.short(tick), anchor: "end", "tick")
      }
      let step = (width - plot.left - plot.right) / Double(months.count)
      let every = max(1, Int((58 / step).rounded(.up)))
      for (index, month) in months.enumerated() {
        let x = plot.left + Double(index) * step
        let title = "\(names[index]): $\(Decimals.grouped(month.dollars, 2))"
        plot.bar(
          x + step * 0.15, y.place(month.dollars), step * 0.7, y.from - y.place(month.dollars),
          "fill route-\(letter)", title: title)
        if index % every == 0 {
          plot.words(
            x + step / 2, plot.height - plot.bottom + 16, names[index], anchor: "middle", "tick")
        }
      }
      plot.path(
        sums.indices.map { (plot.left + (Double($0) + 0.5) * step, y.place(sums[$0])) }, "sum")
      plot.words(4, 13, "US dollars; the line is the sum so far")
      plot.words((plot.left + width) / 2, plot.height - 8, "Month of payment", anchor: "middle")
      return plot
    }
  }

  /// Predicted against measured, both on logarithmic axes, with the 80 % ranges.
  static func validation(_ report: ValidationReport, _ kind: PublishedRun.Kind) -> String {
    let rows = report.scored.filter { $0.run.kind == kind }.compactMap { row in
      row.measured.flatMap { measured in
        row.predicted.map { (row: row, measured: measured, predicted: $0) }
      }
    }
    guard !rows.isEmpty else { return "" }
    let unit = kind == .run ? "chip-hours" : "seconds a step"
    let all = rows.flatMap { [$0.measured, $0.predicted.p10, $0.predicted.p90] }
    return Plot.both("Predicted against measured \(unit), each published run a point") { width in
      var plot = Plot(width: width, height: width < 500 ? 340 : 440)
      let x = Scale(decadesAround: all, from: plot.left, to: width - plot.right)
      let y = Scale(decadesAround: all, from: plot.height - plot.bottom, to: plot.top)
      func text(_ value: Double) -> String {
        value < 1000 ? Decimals.shortest(value) : Decimals.short(value)
      }
      plot.axes(
        x, y, xName: "Measured, \(unit)", yName: "Predicted, \(unit)", xText: text, yText: text)
      plot.line(x.from, y.from, x.to, y.to, "equal")
      for point in rows {
        let at = x.place(point.measured)
        plot.line(at, y.place(point.predicted.p10), at, y.place(point.predicted.p90), "range")
        let title =
          "\(point.row.run.id): measured \(Decimals.significant(point.measured, 4)), predicted "
          + "\(Decimals.significant(point.predicted.p50, 4))"
        plot.dot(at, y.place(point.predicted.p50), 3, "run", title: title)
      }
      return plot
    }
  }
}
