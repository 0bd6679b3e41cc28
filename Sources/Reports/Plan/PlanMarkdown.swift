import Planning
import Quantities

/// A plan as Markdown with tables and footnotes (GitHub Flavored Markdown): the answer, the ranked
/// options by route, what is ruled out and why, what to know, and every source.
public struct PlanMarkdown {
  let plan: Plan

  public init(_ plan: Plan) {
    self.plan = plan
  }

  /// The document.
  public var text: String {
    var footnotes = Footnotes()
    let parts = [
      "# Training plan\n", answer, breakdown(&footnotes), options(&footnotes), ruledOut, notes,
      Self.list(footnotes),
    ]
    return parts.filter { !$0.isEmpty }.joined(separator: "\n")
  }

  private var answer: String {
    if let page = AnswerPage(plan) { return verdict(page) }
    let sentence =
      plan.recommendation?.sentence ?? "No option fits; what stands against each is below."
    return "**\(Markdown.escaped(sentence))**\n\n"
      + PlanTable.questionParts(plan).map { "- \(Markdown.escaped($0))\n" }.joined()
  }

  /// The verdict, the routes side by side, and what to do first.
  private func verdict(_ page: AnswerPage) -> String {
    let said = page.verdict.map { Markdown.escaped($0) + "\n\n" }.joined()
    let asked = PlanTable.questionParts(plan).map { "- \(Markdown.escaped($0))\n" }.joined()
    let heads = page.columns.map { $0.route.columnTitle + ($0.isAnswer ? " (the answer)" : "") }
    var rows = [["chips"] + page.columns.map(\.what), ["terms"] + page.columns.map(\.terms)]
    rows += page.rows.filter { $0 != .cost }.map { row in
      [row.label] + page.columns.map { $0.values[row] ?? "-" }
    }
    rows.append(["risk"] + page.columns.map(\.risk))
    let table = Markdown.table(
      [""] + heads, rows.map { $0.map(Markdown.escaped) },
      numeric: [false] + heads.map { _ in false })
    let steps = page.steps.enumerated().map { index, step in
      "\(index + 1). \(Markdown.escaped("\(step.action) (\(step.money), \(step.by))"))\n"
    }
    return
      "**\(Markdown.escaped(page.headline))**\n\n\(said)\(asked)\n## The routes side by side\n\n"
      + table + (steps.isEmpty ? "" : "\n## On Monday\n\n" + steps.joined())
  }

  /// The recommended option's bill.
  private func breakdown(_ footnotes: inout Footnotes) -> String {
    guard let best = plan.ranked.first, let outcome = best.outcome else { return "" }
    var rows: [[String]] = outcome.breakdown.map { line in
      let marks = Self.marks(BillSources.numbers(of: line, outcome, &footnotes))
      return [Markdown.escaped(line.label) + marks, Decimals.grouped(line.dollars, 2)]
    }
    rows.append(["**Cash**", "**\(Decimals.grouped(outcome.planned.cashDollars, 2))**"])
    rows.append(["Economic cost", Decimals.grouped(outcome.planned.economicDollars, 2)])
    let gaps = outcome.notIncluded.map { "- \(Markdown.escaped("\($0.label): \($0.reason)"))\n" }
    return "## What the answer costs\n\n`\(best.id)`, median run, US dollars.\n\n"
      + Markdown.table(["Item", "USD"], rows, numeric: [false, true])
      + (gaps.isEmpty ? "" : "\nNot included:\n\n" + gaps.joined())
  }

  private func options(_ footnotes: inout Footnotes) -> String {
    var text = "## Options\n\n\(PlanTable.order(plan))\n"
    let digest = PlanDigest(plan)
    let labels = OptionLabels(plan)
    for route in plan.scenario.routes.sorted() {
      text += "\n### \(route.letter) \(route.title)\n\n"
      let groups = digest.groups(of: route)
      guard !groups.isEmpty else {
        text += "Nothing fits.\n"
        continue
      }
      let shown = groups.prefix(PlanDigest.groupsShown)
      let rows = shown.map { group -> [String] in
        var cells = PlanTable.row(group, labels).map(Markdown.escaped)
        let sources = group.first.map { footnotes.numbers($0.assessment.sources) } ?? []
        cells[1] += Self.marks(sources)
        return cells
      }
      text += Markdown.table(PlanTable.headings, rows, numeric: PlanTable.numeric)
      let hidden = groups.joined().count - shown.joined().count
      if hidden > 0 { text += "\n\(hidden) more are in the CSV and JSON of the same plan.\n" }
    }
    return text
  }

  private var ruledOut: String {
    let rows = PlanDigest(plan).ruledOut.map { group in
      [
        String(group.first.route.letter),
        Markdown.escaped("\(group.first.offer) \(group.first.purchase.rawValue)"),
        String(group.count), Markdown.escaped(group.why),
        group.change.isEmpty ? "—" : Markdown.escaped(group.change),
      ]
    }
    guard !rows.isEmpty else { return "" }
    return "## Ruled out\n\n"
      + Markdown.table(
        ["", "Option", "Regions", "Why", "Nearest change"], rows,
        numeric: [false, false, true, false, false])
  }

  private var notes: String {
    let flips = plan.recommendation?.flips ?? []
    let know = plan.warnings + plan.claimNotes.map { "† \($0)" } + [PlanTable.evidenceKey]
    return "## What to know\n\n" + know.map { "- \(Markdown.escaped($0))\n" }.joined()
      + (flips.isEmpty ? "" : "\n## What would change the answer\n\n")
      + flips.map { "- \(Markdown.escaped($0))\n" }.joined()
  }

  private static func list(_ footnotes: Footnotes) -> String {
    footnotes.notes.map { note in
      let from = note.provenance
      let date = from.asOf.isEmpty ? "undated" : from.asOf
      let sources = from.source.split(separator: ";").map { part -> String in
        let address = part.trimmed
        return SourceAddress.isLink(address) ? "<\(address)>" : Markdown.escaped(address)
      }
      return "[^\(note.number)]: \(sources.joined(separator: "; ")) — \(Markdown.escaped(date)), "
        + "evidence \(from.grade.rawValue). \(Markdown.escaped(note.figures.joined(separator: "; ")))\n"
    }.joined()
  }

  private static func marks(_ numbers: [Int]) -> String {
    numbers.map { "[^\($0)]" }.joined()
  }
}

/// Where the numbers in a line of the bill come from.
enum BillSources {
  /// Numbers of the footnotes of a line.
  static func numbers(
    of line: CostLine, _ outcome: Outcome, _ footnotes: inout Footnotes
  ) -> [Int] {
    let inputs = outcome.derivations.filter { $0.term.rawValue == line.term }.flatMap(\.inputs)
    return footnotes.numbers(
      inputs.compactMap { input in
        input.provenance.map {
          SourcedFigure(figure: input.name, value: input.value, unit: input.unit, provenance: $0)
        }
      })
  }
}

/// Tells addresses from words.
enum SourceAddress {
  /// Whether a text is an address of the web, and nothing that could break out of a link.
  static func isLink(_ text: String) -> Bool {
    guard text.hasPrefix("https://") || text.hasPrefix("http://") else { return false }
    return text.unicodeScalars.allSatisfy { scalar in
      scalar.value > 0x20 && scalar != "<" && scalar != ">" && scalar != "\"" && scalar != "'"
    }
  }
}

extension Substring {
  /// The text without the spaces around it.
  var trimmed: String {
    String(drop { $0 == " " }.reversed().drop { $0 == " " }.reversed())
  }
}
