import Planning
import Quantities

/// Break-evens of owning against renting, in every format.
public struct BreakEvenSheet {
  let found: BreakEvens
  let plan: Plan

  public init(_ found: BreakEvens, of plan: Plan) {
    self.found = found
    self.plan = plan
  }

  /// The sheet in a format; a table begins with its finding and keeps the rentals that are hardest to beat,
  /// the others have every row.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    guard format == .table else { return sheet(found.rows, format).render(format, style: style) }
    let rows = hardest
    let shown = Array(rows.prefix(Self.rowsShown))
    let more = rows.count - shown.count
    return verdict(rows) + uses(rows) + "\n" + heading + "\n"
      + sheet(shown, format).render(.table, style: style)
      + (more > 0 ? "… and \(more) more kinds, in --format csv and json\n" : "")
  }

  private static let rowsShown = 12

  /// One of each kind that fits, the hardest to beat first: what needs the highest utilisation.
  private var hardest: [BreakEven] {
    var seen: Set<String> = []
    let fit = found.rows.filter(\.isFeasible)
    return (fit.isEmpty ? found.rows : fit).sorted {
      let (one, other) = ($0.utilisation ?? .infinity, $1.utilisation ?? .infinity)
      return one == other ? $0.rented < $1.rented : one > other
    }.filter { seen.insert(Self.kind($0.rented)).inserted }
  }

  /// Places and sizes of an offer are one kind.
  private static func kind(_ id: String) -> String {
    let parts = id.split(separator: "/")
    return parts.count > 4 ? "\(parts[1])/\(parts[2])/\(parts[4])" : id
  }

  /// What the rows come to, in a sentence; what the servers do after the run is its first assumption.
  private func verdict(_ rows: [BreakEven]) -> String {
    let years = Decimals.shortest(found.lifeYears)
    let use = Decimals.fixed(found.utilisation * 100, 0)
    guard let hardest = rows.first else {
      return "There is nothing to rent that fits money and time.\n"
    }
    let assumed =
      found.utilisation >= 1
      ? "With work for all of their time over \(years) years"
      : "With work for \(use) % of the time over \(years) years"
    let name = name(hardest.rented)
    guard let share = hardest.utilisation, share <= found.utilisation else {
      let beaten = rows.filter { ($0.utilisation ?? .infinity) <= found.utilisation }.count
      return "\(assumed), owning costs less than \(beaten) of \(rows.count) kinds of rental; "
        + "\(name) stays cheaper.\n"
    }
    let back = hardest.yearsWithoutResale.map { "\(Decimals.fixed($0, 1)) years" }
    return "\(assumed), owning costs less than every rental that fits: against \(name) from "
      + "\(Decimals.fixed(share * 100, 0)) % on"
      + (back.map { ", paid back in \($0) without any resale.\n" } ?? ".\n")
  }

  /// The same with no, half and full use, and against what other work would rent for.
  private func uses(_ rows: [BreakEven]) -> String {
    func beaten(_ share: Double) -> Int {
      rows.filter { ($0.utilisation ?? .infinity) <= share }.count
    }
    let half = found.utilisation / 2
    var text =
      "At half of that use it beats \(beaten(half)) of \(rows.count) kinds"
      + (found.utilisation < 1 ? ", at full use \(beaten(1))" : "")
      + "; without any use after the run only what resale leaves speaks for owning.\n"
    if let worth = found.otherWorkDollarsPerChipHour {
      let share = found.otherWorkUtilisation.map { "\(Decimals.fixed($0 * 100, 0)) % of the time" }
      text +=
        "Other work worth $\(Decimals.fixed(worth, 2)) a chip-hour carries the servers from "
        + "\(share ?? "no share of the time") on.\n"
    }
    return text
  }

  private func name(_ id: String) -> String {
    plan.assessment(id).map { OptionWords.name($0) } ?? id
  }

  private var heading: String {
    let years = Decimals.shortest(found.lifeYears)
    return "\(name(found.owned)) (\(found.owned)), for the same work.\n"
      + "Utilisation: the share of the time its chips must be at work, over \(years) years, to cost "
      + "no more than the rental\nwith every hour of its term used. Years: until having bought has cost "
      + "less, at \(Decimals.fixed(found.utilisation * 100, 0)) % utilisation,\nwithout resale and with "
      + "what the servers are worth then.\n"
  }

  /// People read words where scripts get numbers or null.
  private func sheet(_ rows: [BreakEven], _ format: ReportFormat) -> Sheet {
    var sheet = Sheet(columns: [
      .init("owned", "Owned"), .init("rented", "Rented", widest: 64),
      .init("owned_usd_per_chip_hour", "Own $/h", numeric: true),
      .init("rented_usd_per_chip_hour", "Rent $/h", numeric: true),
      .init("speed_ratio", "Speed", numeric: true),
      .init("break_even_utilisation", "Utilisation", numeric: true),
      .init("break_even_years_without_resale", "Years", numeric: true),
      .init("break_even_years", "With resale", numeric: true),
      .init("life_years", "Life", numeric: true),
      .init("utilisation", "At", numeric: true),
      .init("limit_years", "Limit", numeric: true),
      .init("feasible", "Fits"),
    ])
    let isText = format == .table || format == .plain
    sheet.rows = rows.map { row in
      [
        .string(row.owned), .string(format == .table ? name(row.rented) : row.rented),
        .decimal(row.ownedDollarsPerChipHour, isText ? 2 : 4),
        .decimal(row.rentedDollarsPerChipHour, isText ? 2 : 4),
        .decimal(row.speedRatio, isText ? 2 : 3),
        isText ? .string(utilisation(row)) : .decimal(row.utilisation, 4),
        isText ? .string(years(row.yearsWithoutResale)) : .decimal(row.yearsWithoutResale, 2),
        isText ? .string(years(row.years)) : .decimal(row.years, 2), .shortest(found.lifeYears),
        .shortest(found.utilisation), .shortest(found.limitYears), .bool(row.isFeasible),
      ]
    }
    if format == .table {
      // What is the same in every row stands in the heading.
      let kept = [1, 2, 3, 4, 5, 6, 7]
      sheet = Sheet(
        columns: kept.map { sheet.columns[$0] },
        rows: sheet.rows.map { row in kept.map { row[$0] } })
    }
    return sheet
  }

  private func utilisation(_ row: BreakEven) -> String {
    guard let share = row.utilisation else { return "never: electricity alone is dearer" }
    return row.paysWithinLife
      ? "\(Decimals.fixed(share * 100, 0)) %" : "never within 100 %"
  }

  private func years(_ years: Double?) -> String {
    years.map { Decimals.fixed($0, 1) }
      ?? "never within \(Decimals.shortest(found.limitYears))"
  }
}
