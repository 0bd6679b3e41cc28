import Planning

/// The answer's page as the first part of the board's paper.
struct AnswerHTML {
  let page: AnswerPage

  init(_ page: AnswerPage) {
    self.page = page
  }

  /// Verdict, the routes side by side, calendars, ends, first steps.
  var text: String {
    [verdict, trained, routes, turns, calendar, ends, steps].filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  private var verdict: String {
    let lines = page.verdict.map { Markup.text("p", $0) }
    return Markup.element(
      "div", [("class", "answer")],
      ([Markup.text("p", page.headline, class: "headline")] + lines).joined(separator: "\n"))
  }

  private var trained: String {
    guard !page.trained.isEmpty else { return "" }
    return Markup.text("h2", "What is trained") + "\n"
      + page.trained.map { Markup.text("p", $0) }.joined(separator: "\n")
  }

  // MARK: Side by side

  private var routes: String {
    let isSized = page.columns.contains { $0.values[.buys] != nil }
    let bars = isSized ? "compute that the money buys, the answer’s is 100 %" : "cash"
    let cards = page.columns.map(card).joined(separator: "\n")
    return Markup.text("h2", "The routes side by side") + "\n"
      + Markup.element("div", [("class", "routes")], cards) + "\n"
      + Markup.text(
        "p",
        "Bars: \(bars). In brackets: what 8 in 10 outcomes stay within. Rented GPUs are what the "
          + "three routes are measured by.", class: "key")
      + (page.ifGranted.isEmpty ? "" : "\n" + Markup.text("p", page.ifGranted))
  }

  private func card(_ column: AnswerPage.Column) -> String {
    let mark = column.isAnswer ? " ★" : ""
    let width = Int((column.bar * 100).rounded())
    let gauge = Markup.element(
      "div", [("class", "gauge"), ("aria-hidden", "true")],
      Markup.element(
        "div", [("class", "route-\(column.route.letter)"), ("style", "width:\(width)%")], ""))
    let rows = page.rows.filter { $0 != .cost }.compactMap { row -> String? in
      guard let value = column.values[row] else { return nil }
      let label = row == .wins && column.isAnswer ? "holds to" : row.label
      return Markup.element(
        "tr", [],
        Markup.element("th", [("scope", "row"), ("title", row.meaning)], Markup.escaped(label))
          + Markup.text("td", value))
    }
    let facts = Markup.element(
      "table", [("class", "facts")], Markup.element("tbody", [], rows.joined(separator: "\n")))
    return Markup.element(
      "section", [("class", column.isAnswer ? "route best" : "route")],
      Markup.text("h3", column.route.columnTitle + mark)
        + Markup.text("p", column.what, class: "what")
        + (column.terms.isEmpty ? "" : Markup.text("p", column.terms)) + gauge
        + (rows.isEmpty ? "" : facts) + Markup.text("p", "Risk: \(column.risk)", class: "key"))
  }

  private var turns: String {
    guard !page.turns.isEmpty else { return "" }
    return Markup.text("h2", "What it turns on") + "\n"
      + Markup.element("ul", [], page.turns.map { Markup.text("li", $0) }.joined(separator: "\n"))
  }

  // MARK: When

  /// What the calendars show, in a sentence.
  private var finding: String {
    let done = page.columns.compactMap { column in
      column.values[.done].map { "\(column.route.columnTitle) \($0)" }
    }
    return "Done: \(AnswerWords.list(done))."
  }

  private var calendar: String {
    let shown = page.columns.filter { !$0.stretches.isEmpty }
    guard !shown.isEmpty else { return "" }
    let drawing = Plot.both("When each route waits, prepares and trains. \(finding)") { width in
      calendar(shown, width: width)
    }
    let caption =
      "\(finding) Pale: contract and wait; darker: prepare and evaluate; full: train; palest: until 8 "
      + "in 10 outcomes are done."
    return Markup.text("h2", "When") + "\n"
      + Markup.element("figure", [], drawing + Markup.text("figcaption", caption))
  }

  private func calendar(_ columns: [AnswerPage.Column], width: Double) -> Plot {
    let isNarrow = width < 500
    let row = isNarrow ? 44.0 : 30.0
    let top = 24.0
    var plot = Plot(width: width, height: top + row * Double(columns.count) + 4)
    let left = isNarrow ? 4.0 : 150.0
    let room = width - left - 4
    var free = 0.0
    for (date, words) in page.months {
      let x = left + page.share(date) * room
      plot.line(x, top - 6, x, plot.height, "grid")
      // A letter takes about seven units.
      guard x >= free, x + Double(words.count) * 7 <= width else { continue }
      plot.words(x + 2, 13, words, "tick")
      free = x + Double(words.count) * 7 + 10
    }
    for (index, column) in columns.enumerated() {
      let y = top + Double(index) * row
      let barY = isNarrow ? y + 18 : y + 4
      let name = column.route.columnTitle + (column.isAnswer ? " ★" : "")
      if isNarrow {
        plot.words(left, y + 13, name)
      } else {
        plot.words(left - 8, y + 18, name, anchor: "end")
      }
      for stretch in column.stretches {
        let (from, to) = (page.share(stretch.start), page.share(stretch.end))
        plot.bar(
          left + from * room, barY, (to - from) * room, 18,
          "fill route-\(column.route.letter) stage-\(stretch.stage.rawValue)",
          title: "\(name): \(stretch.stage.label), \(AnswerWords.day(stretch.start)) to "
            + AnswerWords.day(stretch.end))
      }
    }
    return plot
  }

  private var ends: String {
    guard !page.ends.isEmpty else { return "" }
    let rows = page.ends.map { end in
      [
        HTMLTable.Cell(AnswerWords.count(end.months, "month")),
        HTMLTable.Cell(end.route?.columnTitle ?? "none can be done"),
        HTMLTable.Cell(end.chance.isEmpty ? "-" : end.chance),
      ]
    }
    return Markup.text("h2", "Best route by end") + "\n"
      + HTMLTable.text(
        ["End within", "Best route", "Best in"], rows, numeric: [false, false, false])
  }

  private var steps: String {
    guard !page.steps.isEmpty else { return "" }
    let rows = page.steps.enumerated().map { index, step in
      [
        HTMLTable.Cell(String(index + 1)), HTMLTable.Cell(step.action, isLong: true),
        HTMLTable.Cell(step.money), HTMLTable.Cell(step.by),
      ]
    }
    let ties =
      page.ties.isEmpty
      ? ""
      : "\n" + Markup.text("p", "Within 10 % of the answer: \(page.ties.joined(separator: "; ")).")
    return Markup.text("h2", "On Monday") + "\n"
      + HTMLTable.text(
        ["", "What to do", "Money", "When"], rows, numeric: [true, false, false, false]) + ties
  }
}
