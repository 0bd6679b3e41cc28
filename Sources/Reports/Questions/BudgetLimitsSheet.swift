import Planning
import Quantities

/// What holds each route's best option back when the budget says what is trained, in every format.
public struct BudgetLimitsSheet {
  let found: [LimitsOfOption]
  let plan: Plan

  /// - Parameter found: by route, the answer's first.
  public init(_ found: [LimitsOfOption], of plan: Plan) {
    self.found = found
    self.plan = plan
  }

  /// The sheet in a format; a table opens with its finding.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    let text = sheet(for: format).render(format, style: style)
    return format == .table ? sentence + "\n\n" + text : text
  }

  /// What holds the first back, and what it leaves unspent.
  private var sentence: String {
    guard let first = found.first else { return "Nothing that is allowed fits money and time." }
    let name = plan.assessment(first.id).map { OptionWords.name($0) } ?? first.id
    let binding = first.limits.filter(\.binds).sorted { $0.gain ?? 0 > $1.gain ?? 0 }
    let words = binding.map { limit in
      "\(Self.word(limit)) (\(limit.lifted): \(percent(limit.gain)) more)"
    }
    let held =
      words.isEmpty
      ? "No limit holds \(name) back." : "\(name) is held back by \(AnswerWords.list(words))."
    let isLeft = first.unspentDollars >= plan.scenario.budgetDollars * 0.05
    let left =
      isLeft
      ? " \(Money(dollars: first.unspentDollars).short) of the budget stays unspent in 8 of 10 outcomes."
      : ""
    return held + left
  }

  private func sheet(for format: ReportFormat) -> Sheet {
    let isText = format == .table || format == .plain
    var sheet = Sheet(columns: [
      .init("route", "Route"), .init("limit", "Limit"), .init("today", "Today"),
      .init("lifted", "Lifted to"), .init("gain", "Gives", numeric: true),
      .init("unspent_usd", "Unspent", numeric: true), .init("id", "Option", widest: 60),
    ])
    for option in found {
      guard let assessment = plan.assessment(option.id) else { continue }
      for limit in option.limits {
        sheet.rows.append([
          isText ? .text(assessment.route.title) : .string(assessment.route.rawValue),
          isText ? .text(Self.word(limit)) : .string(limit.kind.rawValue), .text(limit.today),
          .text(limit.lifted),
          isText ? .text(limit.gain.map { percent($0) } ?? "-") : .decimal(limit.gain, 4),
          isText
            ? .text(Money(dollars: option.unspentDollars).short)
            : .decimal(option.unspentDollars, 2),
          .string(option.id),
        ])
      }
    }
    return sheet
  }

  private func percent(_ gain: Double?) -> String {
    "\(Decimals.fixed((gain ?? 0) * 100, 0)) %"
  }

  /// A limit's name for people.
  static func word(_ limit: LimitFound) -> String {
    switch limit.kind {
    case .budget: "the budget"
    case .end: "the end"
    case .chance: "the chance asked"
    case .cluster: "the size granted"
    case .budgetAndCluster: "money and size together"
    case .tokens: "the different tokens"
    case .servingNode: "the serving node"
    case .power: "the power"
    }
  }
}
