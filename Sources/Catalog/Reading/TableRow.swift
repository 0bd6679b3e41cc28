import Quantities

/// One data row of a table; asking it for a value notes a fault when the value is bad.
public struct TableRow {
  public let file: String
  public let line: Int
  private let columns: [String: Int]
  private let texts: [String]
  private let bounds: [String: Bounds]
  private let names: [String: KnownNames]
  public private(set) var faults: [Fault] = []
  /// What can be as it stands, but hardly is.
  public private(set) var doubts: [Fault] = []

  init(
    file: String, line: Int, columns: [String: Int], texts: [String], bounds: [String: Bounds],
    names: [String: KnownNames]
  ) {
    self.file = file
    self.line = line
    self.columns = columns
    self.texts = texts
    self.bounds = bounds
    self.names = names
  }

  /// Notes that a column's value is bad.
  public mutating func fail(_ column: String, _ message: String) {
    faults.append(Fault(file: file, line: line, column: column, message: message))
  }

  /// Notes that a column's value is hardly meant.
  public mutating func doubt(_ column: String, _ message: String) {
    doubts.append(Fault(file: file, line: line, column: column, message: message))
  }

  /// Notes what a value comes to; false when it can't be.
  @discardableResult
  public mutating func judge(
    _ column: String, _ value: Double, written text: String? = nil, _ bounds: Bounds
  ) -> Bool {
    switch bounds.verdict(on: value, written: text) {
    case .plausible: return true
    case .implausible(let message):
      doubt(column, message)
      return true
    case .impossible(let message):
      fail(column, message)
      return false
    }
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

  /// A name, in the spelling of the table before this one where that has it: names are compared
  /// without case and without the blanks around them, so that a rule against one holds however it is
  /// written. Empty when the cell is empty or the column absent.
  public mutating func name(_ column: String) -> String {
    let written = text(column).withoutOuterBlanks
    guard let known = names[column], !written.isEmpty else { return written }
    if let spelled = known.spelling(of: written) { return spelled }
    guard let near = known.near(written) else { return written }
    let shown = "“\(Magnitude.printable(written))” is not known; did you mean \(near)?"
    switch known.newcomers {
    case .welcome: break
    case .doubted: doubt(column, "\(shown) Rules on \(near) don't reach it")
    case .refused: fail(column, "\(shown) A new one needs a name that is not so close to it")
    }
    return written
  }

  /// A name that must not be empty.
  public mutating func requiredName(_ column: String) -> String {
    let value = name(column)
    if value.isEmpty && columns[column] != nil { fail(column, "is empty; a value is expected") }
    return value
  }

  /// A number, or nil when the cell is empty: unknown is never 0.
  public mutating func number(_ column: String, in range: ClosedRange<Double>) -> Double? {
    number(column, Bounds(range))
  }

  /// A number within bounds, those of the column when none are given; nil when the cell is empty.
  public mutating func number(_ column: String, _ given: Bounds? = nil) -> Double? {
    let cell = text(column).withoutOuterBlanks
    guard !cell.isEmpty else { return nil }
    guard Self.isDecimal(cell), let value = Double(cell), value.isFinite else {
      fail(column, "“\(Magnitude.printable(cell))” is not a number\(Self.numberCure(cell))")
      return nil
    }
    let bounds = given ?? bounds[column] ?? Bounds(-1e15...1e15)
    return judge(column, value, written: cell, bounds) ? value : nil
  }

  /// Digits, point, sign and exponent, as spreadsheets write numbers; no hexadecimal, no infinity.
  private static func isDecimal(_ text: String) -> Bool {
    text.utf8.allSatisfy { byte in
      switch byte {
      case UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "."), UInt8(ascii: "-"),
        UInt8(ascii: "+"), UInt8(ascii: "e"), UInt8(ascii: "E"):
        true
      default: false
      }
    }
  }

  /// What to do about a text that a person takes for a number.
  private static func numberCure(_ text: String) -> String {
    let plain = text.filter { !", _$%".contains($0) }
    guard plain != text, isDecimal(plain), Double(plain) != nil else { return "" }
    let what = text.hasSuffix("%") ? "a fraction, without a sign" : "the digits alone"
    return "; write \(what)"
  }

  /// A whole number, or nil when the cell is empty.
  public mutating func integer(_ column: String, in range: ClosedRange<Int>) -> Int? {
    integer(column, Bounds(Double(range.lowerBound)...Double(range.upperBound)))
  }

  /// A whole number within bounds, those of the column when none are given; nil when the cell is
  /// empty.
  public mutating func integer(_ column: String, _ given: Bounds? = nil) -> Int? {
    let cell = text(column).withoutOuterBlanks
    guard !cell.isEmpty else { return nil }
    guard let value = Int(cell) else {
      fail(column, "“\(Magnitude.printable(cell))” is not a whole number")
      return nil
    }
    let bounds = given ?? bounds[column] ?? Bounds(-1e15...1e15)
    return judge(column, Double(value), written: cell, bounds) ? value : nil
  }

  /// A whole number that must be there; the lowest of the range stands in after a fault.
  public mutating func requiredInteger(_ column: String, in range: ClosedRange<Int>) -> Int {
    requiredInteger(column, Bounds(Double(range.lowerBound)...Double(range.upperBound)))
  }

  /// A whole number that must be there, within bounds; 1 stands in after a fault.
  public mutating func requiredInteger(_ column: String, _ given: Bounds? = nil) -> Int {
    let before = faults.count
    if let value = integer(column, given) { return value }
    if faults.count == before && columns[column] != nil {
      fail(column, "is empty; a whole number is expected")
    }
    return Int((given ?? bounds[column])?.possible.lowerBound ?? 1)
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
    let cell = text(column).withoutOuterBlanks
    if cell.isEmpty, let fallback { return fallback }
    let spelled = Choice.allCases.first { $0.rawValue.lowercased() == cell.lowercased() }
    if let value = spelled { return value }
    guard columns[column] != nil else { return fallback }
    let words = Choice.allCases.map(\.rawValue)
    let near = NearMiss.closest(to: cell, among: words).map { "; did you mean \($0)?" } ?? ""
    fail(
      column,
      "“\(Magnitude.printable(cell))” is not one of \(words.joined(separator: ", "))\(near)")
    return nil
  }

  /// Low, typical and high, which must be in that order where known.
  ///
  /// - Parameter given: bounds of each; those of the column of the typical value when not given.
  public mutating func interval(
    _ low: String, _ typical: String, _ high: String, _ given: Bounds? = nil
  ) -> Interval {
    let bounds = given ?? bounds[typical]
    let value = Interval(
      low: number(low, bounds), typical: number(typical, bounds), high: number(high, bounds))
    let known = [value.low, value.typical, value.high].compactMap { $0 }
    if !zip(known, known.dropFirst()).allSatisfy(<=) {
      fail(typical, "low, typical and high are not in ascending order")
    }
    return value
  }

  /// Source, as-of date, grade and note.
  public mutating func provenance() -> Provenance {
    let asOf = text("as_of").withoutOuterBlanks
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
