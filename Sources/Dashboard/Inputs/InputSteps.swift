import Planning
import Quantities

/// What steps do to values.
enum InputSteps {
  /// The way a field's value is stepped; nil when it can't be.
  static func nudge(
    _ field: ScenarioField, _ look: InputLook, _ words: [String],
    read: @escaping @Sendable (String, inout Scenario) throws -> Void
  ) -> (@Sendable (Int, inout Scenario) -> Void)? {
    let step = look.step
    switch step {
    case .none: return nil
    case .day:
      return { steps, scenario in stepDays(field.key, steps, &scenario, read: read) }
    case .word:
      return { steps, scenario in
        guard !words.isEmpty else { return }
        let index = field.show(scenario).flatMap { words.firstIndex(of: $0) }
        let next = index.map { ($0 + steps % words.count + words.count) % words.count } ?? 0
        try? read(words[next], &scenario)
      }
    case .tenth, .doubling, .by:
      return { steps, scenario in
        guard let value = field.show(scenario).flatMap(Double.init) else { return }
        // Step by step, so that ten steps end at the limit where there is no room for all.
        for count in stride(from: abs(steps), to: 0, by: -1) {
          let wanted = stepped(value, steps < 0 ? -count : count, step)
          guard wanted.isFinite else { continue }
          if (try? read(Decimals.shortest(wanted), &scenario)) != nil { return }
        }
      }
    }
  }

  /// A date or a length of time, so many days later or longer.
  private static func stepDays(
    _ key: String, _ steps: Int, _ scenario: inout Scenario,
    read: @Sendable (String, inout Scenario) throws -> Void
  ) {
    switch key {
    case "start":
      let days = Double(scenario.start.daysSinceEpoch + steps)
      try? read(CalendarDate(daysSinceEpoch: 0).adding(days: max(0, days)).iso, &scenario)
    case "deadline":
      // From none, the first step is the longest run considered.
      let days = scenario.deadline.map { max(1, $0.days + Double(steps)) }
      let wanted = days.map { TimeSpan(days: $0) } ?? scenario.end
      try? read(wanted.roundTrip, &scenario)
    default:
      let wanted = TimeSpan(days: max(1, scenario.end.days + Double(steps)))
      try? read(wanted.roundTrip, &scenario)
    }
  }

  static func stepped(_ value: Double, _ steps: Int, _ step: InputLook.Step) -> Double {
    var value = value
    for _ in 0..<abs(steps) {
      switch step {
      case .tenth: value = CompactNumber.rounded(steps > 0 ? value * 1.1 : value / 1.1)
      case .doubling: value = steps > 0 ? value * 2 : (value / 2).rounded(.up)
      case .by(let amount):
        value = ((value + (steps > 0 ? amount : -amount)) * 1e9).rounded() / 1e9
      case .none, .day, .word: break
      }
    }
    return value
  }
}
