import Planning
import Quantities

/// The options that no other one beats in cost, time and risk, and what beats the rest.
public struct FrontierReport {
  let plan: Plan
  let found: ParetoFrontier

  public init(_ plan: Plan) {
    self.plan = plan
    found = plan.paretoFrontier
  }

  /// The frontier in a format.
  ///
  /// - Parameter style: of a table on a terminal.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    format == .table ? table(style) : sheet.render(format)
  }

  /// Every option that fits, frontier first and soonest first, then the rest by rank.
  private var rows: [ParetoFrontier.Row] {
    let place = Dictionary(
      found.indices.enumerated().map { ($1, $0) }, uniquingKeysWith: { first, _ in first })
    return found.rows.sorted {
      (place[$0.index] ?? .max, $0.rank) < (place[$1.index] ?? .max, $1.rank)
    }
  }

  private var sheet: Sheet {
    var sheet = Sheet(columns: [
      .init("id", "Option"), .init("rank", "#", numeric: true),
      .init("on_frontier", "On frontier"),
      .init("cost_economic_usd_p50", "Economic", numeric: true),
      .init("cost_cash_usd_p90", "Cash P90", numeric: true),
      .init("total_days_p50", "Days", numeric: true),
      .init("probability_both", "Chance", numeric: true),
      .init("predicted_loss_p50", "Loss", numeric: true),
      .init("beaten_by", "Beaten by"), .init("beaters", "Beaten by so many", numeric: true),
      .init("evidence", "Ev"), .init("co2_t", "CO2 t", numeric: true),
    ])
    sheet.rows = rows.compactMap { row in
      let option = plan.assessments[row.index]
      guard let outcome = option.outcome else { return nil }
      return [
        .string(option.id), .integer(row.rank), .bool(row.isOnFrontier),
        .decimal(outcome.costEconomic.p50, 2), .decimal(outcome.costCash.p90, 2),
        .decimal(outcome.schedule.totalDays.p50, 2), .decimal(outcome.chances.both, 4),
        .decimal(outcome.predictedLoss.p50, 4),
        row.beatenBy.map { .string(plan.assessments[$0].id) } ?? .null, .integer(row.beaters),
        .string(option.evidence.rawValue), .decimal(outcome.carbonTonnes, 2),
      ]
    }
    return sheet
  }

  // MARK: For people

  private var isSized: Bool { plan.scenario.isSizedFromBudget }

  private var limits: String { plan.scenario.deadline == nil ? "budget" : "budget and deadline" }

  private func table(_ style: TextStyle) -> String {
    guard !found.rows.isEmpty else { return "No option fits; plan --budget says why.\n" }
    let all = merged(rows.filter(\.isOnFrontier)) { _ in "" }
    let (told, within) = apart(all)
    let unbeaten = best(told)
    let unshown = told.count - unbeaten.count
    let beaten = merged(rows.filter { !$0.isOnFrontier }) { row in
      row.beatenBy.map { "by #\(rank(of: $0)): \(why(row, $0))" } ?? ""
    }
    let shown = min(beaten.count, max(0, Self.rowsShown - unbeaten.count))
    let hidden = beaten.count - shown
    let near = all.count - told.count
    let merged =
      near > 0
      ? " \(near) kind\(near == 1 ? "" : "s") within \(Decimals.fixed(within * 100, 1)) % of a row in cost "
        + "and time \(near == 1 ? "stands" : "stand") in that row." : ""
    let rest =
      unshown > 0
      ? "   … and \(unshown) more kind\(unshown == 1 ? "" : "s") that none beats, of lower rank, in --format csv and json\n"
      : ""
    return """
      \(count(all)) of \(found.rows.count) options are beaten by no other one, soonest end first.\(merged)
      What counts, as printed: economic cost, days until the end, chance to keep \(limits), \
      \(isSized ? "loss" : "cash of the dear case (P90)").

      """
        + TextTable.aligned(
          [headings("")] + unbeaten.map(\.cells), numeric: Self.numeric, indent: 3, style: style)
        + rest + "\n" + style.paint("Beaten by another one in everything that counts\n", .heading)
        + (shown > 0
          ? TextTable.aligned(
            [headings("Beaten")] + beaten.prefix(shown).map(\.cells),
            numeric: Self.numeric, indent: 3, style: style) : "")
        + (hidden > 0
          ? "   \(shown > 0 ? "… and \(hidden) more" : "\(hidden)") kinds, in --format csv and json\n"
          : "")
  }

  /// Rows that a person reads.
  private static let rowsShown = 15
  /// Nearer than so much in cost and time is the same to a person.
  private static let nearTie = 0.005

  /// Wider than this, two rows are no longer the same to a person.
  private static let farTie = 0.03

  /// Lines that are told apart, and within what share of them the others are. Where more remain than a person
  /// reads at the nearest tie, the tie is widened a little at a time; past the widest they're counted instead.
  private func apart(_ lines: [Line]) -> (lines: [Line], within: Double) {
    var share = Self.nearTie
    while true {
      var kept: [Line] = []
      for line in lines
      where !kept.contains(where: {
        abs($0.cost - line.cost) <= share * line.cost
          && abs($0.days - line.days) <= share * line.days
      }) {
        kept.append(line)
      }
      if kept.count <= Self.rowsShown || share * 1.2 > Self.farTie { return (kept, share) }
      share *= 1.2
    }
  }

  /// Places among the lines that are shown where not all are: those that rank best, in the order they have.
  private func best(_ lines: [Line]) -> [Line] {
    let ranks = Set(lines.sorted { $0.rank < $1.rank }.prefix(Self.rowsShown).map(\.rank))
    return lines.filter { ranks.contains($0.rank) }
  }

  private static let numeric = [
    true, false, false, true, true, true, true, true, true, false, false,
  ]

  private func headings(_ last: String) -> [String] {
    [
      "#", "Option", "Region", "Chips", "Days", "Economic", "Cash P90", "Chance", "Loss", "Ev",
      last,
    ]
  }

  private typealias Line = (
    cells: [String], options: Int, rank: Int, cost: Double, days: Double
  )

  private func count(_ lines: [Line]) -> Int { lines.reduce(0) { $0 + $1.options } }

  private func rank(of index: Int) -> Int {
    found.rows.first { $0.index == index }?.rank ?? 0
  }

  /// Places of an offer that fare alike as one line.
  private func merged(
    _ rows: [ParetoFrontier.Row], _ last: (ParetoFrontier.Row) -> String
  ) -> [Line] {
    var order: [String] = []
    var groups: [String: [ParetoFrontier.Row]] = [:]
    for row in rows {
      let option = plan.assessments[row.index]
      let key = "\(option.offer) \(option.purchase.rawValue)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(row)
    }
    return order.compactMap { key in
      guard let group = groups[key], let row = group.first,
        let outcome = plan.assessments[row.index].outcome
      else { return nil }
      let option = plan.assessments[row.index]
      let places = group.count > 1 ? " +\(group.count - 1)" : ""
      let cells = [
        String(row.rank), "\(option.route.letter) \(key)",
        (option.region.isEmpty ? "-" : option.region) + places,
        Decimals.grouped(Double(option.chips)),
        Decimals.fixed(outcome.schedule.totalDays.p50, 0),
        Money(dollars: outcome.costEconomic.p50).short, Money(dollars: outcome.costCash.p90).short,
        Decimals.fixed(outcome.chances.both * 100, 0) + " %",
        Decimals.fixed(outcome.predictedLoss.p50, 3), option.evidence.rawValue, last(row),
      ]
      return (
        cells, group.count, row.rank, outcome.costEconomic.p50, outcome.schedule.totalDays.p50
      )
    }
  }

  /// By how much one option is beaten by another, in what it is worse.
  private func why(_ row: ParetoFrontier.Row, _ other: Int) -> String {
    guard let a = plan.assessments[row.index].outcome, let b = plan.assessments[other].outcome,
      let criteria = found.rows.first(where: { $0.index == other })?.criteria
    else { return "" }
    var parts: [String] = []
    let saved = a.costEconomic.p50 - b.costEconomic.p50
    if criteria.cost < row.criteria.cost { parts.append("\(Money(dollars: saved).short) cheaper") }
    let days = row.criteria.days - criteria.days
    if days > 0 { parts.append("\(days) day\(days == 1 ? "" : "s") sooner") }
    let chance = row.criteria.risk - criteria.risk
    if chance > 0 { parts.append("\(chance) point\(chance == 1 ? "" : "s") surer") }
    let loss = Double(row.criteria.loss - criteria.loss) / 1000
    if loss > 0 { parts.append("loss \(Decimals.fixed(loss, 3)) lower") }
    if parts.isEmpty { parts.append("less in the dear case") }
    return parts.joined(separator: ", ")
  }
}
