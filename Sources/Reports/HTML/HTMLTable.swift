import Catalog
import Quantities

/// Tables, footnote marks and the list of sources.
enum HTMLTable {
  /// One cell of a table with its footnotes.
  struct Cell {
    var text: String
    var notes: [Int] = []
    var isLong = false

    init(_ text: String, notes: [Int] = [], isLong: Bool = false) {
      (self.text, self.notes, self.isLong) = (text, notes, isLong)
    }

    /// The text with its marks; long names of machines may break after an underscore.
    var markup: String {
      let words = Markup.prose(text).replacing("_", with: "_<wbr>")
      return text.isEmpty ? "" : Markup.element("span", [], words + HTMLTable.marks(notes))
    }
  }

  /// A table; with more than two columns each row is a card on narrow screens.
  static func text(_ header: [String], _ rows: [[Cell]], numeric: [Bool]) -> String {
    let head = zip(header, numeric).map { Markup.text("th", $0, class: $1 ? "number" : "") }
    let lines = rows.map { row -> String in
      let cells = row.indices.map { column -> String in
        let cell = row[column]
        let style = numeric[column] ? "number" : cell.isLong ? "long" : ""
        return Markup.element(
          "td", (style.isEmpty ? [] : [("class", style)]) + [("data-label", header[column])],
          cell.markup)
      }
      return Markup.element("tr", [], cells.joined()) + "\n"
    }
    return Markup.element(
      "table", header.count > 2 ? [("class", "cards")] : [],
      Markup.element("thead", [], Markup.element("tr", [], head.joined())) + "\n"
        + Markup.element("tbody", [], "\n" + lines.joined())) + "\n"
  }

  /// Marks that lead to footnotes; three or more in a row are one mark, as in 3–9.
  static func marks(_ numbers: [Int]) -> String {
    guard !numbers.isEmpty else { return "" }
    var runs: [ClosedRange<Int>] = []
    for number in numbers.sorted() {
      if let last = runs.last, last.upperBound + 1 == number {
        runs[runs.count - 1] = last.lowerBound...number
      } else {
        runs.append(number...number)
      }
    }
    let links = runs.flatMap { run -> [String] in
      guard run.count > 2 else { return run.map { link($0, "\($0)") } }
      return [link(run.lowerBound, "\(run.lowerBound)–\(run.upperBound)")]
    }
    return Markup.element("sup", [], links.joined(separator: ", "))
  }

  private static func link(_ number: Int, _ words: String) -> String {
    Markup.element("a", [("href", "#source-\(number)")], words)
  }

  /// The footnotes: sources with day, grade and the figures taken from them.
  static func list(_ footnotes: Footnotes) -> String {
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
