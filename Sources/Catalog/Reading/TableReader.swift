import Quantities

/// Reads a CSV text with a header into rows that can be asked for columns by name.
public struct TableReader {
  /// The file's name as shown in faults.
  public let file: String
  public private(set) var rows: [TableRow] = []
  public private(set) var faults: [Fault] = []

  /// Reads a whole table.
  ///
  /// - Parameters:
  ///   - file: the name shown in faults.
  ///   - bytes: the text, UTF-8, LF or CRLF, with or without byte-order mark.
  ///   - required: columns that must be in the header.
  ///   - optional: columns that may be; any other column is a fault, with the nearest known name.
  ///     Pass nil to accept and ignore any other column.
  public init(
    file: String, bytes: some Sequence<UInt8>, required: [String], optional: [String]?
  ) {
    self.file = file
    var header: [String: Int]?
    var width = 0
    var parser = CSVParser()
    var rows: [TableRow] = []
    var faults: [Fault] = []
    func take(_ record: borrowing CSVParser.Record) {
      let line = record.line
      let texts = (0..<record.count).map { record.text($0) }
      guard let columns = header else {
        width = record.count
        header = Self.readHeader(texts, file: file, line: line, required, optional, &faults)
        return
      }
      guard record.count == width else {
        faults.append(
          Fault(
            file: file, line: line,
            message: "the line has \(record.count) fields; the header has \(width)"))
        return
      }
      rows.append(TableRow(file: file, line: line, columns: columns, texts: texts))
    }
    do {
      try parser.feed(bytes) { take($0) }
      try parser.finish { take($0) }
    } catch let error as CSVParser.SyntaxError {
      faults.append(Fault(file: file, line: error.line, message: error.message))
    } catch {
      faults.append(Fault(file: file, message: "\(error)"))
    }
    if header == nil && faults.isEmpty {
      faults.append(Fault(file: file, line: 1, message: "the file is empty; a header is expected"))
    }
    self.rows = rows
    self.faults = faults
  }

  private static func readHeader(
    _ names: [String], file: String, line: Int, _ required: [String], _ optional: [String]?,
    _ faults: inout [Fault]
  ) -> [String: Int] {
    var columns: [String: Int] = [:]
    for (index, name) in names.enumerated() {
      if columns[name] != nil {
        faults.append(
          Fault(file: file, line: line, column: name, message: "the column stands twice"))
      }
      columns[name] = index
      guard let optional, !required.contains(name), !optional.contains(name) else { continue }
      let near = NearMiss.closest(to: name, among: required + optional)
      let hint = near.map { "; did you mean \($0)?" } ?? ""
      faults.append(
        Fault(
          file: file, line: line, column: Magnitude.printable(name),
          message: "no such column is known\(hint)"))
    }
    for name in required where columns[name] == nil {
      faults.append(
        Fault(file: file, line: line, column: name, message: "the column is missing"))
    }
    return columns
  }
}

/// One data row of a table; asking it for a value notes a fault when the value is bad.
public struct TableRow {
  public let file: String
  public let line: Int
  private let columns: [String: Int]
  private let texts: [String]
  public private(set) var faults: [Fault] = []

  init(file: String, line: Int, columns: [String: Int], texts: [String]) {
    self.file = file
    self.line = line
    self.columns = columns
    self.texts = texts
  }

  /// Notes that a column's value is bad.
  public mutating func fail(_ column: String, _ message: String) {
    faults.append(Fault(file: file, line: line, column: column, message: message))
  }

  /// A text; empty when the cell is empty or the column absent. Control characters are a fault, so
  /// that no text from a file can carry an escape sequence to a screen.
  public mutating func text(_ column: String) -> String {
    guard let index = columns[column] else { return "" }
    let text = Self.unguarded(texts[index])
    guard text.unicodeScalars.allSatisfy(isHarmless) else {
      fail(column, "holds a control character or bytes that are not UTF-8; plain text is expected")
      return ""
    }
    return text
  }

  /// The text without the apostrophe that spreadsheet-safe CSV puts before what looks like a
  /// formula; exactly one is taken away.
  private static func unguarded(_ text: String) -> String {
    let first = text.unicodeScalars.dropFirst().first { $0 != " " && $0 != "\u{A0}" }
    guard text.unicodeScalars.first == "'", let first else { return text }
    let starts: Set<Unicode.Scalar> = [
      "=", "+", "-", "@", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
    ]
    return starts.contains(first) ? String(text.unicodeScalars.dropFirst()) : text
  }

  /// A text that must not be empty.
  public mutating func requiredText(_ column: String) -> String {
    let value = text(column)
    if value.isEmpty && columns[column] != nil { fail(column, "is empty; a value is expected") }
    return value
  }

  /// A number, or nil when the cell is empty: unknown is never 0.
  public mutating func number(_ column: String, in range: ClosedRange<Double>) -> Double? {
    let cell = text(column)
    guard !cell.isEmpty else { return nil }
    guard let value = Double(cell), value.isFinite else {
      fail(column, "“\(Magnitude.printable(cell))” is not a number")
      return nil
    }
    guard range.contains(value) else {
      let low = Decimals.shortest(range.lowerBound)
      let high = Decimals.shortest(range.upperBound)
      fail(column, "\(Magnitude.printable(cell)) is outside \(low) to \(high)")
      return nil
    }
    return value
  }

  /// A whole number, or nil when the cell is empty.
  public mutating func integer(_ column: String, in range: ClosedRange<Int>) -> Int? {
    let cell = text(column)
    guard !cell.isEmpty else { return nil }
    guard let value = Int(cell) else {
      fail(column, "“\(Magnitude.printable(cell))” is not a whole number")
      return nil
    }
    guard range.contains(value) else {
      fail(column, "\(value) is outside \(range.lowerBound) to \(range.upperBound)")
      return nil
    }
    return value
  }

  /// A whole number that must be there; `fallback` stands in after a fault.
  public mutating func requiredInteger(_ column: String, in range: ClosedRange<Int>) -> Int {
    let before = faults.count
    if let value = integer(column, in: range) { return value }
    if faults.count == before && columns[column] != nil {
      fail(column, "is empty; a whole number is expected")
    }
    return range.lowerBound
  }

  /// Whole numbers separated by spaces, ascending.
  public mutating func integers(_ column: String, in range: ClosedRange<Int>) -> [Int] {
    let parts = text(column).split(separator: " ")
    let values = parts.compactMap { Int($0) }.filter { range.contains($0) }
    guard values.count == parts.count, zip(values, values.dropFirst()).allSatisfy(<) else {
      fail(column, "expected whole numbers from \(range.lowerBound) up, ascending, spaces between")
      return []
    }
    return values
  }

  /// One of a closed set of words; an empty cell stands for `fallback` when there is one.
  public mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ column: String, _ type: Choice.Type, fallback: Choice? = nil
  ) -> Choice? where Choice.RawValue == String {
    let cell = text(column)
    if cell.isEmpty, let fallback { return fallback }
    if let value = Choice(rawValue: cell) { return value }
    guard columns[column] != nil else { return fallback }
    let words = Choice.allCases.map(\.rawValue)
    let near = NearMiss.closest(to: cell, among: words).map { "; did you mean \($0)?" } ?? ""
    fail(
      column,
      "“\(Magnitude.printable(cell))” is not one of \(words.joined(separator: ", "))\(near)")
    return nil
  }

  /// Low, typical and high, which must be in that order where known.
  public mutating func interval(_ low: String, _ typical: String, _ high: String) -> Interval {
    let range = -1e15...1e15
    let value = Interval(
      low: number(low, in: range), typical: number(typical, in: range),
      high: number(high, in: range))
    let known = [value.low, value.typical, value.high].compactMap { $0 }
    if !zip(known, known.dropFirst()).allSatisfy(<=) {
      fail(typical, "low, typical and high are not in ascending order")
    }
    return value
  }

  /// Source, as-of date, grade and note.
  public mutating func provenance() -> Provenance {
    let asOf = text("as_of")
    if !asOf.isEmpty && !Self.isDate(asOf) {
      fail("as_of", "“\(Magnitude.printable(asOf))” is not a date (2026-11-23, 2026-11 or 2026)")
    }
    return Provenance(
      source: requiredText("source_url"), asOf: asOf,
      grade: choice("grade", EvidenceGrade.self) ?? .d, note: text("note"))
  }

  /// Whether the text is an ISO date of full or reduced precision.
  static func isDate(_ text: String) -> Bool {
    let padded = text.count == 4 ? text + "-01-01" : text.count == 7 ? text + "-01" : text
    return (try? CalendarDate(parsing: padded)) != nil
  }

  /// Whether a scalar can be shown: no C0 or C1 control, no delete, no bidirectional override, and
  /// not the mark of broken UTF-8.
  private func isHarmless(_ scalar: Unicode.Scalar) -> Bool {
    switch scalar.value {
    case 0..<0x20, 0x7F...0x9F, 0x202A...0x202E, 0x2066...0x2069, 0xFFFD: return false
    default: return true
    }
  }
}
