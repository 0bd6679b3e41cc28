/// Reads the statements of a TOML file (toml.io/en/v1.0.0) byte by byte.
struct TOMLParser {
  let bytes: [UInt8]
  /// The next byte to be read.
  var at = 0
  private(set) var statements: [TOMLStatement] = []
  private(set) var faults: [TOMLFault] = []
  var definitions = TOMLDefinitions()
  /// Where lines begin.
  private let lineStarts: [Int]
  /// The heading that entries stand under.
  private var heading: [String] = []
  /// Lists and inline tables that are open.
  private var depth = 0

  /// More faults than this are of no use to anybody.
  private static let mostFaults = 100
  /// No file written by a person nests deeper.
  private static let deepest = 60

  init(_ bytes: [UInt8]) {
    self.bytes = bytes
    var starts = [0]
    for (index, byte) in bytes.enumerated() where byte == .lineFeed { starts.append(index + 1) }
    lineStarts = starts
  }

  mutating func parse() {
    if let fault = encodingFault() {
      faults = [fault]
      return
    }
    if bytes.starts(with: [0xEF, 0xBB, 0xBF]) { at = 3 }
    while at < bytes.count, faults.count < Self.mostFaults {
      let start = at
      do throws(TOMLFault) {
        guard let kind = try statement() else { continue }
        try endLine()
        statements.append(TOMLStatement(kind: kind, lines: start..<at))
      } catch {
        faults.append(error)
        while at < bytes.count, bytes[at] != .lineFeed { at += 1 }
        if at < bytes.count { at += 1 }
      }
    }
  }

  // MARK: Statements

  /// A heading or an entry; nil for a line that is empty or a remark.
  private mutating func statement() throws(TOMLFault) -> TOMLStatement.Kind? {
    skipBlanks()
    switch peek {
    case nil: return nil
    case .hash, .lineFeed, .carriageReturn:
      try endLine()
      return nil
    case .openBracket: return .heading(try readHeading())
    default: return .entry(try entry(under: heading, scope: definitions.scope))
    }
  }

  private mutating func readHeading() throws(TOMLFault) -> TOMLHeading {
    let start = at
    at += 1
    let isList = peek == .openBracket
    if isList { at += 1 }
    skipBlanks()
    let path = try key("a heading like [job] is expected after this bracket")
    skipBlanks()
    for _ in 0..<(isList ? 2 : 1) {
      guard peek == .closeBracket else { throw fault("the heading has no ]") }
      at += 1
    }
    let line = place(start).line
    // Entries that follow belong to it even where it can't stand.
    heading = path
    if let reason = definitions.open(path, isList: isList, line: line) {
      throw fault(reason, at: start)
    }
    return TOMLHeading(path: path, isList: isList, line: line)
  }

  /// `key = value`.
  ///
  /// - Parameters:
  ///   - base: the path of the table it stands in.
  ///   - scope: that table, to tell its own dotted keys from those of others.
  private mutating func entry(under base: [String], scope: Int) throws(TOMLFault) -> TOMLEntry {
    let start = at
    let parts = try key("expected name = value")
    let end = at
    skipBlanks()
    guard peek == .equals else { throw fault("expected name = value", at: start) }
    at += 1
    skipBlanks()
    let path = base + parts
    let first = at
    let value = try value(of: path)
    let isTable = if case .table = value { true } else { false }
    let line = place(start).line
    if let reason = definitions.define(
      path, under: base.count, scope: scope, isTable: isTable, line: line)
    {
      throw fault(reason, at: start)
    }
    return TOMLEntry(path: path, value: value, key: start..<end, place: first..<at, line: line)
  }

  /// The parts of a key, quotes undone.
  private mutating func key(_ expected: String) throws(TOMLFault) -> [String] {
    var parts: [String] = []
    while true {
      let start = at
      switch peek {
      case .quote, .apostrophe:
        guard !isTriple else { throw fault(expected, at: start) }
        parts.append(peek == .quote ? try basicText() : try literalText())
      case let byte? where Self.isBare(byte):
        while let byte = peek, Self.isBare(byte) { at += 1 }
        parts.append(String(decoding: bytes[start..<at], as: UTF8.self))
      default:
        if let byte = peek { try checkControl(byte) }
        throw fault(expected, at: start)
      }
      let end = at
      skipBlanks()
      guard peek == .dot else {
        at = end
        return parts
      }
      at += 1
      skipBlanks()
    }
  }

  static func isBare(_ byte: UInt8) -> Bool {
    switch byte {
    case UInt8(ascii: "a")...UInt8(ascii: "z"), UInt8(ascii: "A")...UInt8(ascii: "Z"),
      UInt8(ascii: "0")...UInt8(ascii: "9"), UInt8(ascii: "_"), UInt8(ascii: "-"):
      true
    default: false
    }
  }

  // MARK: Values

  mutating func value(of path: [String]) throws(TOMLFault) -> TOMLValue {
    switch peek {
    case .quote: return .text(isTriple ? try longBasicText() : try basicText(), isLiteral: false)
    case .apostrophe:
      return .text(isTriple ? try longLiteralText() : try literalText(), isLiteral: true)
    case .openBracket, .openBrace:
      guard depth < Self.deepest else { throw fault("the lists in lists go too deep") }
      depth += 1
      defer { depth -= 1 }
      return peek == .openBracket ? .list(try list(path)) : .table(try inlineTable(path))
    default: return try scalarValue(isNested: depth > 0)
    }
  }

  private mutating func list(_ path: [String]) throws(TOMLFault) -> [TOMLValue] {
    let start = at
    at += 1
    var values: [TOMLValue] = []
    while true {
      try skipSpace("the list has no ]", from: start)
      if peek == .closeBracket { break }
      // Tables in a list are apart from one another.
      values.append(try value(of: path + ["[\(values.count)]"]))
      try skipSpace("the list has no ]", from: start)
      if peek == .comma {
        at += 1
      } else if peek != .closeBracket {
        throw fault("a comma or ] is expected after a value of a list")
      }
    }
    at += 1
    return values
  }

  private mutating func inlineTable(_ path: [String]) throws(TOMLFault) -> [TOMLEntry] {
    let start = at
    at += 1
    let scope = definitions.newScope()
    var entries: [TOMLEntry] = []
    while true {
      try skipSpace("the inline table has no }", from: start)
      if peek == .closeBrace { break }
      entries.append(try entry(under: path, scope: scope))
      try skipSpace("the inline table has no }", from: start)
      if peek == .comma {
        at += 1
      } else if peek != .closeBrace {
        throw fault("a comma or } is expected after a value of an inline table")
      }
    }
    at += 1
    return entries
  }

  // MARK: Moving

  var peek: UInt8? { at < bytes.count ? bytes[at] : nil }

  /// Whether three of the quote that is next stand here.
  var isTriple: Bool {
    at + 2 < bytes.count && bytes[at + 1] == bytes[at] && bytes[at + 2] == bytes[at]
  }

  mutating func skipBlanks() {
    while peek == .blank || peek == .tab { at += 1 }
  }

  /// Skips blanks, line ends and remarks.
  private mutating func skipSpace(_ unfinished: String, from start: Int) throws(TOMLFault) {
    while true {
      skipBlanks()
      guard let byte = peek else { throw fault(unfinished, at: start) }
      guard byte == .hash || byte == .lineFeed || byte == .carriageReturn else { return }
      try endLine()
    }
  }

  /// Reads what may stand after a statement: blanks, a remark, and the line's end.
  private mutating func endLine() throws(TOMLFault) {
    skipBlanks()
    if peek == .hash {
      while let byte = peek, byte != .lineFeed {
        try checkControl(byte)
        at += 1
      }
    }
    guard let byte = peek else { return }
    try checkControl(byte)
    if byte == .carriageReturn { at += 1 }
    guard peek == .lineFeed else { throw fault("“\(restOfLine())” is left over after the value") }
    at += 1
  }

  /// Refuses bytes that are no text: a line feed and a tab are, and a carriage return before a line
  /// feed.
  func checkControl(_ byte: UInt8) throws(TOMLFault) {
    guard byte < 0x20 || byte == 0x7F, byte != .tab, byte != .lineFeed else { return }
    if byte == .carriageReturn {
      if at + 1 < bytes.count, bytes[at + 1] == .lineFeed { return }
      throw fault("a line ends with a carriage return alone; save the file with Unix line ends")
    }
    let code = String(byte, radix: 16, uppercase: true)
    let name = byte == 0 ? "NUL" : "U+00\(code.count < 2 ? "0" : "")\(code)"
    throw fault("a control character (\(name)) is no text; take it out")
  }

  /// What stands between here and the line's end, without a remark, for messages.
  func restOfLine() -> String {
    let end = bytes[at...].firstIndex { $0 == .lineFeed || $0 == .hash } ?? bytes.count
    var words = Array(String(decoding: bytes[at..<end], as: UTF8.self).unicodeScalars)
      .filter { $0.value >= 0x20 && $0.value != 0x7F && !(0x80...0x9F ~= $0.value) }
    while let last = words.last, last == " " { words.removeLast() }
    let isLong = words.count > 40
    words = isLong ? Array(words.prefix(40)) : words
    return words.map { String($0) }.joined() + (isLong ? "…" : "")
  }

  // MARK: Faults

  func fault(_ message: String, at offset: Int? = nil) -> TOMLFault {
    let place = place(offset ?? at)
    return TOMLFault(line: place.line, column: place.column, message: message)
  }

  /// Line and column of a byte, from 1.
  private func place(_ offset: Int) -> (line: Int, column: Int) {
    var (low, high) = (0, lineStarts.count)
    while high - low > 1 {
      let middle = (low + high) / 2
      if lineStarts[middle] <= offset { low = middle } else { high = middle }
    }
    let scalars = bytes[lineStarts[low]..<min(offset, bytes.count)].count { $0 & 0xC0 != 0x80 }
    return (low + 1, scalars + 1)
  }

  /// What is wrong with the file as a whole: it is in another encoding.
  private func encodingFault() -> TOMLFault? {
    if bytes.starts(with: [0xFF, 0xFE]) || bytes.starts(with: [0xFE, 0xFF]) {
      return TOMLFault(
        line: 1, column: 1, message: "the file is in UTF-16; save it as UTF-8")
    }
    var decoder = UTF8()
    var iterator = bytes.makeIterator()
    guard String(validating: bytes, as: UTF8.self) == nil else { return nil }
    var offset = 0
    while true {
      switch decoder.decode(&iterator) {
      case .scalarValue(let scalar): offset += UTF8.width(scalar)
      case .emptyInput, .error: return fault("is not UTF-8; save the file as UTF-8", at: offset)
      }
    }
  }
}

extension UInt8 {
  static let tab = UInt8(ascii: "\t")
  static let lineFeed: UInt8 = 0x0A
  static let carriageReturn: UInt8 = 0x0D
  static let blank = UInt8(ascii: " ")
  static let quote = UInt8(ascii: "\"")
  static let apostrophe = UInt8(ascii: "'")
  static let backslash = UInt8(ascii: "\\")
  static let hash = UInt8(ascii: "#")
  static let comma = UInt8(ascii: ",")
  static let dot = UInt8(ascii: ".")
  static let equals = UInt8(ascii: "=")
  static let openBracket = UInt8(ascii: "[")
  static let closeBracket = UInt8(ascii: "]")
  static let openBrace = UInt8(ascii: "{")
  static let closeBrace = UInt8(ascii: "}")
}
