import Catalog
import Testing

@testable import Economics

@Suite("Billed terms")
struct BilledTermTests {
  @Test(
    "a Capacity Block is sold by the day to 14 days, then by the week",
    arguments: [
      // AWS EC2 User Guide, Capacity Blocks: 15 -> 21 and so on.
      (1, 1), (0.2, 1), (13.5, 14), (14, 14), (15, 21), (17, 21), (30, 35), (54, 56), (90, 91),
      (181, 182), (182, 182),
    ])
  func blockDays(wanted: Double, billed: Double) {
    #expect(RentalTerms.blockDays(wantedDays: wanted) == billed)
  }

  /// Hours wanted and what they become.
  struct Case: Sendable {
    var rule = TermRule.capacityBlock
    var instance = "trn2.48xlarge"
    var useful: Double
    var billed: Double
    var segments: Int
    var calendar: Double
  }

  static let blockCases: [Case] = [
    Case(useful: 23.5, billed: 24, segments: 1, calendar: 23.5),
    Case(useful: 24, billed: 48, segments: 1, calendar: 24),
    Case(useful: 359.5, billed: 504, segments: 1, calendar: 359.5),
    Case(instance: "u-trn2x64", useful: 23.5, billed: 48, segments: 1, calendar: 23.5),
    Case(instance: "u-trn2x64", useful: 23, billed: 24, segments: 1, calendar: 23),
    Case(useful: 4367.5, billed: 4368, segments: 1, calendar: 4367.5),
    Case(useful: 4368, billed: 4392, segments: 2, calendar: 4368.5),
    Case(useful: 9071, billed: 9240, segments: 3, calendar: 9072),
  ]

  @Test(
    "work loses the last half hour of a block, an hour for UltraServers, and chains past 182 days",
    arguments: blockCases)
  func blocks(wanted: Case) { check(wanted) }

  static let otherCases: [Case] = [
    Case(rule: .none, useful: 100.5, billed: 100.5, segments: 1, calendar: 100.5),
    Case(rule: .flexStart, useful: 168, billed: 168, segments: 1, calendar: 170),
    Case(rule: .flexStart, useful: 169, billed: 169, segments: 2, calendar: 173),
    Case(rule: .calendar, useful: 25, billed: 48, segments: 1, calendar: 25),
    Case(rule: .calendar, useful: 2160, billed: 2160, segments: 1, calendar: 2160),
    Case(rule: .calendar, useful: 2161, billed: 2184, segments: 2, calendar: 2161),
    Case(rule: .commitment, useful: 100, billed: 8760, segments: 1, calendar: 100),
    Case(rule: .commitment, useful: 8761, billed: 17_520, segments: 2, calendar: 8761),
  ]

  @Test("other rules bill by use, by day or by whole term", arguments: otherCases)
  func rules(wanted: Case) { check(wanted) }

  private func check(_ wanted: Case) {
    let offer = offer(wanted.rule, purchase: .commit1Year, instance: wanted.instance)
    let expected = BilledTerm(
      billedHours: wanted.billed, usefulHours: wanted.useful, segments: wanted.segments,
      calendarHours: wanted.calendar)
    #expect(wanted.rule.billed(usefulHours: wanted.useful, offer: offer) == expected)
  }

  @Test("no work, and work that is no number, is billed as nothing", arguments: TermRule.allCases)
  func nothing(rule: TermRule) {
    for hours in [0, -1, Double.nan, .infinity] {
      #expect(rule.billed(usefulHours: hours, offer: offer(rule)) == .nothing)
    }
  }

  @Test("what is billed covers the work, and never shrinks when the work grows")
  func monotone() {
    var random = Seeded(state: 7)
    for rule in TermRule.allCases {
      for instance in ["x", "u-x"] {
        let offer = offer(rule, purchase: .commit3Year, instance: instance)
        let hours = (0..<1000).map { _ in Double.random(in: 0.01...40_000, using: &random) }
        let terms = hours.sorted().map { rule.billed(usefulHours: $0, offer: offer) }
        #expect(terms.allSatisfy { $0.billedHours >= $0.usefulHours })
        #expect(terms.allSatisfy { $0.calendarHours >= $0.usefulHours })
        #expect(zip(terms, terms.dropFirst()).allSatisfy { $0.billedHours <= $1.billedHours })
      }
    }
  }
}
