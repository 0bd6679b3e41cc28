import Planning
import Quantities

/// Break-evens of owning against renting, in every format.
public struct BreakEvenSheet {
  let found: BreakEvens

  public init(_ found: BreakEvens) {
    self.found = found
  }

  /// The sheet in a format; a table opens with what was compared.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    let text = sheet(for: format).render(format, style: style)
    return format == .table ? heading + "\n" + text : text
  }

  private var heading: String {
    let years = Decimals.shortest(found.lifeYears)
    return "\(found.owned) against renting, for the same work.\n"
      + "Utilisation: the share of the time its chips must be at work, over \(years) years, to cost "
      + "no more.\nYears: after which having bought has cost less, at "
      + "\(Decimals.fixed(found.utilisation * 100, 0)) % utilisation.\n"
  }

  /// People read words where scripts get numbers or null.
  private func sheet(for format: ReportFormat) -> Sheet {
    var sheet = Sheet(columns: [
      .init("owned", "Owned"), .init("rented", "Rented", widest: 64),
      .init("owned_usd_per_chip_hour", "Own $/h", numeric: true),
      .init("rented_usd_per_chip_hour", "Rent $/h", numeric: true),
      .init("speed_ratio", "Speed", numeric: true),
      .init("break_even_utilisation", "Utilisation", numeric: true),
      .init("break_even_years", "Years", numeric: true),
      .init("life_years", "Life", numeric: true),
      .init("utilisation", "At", numeric: true),
      .init("limit_years", "Limit", numeric: true),
    ])
    let isText = format == .table || format == .plain
    sheet.rows = found.rows.map { row in
      [
        .string(row.owned), .string(row.rented), .decimal(row.ownedDollarsPerChipHour, 4),
        .decimal(row.rentedDollarsPerChipHour, 4), .decimal(row.speedRatio, 3),
        isText ? .string(utilisation(row)) : .decimal(row.utilisation, 4),
        isText ? .string(years(row)) : .decimal(row.years, 2), .shortest(found.lifeYears),
        .shortest(found.utilisation), .shortest(found.limitYears),
      ]
    }
    if format == .table {
      // What is the same in every row stands in the heading.
      let kept = [1, 2, 3, 4, 5, 6]
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

  private func years(_ row: BreakEven) -> String {
    row.years.map { Decimals.fixed($0, 1) }
      ?? "never within \(Decimals.shortest(found.limitYears))"
  }
}
