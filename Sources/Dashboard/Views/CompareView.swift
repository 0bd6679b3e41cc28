import Planning
import Quantities
import Screen

extension CostComparison {
  /// The bills of two options on screen; nil when the cost of either is not known.
  init?(_ first: PlanFace.Option, _ second: PlanFace.Option) {
    guard first.cash != nil, second.cash != nil else { return nil }
    func bill(_ option: PlanFace.Option) -> [CostLine] {
      option.breakdown.map { CostLine(term: $0.label, label: $0.label, cents: $0.amount.cents) }
    }
    let (one, other) = (first.economic?.p50.cents, second.economic?.p50.cents)
    self.init(
      bill(first), bill(second),
      economic: one.flatMap { one in other.map { (first: one, second: $0) } })
  }
}

extension DashboardState {
  /// The compare page: figures of both, then where the gap in cost comes from.
  var compareDocument: Document {
    guard let (first, second) = compared else {
      return Document([.paragraph("There are no two options to compare.")])
    }
    let theme = planTheme
    var items: [Document.Item] = [
      .line([
        Span("A  ", theme.heading), Span("\(first.route.letter) ", theme.style(of: first.route)),
        Span(Self.name(first), theme.label),
      ]),
      .line([
        Span("B  ", theme.heading), Span("\(second.route.letter) ", theme.style(of: second.route)),
        Span(Self.name(second), theme.label),
      ]), .blank,
    ]
    if let comparison = CostComparison(first, second) {
      items += [.table(costTable(comparison)), .blank]
    } else {
      items += [.paragraph("The cost of one of them is not known, so there is no gap to show.")]
      items += [first, second].compactMap { option in
        option.reason.map { .field(label: option.title, value: $0) }
      }
      items.append(.blank)
    }
    items.append(.table(figureTable(first, second)))
    return Document(items)
  }

  static func name(_ option: PlanFace.Option) -> String {
    (option.rank.map { "#\($0) " } ?? "ruled out: ") + option.title
  }

  func costTable(_ comparison: CostComparison) -> Table {
    let theme = planTheme
    let widest =
      (comparison.items + [comparison.left].compactMap { $0 })
      .map { abs($0.gap) }.max() ?? 0
    func row(_ line: CostComparison.Line, _ style: Style, bar: Bool) -> TableRow {
      let share = widest > 0 ? Double(abs(line.gap)) / Double(widest) : 0
      var text = Bars.text(share: share, width: 24, level: appearance.chartLevel)
      if line.gap < 0 {
        let hollow = appearance.chartLevel == .ascii ? "-" : "░"
        text = String(repeating: hollow, count: text.count)
      }
      let sign = line.gap > 0 ? "+" : ""
      return .cells([
        Span(line.label, style), Span(Self.dollars(line.first), style),
        Span(Self.dollars(line.second), style), Span(sign + Self.dollars(line.gap), style),
        Span(bar ? text : "", line.gap < 0 ? theme.good : theme.bad),
      ])
    }
    var rows = comparison.items.map { row($0, theme.label, bar: true) }
    rows.append(row(comparison.cash, theme.heading, bar: false))
    if let left = comparison.left, let economic = comparison.economic {
      rows.append(row(left, theme.label, bar: true))
      rows.append(row(economic, theme.heading, bar: false))
    }
    return Table(
      columns: [
        TableColumn("COST, P50", priority: 0), TableColumn("A", align: .right, priority: 2),
        TableColumn("B", align: .right, priority: 1),
        TableColumn("B - A", align: .right, priority: 0), TableColumn("", priority: 3),
      ], rows: rows)
  }

  private static func dollars(_ cents: Int64) -> String {
    FigureText.exact(Money(dollars: Double(cents) / 100))
  }

  func figureTable(_ first: PlanFace.Option, _ second: PlanFace.Option) -> Table {
    let theme = planTheme
    func row(
      _ label: String, _ text: (PlanFace.Option) -> String, _ value: (PlanFace.Option) -> Double?
    ) -> TableRow {
      var ratio = ""
      if let a = value(first), let b = value(second), a != 0, a.isFinite, b.isFinite {
        let change = (b / a - 1) * 100
        let text = Decimals.fixed(abs(change), 1)
        ratio = text == "0.0" ? "same" : (change > 0 ? "+" : "-") + text + "%"
      }
      return .cells([
        Span(label, theme.label), Span(text(first), theme.label), Span(text(second), theme.label),
        Span(ratio, theme.label),
      ])
    }
    func chipDays(_ option: PlanFace.Option) -> Double? {
      guard let chips = option.chips, let days = option.days?.p50 else { return nil }
      return Double(chips) * days
    }
    func rate(_ option: PlanFace.Option) -> Double? {
      guard let cash = option.cash?.p50.dollars, let days = chipDays(option), days > 0 else {
        return nil
      }
      return cash / days
    }
    let rows: [TableRow] = [
      row("chips", { FigureText.whole($0.chips) }, { $0.chips.map(Double.init) }),
      row("days of training", { FigureText.days($0.days?.p50) }, { $0.days?.p50 }),
      row("chip-days", { FigureText.count(chipDays($0)) }, chipDays),
      row(
        "cash a chip-day", { rate($0).map { FigureText.exact(Money(dollars: $0)) } ?? "-" }, rate),
      row("MFU", { FigureText.percent($0.utilization?.p50) }, { $0.utilization?.p50 }),
      row("parameters", { FigureText.count($0.parameters) }, { $0.parameters }),
      row("tokens", { FigureText.count($0.tokens) }, { $0.tokens }),
      row("loss", { FigureText.loss($0.loss?.p50) }, { $0.loss?.p50 }),
      row("chance to fit", { FigureText.percent($0.chance) }, { $0.chance }),
      row("evidence", { $0.evidence.isEmpty ? "-" : $0.evidence }, { _ in nil }),
    ]
    return Table(
      columns: [
        TableColumn("FIGURE, P50", priority: 0), TableColumn("A", align: .right, priority: 0),
        TableColumn("B", align: .right, priority: 0),
        TableColumn("B AGAINST A", align: .right, priority: 1),
      ], rows: rows)
  }
}
