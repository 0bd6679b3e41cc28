import Catalog
import Economics
import Planning
import Quantities

/// A plan as text for people: the answer, the options by route, then those ruled out and why.
public struct PlanTable {
  let plan: Plan
  /// Columns to stay within; nil outside a terminal.
  let width: Int?

  public init(_ plan: Plan, width: Int? = nil) {
    self.plan = plan
    self.width = width
  }

  /// The whole report.
  public var text: String {
    ([answer, question] + routes + [notes, ruledOut]).filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  // MARK: The answer and the question

  private var answer: String {
    guard let found = plan.recommendation else {
      return wrapped("No option fits. What stands against each is listed below.", indent: 0)
    }
    return wrapped(found.sentence, indent: 0)
  }

  private var question: String {
    let scenario = plan.scenario
    var parts = [
      "Budget \(Money(dollars: scenario.budgetDollars).short)", "model \(scenario.modelName)",
    ]
    if let tokens = scenario.tokens { parts.append("\(Count.short(tokens)) tokens") }
    parts.append("start \(scenario.start.iso)")
    if let deadline = scenario.deadlineDate {
      parts.append("deadline \(deadline.iso)")
    } else {
      parts.append("runs of at most \(Decimals.shortest(scenario.longestRun.days)) days")
    }
    if scenario.containsUserData { parts.append("touches user data") }
    parts.append("prices as of \(plan.catalogAsOf)")
    let order =
      scenario.isSizedFromBudget
      ? "Ranked by predicted loss, then by economic cost."
      : "Ranked by economic cost: cash less what is left at the end."
    return wrapped(parts.joined(separator: " · "), indent: 0) + order + "\n"
  }

  // MARK: Options by route

  private var routes: [String] {
    plan.scenario.routes.sorted().map { route in
      let ranks = plan.ranking.enumerated().filter { plan.assessments[$1].route == route }
      let title = "\(route.letter)  \(route.title)"
      guard !ranks.isEmpty else { return "\(title)\n   nothing fits\n" }
      let groups = grouped(
        ranks.map { (rank: $0.offset + 1, assessment: plan.assessments[$0.element]) })
      let shown = groups.prefix(Self.groupsShown)
      let table = fitted([Self.headings] + shown.map { row($0) })
      let hidden = ranks.count - shown.map(\.count).reduce(0, +)
      let more = hidden > 0 ? "   … and \(hidden) more, in --format csv and json\n" : ""
      return "\(title)\n\(table)\(more)"
    }
  }

  /// Kinds of offer shown for each route.
  private static let groupsShown = 7

  private static let headings = [
    "#", "Offer", "Purchase", "Region", "Chips", "Days", cash, "Economic", "Model",
    "Tokens", "Loss", "MFU", "Chance", "Ev",
  ]
  private static let numeric = [
    true, false, false, false, true, true, true, true, true, true, true, true, true, false,
  ]

  /// Columns to drop where the terminal is too narrow, the least needed first: what ranks stays
  /// longest, and what is the same in every row of a given job goes first. Of the cash, the range goes
  /// and the middle stays.
  private var dropped: [String] {
    plan.scenario.isSizedFromBudget
      ? ["MFU", "Tokens", "Region", Self.cash, "Economic", "Model", "Chance"]
      : ["Model", "Tokens", "Loss", "MFU", "Region", Self.cash, "Chance"]
  }

  private static let cash = "Cash (p10–p90)"

  /// The rows as a table that fits the width, with fewer columns when it must.
  private func fitted(_ rows: [[String]]) -> String {
    var rows = rows
    var columns = Array(Self.headings.indices)
    func table() -> String {
      TextTable.aligned(
        rows.map { row in columns.map { row[$0] } }, numeric: columns.map { Self.numeric[$0] },
        indent: 3)
    }
    guard let width else { return table() }
    for name in dropped {
      let text = table()
      let widest = text.split(separator: "\n").map(\.count).max() ?? 0
      if widest <= width { return text }
      if name == Self.cash, let place = Self.headings.firstIndex(of: name) {
        for row in rows.indices { rows[row][place] = String(rows[row][place].prefix { $0 != " " }) }
      } else {
        columns.removeAll { Self.headings[$0] == name }
      }
    }
    return table()
  }

  private typealias Ranked = (rank: Int, assessment: Assessment)

  /// Options that differ only in region, best first.
  private func grouped(_ options: [Ranked]) -> [[Ranked]] {
    var order: [String] = []
    var groups: [String: [Ranked]] = [:]
    for option in options {
      let key = "\(option.assessment.offer)/\(option.assessment.purchase.rawValue)"
      if groups[key] == nil { order.append(key) }
      groups[key, default: []].append(option)
    }
    return order.compactMap { groups[$0] }
  }

  private func row(_ group: [Ranked]) -> [String] {
    guard let first = group.first, let outcome = first.assessment.outcome else { return [] }
    let assessment = first.assessment
    let cash = outcome.costCash
    let others = group.count > 1 ? " +\(group.count - 1)" : ""
    let mark = (assessment.warnings.isEmpty ? "" : "!") + (assessment.claims.isEmpty ? "" : "†")
    return [
      String(first.rank), assessment.offer, assessment.purchase.rawValue,
      (assessment.region.isEmpty ? "-" : assessment.region) + others,
      Decimals.grouped(Double(assessment.chips)),
      Decimals.grouped(outcome.schedule.runDays.p50.rounded(.up)),
      "\(Money(dollars: cash.p50).short) (\(Money(dollars: cash.p10).short)–\(Money(dollars: cash.p90).short))",
      Money(dollars: outcome.costEconomic.p50).short,
      Count.short(outcome.model.totalParameters), Count.short(outcome.model.tokens),
      Decimals.fixed(outcome.predictedLoss.p50, 3),
      Decimals.fixed(outcome.throughput.modelFlopsUtilization.p50 * 100, 0) + " %",
      Decimals.fixed(outcome.chances.both * 100, 0) + " %",
      assessment.evidence.rawValue + mark,
    ]
  }

  private var ruledOut: String { RuledOutList(plan).text { wrapped($0, indent: $1) } }

  // MARK: What to know

  private var notes: String {
    var lines = plan.warnings.map { wrapped("! \($0)", indent: 3) }
    lines += plan.claimNotes.map { wrapped("† \($0)", indent: 3) }
    lines += plan.claimGains.map { wrapped("† \($0.sentence)", indent: 3) }
    lines += hints.map { wrapped($0, indent: 3) }
    if let flips = plan.recommendation?.flips, !flips.isEmpty {
      lines += ["What would change the answer\n"] + flips.map { wrapped($0, indent: 3) }
    }
    lines.append(
      wrapped(
        "Chance is that of keeping \(plan.scenario.deadline == nil ? "the budget" : "budget and deadline"). "
          + "Ev is the weakest evidence in the row: A measured by you, B published measurement, "
          + "C vendor's or analyst's figure, D estimate or recalled; ! has a warning, † rests on a claim "
          + "taken for true. "
          + "plan explain OPTION shows every figure with its source.",
        indent: 0))
    return "What to know\n" + lines.joined()
  }

  /// What else to ask of this answer.
  private var hints: [String] {
    var hints: [String] = []
    guard let best = plan.ranked.first, let outcome = best.outcome else { return hints }
    if plan.scenario.isSizedFromBudget {
      let band = outcome.model.isoLossBand
      hints.append(
        "the best size is a band: for this compute any from \(Count.short(band.smallest)) to "
          + "\(Count.short(band.largest)) parameters comes within "
          + "\(Decimals.shortest(band.excess * 100)) % of the least loss")
    }
    if outcome.chances.both < plan.scenario.confidence {
      let limits = plan.scenario.deadline == nil ? "the budget" : "budget and deadline"
      hints.append(
        "! the answer keeps \(limits) in \(Decimals.fixed(outcome.chances.both * 100, 0)) % of cases "
          + "only; plan limits says what \(Decimals.fixed(plan.scenario.confidence * 100, 0)) % takes"
      )
    }
    return hints
  }

  /// A text broken at spaces, each further line two deeper.
  private func wrapped(_ text: String, indent: Int) -> String {
    let limit = max(40, width ?? 110)
    var out = ""
    var line = String(repeating: " ", count: indent)
    var isFresh = true
    for word in text.split(separator: " ") {
      if !isFresh && line.count + 1 + word.count > limit {
        out += line + "\n"
        line = String(repeating: " ", count: indent + 2)
        isFresh = true
      }
      line += (isFresh ? "" : " ") + word
      isFresh = false
    }
    return out + line + "\n"
  }
}

extension ReportFormat {
  /// A plan in this form.
  ///
  /// - Parameter width: columns of the terminal it goes to; nil otherwise.
  public func render(_ plan: Plan, width: Int?) -> String {
    switch self {
    case .table: PlanTable(plan, width: width).text
    case .plain: PlanPlain(plan).text
    case .csv: PlanCSV(plan).text
    case .json: PlanDocument(plan).json.document
    }
  }
}

/// A plan as lines with tabs: one option a line, best first, then those ruled out.
public struct PlanPlain {
  let plan: Plan

  public init(_ plan: Plan) {
    self.plan = plan
  }

  /// The lines.
  public var text: String {
    let fitting = plan.ranked.enumerated().map { index, assessment -> String in
      guard let outcome = assessment.outcome else { return "" }
      return [
        String(index + 1), assessment.id, outcome.costCash.p50, outcome.costEconomic.p50,
        outcome.schedule.runDays.p50, outcome.predictedLoss.p50, assessment.evidence.rawValue,
      ].map { value in
        (value as? Double).map { Decimals.significant($0, 8) } ?? "\(value)"
      }.joined(separator: "\t") + "\n"
    }
    let out = plan.ruledOut.map { assessment in
      let why = assessment.reasons.map(\.message).joined(separator: "; ")
      return "-\t\(assessment.id)\t\(why)\n"
    }
    return (fitting + out).joined()
  }
}
