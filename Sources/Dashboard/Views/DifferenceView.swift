import Planning
import Quantities
import Screen

// The plan on the screen against that of another file: what was asked otherwise, what came of it.
extension DashboardState {
  var differenceDocument: Document {
    guard let other else { return Document([.paragraph("There is no other plan.")]) }
    let theme = planTheme
    let own = file?.path ?? "this plan"
    func head(_ letter: String, _ name: String, _ face: PlanFace) -> [Document.Item] {
      [
        .line([Span("\(letter)  ", theme.heading), Span(name, theme.label)]),
        .field(label: "", value: face.answer),
      ]
    }
    var items = head("A", other.path, other.face) + head("B", own, face) + [.blank]
    items += inputDifferences(other.face.scenario)
    items += [.heading("The best of each route"), .table(routeTable(other.face)), .blank]
    if let first = other.face.ranked.first, let second = face.ranked.first {
      items.append(.heading("The two answers: \(first.title); \(second.title)"))
      if let comparison = CostComparison(first, second) {
        items += [.table(costTable(comparison)), .blank]
      }
      items.append(.table(figureTable(first, second)))
    }
    return Document(items)
  }

  private func inputDifferences(_ before: Scenario) -> [Document.Item] {
    let theme = planTheme
    let changed = inputs.filter { $0.text(before) != $0.text(scenario) }
    guard !changed.isEmpty else { return [.paragraph("The inputs are the same."), .blank] }
    let rows = changed.map { field in
      TableRow.cells([
        Span(field.label, theme.label), Span(field.shown(before), theme.label),
        Span(field.shown(scenario), theme.label), Span(field.unit, theme.muted),
      ])
    }
    let table = Table(
      columns: [
        TableColumn("INPUT", priority: 0, flexibleMinimum: 12),
        TableColumn("A", priority: 0, flexibleMinimum: 12),
        TableColumn("B", priority: 0, flexibleMinimum: 12), TableColumn("", priority: 1),
      ], rows: rows)
    return [.table(table), .blank]
  }

  private func routeTable(_ before: PlanFace) -> Table {
    let theme = planTheme
    let rows = Route.allCases.compactMap { route -> [TableRow]? in
      let both = [before, face].map { face in face.ranked.first { $0.route == route } }
      guard both.contains(where: { $0 != nil }) else { return nil }
      return zip(["A", "B"], both).map { letter, option in
        .cells([
          Span(String(route.letter), theme.style(of: route)), Span(letter, theme.label),
          Span(option.map(Self.name) ?? "nothing fits", theme.label),
          Span(FigureText.money(option?.cost(view)?[view.percentile]), theme.label),
          Span(FigureText.days(option?.days?[view.percentile]), theme.label),
          Span(FigureText.loss(option?.loss?[view.percentile]), theme.label),
        ])
      }
    }
    return Table(
      columns: [
        TableColumn("", priority: 0), TableColumn("", priority: 0),
        TableColumn("OPTION", priority: 0, flexibleMinimum: 20),
        TableColumn("COST", align: .right, priority: 1),
        TableColumn("DAYS", align: .right, priority: 2),
        TableColumn("LOSS", align: .right, priority: 2),
      ], rows: rows.flatMap { $0 })
  }
}
