import Quantities

/// A value that no source gives: somebody's judgement, with low, typical and high.
///
/// A row of judgement.csv. `topic` says what it is (`lead_time`), `appliesTo` names the cases it
/// holds for, one word each (`b200 b300`); no two rows of a topic share a word.
public struct Judgement: Hashable, Identifiable, Sendable {
  /// `topic/case`.
  public var id: String
  public var topic: String
  public var appliesTo: [String]
  /// In `unit`.
  public var value: Interval
  /// `weeks`, `days`, `months`, `percent`, `ratio`, `usd_per_kw_month` and the like.
  public var unit: String
  public var provenance: Provenance

  /// The value in days; nil when its unit is no length of time. A month is a twelfth of 365 days.
  public var days: Interval? {
    switch unit {
    case "days": value
    case "weeks": value.scaled(by: 7)
    case "months": value.scaled(by: 365.0 / 12)
    default: nil
    }
  }

  /// The value as a fraction of one; nil when its unit is no share.
  public var share: Interval? {
    switch unit {
    case "percent", "percent_per_year": value.scaled(by: 0.01)
    case "fraction", "correlation", "ratio": value
    default: nil
    }
  }
}

extension Judgement: CatalogTable {
  static let fileName = "judgement.csv"
  /// Checked where they are read, in ranges of their own.
  static let bounds: [String: Bounds] = [:]
  static let requiredColumns = ["id", "topic", "applies_to", "unit", "source_url", "grade"]
  static let optionalColumns = ["low", "typical", "high"] + provenanceColumns

  init(row: inout TableRow) {
    self.init(
      id: row.requiredText("id"), topic: row.requiredText("topic"),
      appliesTo: row.words("applies_to"), value: row.interval("low", "typical", "high"),
      unit: row.requiredText("unit"), provenance: row.provenance())
    if appliesTo.isEmpty { row.fail("applies_to", "is empty; a value is expected") }
    if value.central == nil { row.fail("typical", "is empty; a value is expected") }
  }
}

extension Interval {
  /// All ends times a positive factor.
  func scaled(by factor: Double) -> Interval {
    Interval(
      low: low.map { $0 * factor }, typical: typical.map { $0 * factor },
      high: high.map { $0 * factor })
  }
}
