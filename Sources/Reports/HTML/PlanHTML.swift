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
      answer, keyFigures(&footnotes), bill(&footnotes), costAgainstTime(&footnotes),
      moves(&footnotes),
      options(&footnotes), ruledOut, notes, measured(&footnotes), HTMLTable.list(footnotes),
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
    let asked = Markup.text(
      "p", PlanTable.questionParts(plan).joined(separator: " · "), class: "asked")
    let title = Markup.text("h1", "Training plan") + "\n"
    if let page = AnswerPage(plan) { return title + asked + "\n" + AnswerHTML(page).text }
    let sentence =
      plan.recommendation?.sentence ?? "No option fits; what stands against each is below."
    return title + Markup.text("p", sentence, class: "answer") + "\n" + asked
  }

  /// The answer in five numbers, each with its range.
  private func keyFigures(_ footnotes: inout Footnotes) -> String {
    guard let outcome = plan.ranked.first?.outcome else { return "" }
    let speed = footnotes.number("Speed of every option", Footnotes.ownModel)
    let law = footnotes.number("Scaling law of the predicted loss", Footnotes.lossLaw)
    func range(_ value: Percentiles, _ shown: (Double) -> String) -> String {
      "\(shown(value.p10)) to \(shown(value.p90))"
    }
    func money(_ dollars: Double) -> String { Money(dollars: dollars).short }
    func days(_ days: Double) -> String { Decimals.grouped(days.rounded(.up)) }
    func loss(_ loss: Double) -> String { Decimals.fixed(loss, 3) }
    let run = outcome.schedule.runDays
    let chance = Decimals.fixed(outcome.chances.withinBudget * 100, 0)
    var figures: [(name: String, value: String, range: String, note: Int)] = [
      ("Cash", money(outcome.costCash.p50), range(outcome.costCash, money), speed),
      (
        "Economic cost", money(outcome.costEconomic.p50), range(outcome.costEconomic, money), speed
      ),
      ("Days of training", days(run.p50), range(run, days), speed),
      (
        "Predicted loss", loss(outcome.predictedLoss.p50), range(outcome.predictedLoss, loss), law
      ),
      ("Chance in budget", "\(chance) %", "done by \(outcome.schedule.finish.iso)", speed),
    ]
    if let best = plan.recommendation?.confidence {
      let share = "\(Decimals.fixed(best * 100, 0)) %"
      figures.append(("Chance to be the best", share, "of all options, in any region", speed))
    }
    let tiles = figures.map { figure in
      Markup.element(
        "div", [],
        Markup.element("dt", [], Markup.escaped(figure.name) + HTMLTable.marks([figure.note]))
          + Markup.text("dd", figure.value) + Markup.text("dd", figure.range, class: "range"))
    }
    return Markup.text("h2", "The answer’s option in figures") + "\n"
      + Markup.element("dl", [("class", "tiles")], tiles.joined(separator: "\n")) + "\n"
      + Markup.text("p", "Below each figure: from its 10th to its 90th percentile.", class: "key")
  }

  /// The recommended option's bill: bars, amounts with their sources, and when it is paid.
  private func bill(_ footnotes: inout Footnotes) -> String {
    guard let best = plan.ranked.first, let outcome = best.outcome else { return "" }
    let letter = best.route.letter
    var rows: [[HTMLTable.Cell]] = outcome.breakdown.map { line in
      let numbers = BillSources.numbers(of: line, outcome, &footnotes)
      return [
        HTMLTable.Cell(line.label, notes: numbers),
        HTMLTable.Cell(Decimals.grouped(line.dollars, 2)),
      ]
    }
    let speed = footnotes.number("Speed of every option", Footnotes.ownModel)
    // Items are of the plan with every input at its median, and sum to its total.
    func range(_ planned: Double, _ value: Percentiles) -> String {
      "\(Decimals.grouped(planned, 2)) (\(Money(dollars: value.p10).short) to "
        + "\(Money(dollars: value.p90).short))"
    }
    rows.append([
      HTMLTable.Cell("Cash", notes: [speed]),
      HTMLTable.Cell(range(outcome.planned.cashDollars, outcome.costCash)),
    ])
    rows.append([
      HTMLTable.Cell("Economic cost", notes: [speed]),
      HTMLTable.Cell(range(outcome.planned.economicDollars, outcome.costEconomic)),
    ])
    let gaps = outcome.notIncluded.map { Markup.text("li", "\($0.label): \($0.reason)") }
    return Markup.text("h2", "What the answer costs") + "\n"
      + figure(
        PlanPlots.bill(outcome, letter: letter),
        "Cash by item, every input at its median. \(best.id)")
      + HTMLTable.text(["Item", "US dollars"], rows, numeric: [false, true])
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
        drawing
          + Markup.element("figcaption", [], Markup.escaped(caption) + HTMLTable.marks([speed])))
  }

  private func moves(_ footnotes: inout Footnotes) -> String {
    guard let sensitivity, !sensitivity.bars.isEmpty else { return "" }
    let caption =
      "Each input alone at its 10th and 90th percentile, all others at their median; plan "
      + "sensitivity says more."
    let marks = HTMLTable.marks(footnotes.numbers(sensitivity.sources))
    return Markup.text("h2", "What moves the answer") + "\n"
      + Markup.element(
        "figure", [],
        sensitivity.drawing
          + Markup.element("figcaption", [], Markup.escaped(caption) + marks)) + "\n"
  }

  // MARK: The options

  private func options(_ footnotes: inout Footnotes) -> String {
    let digest = PlanDigest(plan)
    let labels = OptionLabels(plan)
    var text = Markup.text("h2", "Options") + "\n" + Markup.text("p", PlanTable.order(plan))
    for route in plan.scenario.routes.sorted() {
      text += Markup.text("h3", "\(route.letter)  \(route.title)") + "\n"
      let groups = digest.groups(of: route)
      let shown = groups.prefix(PlanDigest.groupsShown)
      guard !shown.isEmpty else {
        text += Markup.text("p", "Nothing fits.")
        continue
      }
      let rows = shown.map { group -> [HTMLTable.Cell] in
        var cells = PlanTable.row(group, labels).map { HTMLTable.Cell($0) }
        cells[1].notes = group.first.map { footnotes.numbers($0.assessment.sources) } ?? []
        return cells
      }
      text += HTMLTable.text(PlanTable.headings, rows, numeric: PlanTable.numeric)
      let hidden = groups.joined().count - shown.joined().count
      if hidden > 0 {
        text += Markup.text(
          "p", "\(hidden) more are in the CSV and JSON of this plan.", class: "key")
      }
    }
    return text + Markup.text("p", PlanTable.evidenceKey, class: "key")
  }

  private var ruledOut: String {
    let rows = PlanDigest(plan).ruledOut.map { group -> [HTMLTable.Cell] in
      [
        HTMLTable.Cell(
          "\(group.first.route.letter) \(group.first.offer) \(group.first.purchase.rawValue)"),
        HTMLTable.Cell(String(group.count)), HTMLTable.Cell(group.why, isLong: true),
        HTMLTable.Cell(group.change, isLong: true),
      ]
    }
    guard !rows.isEmpty else { return "" }
    return Markup.text("h2", "Ruled out") + "\n"
      + HTMLTable.text(
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
      + Markup.element("p", [], Markup.escaped(words) + HTMLTable.marks([mark]))
      + figure(PlanPlots.validation(validation, .step), "Steps. The dashed line is equality.")
      + figure(PlanPlots.validation(validation, .run), "Whole runs. The dashed line is equality.")
  }

  private func figure(_ drawing: String, _ caption: String) -> String {
    guard !drawing.isEmpty else { return "" }
    return Markup.element("figure", [], drawing + Markup.text("figcaption", caption)) + "\n"
  }
}
