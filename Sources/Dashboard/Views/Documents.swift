import Planning
import Screen

// Pages of text.
extension DashboardState {
  /// What the page shows, if it is one for reading.
  var pageDocument: Document {
    switch page {
    case .main, .explain: detailsDocument
    case .warnings: warningsDocument
    case .sources: sourcesDocument(isWhole: true)
    case .compare: compareDocument
    case .help: helpDocument
    case .history: historyDocument
    case .sentence: sentenceDocument
    case .difference: differenceDocument
    }
  }

  /// What is on the screen in words, for those who hear it or read it aloud.
  private var sentenceDocument: Document {
    let option = sentence.map { [.blank, .paragraph($0 + ".")] } ?? [] as [Document.Item]
    let answer = face.page?.spoken ?? [face.answer]
    return Document(answer.map { .paragraph($0) } + option)
  }

  private var historyDocument: Document {
    guard !history.changes.isEmpty else {
      return Document([.paragraph("Nothing was changed yet. e edits, + and - step, u undoes.")])
    }
    let lines = history.changes.enumerated().map { index, change in
      Document.Item.field(
        label: "\(index + 1)  \(change.label)", value: "\(change.old) → \(change.new)",
        note: index < history.position ? "" : "(undone)")
    }
    return Document(lines)
  }

  private static let columns: [Document.Item] = [
    .field(label: "LOSS", value: "predicted by the scaling law; less is a better model"),
    .field(label: "COST", value: "m and t switch what it counts and by what it is divided"),
    .field(label: "FITS", value: "chance to keep the budget, and the deadline if there is one"),
    .field(label: "EV", value: "weakest evidence behind the row; ! has a warning (w)"),
    .field(label: "±", value: "places moved since the plan before"),
    .field(label: "†", value: "rests on a claim that is taken for true (C)"),
    .field(label: "x", value: "ruled out; Enter tells why and what would bring it in"),
  ]

  private var helpDocument: Document {
    let theme = appearance.theme
    func lines(_ mode: Mode) -> [Document.Item] {
      keymap[mode].help(self)
    }
    let letters = Route.allCases.map { route in
      Document.Item.line([
        Span("\(route.letter)  ", theme.style(of: route)), Span(route.title, theme.label),
      ])
    }
    let sample = ChartLevel.allCases.map { "\($0.rawValue) \($0.sample)" }.joined(separator: "   ")
    let page: [Document.Item] =
      face.page.map { page in
        [.heading("The answer’s page, figure by figure")]
          + page.rows.map { .field(label: $0.label, value: $0.meaning) } + [.blank]
      } ?? []
    return Document(
      page + [.heading("Options")] + lines(.main) + [.blank, .heading("Pages of text")]
        + lines(.reading)
        + [.blank, .heading("Lists")] + lines(.picking)
        + [
          .blank, .heading("Mouse"),
          .paragraph(
            "The wheel moves, a click goes to a pane or a row, a click on a heading orders by it. "
              + "Most terminals select text while Shift is held; mouse = false in the settings "
              + "turns it off."),
        ]
        + [.blank, .heading("Columns")] + Self.columns
        + [.blank, .heading("Letters")] + letters
        + [.blank, .heading("Evidence (EV)")] + Document.grades
        + [
          .blank, .heading("Charts (B switches; take what your font shows well)"),
          .paragraph(sample),
        ])
  }
}
