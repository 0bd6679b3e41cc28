import Catalog
import Economics
import Quantities

extension Actuals {
  /// Weeks of a run from what a bill says of each day.
  ///
  /// - Parameters:
  ///   - file: the bill's name in messages.
  ///   - days: US dollars by day and term; the term is empty where terms aren't told apart.
  ///   - hasTerms: whether they are.
  ///   - tokens: a table with the weeks' tokens, whose weeks are then taken; nil for weeks that begin on
  ///     Monday and no tokens.
  ///   - option: what was planned.
  /// - Throws: `FaultList` on a term that no plan has, money or tokens that can't be.
  public static func billed(
    file: String, days: [CalendarDate: [String: Double]], hasTerms: Bool, tokens: Actuals?,
    against option: SavedOption
  ) throws(FaultList) -> Actuals {
    let dates = days.keys.sorted()
    guard let first = dates.first, let last = dates.last else {
      throw FaultList([Fault(file: file, message: "holds no charge of the run")])
    }
    // The first of January 1970 was a Thursday.
    let monday = first.daysSinceEpoch - floorMod(first.daysSinceEpoch + 3, 7)
    let anchor = tokens?.weeks.first?.start.daysSinceEpoch ?? monday
    let early = max(0, anchor - first.daysSinceEpoch)
    let start = anchor - (early + 6) / 7 * 7
    let end = max(last.daysSinceEpoch, (tokens?.weeks.last?.end.daysSinceEpoch ?? 1) - 1)
    guard (end - start) / 7 < 2000 else {
      throw FaultList([
        Fault(
          file: file,
          message:
            "goes from \(first.iso) to \(last.iso); --from and --until say which days are the run's"
        )
      ])
    }
    var weeks = (0...((end - start) / 7)).map { index in
      Week(start: CalendarDate(daysSinceEpoch: start + index * 7))
    }
    for date in dates {
      let place = (date.daysSinceEpoch - start) / 7
      for (name, dollars) in (days[date] ?? [:]).sorted(by: { $0.key < $1.key }) {
        let term = CostTerm(rawValue: name)
        guard term != nil || !hasTerms else {
          throw FaultList([
            Fault(file: file, message: "“\(Magnitude.printable(name))” is no term of a plan")
          ])
        }
        weeks[place].spend[hasTerms ? term : nil, default: 0] += dollars
      }
    }
    for week in tokens?.weeks ?? [] {
      let place = (week.start.daysSinceEpoch - start) / 7
      guard weeks.indices.contains(place) else { continue }
      (weeks[place].tokens, weeks[place].tokensLine) = (week.tokens, week.tokensLine)
    }
    fillTokens(&weeks)
    let actuals = Actuals(file: file, weeks: weeks, hasTerms: hasTerms)
    let faults = actuals.impossible(against: option).map { fault in
      fault.column == "tokens"
        ? Fault(
          file: tokens?.file ?? file, line: fault.line, column: "tokens", message: fault.message)
        : fault
    }
    guard faults.isEmpty else { throw FaultList(faults) }
    return actuals
  }

  /// Once training has begun a week that no table speaks of trained nothing.
  private static func fillTokens(_ weeks: inout [Week]) {
    var hasBegun = false
    for index in weeks.indices {
      hasBegun = hasBegun || (weeks[index].tokens ?? 0) > 0
      if hasBegun { weeks[index].tokens = weeks[index].tokens ?? 0 }
    }
  }

  private static func floorMod(_ value: Int, _ divisor: Int) -> Int {
    ((value % divisor) + divisor) % divisor
  }
}
