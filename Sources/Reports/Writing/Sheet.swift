import Quantities

/// A flat table of values that can be shown in every format.
public struct Sheet: Sendable {
  /// One column: its name for machines and its heading for people.
  public struct Column: Sendable {
    public var name: String
    public var heading: String
    /// Numbers line up at the right.
    public var isNumeric: Bool
    /// Longest cell shown in a table on a terminal; nil shows all of it.
    public var widest: Int?

    public init(_ name: String, _ heading: String, numeric: Bool = false, widest: Int? = nil) {
      self.name = name
      self.heading = heading
      self.isNumeric = numeric
      self.widest = widest
    }
  }

  public var columns: [Column]
  public var rows: [[JSONValue]]

  public init(columns: [Column], rows: [[JSONValue]] = []) {
    self.columns = columns
    self.rows = rows
  }

  /// The sheet in a format.
  ///
  /// - Parameter style: of a table on a terminal.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    switch format {
    case .table: table(style)
    case .plain: plain
    case .csv: csv
    case .json: json.document
    case .markdown: markdown
    }
  }

  /// An array of objects, one a row.
  public var json: JSONValue {
    .array(
      rows.map { row in
        .object(zip(columns, row).map { JSONValue.Member($0.name, $1) })
      })
  }

  /// RFC 4180 with a header of the columns' names.
  public var csv: String {
    var writer = CSVWriter(header: columns.map(\.name))
    for row in rows { writer.append(row) }
    return writer.text
  }

  private var markdown: String {
    Markdown.table(
      columns.map(\.heading), rows.map { $0.map { Markdown.escaped(Self.shown($0)) } },
      numeric: columns.map(\.isNumeric))
  }

  private var plain: String {
    rows.map { $0.map(Self.shown).joined(separator: "\t") + "\n" }.joined()
  }

  /// Aligned columns under their headings.
  public var table: String { table(TextStyle()) }

  private func table(_ style: TextStyle) -> String {
    var lines = [columns.map(\.heading)]
    for row in rows {
      lines.append(
        zip(columns, row).map { column, value in
          let text = Self.shown(value)
          guard let widest = column.widest, text.count > widest else { return text }
          return text.prefix(widest - 1) + "…"
        })
    }
    return TextTable.aligned(lines, numeric: columns.map(\.isNumeric), style: style)
  }

  /// A value for people: a dash when unknown.
  static func shown(_ value: JSONValue) -> String {
    switch value {
    case .null: "-"
    default: CSVWriter.plain(value)
    }
  }
}

/// Lays texts out in columns.
public enum TextTable {
  /// Rows of cells as lines; every column as wide as its widest cell, two spaces between, a rule
  /// under the first row.
  ///
  /// - Parameters:
  ///   - rows: the heading and the rows, each of the same number of cells.
  ///   - numeric: which columns line up at the right.
  ///   - indent: spaces before each line.
  ///   - style: makes the heading stand out.
  public static func aligned(
    _ rows: [[String]], numeric: [Bool], indent: Int = 0, style: TextStyle = TextStyle()
  ) -> String {
    let widths = numeric.indices.map { column in rows.map { $0[column].count }.max() ?? 0 }
    let margin = String(repeating: " ", count: indent)
    func line(_ row: [String]) -> String {
      let cells = row.indices.map { column in
        let padding = String(repeating: " ", count: widths[column] - row[column].count)
        return numeric[column] ? padding + row[column] : row[column] + padding
      }
      let text = margin + cells.joined(separator: "  ")
      return String(text.reversed().drop { $0 == " " }.reversed()) + "\n"
    }
    guard let heading = rows.first else { return "" }
    let rule = widths.map { String(repeating: "─", count: $0) }
    return style.paint(line(heading), .heading) + style.paint(line(rule), .soft)
      + rows.dropFirst().map(line).joined()
  }
}
