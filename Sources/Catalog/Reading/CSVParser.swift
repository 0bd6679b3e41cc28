/// A streaming reader of RFC 4180 CSV, as a byte state machine.
///
/// Feed it chunks of any size; it calls back once a record with the record's fields in a buffer it
/// reuses, so a file of any length is read in constant memory. It accepts LF and CRLF line ends, a
/// byte-order mark, and quoted fields with line breaks; blank lines are skipped.
///
///     var parser = CSVParser()
///     try parser.feed(bytes) { record in print(record.line, record.text(0)) }
///     try parser.finish { record in … }
public struct CSVParser {
  /// Where and why the text is no CSV.
  public struct SyntaxError: Error, Equatable {
    /// The line the fault starts on, from 1.
    public let line: Int
    public let message: String
  }

  /// One record, valid only during the callback.
  public struct Record {
    /// The line the record starts on, from 1.
    public let line: Int
    /// All fields' bytes, one after the other, unquoted.
    public let bytes: [UInt8]
    /// Where each field ends in `bytes`.
    public let ends: [Int]

    /// Fields in the record.
    public var count: Int { ends.count }

    /// The bytes of a field.
    public func field(_ index: Int) -> ArraySlice<UInt8> {
      bytes[(index == 0 ? 0 : ends[index - 1])..<ends[index]]
    }

    /// A field as text; bytes that are not UTF-8 become U+FFFD.
    public func text(_ index: Int) -> String {
      String(decoding: field(index), as: UTF8.self)
    }
  }

  private enum State {
    case fieldStart, bare, quoted, quoteInQuoted, carriageReturn
  }

  private var state = State.fieldStart
  private var line = 1
  private var recordLine = 1
  private var bytes: [UInt8] = []
  private var ends: [Int] = []
  private var markBytesSeen = 0

  public init() {}

  /// Reads a chunk and calls `body` for each record that ends in it.
  ///
  /// - Throws: `SyntaxError`, or whatever `body` throws.
  public mutating func feed(
    _ chunk: some Sequence<UInt8>, _ body: (borrowing Record) throws -> Void
  ) throws {
    for byte in chunk {
      if markBytesSeen < 3 && skipsByteOrderMark(byte) { continue }
      try step(byte, body)
    }
  }

  /// Ends the file: hands over a last record without a line end.
  ///
  /// - Throws: `SyntaxError` when a quoted field was left open.
  public mutating func finish(_ body: (borrowing Record) throws -> Void) throws {
    guard state != .quoted else {
      throw SyntaxError(line: recordLine, message: "a quoted field is never closed")
    }
    try endRecord(body)
  }

  /// Takes the bytes EF BB BF off the very start of the file.
  private mutating func skipsByteOrderMark(_ byte: UInt8) -> Bool {
    let mark: [UInt8] = [0xEF, 0xBB, 0xBF]
    guard byte == mark[markBytesSeen] else {
      markBytesSeen = 3
      return false
    }
    markBytesSeen += 1
    return true
  }

  private mutating func step(_ byte: UInt8, _ body: (borrowing Record) throws -> Void) throws {
    if state == .carriageReturn {
      state = .fieldStart
      try endLine(body)
      if byte == UInt8(ascii: "\n") { return }
    }
    switch (state, byte) {
    case (.quoted, UInt8(ascii: "\"")):
      state = .quoteInQuoted
    case (.quoted, _):
      if byte == UInt8(ascii: "\n") { line += 1 }
      bytes.append(byte)
    case (.quoteInQuoted, UInt8(ascii: "\"")):
      bytes.append(byte)
      state = .quoted
    case (_, UInt8(ascii: ",")):
      ends.append(bytes.count)
      state = .fieldStart
    case (_, UInt8(ascii: "\n")):
      try endLine(body)
      state = .fieldStart
    case (_, UInt8(ascii: "\r")):
      state = .carriageReturn
    case (.fieldStart, UInt8(ascii: "\"")):
      state = .quoted
    case (.quoteInQuoted, _):
      throw SyntaxError(line: line, message: "text follows a closing quote; double inner quotes")
    case (.bare, UInt8(ascii: "\"")):
      throw SyntaxError(line: line, message: "a quote stands inside an unquoted field")
    default:
      bytes.append(byte)
      state = .bare
    }
  }

  private mutating func endLine(_ body: (borrowing Record) throws -> Void) throws {
    try endRecord(body)
    line += 1
    recordLine = line
  }

  private mutating func endRecord(_ body: (borrowing Record) throws -> Void) throws {
    let isBlank = ends.isEmpty && bytes.isEmpty && state != .quoteInQuoted
    if !isBlank {
      ends.append(bytes.count)
      try body(Record(line: recordLine, bytes: bytes, ends: ends))
    }
    bytes.removeAll(keepingCapacity: true)
    ends.removeAll(keepingCapacity: true)
  }
}
