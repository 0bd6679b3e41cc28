import Planning
import Quantities

extension PlanDocument {
  /// The answer of the whole plan; null where nothing was weighed.
  var answer: JSONValue {
    guard let answer = plan.answer else { return .null }
    return .object([
      .init("sign", sign(answer)),
      .init("sign_note", answer.noSignSentence.map { .string($0) } ?? .null),
      .init("if_granted", ifGranted(answer.ifGranted)),
      .init("pilot", pilot(answer.pilot)),
      .init("routes", .array(answer.routes.map(route))),
      .init("yardstick", yardstick(answer.yardstick)),
      .init("by_end", .array(answer.byEnd.map(byEnd))),
      .init("monday", .array(answer.monday.map(step))),
      .init("limits", .array((answer.limits?.limits ?? []).map(limit))),
      .init("unspent_usd", .decimal(answer.limits?.unspentDollars, 2)),
      .init("ties", .array(answer.ties.map { .string($0) })),
      .init("at_correlations", .array(answer.atCorrelations.map(atCorrelation))),
      .init("told_apart", .bool(answer.isToldApart)),
      .init(
        "at_list_prices",
        .object([
          .init("route", answer.routeAtListPrices.map { .string($0.rawValue) } ?? .null),
          .init("same", answer.sameAtListPrices.map { .bool($0) } ?? .null),
        ])),
    ])
  }

  private func sign(_ answer: Answer) -> JSONValue {
    answer.sign.map {
      .object([.init("id", .string($0.id)), .init("sentence", .string($0.sentence))])
    } ?? .null
  }

  private func ifGranted(_ granted: Answer.IfGranted?) -> JSONValue {
    guard let granted else { return .null }
    return .object([
      .init("id", .string(granted.id)), .init("saving_usd", .decimal(granted.savingDollars, 2)),
      .init("chance", .decimal(granted.chance, 4)), .init("sentence", .string(granted.sentence)),
    ])
  }

  private func pilot(_ pilot: Answer.Pilot?) -> JSONValue {
    guard let pilot else { return .null }
    return .object([
      .init("id", .string(pilot.id)), .init("chips", .integer(pilot.chips)),
      .init("days", .shortest(pilot.days)), .init("usd", .decimal(pilot.dollars, 2)),
      .init("worth_usd", .decimal(pilot.worthDollars, 0)),
      .init("sentence", .string(pilot.sentence)),
    ])
  }

  private func route(_ row: Answer.RouteAnswer) -> JSONValue {
    func date(_ date: CalendarDate?) -> JSONValue { date.map { .string($0.iso) } ?? .null }
    return .object([
      .init("route", .string(row.route.rawValue)),
      .init("id", row.id.map { .string($0) } ?? .null),
      .init("compute_share", .significant(row.computeShare, 5)),
      .init("same_model_usd", .decimal(row.sameModelDollars, 0)),
      .init(
        "done",
        .object([
          .init("p10", date(row.done?.p10)), .init("p50", date(row.done?.p50)),
          .init("p80", date(row.done?.p80)), .init("p90", date(row.done?.p90)),
        ])),
      .init("chance_best", .decimal(row.chanceBest, 4)),
      .init("wins_at_usd_per_chip_hour", .decimal(row.winsAtDollarsPerChipHour, 4)),
      .init("wins_at_reason", row.winsAtReason.map { .string($0) } ?? .null),
      .init("risk", .string(row.risk)),
    ])
  }

  private func yardstick(_ yardstick: Answer.Yardstick) -> JSONValue {
    .object([
      .init("id", yardstick.id.map { .string($0) } ?? .null),
      .init("compute_share", .significant(yardstick.computeShare, 5)),
      .init("sentence", .string(yardstick.sentence)),
    ])
  }

  private func byEnd(_ end: Answer.ByEnd) -> JSONValue {
    .object([
      .init("months", .integer(end.months)),
      .init("route", end.route.map { .string($0.rawValue) } ?? .null),
      .init("chance", .decimal(end.chance, 4)),
    ])
  }

  private func atCorrelation(_ found: Answer.AtCorrelation) -> JSONValue {
    .object([
      .init("correlation", .shortest(found.correlation)),
      .init("route", .string(found.route.rawValue)), .init("same", .bool(found.isSame)),
      .init("chance_best", .decimal(found.chanceBest, 4)),
    ])
  }

  private func limit(_ limit: LimitFound) -> JSONValue {
    .object([
      .init("limit", .string(limit.kind.rawValue)), .init("today", .string(limit.today)),
      .init("lifted", .string(limit.lifted)), .init("gain", .decimal(limit.gain, 4)),
    ])
  }

  private func step(_ step: Answer.Step) -> JSONValue {
    .object([
      .init("action", .string(step.action)), .init("kind", .string(step.kind.rawValue)),
      .init("usd", .decimal(step.dollars, 2)), .init("by", .string(step.by.iso)),
    ])
  }
}
