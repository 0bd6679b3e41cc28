import Planning
import Quantities

/// What a given job takes: the least budget by a deadline, the soonest end for a budget, what binds.
public struct ReachReport {
  let reach: Reach

  public init(_ reach: Reach) {
    self.reach = reach
  }

  /// The answers in a format.
  public func render(_ format: ReportFormat) -> String {
    switch format {
    case .table: table
    case .json: json.document
    default: sheet(points).render(format)
    }
  }

  /// Each option's least budget that keeps the deadline; without a deadline, its least budget at all.
  private var points: [ReachPoint] { reach.leastBudgets(byDay: reach.deadlineDays ?? .infinity) }

  private func sheet(_ points: [ReachPoint]) -> Sheet {
    var sheet = Sheet(columns: [
      .init("id", "Option"), .init("route", "Route"), .init("chips", "Chips", numeric: true),
      .init("least_budget_usd", "Least budget", numeric: true),
      .init("days", "Days", numeric: true),
      .init("cost_cash_usd_p50", "Cash", numeric: true),
      .init("cost_economic_usd_p50", "Economic", numeric: true),
      .init("total_days_p50", "Median days", numeric: true),
      .init("chance", "Chance", numeric: true),
    ])
    sheet.rows = points.map { point in
      [
        .string(point.id), .string(point.route.rawValue), .integer(point.chips),
        .decimal(point.budgetDollars, 2), .decimal(point.days, 2), .decimal(point.cashDollars, 2),
        .decimal(point.economicDollars, 2), .decimal(point.medianDays, 2), .shortest(reach.chance),
      ]
    }
    return sheet
  }

  private var json: JSONValue {
    func option(_ point: ReachPoint?) -> JSONValue {
      guard let point, case .array(let rows) = sheet([point]).json else { return .null }
      return rows.first ?? .null
    }
    let most = reach.mostTokens
    return .object([
      .init("model", .string(reach.scenario.modelName)),
      .init("tokens", .shortest(reach.scenario.tokens)),
      .init("chance", .shortest(reach.chance)),
      .init("budget_usd", .decimal(reach.budgetDollars, 2)),
      .init("deadline_days", .shortest(reach.deadlineDays)),
      .init("least_budget", option(points.first)),
      .init("soonest", option(reach.budgetDollars.flatMap(reach.soonest))),
      .init("nearest", nearest(option)),
      .init("usd_per_day_of_deadline", .decimal(reach.dollarsPerDay, 2)),
      .init("days_for_a_tenth_more_budget", .decimal(reach.daysForATenth, 2)),
      .init("most_tokens", .shortest(most?.mostTokens)),
      .init("most_tokens_option", most.map { .string($0.id) } ?? .null),
      .init("trade", sheet(reach.trade).json), .init("options", sheet(points).json),
    ])
  }

  private func nearest(_ option: (ReachPoint?) -> JSONValue) -> JSONValue {
    guard let nearest = reach.nearest else { return .null }
    return .object([
      .init("option", option(nearest.point)),
      .init("breaks", .array(nearest.broken.map { .string($0.rawValue) })),
      .init("overshoot", .decimal(nearest.overshoot, 4)),
    ])
  }

  // MARK: For people

  private var table: String {
    let scenario = reach.scenario
    let tokens = scenario.tokens.map { " on \(Count.short($0)) tokens" } ?? ""
    guard let least = points.first else { return nothing(scenario.modelName + tokens) }
    var lines = [sentence(scenario.modelName + tokens, least)] + bindings
    lines.append("")
    let rows = points.prefix(Self.rowsShown).map { point in
      [
        point.route.letter.description, point.label, Decimals.grouped(Double(point.chips)),
        Money(dollars: point.budgetDollars).short, Decimals.fixed(point.days, 0),
        Money(dollars: point.cashDollars).short, Decimals.fixed(point.medianDays, 0),
      ]
    }
    let headings = [
      "", "Option", "Chips", "Least budget", "Done by day", "Median cash", "Median day",
    ]
    let numeric = [false, false, true, true, true, true, true]
    let hidden = points.count - rows.count
    return lines.map { $0 + "\n" }.joined()
      + TextTable.aligned([headings] + rows, numeric: numeric, indent: 3)
      + (hidden > 0 ? "   … and \(hidden) more kinds, in --format csv and json\n" : "") + trade
      + "\nLeast budget and day are kept with \(percent) chance over how fast the run goes.\n"
  }

  private static let rowsShown = 12

  private var percent: String { Decimals.fixed(reach.chance * 100, 0) + " %" }

  private func nothing(_ job: String) -> String {
    guard let days = reach.deadlineDays else {
      return
        "Nothing that is allowed can train \(job); plan --budget says what stands against it.\n"
    }
    let soonest = reach.soonest(within: .infinity)
    let when =
      soonest.map {
        " The soonest is day \(Decimals.fixed($0.days.rounded(.up), 0)), for "
          + "\(Money(dollars: $0.budgetDollars).short): \(Decimals.grouped(Double($0.chips))) "
          + "\($0.accelerator), \($0.label)."
      } ?? ""
    return
      "No budget has \(job) done by day \(Decimals.shortest(days)) with \(percent) chance.\(when)\n"
  }

  private func sentence(_ job: String, _ least: ReachPoint) -> String {
    let by = reach.deadlineDays.map { " by day \(Decimals.shortest($0))" } ?? ""
    return "The least budget for \(job)\(by), kept with \(percent) chance, is "
      + "\(Money(dollars: least.budgetDollars).short):\n"
      + "  \(Decimals.grouped(Double(least.chips))) \(least.accelerator), \(least.label), done by day "
      + "\(Decimals.fixed(least.days, 0))."
  }

  /// What stands in the way, or how far it is off, and what more of either limit is worth.
  private var bindings: [String] {
    var lines: [String] = []
    if let nearest = reach.nearest {
      let budget = reach.budgetDollars.map { Money(dollars: $0).short } ?? ""
      let words = nearest.broken.map { limit in
        switch limit {
        case .budget:
          "\(Money(dollars: nearest.point.budgetDollars).short) where the budget is \(budget)"
        case .deadline:
          "\(Decimals.fixed(nearest.point.days, 0)) days where "
            + "\(Decimals.shortest(reach.deadlineDays ?? 0)) are left"
        }
      }
      lines.append(
        nearest.broken.isEmpty
          ? "That fits."
          : "Nothing fits. The nearest plan needs \(words.joined(separator: " and ")): "
            + "\(Decimals.grouped(Double(nearest.point.chips))) \(nearest.point.accelerator), "
            + "\(nearest.point.label).")
    }
    if let budget = reach.budgetDollars, let soonest = reach.soonest(within: budget) {
      lines.append(
        "The soonest end for \(Money(dollars: budget).short) is day "
          + "\(Decimals.fixed(soonest.days, 0)): \(Decimals.grouped(Double(soonest.chips))) "
          + "\(soonest.accelerator), \(soonest.label).")
    }
    if let perDay = reach.dollarsPerDay, let days = reach.deadlineDays {
      lines.append(
        perDay > 0.005
          ? "The deadline binds: each of the next \(Decimals.fixed(days * Reach.step, 0)) days more "
            + "would save \(Money(dollars: perDay).short)."
          : "The deadline does not bind: \(Decimals.fixed(days * Reach.step, 0)) days more would save "
            + "nothing.")
    }
    if let sooner = reach.daysForATenth {
      lines.append(
        sooner > 0.05
          ? "A tenth more money would end it \(Decimals.fixed(sooner, 1)) days sooner."
          : "A tenth more money would not end it sooner.")
    }
    if let most = reach.mostTokens, let tokens = most.mostTokens {
      lines.append(
        "Both limits leave room for \(Count.short(tokens)) tokens of it, on "
          + "\(Decimals.grouped(Double(most.chips))) \(most.accelerator), \(most.label).")
    }
    return lines
  }

  private var trade: String {
    let trade = reach.trade
    guard trade.count > 1 else { return "" }
    let step = max(1, (trade.count + Self.rowsShown - 1) / Self.rowsShown)
    let shown = trade.indices.filter { $0 % step == 0 || $0 == trade.count - 1 }.map { trade[$0] }
    let rows = shown.map { point in
      [
        Decimals.fixed(point.days, 0), Money(dollars: point.budgetDollars).short,
        point.route.letter.description, point.label, Decimals.grouped(Double(point.chips)),
      ]
    }
    return "\nMoney against time: the least budget for each day\n"
      + TextTable.aligned(
        [["By day", "Budget", "", "Option", "Chips"]] + rows,
        numeric: [true, true, false, false, true], indent: 3)
  }
}
