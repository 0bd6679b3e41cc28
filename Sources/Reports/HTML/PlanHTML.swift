import Planning
import Quantities
import Throughput

/// A plan as one HTML file with plots, for the board: nothing is loaded from anywhere, light and
/// dark, legible on a telephone and on paper, every figure with its source in a footnote.
public struct PlanHTML {
  let plan: Plan
  /// Predicted against measured, to be drawn; nil leaves the plot out.
  let validation: ValidationReport?
  /// What moves the answer, to be drawn; nil leaves the plot out.
  let sensitivity: SensitivityBars?

  public init(
    _ plan: Plan, validation: ValidationReport? = nil, sensitivity: SensitivityBars? = nil
  ) {
    self.plan = plan
    self.validation = validation
    self.sensitivity = sensitivity
  }

  /// The file.
  public var text: String {
    var footnotes = Footnotes()
    let sections = [
      answer, bill(&footnotes), costAgainstTime(&footnotes), moves, options(&footnotes), ruledOut,
      notes, measured(&footnotes), Self.list(footnotes),
    ]
    return """
      <!DOCTYPE html>
      <html lang="en">
      <head>
      <meta charset="utf-8">
      <meta name="viewport" content="width=device-width, initial-scale=1">
      <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'">
      <meta name="generator" content="plan">
      <title>Training plan</title>
      <style>
      \(Stylesheet.text)</style>
      </head>
      <body>
      <main>
      \(sections.filter { !$0.isEmpty }.joined(separator: "\n"))
      </main>
      </body>
      </html>

      """
  }

  // MARK: The answer

  private var answer: String {
    let sentence =
      plan.recommendation?.sentence ?? "No option fits; what stands against each is below."
    return Markup.text("h1", "Training plan") + "\n" + Markup.text("p", sentence, class: "answer")
      + "\n"
      + Markup.text("p", PlanTable.questionParts(plan).joined(separator: " · "), class: "asked")
  }

  /// The recommended option's bill: bars, amounts with their sources, and when it is paid.
  private func bill(_ footnotes: inout Footnotes) -> String {
    guard let best = plan.ranked.first, let outcome = best.outcome else { return "" }
    let letter = best.route.letter
    var rows: [[Cell]] = outcome.breakdown.map { line in
      let numbers = BillSources.numbers(of: line, outcome, &footnotes)
      return [Cell(line.label, notes: numbers), Cell(Decimals.grouped(line.dollars, 2))]
    }
    let loss = footnotes.number("Scaling law of the predicted loss", Footnotes.lossLaw)
    let speed = footnotes.number("Speed of every option", Footnotes.ownModel)
    func range(_ value: Percentiles) -> String {
      "\(Decimals.grouped(value.p50, 2)) (\(Money(dollars: value.p10).short) to "
        + "\(Money(dollars: value.p90).short))"
    }
    rows.append([Cell("Cash", notes: [speed]), Cell(range(outcome.costCash))])
    rows.append([Cell("Economic cost", notes: [speed]), Cell(range(outcome.costEconomic))])
    let days = outcome.schedule.runDays
    rows.append([
      Cell("Days of training", notes: [speed]),
      Cell(
        "\(Decimals.fixed(days.p50, 1)) (\(Decimals.fixed(days.p10, 1)) to "
          + "\(Decimals.fixed(days.p90, 1)))"),
    ])
    rows.append([
      Cell("Predicted loss", notes: [loss]), Cell(Decimals.fixed(outcome.predictedLoss.p50, 4)),
    ])
    let gaps = outcome.notIncluded.map { Markup.text("li", "\($0.term): \($0.reason)") }
    return Markup.text("h2", "What the answer costs") + "\n"
      + figure(
        PlanPlots.bill(outcome, letter: letter), "Cash of the median run by item. \(best.id)")
      + Self.table(["Item", "US dollars"], rows, numeric: [false, true])
      + (gaps.isEmpty
        ? "" : Markup.text("h3", "Not included") + Markup.element("ul", [], gaps.joined()))
      + Markup.text("h3", "When it is paid") + "\n"
      + figure(
        PlanPlots.months(outcome, letter: letter),
        "Cash by calendar month. Sources are those of the items above.")
  }

  private func costAgainstTime(_ footnotes: inout Footnotes) -> String {
    let drawing = PlanPlots(plan).costAgainstTime
    guard !drawing.isEmpty else { return "" }
    let speed = footnotes.number("Speed of every option", Footnotes.ownModel)
    let routes = plan.scenario.routes.sorted().map { "\($0.letter) \($0.title)" }
    let caption =
      "\(routes.joined(separator: ", ")). Bars reach from the 10th to the 90th percentile. A heavy "
      + "ring is on the frontier: no other option beats it on everything at once. Small dots are the "
      + "options without a row below. Prices have their footnotes in each row; speed:"
    return Markup.text("h2", "Cost against time") + "\n"
      + Markup.element(
        "figure", [],
        drawing + Markup.element("figcaption", [], Markup.escaped(caption) + Self.marks([speed])))
  }

  private var moves: String {
    guard let sensitivity, !sensitivity.bars.isEmpty else { return "" }
    return Markup.text("h2", "What moves the answer") + "\n"
      + figure(
        sensitivity.drawing,
        "Each input alone at its 10th and 90th percentile, all others at their median. "
          + sensitivity.note)
  }

  // MARK: The options

  private func options(_ footnotes: inout Footnotes) -> String {
    let digest = PlanDigest(plan)
    var text = Markup.text("h2", "Options") + "\n" + Markup.text("p", PlanTable.order(plan))
    for route in plan.scenario.routes.sorted() {
      text += Markup.text("h3", "\(route.letter)  \(route.title)") + "\n"
      let groups = digest.groups(of: route)
      let shown = groups.prefix(PlanDigest.groupsShown)
      guard !shown.isEmpty else {
        text += Markup.text("p", "Nothing fits.")
        continue
      }
      let rows = shown.map { group -> [Cell] in
        var cells = PlanTable.row(group).map { Cell($0) }
        cells[1].notes = group.first.map { footnotes.numbers($0.assessment.sources) } ?? []
        return cells
      }
      text += Self.table(PlanTable.headings, rows, numeric: PlanTable.numeric)
      let hidden = groups.joined().count - shown.joined().count
      if hidden > 0 {
        text += Markup.text(
          "p", "\(hidden) more are in the CSV and JSON of this plan.", class: "key")
      }
    }
    return text + Markup.text("p", PlanTable.evidenceKey, class: "key")
  }

  private var ruledOut: String {
    let rows = PlanDigest(plan).ruledOut.map { group -> [Cell] in
      [
        Cell("\(group.first.route.letter) \(group.first.offer) \(group.first.purchase.rawValue)"),
        Cell(String(group.count)), Cell(group.why, isLong: true),
        Cell(group.change, isLong: true),
      ]
    }
    guard !rows.isEmpty else { return "" }
    return Markup.text("h2", "Ruled out") + "\n"
      + Self.table(
        ["Option", "Regions", "Why", "Nearest change"], rows, numeric: [false, true, false, false])
  }

  private var notes: String {
    let know = plan.warnings + plan.claimNotes.map { "† \($0)" }
    let flips = plan.recommendation?.flips ?? []
    func list(_ title: String, _ lines: [String]) -> String {
      guard !lines.isEmpty else { return "" }
      return Markup.text("h2", title) + "\n"
        + Markup.element("ul", [], lines.map { Markup.text("li", $0) }.joined(separator: "\n"))
    }
    return list("What to know", know) + list("What would change the answer", flips)
  }

  private func measured(_ footnotes: inout Footnotes) -> String {
    guard let validation else { return "" }
    let mark = footnotes.number(
      "Predicted and measured steps and runs", Footnotes.ownModel)
    let summary = validation.summaries.first { $0.group == "all" }
    let words =
      summary.map {
        "\($0.count) published steps and runs; median error \(Decimals.fixed($0.medianError, 1)) %, "
          + "\(Decimals.fixed($0.coverage80, 0)) % inside the 80 % range."
      } ?? ""
    return Markup.text("h2", "Predicted against measured") + "\n"
      + Markup.element("p", [], Markup.escaped(words) + Self.marks([mark]))
      + figure(PlanPlots.validation(validation, .step), "Steps. The dashed line is equality.")
      + figure(PlanPlots.validation(validation, .run), "Whole runs. The dashed line is equality.")
  }

  // MARK: Pieces

  /// One cell of a table with its footnotes.
  private struct Cell {
    var text: String
    var notes: [Int] = []
    var isLong = false

    init(_ text: String, notes: [Int] = [], isLong: Bool = false) {
      (self.text, self.notes, self.isLong) = (text, notes, isLong)
    }
  }

  private func figure(_ drawing: String, _ caption: String) -> String {
    guard !drawing.isEmpty else { return "" }
    return Markup.element("figure", [], drawing + Markup.text("figcaption", caption)) + "\n"
  }

  private static func table(_ header: [String], _ rows: [[Cell]], numeric: [Bool]) -> String {
    let head = zip(header, numeric).map { Markup.text("th", $0, class: $1 ? "number" : "") }
    let lines = rows.map { row -> String in
      let cells = row.indices.map { column -> String in
        let cell = row[column]
        let style = numeric[column] ? "number" : cell.isLong ? "long" : ""
        return Markup.element(
          "td", (style.isEmpty ? [] : [("class", style)]) + [("data-label", header[column])],
          cell.text.isEmpty
            ? ""
            : Markup.element(
              "span", [], Markup.escaped(cell.text) + marks(cell.notes)))
      }
      return Markup.element("tr", [], cells.joined()) + "\n"
    }
    return Markup.element(
      "table", [],
      Markup.element("thead", [], Markup.element("tr", [], head.joined())) + "\n"
        + Markup.element("tbody", [], "\n" + lines.joined())) + "\n"
  }

  private static func marks(_ numbers: [Int]) -> String {
    guard !numbers.isEmpty else { return "" }
    let links = numbers.map { Markup.element("a", [("href", "#source-\($0)")], "\($0)") }
    return Markup.element("sup", [], links.joined(separator: ","))
  }

  private static func list(_ footnotes: Footnotes) -> String {
    let items = footnotes.notes.map { note -> String in
      let from = note.provenance
      let sources = from.source.split(separator: ";").map { part -> String in
        let address = part.trimmed
        return SourceAddress.isLink(address)
          ? Markup.element(
            "a", [("href", address), ("rel", "noreferrer")], Markup.escaped(address))
          : Markup.escaped(address)
      }
      let date = from.asOf.isEmpty ? "undated" : from.asOf
      let figures = note.figures.joined(separator: "; ")
      return Markup.element(
        "li", [("id", "source-\(note.number)")],
        sources.joined(separator: "; ")
          + Markup.escaped(" — \(date), evidence \(from.grade.rawValue). \(figures)")) + "\n"
    }
    guard !items.isEmpty else { return "" }
    return Markup.text("h2", "Sources") + "\n"
      + Markup.element("ol", [("class", "notes")], "\n" + items.joined())
  }
}
