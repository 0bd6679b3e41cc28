import Catalog
import Quantities

/// What a bill says of a run, by day and term.
public struct BillReading: Sendable {
  public var file: String
  public var format: BillFormat
  /// US dollars by day and, where a map or the bill tells, by term.
  public var days: [CalendarDate: [String: Double]] = [:]
  /// Whether terms are told apart.
  public var hasTerms = false
  /// Charges counted.
  public var charges = 0
  public var dollars = 0.0
  /// Charges left out, with how many and what they come to, the dearest first.
  public var leftOut: [LeftOut] = []
  /// What was assumed.
  public var notes: [String] = []

  /// Charges that aren't of the run.
  public struct LeftOut: Sendable {
    /// Why, and of what service.
    public var reason: String
    public var name: String
    public var charges: Int
    public var dollars: Double
  }
}

/// Counts charges that are left out, by reason and service, in bounded memory.
struct LeftOutTally {
  private var places: [UInt64: Int] = [:]
  private(set) var rows: [BillReading.LeftOut] = []
  private static let most = 1000

  mutating func add(_ reason: String, _ name: UnsafeRawBufferPointer?, _ dollars: Double) {
    var hash: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in reason.utf8 { hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3 }
    for byte in name ?? UnsafeRawBufferPointer(start: nil, count: 0) {
      hash = (hash ^ UInt64(byte)) &* 0x100_0000_01B3
    }
    if let place = places[hash] {
      rows[place].charges += 1
      rows[place].dollars += dollars
      return
    }
    let isFull = rows.count >= Self.most
    if isFull, let other = rows.firstIndex(where: { $0.reason == reason && $0.name == "others" }) {
      rows[other].charges += 1
      rows[other].dollars += dollars
      return
    }
    let text = isFull ? "others" : name.map { String(decoding: $0, as: UTF8.self) } ?? ""
    if !isFull { places[hash] = rows.count }
    rows.append(BillReading.LeftOut(reason: reason, name: text, charges: 1, dollars: dollars))
  }
}

/// Numbers and dates straight from a record's bytes: a bill may have a hundred million of them.
enum BillField {
  /// A decimal number; nil when the field is none. Up to 18 digits are exact to the last bit but one.
  static func number(_ field: UnsafeRawBufferPointer) -> Double? {
    var at = 0
    var isNegative = false
    if at < field.count, field[at] == UInt8(ascii: "-") || field[at] == UInt8(ascii: "+") {
      isNegative = field[at] == UInt8(ascii: "-")
      at += 1
    }
    var digits: UInt64 = 0
    var count = 0
    var scale = 0
    var hasPoint = false
    var hasDigit = false
    while at < field.count {
      let byte = field[at]
      if (48...57).contains(byte) {
        hasDigit = true
        if count < 18 {
          digits = digits * 10 + UInt64(byte - 48)
          if digits > 0 { count += 1 }
          if hasPoint { scale += 1 }
        } else if !hasPoint {
          return slow(field)
        }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        return slow(field)
      }
      at += 1
    }
    guard hasDigit, scale < 23 else { return hasDigit ? slow(field) : nil }
    let value = Double(digits) / Self.powers[scale]
    return isNegative ? -value : value
  }

  private static func slow(_ field: UnsafeRawBufferPointer) -> Double? {
    let isPlain = field.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
    guard isPlain, let value = Double(String(decoding: field, as: UTF8.self)), value.isFinite else {
      return nil
    }
    return value
  }

  /// The day that `2026-10-12T03:00:00Z` or `2026-10-12 03:00:00 UTC` begins with.
  static func day(_ field: UnsafeRawBufferPointer) -> CalendarDate? {
    guard field.count >= 10, field[4] == UInt8(ascii: "-"), field[7] == UInt8(ascii: "-") else {
      return nil
    }
    guard field.count == 10 || [84, 32, 116].contains(field[10]) else { return nil }
    func number(_ places: Range<Int>) -> Int? {
      var value = 0
      for place in places {
        guard (48...57).contains(field[place]) else { return nil }
        value = value * 10 + Int(field[place] - 48)
      }
      return value
    }
    guard let year = number(0..<4), let month = number(5..<7), let day = number(8..<10),
      (1990...2200).contains(year)
    else { return nil }
    return CalendarDate(year: year, month: month, day: day)
  }

  private static let powers: [Double] = (0..<23).map { exponent in
    (0..<exponent).reduce(1.0) { value, _ in value * 10 }
  }
}
