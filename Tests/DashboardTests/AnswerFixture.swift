import Planning
import Quantities
import Screen

@testable import Dashboard
@testable import Reports

/// A page of the answer to draw. Its figures are made up and mean nothing.
enum AnswerFixture {
  private static func date(_ text: String) -> CalendarDate {
    (try? CalendarDate(parsing: text)) ?? CalendarDate(daysSinceEpoch: 0)
  }

  private static func column(
    _ route: Route, _ id: String?, _ what: String, _ terms: String, bar: Double,
    _ values: [AnswerPage.Row: String], risk: String,
    _ ends: [(AnswerPage.Stage, String)] = []
  ) -> AnswerPage.Column {
    var column = AnswerPage.Column(
      route: route, isAnswer: route == .rentTPU, isYardstick: route == .rentGPU, id: id)
    (column.what, column.terms, column.bar) = (what, terms, bar)
    (column.values, column.risk) = (values, risk)
    var start = date("2026-11-26")
    for (stage, day) in ends {
      column.stretches.append(.init(stage: stage, start: start, end: date(day)))
      start = date(day)
    }
    return column
  }

  static let page: AnswerPage = {
    let columns = [
      column(
        .rentTrainium, "t1", "4,096 Trainium2", "capacity block, Hyderabad", bar: 1,
        [
          .buys: "126 %", .same: "$34M", .cash: "$29M (to $40M)", .keeps: "80 %",
          .granted: "12 %", .price: "$2.24", .wins: "grant too unlikely", .starts: "Jun 2027",
          .done: "Sep 2027 (to Nov)", .best: "9 of 100",
        ], risk: "may not be granted: 12 % likely",
        [
          (.waiting, "2027-01-12"), (.preparing, "2027-06-05"), (.training, "2027-08-07"),
          (.preparing, "2027-09-04"), (.late, "2027-11-15"),
        ]),
      column(
        .rentTPU, "g1", "2,048 TPU v6e", "1-year commitment, South Carolina", bar: 0.79,
        [
          .buys: "100 %", .same: "$50M", .cash: "$30M (to $33M)", .keeps: "80 %",
          .granted: "64 %", .price: "$1.66", .wins: "$2.29", .starts: "Aug 2027",
          .done: "Jan 2028 (to Apr)", .best: "56 of 100",
        ], risk: "the whole term is owed, used or not",
        [
          (.waiting, "2027-04-24"), (.preparing, "2027-08-08"), (.training, "2027-12-03"),
          (.preparing, "2028-01-18"), (.late, "2028-04-26"),
        ]),
      column(
        .buyGPU, "o1", "512 B200", "bought, in colocation", bar: 0.47,
        [
          .buys: "60 %", .same: "too slow", .cash: "$37M (to $39M)", .back: "$27M",
          .keeps: "80 %", .granted: "sure", .price: "$1.68", .wins: "$1.52",
          .starts: "Oct 2027", .done: "Dec 2027 (to Apr ’28)", .best: "35 of 100",
        ], risk: "delivery and power on time; what the servers are worth later",
        [
          (.waiting, "2027-07-10"), (.preparing, "2027-10-04"), (.training, "2027-10-30"),
          (.preparing, "2027-12-17"), (.late, "2028-04-25"),
        ]),
      column(
        .rentGPU, "r1", "768 B300", "contract of 6 months, a GPU cloud", bar: 0.9,
        [
          .buys: "114 %", .same: "$44M", .cash: "$41M (to $48M)", .keeps: "80 %",
          .granted: "57 %", .price: "$6.30", .starts: "Jul 2027", .done: "Dec 2027 (to Feb ’28)",
        ], risk: "a new term is negotiated before the old one ends; nothing is refunded",
        [
          (.waiting, "2027-04-03"), (.preparing, "2027-07-10"), (.training, "2027-11-12"),
          (.preparing, "2027-12-10"), (.late, "2028-02-20"),
        ]),
    ]
    return AnswerPage(
      headline:
        "RENT GOOGLE TPU. For the same $50M it trains with 1.7 times the compute of owning. "
        + "Trainium trains 1.3 times as much, but is 12 % likely to be granted.",
      sign:
        "Sign 2,048 chips: TPU v6e, 1-year commitment, Google South Carolina; $30.0M in cash, done "
        + "by 2028-01-18, 80 % to keep budget and end once it is granted, which is 64 % likely.",
      sureness: "It is the best of the three routes in 56 of 100 outcomes.",
      yardstick: "Rented GPUs would beat it: B300, contract of 6 months, a GPU cloud is worth 1.14 "
        + "times as much compute, the chance of the contract counted.",
      first: "First: ask Google for a written offer: 2,048 chips, TPU v6e, by 2 Jan 2027.",
      trained: [
        "584B parameters, 18.1B of them active (416 experts, 8 and 1 shared a token), 13.6T tokens: "
          + "753 for each active parameter.",
        "As good as a dense model of 120B parameters. Its compute is 0.71 times that of Llama 4 "
          + "Maverick and 0.48 times that of DeepSeek-V3.",
      ],
      turns: [
        "Turns to owning for an end in 24 months, best in 85 of 100.",
        "TPU holds up to $2.29 a chip-hour, 38 % above today’s $1.66; owning wins at $1.52 a "
          + "chip-hour, 9 % below today’s $1.68; Trainium wins at no price (grant too unlikely).",
      ],
      ifGranted:
        "Cheaper if granted: TPU v6e, flex-start would do the same model for $9.1M less; the "
        + "whole chain of requests is 21 % likely.",
      columns: columns,
      ends: [
        .init(months: 6, route: nil, chance: ""),
        .init(months: 9, route: .rentTPU, chance: "60 of 100"),
        .init(months: 12, route: .rentTPU, chance: "60 of 100"),
        .init(months: 18, route: .rentTPU, chance: "56 of 100"),
        .init(months: 24, route: .buyGPU, chance: "85 of 100"),
      ],
      steps: [
        .init(
          action: "Ask Google for a written offer: 2,048 chips, TPU v6e", money: "commits nothing",
          by: "by 2 Jan 2027"),
        .init(
          action: "Run a pilot on 64 TPU v6e for 14 days", money: "$48k", by: "by 15 Dec 2026"),
      ],
      ties: ["512 B200, bought, in colocation"], start: date("2026-11-26"), end: date("2028-04-26"))
  }()

  static func state(
    _ width: Int, _ height: Int, keys: [Key] = [],
    appearance: Appearance = .fitting(hasColor: true, hasUnicode: true)
  ) -> DashboardState {
    var face = FaceFixture.face()
    face.page = page
    // The answer's option leads, as it does in a plan.
    face.ranked.swapAt(0, 1)
    for index in face.ranked.indices { face.ranked[index].rank = index + 1 }
    return FaceFixture.state(width, height, face: face, keys: keys, appearance: appearance)
  }
}
