import Catalog
import Quantities

/// One part of a capacity block offer: since November 2026 an offer may be made of up to ten, each with a
/// type, a zone, dates, a count and a fee of its own.
struct CapacityBlockEntry {
  var instance = ""
  var zone = ""
  var count = ""
  var hours = ""
  var minutes = "0"
  var fee = ""
  var currency = ""
  var ultraServer = ""
  var ultraServerCount = ""
  var start = ""
  var end = ""
  var line = 0
  /// Its parts, where it names any.
  var segments: [CapacityBlockEntry] = []

  init(_ json: inout JSONScanner) throws {
    try json.beginObject()
    line = json.line
    while try json.nextKey() {
      let key = json.key
      if key.contains("Segment"), try json.kind() == .array {
        try json.beginArray()
        while try json.nextElement() {
          guard try json.kind() == .object else { throw json.fault("a segment is no object") }
          segments.append(try CapacityBlockEntry(&json))
        }
        continue
      }
      switch key {
      case "InstanceType": instance = try json.text() ?? ""
      case "AvailabilityZone": zone = try json.text() ?? ""
      case "InstanceCount": count = try json.text() ?? ""
      case "CapacityBlockDurationHours", "DurationHours": hours = try json.text() ?? ""
      case "CapacityBlockDurationMinutes", "DurationMinutes": minutes = try json.text() ?? "0"
      case "UpfrontFee", "SegmentUpfrontFee", "Fee": fee = try json.text() ?? ""
      case "CurrencyCode": currency = try json.text() ?? ""
      case "UltraserverType": ultraServer = try json.text() ?? ""
      case "UltraserverCount": ultraServerCount = try json.text() ?? ""
      case "StartDate": start = try json.text() ?? ""
      case "EndDate": end = try json.text() ?? ""
      default: try json.skip()
      }
    }
  }

  /// The parts to price, each whole in itself; nil where a part lacks what its price needs: then the fee
  /// of the offer can't be told apart.
  var parts: [CapacityBlockEntry]? {
    guard !segments.isEmpty else { return [self] }
    var parts: [CapacityBlockEntry] = []
    for segment in segments {
      var part = segment
      if part.currency.isEmpty { part.currency = currency }
      if part.hours.isEmpty {
        part.hours = segment.hoursByDates.map { Decimals.shortest($0) } ?? ""
      }
      let counted = part.ultraServer.isEmpty ? part.count : part.ultraServerCount
      guard !part.fee.isEmpty, !part.hours.isEmpty, !counted.isEmpty, !part.zone.isEmpty,
        !(part.instance + part.ultraServer).isEmpty
      else { return nil }
      parts.append(part)
    }
    return parts
  }

  /// Hours from the first instant to the last.
  private var hoursByDates: Double? {
    guard let from = Self.hours(start), let until = Self.hours(end), until > from else {
      return nil
    }
    return until - from
  }

  /// Hours since 1970 of `2026-11-25T11:30:00Z` or `…+00:00`.
  private static func hours(_ text: String) -> Double? {
    guard text.count >= 16, let day = try? CalendarDate(parsing: String(text.prefix(10))) else {
      return nil
    }
    let clock = text.dropFirst(11).prefix(8).split(separator: ":").map {
      Double($0.prefix { $0.isNumber })
    }
    guard clock.count >= 2, let hour = clock[0], let minute = clock[1], hour < 25, minute < 60
    else {
      return nil
    }
    let isUTC = text.hasSuffix("Z") || text.hasSuffix("+00:00") || !text.dropFirst(16).contains("+")
    guard isUTC else { return nil }
    return Double(day.daysSinceEpoch) * 24 + hour + minute / 60
  }
}
