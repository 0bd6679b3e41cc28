import Catalog
import Economics
import Quantities
import Testing

@testable import Planning

/// A saved plan cut to what tracking reads: 100 days of 10B tokens, rent by the month.
enum SavedPlanSample {
  static let text = """
    {"schema_version": "1.0",
     "scenario": {"budget_usd": 1100000.00, "deadline": "2026-04-20"},
     "ranking": ["a/b"],
     "options": [
      {"id": "a/b", "purchase": "on_demand", "start": "2026-01-05", "finish": "2026-04-15",
       "days": {"p10": 90, "p50": 100, "p90": 115},
       "model": {"tokens": 1e12},
       "cost_cash_usd": {"p10": 950000, "p50": 1020000, "p90": 1100000},
       "breakdown_usd": {"accelerator_rent": 1000000.00, "experiments": 20000.00},
       "payments": [
        {"date": "2026-01-05", "term": "experiments", "usd": 20000.00},
        {"date": "2026-01-05", "term": "accelerator_rent", "usd": 500000.00},
        {"date": "2026-03-05", "term": "accelerator_rent", "usd": 500000.00}]},
      {"id": "a/c", "purchase": "own", "start": null, "finish": null,
       "days": {"p10": null, "p50": null, "p90": null}, "model": {"tokens": null},
       "cost_cash_usd": {"p10": null, "p50": null, "p90": null}, "breakdown_usd": {},
       "payments": []}]}
    """

  /// The same with 256 chips at 40 % of a peak that makes 25B tokens a day.
  static let textWithPeak = text.replacing(
    "\"purchase\": \"on_demand\",",
    with: """
      "purchase": "on_demand", "chips": 256, "mfu": {"p10": 0.35, "p50": 0.4, "p90": 0.45},
      "tokens_per_second_per_chip": {"p10": 400, "p50": 452.112, "p90": 500},
      """)

  static func option() throws -> SavedOption {
    try SavedPlan(text, file: "plan.json").option()
  }
}

@Suite("Tracking")
struct TrackingTests {
  private func track(_ actuals: String) throws -> Tracking {
    Tracking(
      try Actuals.read(file: "actuals.csv", bytes: actuals.utf8),
      against: try SavedPlanSample.option())
  }

  /// Weeks of rent and tokens from the plan's first day.
  private func weeks(_ count: Int, tokens: Double, dollars: Double = 70_000) -> String {
    var text = "week,term,usd,tokens\n2026-01-05,experiments,20000,\n"
    for week in 0..<count {
      let day = CalendarDate(daysSinceEpoch: 20_458 + 7 * week)
      text += "\(day.iso),accelerator_rent,\(dollars),\(tokens)\n"
    }
    return text
  }

  @Test("a run that goes as planned is forecast to end as planned, for what was planned")
  func asPlanned() throws {
    let tracking = try track(weeks(4, tokens: 70e9))
    #expect(tracking.asOf.iso == "2026-02-02")
    #expect(abs(tracking.tokensPlanned - 280e9) < 1)
    #expect(abs(tracking.daysLate) <= 1)
    #expect(abs(tracking.cash.p50 - 1_020_000) < 2000)
    #expect(tracking.finish.p10 <= tracking.finish.p50)
    #expect(try tracking.finish.p50 <= #require(tracking.finish.p90))
    #expect(
      try tracking.cash.p10 < tracking.cash.p50 && tracking.cash.p50 < #require(tracking.cash.p90))
  }

  @Test("a run at half the speed ends far later and costs more, the surer the more weeks are seen")
  func slow() throws {
    let two = try track(weeks(2, tokens: 35e9))
    let ten = try track(weeks(10, tokens: 35e9))
    #expect(two.daysLate > 20 && ten.daysLate > two.daysLate)
    // 350B in 70 days: 650B are left at 5B a day or nearly so.
    #expect((180...205).contains(ten.finish.p50.daysSinceEpoch - 20_458))
    #expect(ten.cash.p50 > 1_500_000)
    #expect(ten.notes.contains { $0.contains("over the budget of $1.10M") })
    #expect(ten.notes.contains { $0.contains("past the deadline, 2026-04-20") })
    let spread = { (tracking: Tracking) in tracking.rate.p90 / tracking.rate.p10 }
    #expect(spread(ten) < spread(two))
  }

  @Test("variance by term is actual less what the plan had used up by the day")
  func variance() throws {
    let tracking = try track(weeks(4, tokens: 70e9, dollars: 130_000))
    let rent = try #require(tracking.terms.first { $0.term == .acceleratorRent })
    #expect(abs(rent.plannedToDate - 280_000) < 1e-6 && rent.actual == 520_000)
    #expect(abs(rent.variance - 240_000) < 1e-6)
    let once = try #require(tracking.terms.first { $0.term == .experiments })
    #expect(once.plannedToDate == 20_000 && once.forecast == 20_000 && once.forecastHigh == 20_000)
    #expect(tracking.terms.map(\.forecast).reduce(0, +) == tracking.cash.p50)
  }

  @Test("a term that the plan does not have is counted, and planned at nothing")
  func unplanned() throws {
    let tracking = try track(weeks(2, tokens: 70e9) + "2026-01-05,egress,1234.50,\n")
    let egress = try #require(tracking.terms.first { $0.term == .egress })
    #expect(egress.planned == 0 && egress.forecast == 1234.5)
  }

  @Test("without terms the sums are compared, and no term is made up")
  func sums() throws {
    let tracking = try track("week,usd,tokens\n2026-01-05,90000,70B\n2026-01-12,70000,70B\n")
    #expect(tracking.terms.isEmpty && tracking.dollars == 160_000)
    #expect(abs(tracking.cash.p50 - 1_020_000) < 5000)
  }

  @Test("before training begins, and after its end, the forecast is the plan's and what was spent")
  func ends() throws {
    let before = try track("week,usd\n2025-12-29,1000\n")
    #expect(before.daysLate == 0 && before.actualRate == nil)
    let after = try track(weeks(15, tokens: 70e9))
    #expect(after.finish.p50 == after.asOf && after.cash.p50 == 20_000 + 15 * 70_000)
  }

  @Test("tokens above the chips' peak are refused with the slip that explains them")
  func abovePeak() throws {
    let option = try SavedPlan(SavedPlanSample.textWithPeak, file: "plan.json").option()
    #expect(abs((try #require(option.peakTokensPerDay)) - 25e9) < 1e5)
    let table = "week,usd,tokens\n2026-01-05,70000,70B\n2026-01-12,70000,700B\n"
    let error = #expect(throws: FaultList.self) {
      try Actuals.read(file: "a.csv", bytes: table.utf8, against: option)
    }
    #expect(
      error?.description
        == "a.csv:3: tokens: 700B in a week are 400 % of what the plan's chips do at their peak; "
        + "a slip of the decimal point? 70.0B would be near the plan")
    let money = "week,usd,tokens\n2026-01-05,70000M,70B\n"
    let other = #expect(throws: FaultList.self) {
      try Actuals.read(file: "a.csv", bytes: money.utf8, against: option)
    }
    #expect(
      other?.description.hasPrefix("a.csv:2: usd: $70.0B in a week are more than ten") == true)
  }

  @Test("a week far from the plan is named, one like it is not")
  func doubts() throws {
    let usual = try track(weeks(4, tokens: 70e9))
    #expect(!usual.notes.contains { $0.hasPrefix("Check") })
    let odd = try track("week,usd,tokens\n2026-01-05,70000,70B\n2026-01-12,7M,170B\n")
    #expect(odd.notes.contains { $0.hasPrefix("Check the week of 2026-01-12: 170B tokens") })
    #expect(odd.notes.contains { $0.hasPrefix("Check the week of 2026-01-12: $7.00M") })
  }

  @Test("a week far above the others, or money far below its tokens, is named")
  func slips() throws {
    let uneven = try track(
      "week,usd,tokens\n2026-01-05,70000,8B\n2026-01-12,70000,82B\n2026-01-19,70000,8.4B\n")
    #expect(
      uneven.notes.contains {
        $0 == "Check the week of 2026-01-12: 82.0B tokens are 9.8 times those of the other weeks; "
          + "a slip of the decimal point? 8.20B would be near the other weeks."
      })
    #expect(uneven.notes.filter { $0.hasPrefix("Check") }.count == 1)
    let cheap = try track(
      "week,usd,tokens\n"
        + (0..<4).map { "2026-01-\(["05", "12", "19", "26"][$0]),700,70B\n" }
        .joined())
    #expect(cheap.notes.contains { $0.hasPrefix("Check tokens and money: 280B tokens for $2.80k") })
  }

  @Test("the range of the speed stays between standstill and the peak, however weeks scatter")
  func range() throws {
    let peak = 25e9
    for (mean, deviation) in [(10e9, 1e8), (10e9, 1e10), (1e9, 1e12), (24e9, 5e9), (0, 1e9)] {
      let range = RunSpeed.percentiles(mean: mean, deviation: deviation, most: peak)
      #expect(range.p10 > 0 || mean == 0)
      #expect(range.p10 <= range.p50 && range.p50 <= range.p90 && range.p90 <= peak)
    }
    // Far from both ends it is the normal distribution's own.
    let free = RunSpeed.percentiles(mean: 10e9, deviation: 1e8, most: peak)
    #expect(abs(free.p50 - 10e9) < 1 && abs(free.p90 - 10e9 - 1.281_551_565_5e8) < 1)
    let wild = try track("week,usd,tokens\n2026-01-05,1,1B\n2026-01-12,1,150B\n2026-01-19,1,0\n")
    #expect(wild.rate.p10 > 0)
  }

  static let faults: [(text: String, words: String)] = [
    ("week,usd\n", "actuals.csv:1: holds no week"),
    ("week,usd\nsoon,5\n", "actuals.csv:2: week: “soon”"),
    ("week,usd\n2026-01-05,banana\n", "actuals.csv:2: usd: “banana”"),
    ("week,usd\n2026-01-05,\n", "actuals.csv:2: usd: neither"),
    ("week,term,usd\n2026-01-05,rent,5\n", "actuals.csv:2: term: “rent” is not one of"),
    ("week,usd\n2026-01-05,1\n2026-01-05,2\n", "actuals.csv:3: usd: line 2 has this week"),
    ("week,usd\n2026-01-05,1\n2026-01-13,2\n", "8 days after 2026-01-05"),
    ("week,usd\n2026-01-05,1\n2026-01-19,2\n", "the week of 2026-01-12 is missing"),
    (
      "week,usd,tokens\n2026-01-05,1,5B\n2026-01-12,2,\n",
      "actuals.csv:3: tokens: are missing"
    ),
    (
      "week,term,usd\n2026-01-05,energy,1\n2026-01-12,,2\n",
      "actuals.csv:3: term: is empty"
    ),
    ("weak,usd\n2026-01-05,1\n", "did you mean week?"),
    ("week,tokens\n2026-01-05,-5\n", "actuals.csv:2: tokens: -5 is outside"),
  ]

  @Test("what is wrong with the actuals is named with its line and the cure", arguments: faults)
  func badActuals(text: String, words: String) throws {
    let error = #expect(throws: FaultList.self) {
      try Actuals.read(file: "actuals.csv", bytes: text.utf8)
    }
    #expect(error?.description.contains(words) == true, "\(error?.description ?? "")")
  }

  @Test("a file that is no saved plan, or a plan without the option, says so")
  func badPlans() throws {
    func message(_ text: String, _ option: String? = nil) -> String {
      do {
        _ = try SavedPlan(text, file: "plan.json").option(option)
        return ""
      } catch {
        return "\(error)"
      }
    }
    let text = SavedPlanSample.text
    #expect(message("id,route\n").hasPrefix("plan.json:1: column 1"))
    #expect(message("{}").contains("no plan saved with --format json"))
    #expect(message(text, "a/d").contains("did you mean a/b?"))
    #expect(message(text, "7").contains("no option"))
    #expect(message(text, "a/c").contains("no figures"))
    #expect(message(text.replacing("\"payments\"", with: "\"paid\"")).contains("no payments"))
    #expect(message(text.replacing("2026-03-05", with: "March")).hasPrefix("plan.json:13: date"))
  }
}
