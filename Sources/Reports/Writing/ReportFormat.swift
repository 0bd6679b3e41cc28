/// The forms a table can take.
public enum ReportFormat: String, CaseIterable, Sendable {
  /// Aligned columns and headings, for people.
  case table
  /// One record a line, tabs between fields, no headings or rules: for `grep` and screen readers.
  case plain
  /// RFC 4180, spreadsheet-safe.
  case csv
  /// One JSON document.
  case json
  /// A table of GitHub Flavored Markdown.
  case markdown
}
