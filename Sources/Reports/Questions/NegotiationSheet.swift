import Catalog
import Planning
import Quantities

/// What each seller's price would have to be, in every format.
public struct NegotiationSheet {
  let rows: [NegotiationRow]

  public init(_ rows: [NegotiationRow]) {
    self.rows = rows
  }

  /// The sheet in a format; a table opens with what the columns mean.
  public func render(_ format: ReportFormat, style: TextStyle = TextStyle()) -> String {
    let text = sheet(for: format).render(format, style: style)
    return format == .table ? heading + "\n" + text : text
  }

  private var heading: String {
    let leader = rows.first(where: \.isLeader)
    let verdict =
      leader.flatMap { row in
        row.winsAtConfidence.map {
          "\(row.route.title) leads, by \(row.seller), up to $\(Decimals.fixed($0, 2)) a chip-hour.\n"
        }
      } ?? ""
    return verdict
      + "Today: what a buyer of this size is expected to pay. Wins at: the price at which that seller's "
      + "best contract\nwould be the answer, in half of the outcomes and at the chance asked; for the "
      + "leader the price up to which it holds.\nOn record: discounts off list that are published or "
      + "judged for such a buyer.\n"
  }

  private func sheet(for format: ReportFormat) -> Sheet {
    var sheet = Sheet(columns: [
      .init("route", "Route"), .init("seller", "Seller"),
      .init("price_today_usd_per_chip_hour", "Today", numeric: true),
      .init("wins_at_p50", "Wins at, half", numeric: true),
      .init("wins_at_confidence", "At the chance", numeric: true),
      .init("discount_needed", "Discount needed", numeric: true),
      .init("on_record", "On record"), .init("reason", "Why not"),
      .init("id", "Option", widest: 60),
    ])
    let isText = format == .table || format == .plain
    sheet.rows = rows.map { row in
      [
        .string(row.route.rawValue), .string(row.seller),
        .decimal(row.todayDollarsPerChipHour, isText ? 2 : 4),
        .decimal(row.winsAtHalf, isText ? 2 : 4), .decimal(row.winsAtConfidence, isText ? 2 : 4),
        isText
          ? .text(row.discountNeeded.map { "\(Decimals.fixed($0 * 100, 0)) %" } ?? "")
          : .decimal(row.discountNeeded, 4),
        .text(record(row.onRecord)), .text(row.reason ?? ""), .string(row.id),
      ]
    }
    return sheet
  }

  private func record(_ range: Interval?) -> String {
    guard let range, let low = range.lower, let high = range.upper else { return "" }
    return low == high
      ? "\(Decimals.fixed(low * 100, 0)) %"
      : "\(Decimals.fixed(low * 100, 0)) to \(Decimals.fixed(high * 100, 0)) %"
  }
}
