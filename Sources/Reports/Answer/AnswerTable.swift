import Planning

/// The routes as lines of a table, for narrow screens.
struct AnswerTable {
  let page: AnswerPage
  let layout: AnswerLayout

  init(_ page: AnswerPage, _ layout: AnswerLayout) {
    self.page = page
    self.layout = layout
  }

  /// A column of figures.
  private enum Field: Hashable {
    case share, same, cash, cashAlone, done, granted, best
  }

  private static func heading(_ field: Field) -> String {
    switch field {
    case .share: "compute"
    case .same: "same model"
    case .cash: "cash (8 in 10)"
    case .cashAlone: "cash"
    case .done: "done"
    case .granted: "granted"
    case .best: "best in"
    }
  }

  private static func cell(_ field: Field, _ column: AnswerPage.Column) -> String {
    func value(_ row: AnswerPage.Row, upTo mark: Character = "\n") -> String {
      let text = column.values[row] ?? "-"
      let head = text.prefix { $0 != mark }
      return String(head.reversed().drop { $0 == " " }.reversed())
    }
    return switch field {
    case .share: value(.buys)
    case .same: value(.same)
    case .cash: value(.cash)
    case .cashAlone: value(.cash, upTo: "(")
    case .done: value(.done, upTo: "(")
    case .granted: value(.granted, upTo: ",")
    case .best: value(.best)
    }
  }

  /// The columns that fit, the least needed dropped first.
  private var fields: [Field] {
    let isSized = page.columns.contains { $0.values[.buys] != nil }
    var fields: [Field] =
      (isSized ? [.share] : []) + [.same, .cash, .done, .granted, .best]
    for drop in [Field.same, .granted, .cash] where room(fields) < 0 {
      if drop == .cash {
        fields = fields.map { $0 == .cash ? .cashAlone : $0 }
      } else {
        fields.removeAll { $0 == drop }
      }
    }
    return fields
  }

  private func width(_ field: Field) -> Int {
    max(Self.heading(field).count, page.columns.map { Self.cell(field, $0).count }.max() ?? 0)
  }

  private func name(_ column: AnswerPage.Column) -> String {
    let mark = layout.selected == column.route ? ">" : " "
    return "\(mark) \(column.route.columnTitle)\(column.isAnswer ? " *" : "")"
  }

  private var nameWidth: Int { page.columns.map { name($0).count }.max() ?? 0 }

  /// Columns left for bars.
  private func room(_ fields: [Field]) -> Int {
    layout.width - nameWidth - fields.reduce(0) { $0 + width($1) + 2 }
  }

  var lines: [AnswerLine] {
    let fields = fields
    let free = room(fields) - 2
    let bars = free >= 5 ? min(free, 20) : 0
    func cells(_ texts: [String]) -> String {
      zip(fields, texts).map { field, text in
        "  " + String(repeating: " ", count: max(0, width(field) - text.count)) + text
      }.joined()
    }
    let gap = String(repeating: " ", count: nameWidth + (bars > 0 ? bars + 2 : 0))
    let head = AnswerLine(gap + cells(fields.map(Self.heading)), .soft)
    return [head]
      + page.columns.map { column in
        let name = name(column)
        let blanks = String(repeating: " ", count: nameWidth - name.count)
        let bar = layout.bar(column.bar, bars)
        let after = String(repeating: " ", count: max(0, bars - bar.count))
        let isSelected = layout.selected == column.route
        var pieces: [AnswerLine.Piece] = [
          .init(name, isSelected ? .selected : .route(column.route)), .init(blanks),
        ]
        if bars > 0 { pieces += [.init("  "), .init(bar, .route(column.route)), .init(after)] }
        pieces.append(
          .init(cells(fields.map { Self.cell($0, column) }), column.isAnswer ? .strong : .plain))
        return AnswerLine(pieces, route: column.route)
      } + AnswerLine.wrapped(legend(fields), width: layout.width, .soft)
  }

  private func legend(_ fields: [Field]) -> String {
    let bars =
      fields.contains(.share)
      ? "compute: what the money trains, the answer’s is 100 %" : "bars: cash"
    let range = fields.contains(.cash) ? "; to: 8 in 10 outcomes stay within" : ""
    return "* the answer; \(bars)\(range)"
  }
}
