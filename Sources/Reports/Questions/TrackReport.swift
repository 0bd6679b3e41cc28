import Planning
import Quantities

/// Actual spend and tokens against a saved plan, in every format.
public struct TrackReport {
  let tracking: Tracking

  public init(_ tracking: Tracking) {
    self.tracking = tracking
  }

  /// What a flat table has a row for.
  public enum Rows: String, CaseIterable, Sendable {
    case term, week
  }

  /// The report; a table holds everything, a flat form the rows asked for.
  public func render(_ format: ReportFormat, rows: Rows, style: TextStyle = TextStyle()) -> String {
    switch format {
    case .json: json.document
    case .plain, .csv: (rows == .term ? terms : weeks).render(format)
    case .table, .markdown:
      head(format, style) + "\n" + terms.render(format, style: style) + "\n"
        + weeks.render(format, style: style)
    }
  }

  // MARK: In words

  private func head(_ format: ReportFormat, _ style: TextStyle) -> String {
    let lines = summary + tracking.notes
    guard format == .table else {
      return lines.map { "- \(Markdown.escaped($0))\n" }.joined()
    }
    return summary.enumerated().map { style.paint($1 + "\n", $0 == 0 ? .heading : .soft) }.joined()
      + tracking.notes.map { style.paint("! \($0)\n", .warning) }.joined()
  }

  private var summary: [String] {
    let option = tracking.option
    let finish = tracking.finish
    let late = tracking.daysLate
    let money = { (dollars: Double) in Money(dollars: dollars).short }
    let lateness =
      late == 0
      ? "as planned"
      : "\(abs(late)) \(abs(late) == 1 ? "day" : "days") \(late > 0 ? "late" : "early")"
    let speed = tracking.actualRate.map { "\(Count.short($0 * 7)) a week so far, " } ?? ""
    return [
      "\(option.id), as of \(tracking.asOf.iso)",
      "Tokens: \(Count.short(tracking.tokens)) of \(Count.short(option.tokens)) "
        + "(\(Self.percent(tracking.tokens / option.tokens)) %), planned by now "
        + "\(Count.short(tracking.tokensPlanned)); \(speed)"
        + "planned \(Count.short(tracking.plannedRate * 7)).",
      "Finish: \(finish.p50.iso) (\(finish.p10.iso) to \(finish.p90?.iso ?? "no end in sight")), "
        + "planned \(option.finish.iso): \(lateness).",
      "Cash: \(money(tracking.dollars)) spent, planned by now \(money(tracking.dollarsPlanned)); "
        + "forecast \(money(tracking.cash.p50)) (\(money(tracking.cash.p10)) to "
        + "\(tracking.cash.p90.map(money) ?? "no bound")), planned \(money(option.cash.p50)) "
        + "(\(money(option.cash.p10)) to \(money(option.cash.p90))).",
    ]
  }

  private static func percent(_ share: Double) -> String {
    Decimals.fixed(share * 100, 1)
  }

  // MARK: In tables

  /// One row a cost term, and the whole.
  var terms: Sheet {
    var sheet = Sheet(columns: [
      .init("term", "Term"), .init("planned_usd", "Planned", numeric: true),
      .init("planned_to_date_usd", "By now", numeric: true),
      .init("actual_usd", "Actual", numeric: true),
      .init("variance_usd", "Variance", numeric: true),
      .init("variance_percent", "%", numeric: true),
      .init("forecast_usd_p10", "Forecast p10", numeric: true),
      .init("forecast_usd_p50", "p50", numeric: true),
      .init("forecast_usd_p90", "p90", numeric: true),
      .init("forecast_variance_usd", "Over plan", numeric: true),
    ])
    sheet.rows = tracking.terms.map { term in
      Self.row(
        term.term.rawValue,
        [term.planned, term.plannedToDate, term.actual],
        [term.forecastLow, term.forecast, term.forecastHigh])
    }
    let cash = tracking.cash
    sheet.rows.append(
      Self.row(
        "total", [tracking.option.cash.p50, tracking.dollarsPlanned, tracking.dollars],
        [cash.p10, cash.p50, cash.p90]))
    return sheet
  }

  /// - Parameters:
  ///   - amounts: planned, planned by now, actual.
  ///   - forecast: its percentiles.
  private static func row(
    _ name: String, _ amounts: [Double], _ forecast: [Double?]
  ) -> [JSONValue] {
    let variance = amounts[2] - amounts[1]
    return [.string(name)] + amounts.map { .decimal($0, 2) } + [
      .decimal(variance, 2), .decimal(amounts[1] == 0 ? nil : variance / amounts[1] * 100, 1),
    ] + forecast.map { .decimal($0, 2) } + [.decimal(forecast[1].map { $0 - amounts[0] }, 2)]
  }

  /// One row a week.
  var weeks: Sheet {
    Sheet(
      columns: [
        .init("week", "Week"), .init("planned_usd", "Planned USD", numeric: true),
        .init("actual_usd", "Actual USD", numeric: true),
        .init("variance_usd", "Variance", numeric: true),
        .init("planned_tokens", "Planned tokens", numeric: true),
        .init("actual_tokens", "Actual tokens", numeric: true),
      ],
      rows: tracking.weeks.map { week in
        [
          .string(week.start.iso), .decimal(week.plannedDollars, 2), .decimal(week.dollars, 2),
          .decimal(week.dollars - week.plannedDollars, 2), .decimal(week.plannedTokens, 0),
          .decimal(week.tokens, 0),
        ]
      })
  }

  // MARK: In JSON

  /// One JSON document.
  var json: JSONValue {
    let option = tracking.option
    func range(_ low: JSONValue, _ middle: JSONValue, _ high: JSONValue) -> JSONValue {
      .object([.init("p10", low), .init("p50", middle), .init("p90", high)])
    }
    let (finish, cash) = (tracking.finish, tracking.cash)
    return .object([
      .init("schema_version", .string(PlanDocument.schemaVersion)),
      .init("option", .string(option.id)), .init("as_of", .string(tracking.asOf.iso)),
      .init(
        "tokens",
        .object([
          .init("planned", .shortest(option.tokens)),
          .init("planned_to_date", .decimal(tracking.tokensPlanned, 0)),
          .init("actual", .decimal(tracking.tokens, 0)),
          .init("planned_per_day", .significant(tracking.plannedRate, 6)),
          .init("actual_per_day", .significant(tracking.actualRate, 6)),
          .init(
            "forecast_per_day",
            range(
              .significant(tracking.rate.p10, 6), .significant(tracking.rate.p50, 6),
              .significant(tracking.rate.p90, 6))),
        ])),
      .init(
        "finish",
        .object([
          .init("planned", .string(option.finish.iso)),
          .init(
            "forecast",
            range(
              .string(finish.p10.iso), .string(finish.p50.iso),
              finish.p90.map { .string($0.iso) } ?? .null)),
          .init("days_late", .integer(tracking.daysLate)),
          .init("deadline", option.deadline.map { .string($0.iso) } ?? .null),
        ])),
      .init(
        "cash_usd",
        .object([
          .init("budget", .decimal(option.budgetDollars, 2)),
          .init("planned", .decimal(option.cash.p50, 2)),
          .init("planned_to_date", .decimal(tracking.dollarsPlanned, 2)),
          .init("actual", .decimal(tracking.dollars, 2)),
          .init(
            "forecast",
            range(.decimal(cash.p10, 2), .decimal(cash.p50, 2), .decimal(cash.p90, 2))),
        ])),
      .init("terms", terms.json), .init("weeks", weeks.json),
      .init("notes", .array(tracking.notes.map { .string($0) })),
    ])
  }
}
