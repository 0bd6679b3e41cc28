import Catalog
import Planning
import Quantities
import Workload

extension AnswerPage {
  /// The answer of a plan; nil where nothing was weighed.
  public init?(_ plan: Plan) {
    guard let answer = plan.answer else { return nil }
    let maker = AnswerPageMaker(plan: plan, answer: answer)
    let columns = maker.columns
    self.init(
      headline: maker.headline, sign: answer.sign?.sentence ?? answer.noSignSentence ?? "",
      sureness: maker.sureness, yardstick: answer.yardstick.sentence, first: maker.first,
      trained: maker.trained, turns: maker.turns, ifGranted: answer.ifGranted?.sentence ?? "",
      columns: columns,
      ends: answer.byEnd.map { end in
        End(
          months: end.months, route: end.route,
          chance: end.chance.map { AnswerWords.ofHundred($0) } ?? "")
      },
      steps: answer.monday.map { step in
        Step(
          action: step.action,
          money: step.dollars == 0 ? "commits nothing" : AnswerWords.money(step.dollars),
          by: "\(step.kind == .ask ? "in hand by" : "by") \(AnswerWords.day(step.by))")
      },
      ties: answer.ties.compactMap { plan.assessment($0) }.map { AnswerPageMaker.label($0) },
      start: plan.scenario.start,
      end: columns.flatMap(\.stretches).map(\.end).max() ?? plan.scenario.start)
  }
}

/// Makes the parts of an answer page.
struct AnswerPageMaker {
  let plan: Plan
  let answer: Answer

  var isSized: Bool { plan.scenario.isSizedFromBudget }
  var leader: Answer.RouteAnswer? {
    answer.sign.flatMap { sign in answer.routes.first { $0.id == sign.id } }
  }

  func outcome(_ id: String?) -> Outcome? { id.flatMap { plan.assessment($0)?.outcome } }

  /// An option with its number of chips: `2,048 TPU v6e, 1-year commitment, South Carolina`.
  static func label(_ option: Assessment) -> String {
    "\(Decimals.grouped(Double(option.chips))) \(OptionWords.name(option))"
  }

  // MARK: Columns

  var columns: [AnswerPage.Column] {
    var columns = answer.routes.map { column($0.route, $0.id, $0) }
    if plan.scenario.routes.contains(.rentGPU) {
      columns.append(column(.rentGPU, answer.yardstick.id, nil))
    }
    let sizes = columns.map { size($0.id) }
    let largest = sizes.max() ?? 0
    for (index, size) in sizes.enumerated() where largest > 0 {
      columns[index].bar = size / largest
    }
    return columns
  }

  /// What the bars compare: effective compute of a model that is sized, else cash.
  private func size(_ id: String?) -> Double {
    guard let outcome = outcome(id) else { return 0 }
    return isSized ? outcome.equivalents.computeShare ?? 0 : outcome.costCash.p50
  }

  private func column(
    _ route: Route, _ id: String?, _ row: Answer.RouteAnswer?
  ) -> AnswerPage.Column {
    var column = AnswerPage.Column(
      route: route, isAnswer: id != nil && id == answer.sign?.id, isYardstick: row == nil, id: id)
    if let row { column.values[.best] = AnswerWords.ofHundred(row.chanceBest) }
    guard let id, let option = plan.assessment(id), let outcome = option.outcome else {
      column.what = "no option"
      let said = row?.risk ?? answer.yardstick.sentence
      let risk = said.hasPrefix("nothing fits: ") ? String(said.dropFirst(14)) : said
      column.risk = inTheWay(route, risk.hasSuffix(".") ? String(risk.dropLast()) : risk)
      return column
    }
    let chip = OptionWords.chip(option.accelerator)
    column.what = "\(Decimals.grouped(Double(option.chips))) \(chip)"
    column.terms = OptionWords.terms(
      option, withSeller: ![.rentTrainium, .rentTPU, .buyGPU].contains(route))
    column.risk = row?.risk ?? Self.yardstickRisk(outcome)
    column.stretches = stretches(outcome)
    for (row, text) in values(option, outcome) { column.values[row] = text }
    if let row { column.values[.wins] = wins(row) }
    return column
  }

  /// What is in the way of a route, and the nearest change that would bring it in.
  private func inTheWay(_ route: Route, _ words: String) -> String {
    let reasons = plan.assessments.filter { $0.route == route }.flatMap(\.reasons)
    let reason = reasons.first { words.hasSuffix($0.message) && !$0.nearestChange.isEmpty }
    return reason.map { "\(words). What would help: \($0.nearestChange)" } ?? words
  }

  private static func yardstickRisk(_ outcome: Outcome) -> String {
    outcome.obtaining.note
  }

  private func values(_ option: Assessment, _ outcome: Outcome) -> [(AnswerPage.Row, String)] {
    var values: [(AnswerPage.Row, String)] = []
    let equivalents = outcome.equivalents
    if isSized {
      values.append((.buys, equivalents.computeShare.map { AnswerWords.percent($0) } ?? "-"))
    }
    values.append(
      (
        .same,
        equivalents.sameModelDollars.map { AnswerWords.money($0) }
          ?? Self.words(equivalents.sameModelReason)
      ))
    let cash = outcome.costCash
    let (middle, high) = (AnswerWords.money(cash.p50), AnswerWords.money(cash.p80))
    values.append((.cash, middle == high ? middle : "\(middle) (to \(high))"))
    let left = cash.p50 - outcome.costEconomic.p50
    if left > cash.p50 / 100 { values.append((.back, AnswerWords.money(left))) }
    values.append((.keeps, AnswerWords.percent(outcome.chances.both)))
    values.append((.granted, Self.granted(outcome.obtaining)))
    if let price = outcome.expectedDollarsPerChipHour {
      values.append((.price, AnswerWords.price(price)))
    }
    if let run = outcome.phases.first(where: { $0.name == .run }) {
      values.append((.starts, AnswerWords.month(run.start)))
    }
    let done = done(outcome)
    let month = AnswerWords.month(done.p50)
    let late = AnswerWords.month(done.p80, after: done.p50)
    values.append((.done, month.hasPrefix(late + " ") ? month : "\(month) (to \(late))"))
    return values
  }

  /// The end of an option, as the answer's routes say it.
  private func done(_ outcome: Outcome) -> (p50: CalendarDate, p80: CalendarDate) {
    func date(_ days: Double) -> CalendarDate {
      plan.scenario.start.adding(days: days.isFinite ? days : 36_525)
    }
    return (date(outcome.schedule.totalDays.p50), date(outcome.schedule.totalDays.p80))
  }

  private static func granted(_ obtaining: Procurement) -> String {
    switch obtaining.kind {
    case .inHand: "in hand"
    case .contract where obtaining.chance >= 0.995: "sure"
    case .contract: AnswerWords.percent(obtaining.chance)
    case .request: "\(AnswerWords.percent(obtaining.chance)), no promise"
    }
  }

  private func wins(_ row: Answer.RouteAnswer) -> String {
    guard let price = row.winsAtDollarsPerChipHour else { return Self.words(row.winsAtReason) }
    return AnswerWords.price(price)
  }

  /// Why there is no figure.
  static func words(_ reason: String?) -> String {
    switch reason {
    case "too_slow": "too slow"
    case "beyond_20_budgets": "over 20 budgets"
    case "grant": "grant too unlikely"
    case "no_rival": "at any price"
    case nil: "-"
    case let other?: other.contains(" ") ? "-" : MachineWords.of(other)
    }
  }

  // MARK: Calendar

  private func stretches(_ outcome: Outcome) -> [AnswerPage.Stretch] {
    var stretches: [AnswerPage.Stretch] = []
    for phase in outcome.phases where phase.name != .margin {
      let stage: AnswerPage.Stage
      switch phase.name {
      case .decide, .contract, .wait, .delivery: stage = .waiting
      case .porting, .staging, .experiments, .evaluation, .margin: stage = .preparing
      case .run: stage = .training
      }
      if stretches.last?.stage == stage, stretches.last?.end == phase.start {
        stretches[stretches.count - 1].end = phase.end
      } else {
        stretches.append(AnswerPage.Stretch(stage: stage, start: phase.start, end: phase.end))
      }
    }
    let late = done(outcome).p80
    if let end = stretches.last?.end, late > end {
      stretches.append(AnswerPage.Stretch(stage: .late, start: end, end: late))
    }
    return stretches
  }
}
