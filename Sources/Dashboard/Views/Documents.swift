import Planning
import Screen

extension DashboardState {
  /// What the pane of details shows: how the selected option's numbers came to be.
  var detailsDocument: Document {
    guard let option = selected else { return Document([.paragraph("No option is selected.")]) }
    return Document(face.explain(option.id))
  }

  /// What the page shows, if it is one for reading.
  var pageDocument: Document {
    switch page {
    case .main, .explain: return detailsDocument
    case .warnings: return warningsDocument
    case .help: return helpDocument
    case .history: return historyDocument
    }
  }

  private var warningsDocument: Document {
    func numbered(_ texts: [String]) -> [Document.Item] {
      texts.enumerated().map { .field(label: "\($0 + 1)", value: $1) }
    }
    let flips =
      face.flips.isEmpty
      ? []
      : [.blank, .heading("What would change the answer")]
        + numbered(face.flips)
    return Document([.heading("Warnings")] + numbered(face.warnings) + flips)
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

  private var helpDocument: Document {
    let theme = appearance.theme
    func lines(_ mode: Mode) -> [Document.Item] {
      Actions.registry(for: mode).help(self)
    }
    let letters = Route.allCases.map { route in
      Document.Item.line([
        Span("\(route.letter)  ", theme.style(of: route)), Span(route.title, theme.label),
      ])
    }
    let grades: [Document.Item] = [
      .field(label: "A", value: "measured by you"),
      .field(label: "B", value: "published measurement"),
      .field(label: "C", value: "vendor's or analyst's figure"),
      .field(label: "D", value: "estimate or recalled"),
    ]
    let sample = ChartLevel.allCases.map { "\($0.rawValue) \($0.sample)" }.joined(separator: "   ")
    return Document(
      [.heading("Options")] + lines(.main) + [.blank, .heading("Pages of text")] + lines(.reading)
        + [.blank, .heading("Lists")] + lines(.picking)
        + [.blank, .heading("Letters")] + letters + [.blank, .heading("Evidence (EV)")] + grades
        + [
          .blank, .heading("Charts (B switches; take what your font shows well)"),
          .paragraph(sample),
        ])
  }
}
