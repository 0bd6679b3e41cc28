import Catalog
import Planning
import Quantities

/// Every input of a scenario, in the order of the pane.
enum ScenarioFields {
  static func all(_ choices: InputChoices) -> [InputField] {
    money + job(choices) + dates + places(choices) + limits
  }

  // MARK: Money

  private static let money: [InputField] = [
    InputField(
      "budget", "Budget", unit: "USD", group: "Money",
      help: "The limit on cash spent for the job until it ends.",
      hint: "like 60M, 2.5B, 750k or 5e7",
      text: { CompactNumber.text($0.budgetDollars) },
      nudge: { steps, scenario in
        let wanted = max(1, stepped(scenario.budgetDollars, steps))
        if wanted.isFinite { scenario.budgetDollars = wanted }
      },
      read: { text, scenario in
        let wanted = try Money(parsing: text, as: "a budget").dollars
        guard wanted > 0 else { throw InputError("A budget must be more than 0.") }
        scenario.budgetDollars = wanted
      }),
    share(
      "confidence", "Budget kept with", group: "Money",
      help: "Chance of staying within the budget that a model sized from it is given.",
      range: 0.01...0.99, step: 0.05, \.confidence),
    share(
      "discount-rate", "Discount rate", unit: "a year", group: "Money",
      help: "What money later is worth less, a year; for what is left over at the end.",
      range: 0...1, step: 0.01, \.discountRate),
  ]

  // MARK: Dates

  private static let dates: [InputField] = [
    InputField(
      "start", "Start", group: "Dates", help: "The day the job may start.",
      hint: "a date like 2026-11-23", text: { $0.start.iso },
      nudge: { steps, scenario in
        let days = scenario.start.daysSinceEpoch + steps
        guard let last = try? CalendarDate(parsing: "9999-12-31"), days < last.daysSinceEpoch,
          days > 0
        else { return }
        scenario.start = CalendarDate(daysSinceEpoch: days)
      },
      read: { text, scenario in scenario.start = try CalendarDate(parsing: text) }),
    InputField(
      "deadline", "Deadline", group: "Dates",
      help: "Time from the start by which the run must have ended.",
      hint: "a date, a length like 90d or 6mo, or none",
      completions: ["none"],
      text: { $0.deadline?.roundTrip ?? "none" },
      shown: { scenario in
        guard let deadline = scenario.deadline else { return "none" }
        return "\(deadline.roundTrip), \(scenario.deadlineDate?.iso ?? "-")"
      },
      nudge: { steps, scenario in
        // From none, the first step is the longest run anybody would sit through.
        guard let deadline = scenario.deadline else {
          scenario.deadline = scenario.longestRun
          return
        }
        scenario.deadline = TimeSpan(days: max(1, deadline.days + Double(steps)))
      },
      read: { text, scenario in scenario.deadline = try deadline(text, from: scenario.start) }),
    InputField(
      "longest-run", "Longest run", group: "Dates",
      help: "The longest run anybody would sit through when there is no deadline.",
      hint: "a length of time like 180d or 6mo", text: { $0.longestRun.roundTrip },
      nudge: { steps, scenario in
        scenario.longestRun = TimeSpan(days: max(1, scenario.longestRun.days + Double(steps)))
      },
      read: { text, scenario in
        let span = try TimeSpan(parsing: text)
        guard span.hours > 0 else { throw InputError("A run takes more than no time.") }
        scenario.longestRun = span
      }),
  ]

  private static func deadline(_ text: String, from start: CalendarDate) throws -> TimeSpan? {
    if text.isEmpty || text == "none" { return nil }
    if let date = try? CalendarDate(parsing: text) {
      guard date > start else {
        throw InputError("\(text) is not after the start, \(start.iso).")
      }
      return TimeSpan(days: Double(date.daysSinceEpoch - start.daysSinceEpoch))
    }
    let span = try TimeSpan(parsing: text, as: "a deadline, as a date or a length of time")
    guard span.hours > 0 else { throw InputError("A deadline must be later than the start.") }
    return span
  }

  // MARK: Limits

  private static let limits: [InputField] = [
    InputField(
      "largest-cluster", "Largest cluster", unit: "chips", group: "Limits",
      help: "Chips in the largest cluster considered.", hint: "a number of chips like 16384",
      text: { String($0.largestCluster) },
      shown: { Decimals.grouped(Double($0.largestCluster)) },
      nudge: { steps, scenario in
        scenario.largestCluster = doubled(scenario.largestCluster, steps, within: 1...1_048_576)
      },
      read: { text, scenario in
        scenario.largestCluster = try whole(text, as: "a number of chips", within: 1...1_048_576)
      }),
    InputField(
      "contains-user-data", "Touches user data", group: "Limits",
      help: "Whether the job touches user data, which keeps it on machines of your own.",
      hint: "yes or no", kind: .flag, completions: ["yes", "no"],
      text: { $0.containsUserData ? "yes" : "no" },
      nudge: { _, scenario in scenario.containsUserData.toggle() },
      read: { text, scenario in
        switch text.lowercased() {
        case "yes", "y", "true": scenario.containsUserData = true
        case "no", "n", "false": scenario.containsUserData = false
        default: throw InputError("“\(Magnitude.printable(text))” is neither yes nor no.")
        }
      }),
  ]

  // MARK: Kinds of field

  /// A share, typed and shown in percent.
  private static func share(
    _ name: String, _ label: String, unit: String = "", group: String, help: String,
    range: ClosedRange<Double>, step: Double, _ path: WritableKeyPath<Scenario, Double> & Sendable
  ) -> InputField {
    let (low, high) = (shortPercent(range.lowerBound), shortPercent(range.upperBound))
    return InputField(
      name, label, unit: unit, group: group, help: help,
      hint: "percent from \(low) to \(high), like \(shortPercent(range.lowerBound + 5 * step))",
      text: { shortPercent($0[keyPath: path]) },
      nudge: { steps, scenario in
        let wanted = ((scenario[keyPath: path] + Double(steps) * step) * 1e6).rounded() / 1e6
        scenario[keyPath: path] = min(max(wanted, range.lowerBound), range.upperBound)
      },
      read: { text, scenario in
        let digits = text.filter { $0 != "%" && $0 != " " }
        // The point is moved in the text, so that 12.3% is exactly 0.123.
        let isPlain = !digits.contains { !$0.isNumber && $0 != "." && $0 != "-" }
        let value =
          isPlain && !digits.isEmpty
          ? try Magnitude.parse(digits + "e-2", as: "a percentage")
          : try Magnitude.parse(digits, as: "a percentage") / 100
        guard range.contains(value) else {
          throw InputError("\(shortPercent(value)) is outside \(low) to \(high).")
        }
        scenario[keyPath: path] = value
      })
  }

  /// A share as a person writes it; exact enough to read back as the same.
  private static func shortPercent(_ share: Double) -> String {
    let percent = (share * 100 * 1e9).rounded() / 1e9
    return Decimals.shortest(percent) + "%"
  }

  /// A number so many tenths up or down, to three significant digits.
  static func stepped(_ value: Double, _ steps: Int) -> Double {
    var value = value
    for _ in 0..<abs(steps) {
      value = CompactNumber.rounded(steps > 0 ? value * 1.1 : value / 1.1)
    }
    return value
  }

  /// A whole number doubled or halved.
  static func doubled(_ value: Int, _ steps: Int, within range: ClosedRange<Int>) -> Int {
    var value = value
    for _ in 0..<min(abs(steps), 64) {
      value = steps > 0 ? min(value * 2, range.upperBound) : max(value / 2, range.lowerBound)
    }
    return value
  }

  /// A whole number within a range.
  static func whole(_ text: String, as what: String, within range: ClosedRange<Int>) throws -> Int {
    let value = try Count.parse(text, as: what)
    let (low, high) = (Double(range.lowerBound), Double(range.upperBound))
    guard value == value.rounded(), value >= low, value <= high else {
      throw InputError(
        "“\(Magnitude.printable(text))” is not \(what) from \(range.lowerBound) to "
          + "\(range.upperBound).")
    }
    return Int(value)
  }
}
