import Planning
import Throughput

/// The forms a whole plan can take.
public enum PlanFormat: String, CaseIterable, Sendable {
  case table, plain, csv, json
  /// Headings, tables and footnotes, for a repository or a document.
  case markdown
  /// One file with plots that needs no network, for the board.
  case html
  /// The dated payments of one option with the column names of FOCUS.
  case focus

  /// A plan in this form; a forecast is that of the best option, and empty when none fits.
  ///
  /// - Parameters:
  ///   - style: of a table on a terminal.
  ///   - sensitivity: finds what moves the answer, for the one form that draws it.
  public func render(
    _ plan: Plan, style: TextStyle = TextStyle(),
    sensitivity: (Plan) -> Sensitivity? = { _ in nil }
  ) -> String {
    switch self {
    case .table: PlanTable(plan, style: style).text
    case .plain: PlanPlain(plan).text
    case .csv: PlanCSV(plan).text
    case .json: PlanDocument(plan).json.document
    case .markdown: PlanMarkdown(plan).text
    case .html:
      PlanHTML(
        plan, validation: .builtIn, sensitivity: sensitivity(plan).map { SensitivityBars($0) }
      ).text
    case .focus: plan.ranked.first.flatMap { FocusForecast($0, in: plan) }?.csv ?? ""
    }
  }
}
