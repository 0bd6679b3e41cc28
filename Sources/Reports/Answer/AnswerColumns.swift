import Planning

/// The routes side by side, each in a frame.
struct AnswerColumns {
  let page: AnswerPage
  let layout: AnswerLayout
  /// Columns of one frame, and within it.
  private let width: Int
  private let inner: Int

  init(_ page: AnswerPage, _ layout: AnswerLayout) {
    self.page = page
    self.layout = layout
    width = min(44, layout.width / max(1, page.columns.count))
    inner = width - 4
  }

  private typealias Piece = AnswerLine.Piece

  var lines: [AnswerLine] {
    let heads = block { AnswerLine.wrapped($0.what, width: inner, .strong) }
    let terms = block { AnswerLine.wrapped($0.terms, width: inner) }
    let rows = page.rows.filter { $0 != .buys && $0 != .cost }
    let figures = rows.map { row in page.columns.map { figure(row, $0) } }
    let risks = block { AnswerLine.wrapped("risk: \($0.risk)", width: inner) }
    let body = heads + terms + [page.columns.map { bar($0) }] + figures + risks
    return [edge(isTop: true)] + body.map(framed) + [edge(isTop: false)]
      + AnswerLine.wrapped(legend, width: layout.width, .soft)
  }

  private var legend: String {
    let isSized = page.columns.contains { $0.values[.buys] != nil }
    let bars =
      isSized ? "Bars: compute that the money buys, the answer’s is 100 %." : "Bars: cash."
    return "\(bars) In brackets: what 8 in 10 outcomes stay within. * the answer."
  }

  /// Lines of every column, as many in each.
  private func block(_ lines: (AnswerPage.Column) -> [AnswerLine]) -> [[AnswerLine]] {
    let all = page.columns.map { column in
      Array(lines(column).prefix(4))
    }
    return (0..<(all.map(\.count).max() ?? 0)).map { index in
      all.map { index < $0.count ? $0[index] : AnswerLine() }
    }
  }

  private func bar(_ column: AnswerPage.Column) -> AnswerLine {
    let cash = column.values[.cash].map { String($0.prefix { $0 != " " }) }
    let value = column.values[.buys] ?? cash ?? "-"
    let room = inner - 8
    let bar = layout.bar(column.bar, room)
    let gap = String(repeating: " ", count: max(1, inner - bar.count - value.count))
    return AnswerLine([Piece(bar, .route(column.route)), Piece(gap), Piece(value, .strong)])
  }

  private func figure(_ row: AnswerPage.Row, _ column: AnswerPage.Column) -> AnswerLine {
    guard column.id != nil || column.values[row] != nil else { return AnswerLine() }
    let value = column.values[row] ?? "-"
    let own = row == .wins && column.isAnswer ? "holds to" : row.label
    let label = String(own.prefix(max(0, inner - value.count - 1)))
    let gap = String(repeating: " ", count: max(1, inner - label.count - value.count))
    return AnswerLine([Piece(label, .soft), Piece(gap), Piece(value)])
  }

  private func box(_ column: AnswerPage.Column) -> [Character] {
    column.isAnswer ? layout.glyphs.strongBox : layout.glyphs.box
  }

  private func framed(_ cells: [AnswerLine]) -> AnswerLine {
    AnswerLine(
      zip(page.columns, cells).flatMap { column, cell -> [Piece] in
        let side = String(box(column)[1])
        return [Piece(side + " ", .soft)] + cell.padded(to: inner).pieces
          + [Piece(" " + side, .soft)]
      })
  }

  private func edge(isTop: Bool) -> AnswerLine {
    AnswerLine(
      page.columns.flatMap { column -> [Piece] in
        let glyphs = box(column)
        let flat = String(glyphs[0])
        guard isTop else {
          return [
            Piece(
              String(glyphs[4]) + String(repeating: flat, count: width - 2) + String(glyphs[5]),
              .soft)
          ]
        }
        let isSelected = layout.selected == column.route
        let title =
          "\(isSelected ? ">" : "")\(column.route.columnTitle)\(column.isAnswer ? " *" : "")"
        let rest = max(0, width - title.count - 5)
        return [
          Piece("\(glyphs[2])\(flat) ", .soft),
          Piece(title, isSelected ? .selected : .route(column.route)),
          Piece(" " + String(repeating: flat, count: rest) + String(glyphs[3]), .soft),
        ]
      })
  }
}
