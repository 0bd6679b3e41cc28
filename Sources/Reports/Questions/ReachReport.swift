import Planning
import Quantities

/// What a given job takes: the least budget by a deadline, the soonest end for a budget, what binds.
public struct ReachReport {
  let reach: Reach

  public init(_ reach: Reach) {
    self.reach = reach
  }

  /// The answers in a format.
  ///
  /// - Parameter style: of a table on a terminal.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    switch format {
    case .table: table(style)
    case .json: json.document
    default: sheet(points).render(format)
    }
  }

  /// Each option's least budget that keeps the deadline; without a deadline, its least budget at all.
  private var points: [ReachPoint] { reach.leastBudgets(byDay: reach.deadlineDays ?? .infinity) }

  /// US dollars that keep the deadline asked.
  private func asked(_ point: ReachPoint) -> Double {
    reach.budget(point, byDay: reach.deadlineDays ?? .infinity)
  }

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
        .decimal(asked(point), 2), .decimal(point.days, 2), .decimal(point.cashDollars, 2),
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
      .init("next_saving", option(reach.nextSaving?.point)),
      .init("usd_per_day_of_deadline", .decimal(reach.nextSaving?.dollarsPerDay, 2)),
      .init("next_haste", option(reach.nextHaste?.point)),
      .init("usd_per_day_sooner", .decimal(reach.nextHaste?.dollarsPerDay, 2)),
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

  private func table(_ style: TextStyle) -> String {
    let scenario = reach.scenario
    let tokens = scenario.tokens.map { " on \(Count.short($0)) tokens" } ?? ""
    guard let least = points.first else { return nothing(scenario.modelName + tokens) }
    var lines = verdict + [sentence(scenario.modelName + tokens, least)] + bindings
    lines.append("")
    let rows = points.prefix(Self.rowsShown).map { point in
      [
        point.route.letter.description, point.label, Decimals.grouped(Double(point.chips)),
        Money(dollars: asked(point)).short, day(point.days),
        Money(dollars: point.cashDollars).short, day(point.medianDays),
      ]
    }
    let headings = [
      "", "Option", "Chips", "Least budget", "Done by day", "Median cash", "Median day",
    ]
    let numeric = [false, false, true, true, true, true, true]
    let hidden = points.count - rows.count
    return lines.map { $0 + "\n" }.joined()
      + TextTable.aligned([headings] + rows, numeric: numeric, indent: 3, style: style)
      + (hidden > 0 ? "   … and \(hidden) more kinds, in --format csv and json\n" : "")
      + trade(style)
      + "\nBudget and day are kept with \(percent) chance\(both).\n"
  }

  private var both: String {
    reach.budgetDollars == nil && reach.deadlineDays == nil
      ? "" : ", both together against what is asked"
  }

  private static let rowsShown = 12
  /// The next row of money against time costs at most so much of the one before.
  private static let saving = 0.95
  /// Days up to which money is shown against time: nobody plans a run of more than two years.
  private static let daysShown = 730.0

  /// A day from the start; with a decimal where whole days say little.
  private func day(_ days: Double) -> String { Decimals.fixed(days, days < 9.95 ? 1 : 0) }

  private var percent: String { Decimals.fixed(reach.chance * 100, 0) + " %" }

  private func nothing(_ job: String) -> String {
    guard let days = reach.deadlineDays else {
      return
        "Nothing that is allowed can train \(job); plan --budget says what stands against it.\n"
    }
    let soonest = reach.soonest(within: .infinity)
    let when =
      soonest.map {
        " The soonest is day \(day($0.days)), for "
          + "\(Money(dollars: $0.budgetDollars).short): \(name($0))."
      } ?? ""
    return
      "No budget has \(job) done by day \(Decimals.shortest(days)) with \(percent) chance.\(when)\n"
  }

  private func sentence(_ job: String, _ least: ReachPoint) -> String {
    let by = reach.deadlineDays.map { " by day \(Decimals.shortest($0))" } ?? ""
    return "The least budget for \(job)\(by), kept with \(percent) chance, is "
      + "\(Money(dollars: asked(least)).short):\n"
      + "  \(name(least)), done by day \(day(least.days))."
  }

  /// Whether both limits can be kept, or which is in the way of the nearest plan; nothing where one
  /// is not given.
  private var verdict: [String] {
    guard let budget = reach.budgetDollars, let nearest = reach.nearest else { return [] }
    guard !nearest.broken.isEmpty else { return ["That fits."] }
    let words = nearest.broken.map { limit in
      switch limit {
      case .budget:
        "\(Money(dollars: asked(nearest.point)).short) where the budget is "
          + Money(dollars: budget).short
      case .deadline:
        "\(day(nearest.point.days)) days where "
          + "\(Decimals.shortest(reach.deadlineDays ?? 0)) are left"
      }
    }
    return [
      "Nothing fits. The nearest plan needs \(words.joined(separator: " and ")):",
      "  \(name(nearest.point)).",
    ]
  }

  private func name(_ point: ReachPoint) -> String {
    "\(Decimals.grouped(Double(point.chips))) \(point.accelerator), \(point.label)"
  }

  /// What more of either limit is worth, and what both leave room for.
  private var bindings: [String] {
    var lines: [String] = []
    if let days = reach.deadlineDays, reach.leastBudget(byDay: days) != nil {
      if let next = reach.nextSaving {
        let saved: Double = next.dollarsPerDay * (next.point.days - days)
        // Within a day of the deadline a price for each day says nothing.
        let isNear = next.point.days - days < 1
        let when = isNear ? Decimals.fixed(next.point.days, 1) : day(next.point.days)
        let rate = isNear ? "" : ", \(Money(dollars: next.dollarsPerDay).short) a day"
        lines.append(
          "Day \(when) instead of \(Decimals.shortest(days)) would save "
            + "\(Money(dollars: saved).short)\(rate): \(name(next.point)).")
      } else {
        lines.append("The deadline does not bind: no later day takes less money.")
      }
    }
    if let budget = reach.budgetDollars, let soonest = reach.soonest(within: budget) {
      lines.append(
        "The soonest end for \(Money(dollars: budget).short) is day "
          + "\(day(reach.days(soonest, within: budget))): \(name(soonest)).")
    }
    if let next = reach.nextHaste {
      lines.append(
        "\(Money(dollars: next.point.budgetDollars).short) would end it by day "
          + "\(day(next.point.days)), \(Money(dollars: next.dollarsPerDay).short) for each "
          + "day sooner: \(name(next.point)).")
    }
    if let most = reach.mostTokens, let tokens = most.mostTokens {
      lines.append(
        "Both limits leave room for \(Count.short(tokens)) tokens of it: \(name(most)).")
    }
    return lines
  }

  private func trade(_ style: TextStyle) -> String {
    let horizon = max(Self.daysShown, 2 * (reach.deadlineDays ?? 0))
    // What saves less than a few per cent is no other choice: JSON has every point.
    let trade = reach.trade.filter { $0.days <= horizon }.reduce(into: [ReachPoint]()) {
      kept, point in
      let last = kept.last?.budgetDollars ?? .infinity
      if point.budgetDollars <= last * Self.saving { kept.append(point) }
    }
    guard trade.count > 1 else { return "" }
    let rows = trade.map { point in
      [
        day(point.days), Money(dollars: point.budgetDollars).short,
        point.route.letter.description, point.label, Decimals.grouped(Double(point.chips)),
      ]
    }
    return "\n" + style.paint("Money against time: the least budget for each day\n", .heading)
      + TextTable.aligned(
        [["By day", "Budget", "", "Option", "Chips"]] + rows,
        numeric: [true, true, false, false, true], indent: 3, style: style)
  }
}
