import Catalog
import Economics
import Quantities

/// What a run has cost and trained, week by week.
public struct Actuals: Hashable, Sendable {
  /// One week.
  public struct Week: Hashable, Sendable {
    /// Its first day.
    public var start: CalendarDate
    /// US dollars by cost term; under nil what is not told apart.
    public var spend: [CostTerm?: Double] = [:]
    /// Tokens trained; nil before training began.
    public var tokens: Double?
    /// Lines of the table that the tokens, and the first of its amounts, stand on.
    var tokensLine: Int?
    var spendLine: Int?

    public var dollars: Double { spend.values.reduce(0, +) }
    /// The first day after it.
    public var end: CalendarDate { CalendarDate(daysSinceEpoch: start.daysSinceEpoch + 7) }
  }

  /// The table's name in messages.
  var file = ""
  /// By date, without gaps.
  public var weeks: [Week]
  /// Whether spend is told apart by cost term.
  public var hasTerms: Bool

  static let requiredColumns = ["week"]
  static let optionalColumns = ["term", "usd", "tokens", "note"]

  /// Reads a table with the columns `week,term,usd,tokens,note`.
  ///
  /// - Parameter option: what was planned; what its chips can't do is then wrong too.
  /// - Throws: `FaultList` with file, line and column of everything that is wrong.
  public static func read(
    file: String, bytes: some Sequence<UInt8>, against option: SavedOption? = nil
  ) throws(FaultList) -> Actuals {
    let table = TableReader(
      file: file, bytes: bytes, required: requiredColumns, optional: optionalColumns)
    var reader = ActualsReader(file: file)
    var faults = table.faults
    for var row in table.rows {
      reader.take(&row)
      faults += row.faults
    }
    // Rows that can't be read would look like weeks that are missing.
    if faults.isEmpty { faults += reader.gaps }
    let actuals = Actuals(file: file, weeks: reader.ordered, hasTerms: reader.hasTerms)
    if faults.isEmpty, let option { faults += actuals.impossible(against: option) }
    guard faults.isEmpty else { throw FaultList(faults) }
    return actuals
  }
}

/// Gathers rows into weeks.
private struct ActualsReader {
  let file: String
  private var weeks: [CalendarDate: Actuals.Week] = [:]
  /// Lines on which a week and term, and a week's tokens, were first given.
  private var spendLines: [String: Int] = [:]
  private var tokenLines: [CalendarDate: Int] = [:]
  private var weekLines: [CalendarDate: Int] = [:]
  private var lastLine = 1

  init(file: String) {
    self.file = file
  }

  var hasTerms: Bool { weeks.values.contains { $0.spend.keys.contains { $0 != nil } } }

  var ordered: [Actuals.Week] { weeks.values.sorted { $0.start < $1.start } }

  mutating func take(_ row: inout TableRow) {
    lastLine = row.line
    let cell = row.requiredText("week")
    guard !cell.isEmpty else { return }
    guard let start = try? CalendarDate(parsing: cell) else {
      row.fail(
        "week", "“\(Magnitude.printable(cell))” is not the first day of a week (like 2026-11-23)")
      return
    }
    var week = weeks[start] ?? Actuals.Week(start: start)
    let (usd, tokens) = (row.text("usd"), row.text("tokens"))
    if usd.isEmpty && tokens.isEmpty { row.fail("usd", "neither usd nor tokens is given") }
    takeSpend(usd, &week, &row)
    takeTokens(tokens, &week, &row)
    weeks[start] = week
    weekLines[start] = min(row.line, weekLines[start] ?? .max)
  }

  private mutating func takeSpend(
    _ text: String, _ week: inout Actuals.Week, _ row: inout TableRow
  ) {
    let name = row.text("term")
    let term = name.isEmpty ? nil : row.choice("term", CostTerm.self)
    guard !text.isEmpty else { return }
    do {
      let dollars = try Money(parsing: text, as: "an amount in US dollars").dollars
      guard abs(dollars) <= 1e12 else {
        row.fail("usd", "\(Magnitude.printable(text)) is more than a trillion dollars")
        return
      }
      let key = "\(week.start.iso)/\(name)"
      if let line = spendLines[key] {
        row.fail(
          "usd", "line \(line) has this week\(name.isEmpty ? "" : " and term") already; add them up"
        )
      }
      spendLines[key] = row.line
      week.spendLine = week.spendLine ?? row.line
      week.spend[term, default: 0] += dollars
    } catch {
      row.fail("usd", error.description)
    }
  }

  private mutating func takeTokens(
    _ text: String, _ week: inout Actuals.Week, _ row: inout TableRow
  ) {
    guard !text.isEmpty else { return }
    do {
      let tokens = try Magnitude.parse(text, as: "a number of tokens")
      guard (0...1e18).contains(tokens) else {
        row.fail("tokens", "\(Magnitude.printable(text)) is outside 0 to 1e18")
        return
      }
      if let line = tokenLines[week.start] {
        row.fail("tokens", "line \(line) has this week's tokens already; give them once")
      }
      tokenLines[week.start] = row.line
      week.tokens = tokens
      week.tokensLine = row.line
    } catch {
      row.fail("tokens", error.description)
    }
  }

  /// What is wrong with the weeks as a whole: an unknown week is no week of nothing.
  var gaps: [Fault] {
    let weeks = ordered
    guard let first = weeks.first else {
      return [Fault(file: file, line: lastLine, message: "holds no week")]
    }
    var faults: [Fault] = []
    func fail(_ week: Actuals.Week, _ column: String, _ message: String) {
      faults.append(
        Fault(file: file, line: weekLines[week.start], column: column, message: message))
    }
    for (before, week) in zip(weeks, weeks.dropFirst()) {
      let days = week.start.daysSinceEpoch - before.start.daysSinceEpoch
      if days % 7 != 0 {
        fail(
          week, "week",
          "\(week.start.iso) is \(days) days after \(before.start.iso), not whole weeks")
      } else if days > 7 {
        fail(
          week, "week",
          "the week of \(before.end.iso) is missing; write it with 0 where nothing was spent or trained"
        )
      }
    }
    let began = weeks.firstIndex { ($0.tokens ?? 0) > 0 } ?? weeks.count
    for week in weeks.dropFirst(began) where week.tokens == nil {
      fail(week, "tokens", "are missing though training had begun; write 0 if none were trained")
    }
    let isMixed = hasTerms && weeks.contains { $0.spend.keys.contains(nil) }
    if isMixed {
      let week = weeks.first { $0.spend.keys.contains(nil) } ?? first
      fail(week, "term", "is empty; either every amount has a term or none has")
    }
    return faults
  }
}
