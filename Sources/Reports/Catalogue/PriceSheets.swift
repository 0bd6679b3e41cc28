import Catalog
import PriceFeeds
import Quantities

/// The tables of `plan prices`.
public enum PriceSheets {
  /// Imported prices against those known before.
  public static func changes(_ changes: [OfferOverlay.Change]) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("outcome", "Outcome"),
        .init("before_usd_per_instance_hour", "Before USD/h", numeric: true),
        .init("usd_per_instance_hour", "USD/h", numeric: true),
        .init("change_percent", "Change %", numeric: true), .init("as_of", "As of"),
        .init("grade", "Ev"), .init("note", "Note", widest: 48),
        .init("source_url", "Source", widest: 48),
      ],
      rows: changes.map { change in
        [
          .string(change.price.id), .string(change.outcome.rawValue), .shortest(change.before),
          .shortest(change.after), percent(from: change.before, to: change.after),
          .text(change.price.asOf), .string(change.price.grade.rawValue),
          .text(change.price.note), .text(change.price.source),
        ]
      })
  }

  /// What a file was read as, and the rows of it that were passed over; for stderr.
  public static func account(of reading: FeedReading) -> [String] {
    let passed = reading.passedOver.map(\.count).reduce(0, +)
    var lines = [
      "\(reading.file): \(reading.format.rawValue), \(count(reading.prices.count, "price")) of "
        + "known offers, \(count(passed, "row")) passed over"
    ]
    for kind in reading.passedOver {
      let mark = kind.weight == .unrecognised ? "NOT RECOGNISED: " : ""
      lines.append(
        "  \(count(kind.count, "row")): \(mark)\(kind.reason) (first at \(kind.example))")
    }
    return lines
  }

  /// Prices with their ages and what is wrong with them.
  public static func check(_ rows: [PriceCheck.Row]) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("finding", "Finding"),
        .init("usd_per_instance_hour", "USD/h", numeric: true), .init("as_of", "As of"),
        .init("age_days", "Days", numeric: true), .init("detail", "Detail", widest: 60),
      ],
      rows: rows.map { row in
        [
          .string(row.id), .string(row.finding.rawValue), .shortest(row.usdPerInstanceHour),
          .text(row.asOf), row.ageDays.map { .integer($0) } ?? .null, .text(row.detail),
        ]
      })
  }

  /// How many of each finding there are; for stderr.
  public static func account(of check: PriceCheck) -> String {
    let counts = PriceCheck.Finding.allCases.compactMap { finding -> String? in
      let number = check.rows.filter { $0.finding == finding }.count
      return number == 0 ? nil : "\(number) \(finding.rawValue)"
    }
    return counts.joined(separator: ", ")
  }

  /// What differs between two sets of offers.
  public static func difference(_ difference: OfferDifference) -> Sheet {
    Sheet(
      columns: [
        .init("id", "Id"), .init("kind", "Kind"),
        .init("before_usd_per_instance_hour", "Before USD/h", numeric: true),
        .init("after_usd_per_instance_hour", "After USD/h", numeric: true),
        .init("change_percent", "Change %", numeric: true),
        .init("before_as_of", "Before, as of"), .init("after_as_of", "After, as of"),
      ],
      rows: difference.rows.map { row in
        [
          .string(row.id), .string(row.kind.rawValue), .shortest(row.before),
          .shortest(row.after), percent(from: row.before, to: row.after),
          .text(row.asOfBefore), .text(row.asOfAfter),
        ]
      })
  }

  static func percent(from before: Double?, to after: Double?) -> JSONValue {
    guard let before, let after, before > 0 else { return .null }
    return .decimal((after / before - 1) * 100, 1)
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(Decimals.grouped(Double(number))) \(what)\(number == 1 ? "" : "s")"
  }
}
