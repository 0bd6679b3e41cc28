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

  static func percent(from before: Double?, to after: Double?) -> JSONValue {
    guard let before, let after, before > 0 else { return .null }
    return .decimal((after / before - 1) * 100, 1)
  }

  private static func count(_ number: Int, _ what: String) -> String {
    "\(Decimals.grouped(Double(number))) \(what)\(number == 1 ? "" : "s")"
  }
}
