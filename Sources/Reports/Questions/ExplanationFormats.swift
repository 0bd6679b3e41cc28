import Catalog
import Planning
import Quantities

extension Explanation {
  /// The explanation in a format; in CSV and plain, a row for each figure that went into it.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    switch format {
    case .table: text(style)
    case .plain, .csv: figures.render(format)
    case .json: json.document
    case .markdown: markdown
    }
  }

  private func text(_ style: TextStyle) -> String {
    let parts = sections.map { section in
      style.paint(section.title + "\n", .heading) + section.lines.map { "   \($0)\n" }.joined()
    }
    return ([headline.map { $0 + "\n" }.joined()] + parts).joined(separator: "\n") + "\n"
  }

  private var markdown: String {
    let head = headline.enumerated().map { $0 == 0 ? "# `\($1)`\n" : "\(Markdown.escaped($1))\n" }
    let parts = sections.map { section in
      "## \(section.title)\n\n"
        + section.lines.map { line in
          // What is deeper in the text is deeper in the list.
          let isDeeper = line.hasPrefix("   ")
          return (isDeeper ? "  - " : "- ") + Markdown.escaped(Substring(line).trimmed) + "\n"
        }.joined()
    }
    return (head + parts).joined(separator: "\n")
  }

  /// Every figure with what it went into; a figure of a rate or a machine went into the speed.
  var figures: Sheet {
    var sheet = Sheet(columns: [
      .init("term", "Term"), .init("figure", "Figure"), .init("value", "Value", numeric: true),
      .init("unit", "Unit"), .init("source_url", "Source"), .init("as_of", "As of"),
      .init("grade", "Grade"),
    ])
    let used = assessment.outcome?.derivations ?? []
    sheet.rows = used.flatMap { derivation in
      derivation.inputs.map { input in
        Self.row(
          derivation.term.rawValue, input.name, input.value, input.unit, input.provenance)
      }
    }
    sheet.rows += assessment.sources.map {
      Self.row("", $0.figure, $0.value, $0.unit, $0.provenance)
    }
    return sheet
  }

  private static func row(
    _ term: String, _ name: String, _ value: Double, _ unit: String, _ provenance: Provenance?
  ) -> [JSONValue] {
    [
      .text(term), .string(name), .shortest(value), .text(unit), .text(provenance?.source ?? ""),
      .text(provenance?.asOf ?? ""), provenance.map { .string($0.grade.rawValue) } ?? .null,
    ]
  }

  /// The option as in the whole plan's document, and how its amounts came to be.
  private var json: JSONValue {
    .object([
      .init("schema_version", .string(PlanDocument.schemaVersion)),
      .init("option", PlanDocument.option(assessment)),
      .init(
        "derivations",
        .array(
          (assessment.outcome?.derivations ?? []).map { derivation in
            .object([
              .init("term", .string(derivation.term.rawValue)),
              .init("formula", .string(derivation.formula)),
              .init("usd", .decimal(derivation.dollars, 2)),
              .init(
                "inputs",
                .array(
                  derivation.inputs.map { input in
                    .object([
                      .init("name", .string(input.name)), .init("value", .shortest(input.value)),
                      .init("unit", .text(input.unit)),
                      .init("source_url", .text(input.provenance?.source ?? "")),
                      .init("as_of", .text(input.provenance?.asOf ?? "")),
                      .init(
                        "grade",
                        input.provenance.map { .string($0.grade.rawValue) } ?? .null),
                    ])
                  })),
            ])
          })),
    ])
  }
}
