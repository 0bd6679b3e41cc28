import Catalog
import Quantities

/// Which charges of a bill are of the run.
public struct BillFilter: Sendable {
  /// Keys and values of tags or labels; all must be there.
  public var tags: [(key: String, value: String)] = []
  /// Accounts, subscriptions or projects; one of them must match.
  public var accounts: [String] = []
  /// Parts of SKU names, ids or usage types; one of them must match.
  public var skus: [String] = []
  /// First day, and first day no longer counted.
  public var from: CalendarDate?
  public var until: CalendarDate?
  /// US dollars of a chip-hour, for records of use without money.
  public var dollarsPerChipHour: Double?
  /// The effective cost of FOCUS instead of the billed one.
  public var isEffective = false

  public init() {}
}

/// Tells the plan's term of a charge: the first row whose column holds its value.
///
/// A CSV file with the columns `column,value,term`; in a value `*` stands for anything, a row with an
/// empty column is the default, and the term `ignore` leaves a charge out.
public struct BillMap: Sendable {
  struct Rule: Sendable {
    var column: String
    /// The pieces between asterisks, in lower case.
    var pieces: [[UInt8]]
    var term: String
  }

  var rules: [Rule] = []

  /// - Parameters:
  ///   - terms: names of the plan's terms.
  /// - Throws: `FaultList` with every row that is wrong.
  public init(file: String, bytes: [UInt8], terms: [String]) throws(FaultList) {
    let table = TableReader(
      file: file, bytes: bytes, required: ["column", "value", "term"], optional: ["note"])
    var faults = table.faults
    var hasDefault = false
    for var row in table.rows {
      let term = row.requiredText("term")
      if !term.isEmpty, term != "ignore", !terms.contains(term) {
        let near = NearMiss.closest(to: term, among: terms + ["ignore"])
        row.fail(
          "term",
          "“\(Magnitude.printable(term))” is no term of a plan"
            + (near.map { "; did you mean \($0)?" } ?? "; give one of breakdown_usd, or ignore"))
      }
      if hasDefault {
        row.fail("column", "a row without a column is the default and must be the last")
      }
      let column = row.text("column")
      let value = row.text("value")
      if column.isEmpty && !value.isEmpty { row.fail("column", "is empty; which column holds it?") }
      hasDefault = hasDefault || column.isEmpty
      faults += row.faults
      rules.append(
        Rule(
          column: column,
          pieces: value.lowercased().split(separator: "*", omittingEmptySubsequences: false)
            .map { Array($0.utf8) }, term: term))
    }
    guard faults.isEmpty else { throw FaultList(faults) }
  }
}

extension BillMap.Rule {
  /// Whether a field holds the value; case doesn't matter in ASCII.
  func matches(_ field: UnsafeRawBufferPointer) -> Bool {
    guard let first = pieces.first, let last = pieces.last else { return field.isEmpty }
    if pieces.count == 1 { return field.count == first.count && Self.has(field, first, at: 0) }
    guard field.count >= first.count + last.count, Self.has(field, first, at: 0),
      Self.has(field, last, at: field.count - last.count)
    else { return false }
    var at = first.count
    for piece in pieces.dropFirst().dropLast() {
      guard let found = Self.place(of: piece, in: field, from: at, to: field.count - last.count)
      else { return false }
      at = found + piece.count
    }
    return true
  }

  static func place(
    of piece: [UInt8], in field: UnsafeRawBufferPointer, from: Int, to end: Int
  ) -> Int? {
    var at = from
    while at + piece.count <= end {
      if has(field, piece, at: at) { return at }
      at += 1
    }
    return nil
  }

  private static func has(_ field: UnsafeRawBufferPointer, _ piece: [UInt8], at start: Int) -> Bool
  {
    guard start >= 0, start + piece.count <= field.count else { return false }
    for (offset, byte) in piece.enumerated() {
      let own = field[start + offset]
      let lower = (65...90).contains(own) ? own | 0x20 : own
      if lower != byte { return false }
    }
    return true
  }
}
