import Catalog
import Economics
import Planning
import Quantities

/// A plan as text for people: the answer, the options by route, then those ruled out and why.
public struct PlanTable {
  let plan: Plan
  let style: TextStyle

  public init(_ plan: Plan, style: TextStyle = TextStyle()) {
    self.plan = plan
    self.style = style
  }

  /// The whole report: the answer's page first, then the tables.
  public var text: String {
    ([page ?? answer, question] + routes + [notes, ruledOut]).filter { !$0.isEmpty }
      .joined(separator: "\n")
  }

  /// The page of the answer; nil where nothing was weighed.
  private var page: String? {
    AnswerPage(plan).map { page in
      page.lines(AnswerLayout(width: style.width ?? 120)).map { $0.text(style) }.joined(
        separator: "\n") + "\n"
    }
  }

  // MARK: The answer and the question

  private var answer: String {
    guard let found = plan.recommendation else {
      return style.paint(
        wrapped("No option fits. What stands against each is listed below.", indent: 0), .bad)
    }
    return style.paint(wrapped(found.sentence, indent: 0), .heading)
  }

  private var question: String {
    wrapped(Self.questionParts(plan).joined(separator: " · "), indent: 0)
      + wrapped(Self.order(plan), indent: 0)
  }

  /// What is ranked by.
  static func order(_ plan: Plan) -> String {
    let figure =
      plan.scenario.isSizedFromBudget
      ? "the effective compute that the money buys at the chance asked, the chance of a grant weighed"
      : "the cash it takes at the chance asked, the chance of a grant weighed"
    return
      "What can be contracted on the three routes comes first, then rented GPUs (the yardstick beside them), "
      + "then requests that "
      + "nobody promises to grant; each by \(figure)."
  }

  /// What was asked, a few words each.
  static func questionParts(_ plan: Plan) -> [String] {
    let scenario = plan.scenario
    var parts = [
      "Budget \(Money(dollars: scenario.budgetDollars).short)", "model \(scenario.modelName)",
    ]
    if let tokens = scenario.tokens { parts.append("\(Count.short(tokens)) tokens") }
    parts.append("start \(scenario.start.iso)")
    if let deadline = scenario.deadlineDate {
      parts.append("deadline \(deadline.iso)")
    } else {
      parts.append(
        "for an end within 18 months, by \(scenario.start.adding(days: scenario.end.days).iso)")
    }
    if let longest = scenario.longestRun {
      parts.append("runs of at most \(Decimals.shortest(longest.days)) days")
    }
    if scenario.containsUserData { parts.append("touches user data") }
    parts.append("prices as of \(plan.catalogAsOf)")
    return parts
  }

  // MARK: Options by route

  private var routes: [String] {
    let labels = OptionLabels(plan)
    return plan.scenario.routes.sorted().map { route in
      let title = style.paint("\(route.letter)  \(route.title)", .heading)
      let groups = PlanDigest(plan).groups(of: route)
      guard !groups.isEmpty else { return "\(title)\n   nothing fits\n" }
      let shown = groups.prefix(PlanDigest.groupsShown)
      let table = fitted([Self.headings] + shown.map { Self.row($0, labels) })
      let hidden = groups.joined().count - shown.map(\.count).reduce(0, +)
      let more = hidden > 0 ? "   … and \(hidden) more, in --format csv and json\n" : ""
      return "\(title)\n\(table)\(more)"
    }
  }

  static let headings = [
    "#", "Option", "Where", "Chips", "Days", cash, "Economic", "Model",
    "Tokens", "Loss", "MFU", "Chance", "Ev",
  ]
  static let numeric = [
    true, false, false, true, true, true, true, true, true, true, true, true, false,
  ]

  /// Columns to drop where the terminal is too narrow, the least needed first: what ranks stays
  /// longest, and what is the same in every row of a given job goes first. Of the cash, the range goes
  /// and the middle stays.
  private var dropped: [String] {
    plan.scenario.isSizedFromBudget
      ? ["MFU", "Tokens", "Where", Self.cash, "Economic", "Model", "Chance"]
      : ["Model", "Tokens", "Loss", "MFU", "Where", Self.cash, "Chance"]
  }

  private static let cash = "Cash (p10–p90)"

  /// The rows as a table that fits the width, with fewer columns when it must.
  private func fitted(_ rows: [[String]]) -> String {
    var rows = rows
    var columns = Array(Self.headings.indices)
    func table(_ style: TextStyle = TextStyle()) -> String {
      TextTable.aligned(
        rows.map { row in columns.map { row[$0] } }, numeric: columns.map { Self.numeric[$0] },
        indent: 3, style: style)
    }
    guard let width = style.width else { return table(style) }
    for name in dropped {
      let text = table()
      let widest = text.split(separator: "\n").map(\.count).max() ?? 0
      if widest <= width { break }
      if name == Self.cash, let place = Self.headings.firstIndex(of: name) {
        for row in rows.indices { rows[row][place] = String(rows[row][place].prefix { $0 != " " }) }
      } else {
        columns.removeAll { Self.headings[$0] == name }
      }
    }
    return table(style)
  }

  /// A row's cells under `headings`: the best of a group, and how many more there are.
  static func row(_ group: [PlanDigest.Ranked], _ labels: OptionLabels) -> [String] {
    guard let first = group.first, let outcome = first.assessment.outcome else { return [] }
    let assessment = first.assessment
    let cash = outcome.costCash
    let place = labels.place(assessment)
    let others = group.count > 1 ? " +\(group.count - 1)" : ""
    let mark = (assessment.warnings.isEmpty ? "" : "!") + (assessment.claims.isEmpty ? "" : "†")
    return [
      String(first.rank), labels.name(assessment), (place.isEmpty ? "-" : place) + others,
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

  // MARK: Ruled out

  private var ruledOut: String {
    RuledOutList(plan).text(heading: style.paint("Ruled out\n", .heading)) {
      wrapped($0, indent: $1)
    }
  }

  // MARK: What to know

  private var notes: String {
    var lines = plan.warnings.map { style.paint(wrapped("! \($0)", indent: 3), .warning) }
    lines += plan.claimNotes.map { wrapped("† \($0)", indent: 3) }
    lines += plan.claimGains.map { wrapped("† \($0.sentence)", indent: 3) }
    lines += hints.map { wrapped($0, indent: 3) }
    if let flips = plan.recommendation?.flips, !flips.isEmpty {
      lines.append(style.paint("What would change the answer\n", .heading))
      lines += flips.map { wrapped($0, indent: 3) }
    }
    lines.append(
      wrapped(
        "Chance is that of keeping \(plan.scenario.deadline == nil ? "the budget" : "budget and deadline"). "
          + Self.evidenceKey + " plan explain OPTION shows every figure with its source.",
        indent: 0))
    return style.paint("What to know\n", .heading) + lines.joined()
  }

  /// What else to ask of this answer.
  private var hints: [String] {
    var hints: [String] = []
    guard let best = plan.ranked.first, let outcome = best.outcome else { return hints }
    // The band is of the dense law; a mixture is chosen from the ladder.
    if plan.scenario.choosesModel, outcome.model.experts == nil {
      let band = outcome.model.isoLossBand
      hints.append(
        "the best size is a band: for this compute any from \(Count.short(band.smallest)) to "
          + "\(Count.short(band.largest)) parameters comes within "
          + "\(Decimals.shortest(band.excess * 100)) % of the least loss")
    }
    // Sizing aims at the chance by approximation and the worlds find a few points more or less; only
    // what falls clearly short is worth a line.
    if outcome.chances.both < plan.scenario.confidence - 0.05 {
      let limits = plan.scenario.deadline == nil ? "the budget" : "budget and deadline"
      hints.append(
        "! the answer keeps \(limits) in \(Decimals.fixed(outcome.chances.both * 100, 0)) % of cases "
          + "only; plan limits says what \(Decimals.fixed(plan.scenario.confidence * 100, 0)) % takes"
      )
    }
    return hints
  }

  /// What the grades and marks in the last column mean.
  static let evidenceKey =
    "Ev is the weakest evidence in the row: A measured by you, B published measurement, "
    + "C vendor's or analyst's figure, D estimate or recalled; ! has a warning, † rests on a claim "
    + "taken for true."

  /// A text broken at spaces, each further line two deeper.
  private func wrapped(_ text: String, indent: Int) -> String {
    let limit = max(40, style.width ?? 110)
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
