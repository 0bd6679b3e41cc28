import Catalog

/// Where in a text something stands: 1-based line and column, in characters of Unicode.
package struct TextPosition: Hashable, Sendable {
  package var line: Int
  package var column: Int
}

/// A value of a JSON document with its position.
package struct JSONNode: Hashable, Sendable {
  package indirect enum Value: Hashable, Sendable {
    case null
    case boolean(Bool)
    /// The number as written: whole numbers must not pass through floating point.
    case number(String)
    case string(String)
    case array([JSONNode])
    /// Members in order; keys are unique.
    case object([JSONMember])
  }

  package var value: Value
  package var position: TextPosition

  /// What the value is, for messages.
  package var kind: String {
    switch value {
    case .null: "null"
    case .boolean(let flag): flag ? "true" : "false"
    case .number(let text): "the number \(text)"
    case .string: "a text"
    case .array: "an array"
    case .object: "an object"
    }
  }
}

/// A key and its value.
package struct JSONMember: Hashable, Sendable {
  package var key: String
  package var node: JSONNode
}

/// A reader of JSON (RFC 8259) that tells line and column of the first fault. Nesting beyond 64 levels
/// is refused.
package struct JSONReader {
  package enum Dialect {
    /// To the letter; duplicate keys are refused.
    case strict
    /// As Python's `json` reads and writes it: Infinity, -Infinity and NaN are numbers, and of a key
    /// that stands twice the last value counts.
    case python
  }

  private let scalars: [Unicode.Scalar]
  private let file: String
  private let dialect: Dialect
  private var index = 0
  private var line = 1
  private var lineStart = 0
  private static let deepest = 64

  /// Reads a whole document.
  ///
  /// - Throws: `Fault` with the line and column of the first thing that is wrong.
  package static func read(
    _ text: String, file: String, dialect: Dialect = .strict
  ) throws(Fault) -> JSONNode {
    var reader = JSONReader(scalars: Array(text.unicodeScalars), file: file, dialect: dialect)
    if reader.peek?.value == 0xFEFF {
      reader.index = 1
      reader.lineStart = 1
    }
    let node = try reader.node(depth: 0)
    reader.skipSpace()
    if reader.peek != nil { throw reader.fault("text follows the end of the document") }
    return node
  }

  private init(scalars: [Unicode.Scalar], file: String, dialect: Dialect) {
    self.scalars = scalars
    self.file = file
    self.dialect = dialect
  }

  private var peek: Unicode.Scalar? { index < scalars.count ? scalars[index] : nil }

  private static func isDigit(_ scalar: Unicode.Scalar) -> Bool {
    (0x30...0x39).contains(scalar.value)
  }

  private var position: TextPosition {
    TextPosition(line: line, column: index - lineStart + 1)
  }

  private func fault(_ message: String, at place: TextPosition? = nil) -> Fault {
    let place = place ?? position
    return Fault(file: file, line: place.line, column: "column \(place.column)", message: message)
  }

  private mutating func skipSpace() {
    while let scalar = peek {
      switch scalar {
      case "\n":
        line += 1
        lineStart = index + 1
      case " ", "\t", "\r": break
      default: return
      }
      index += 1
    }
  }

  private mutating func take(_ expected: Unicode.Scalar, _ what: String) throws(Fault) {
    guard peek == expected else { throw unexpected(what) }
    index += 1
  }

  private func unexpected(_ expected: String) -> Fault {
    guard let scalar = peek else { return fault("the text ends; \(expected) is expected") }
    let isShown = scalar.value > 0x20 && scalar.value < 0x7F
    let found = isShown ? "“\(scalar)”" : "a character"
    return fault("\(found) stands where \(expected) is expected")
  }

  private mutating func node(depth: Int) throws(Fault) -> JSONNode {
    skipSpace()
    let start = position
    guard depth < Self.deepest else { throw fault("nested more than \(Self.deepest) deep") }
    switch peek {
    case "{": return JSONNode(value: .object(try object(depth)), position: start)
    case "[": return JSONNode(value: .array(try array(depth)), position: start)
    case "\"": return JSONNode(value: .string(try string()), position: start)
    case "-" where dialect == .python && index + 1 < scalars.count && scalars[index + 1] == "I":
      return JSONNode(value: try word(), position: start)
    case let scalar? where scalar == "-" || Self.isDigit(scalar):
      return JSONNode(value: .number(try number()), position: start)
    default: return JSONNode(value: try word(), position: start)
    }
  }

  private mutating func word() throws(Fault) -> JSONNode.Value {
    var words: [(String, JSONNode.Value)] = [
      ("true", .boolean(true)), ("false", .boolean(false)), ("null", .null),
    ]
    if dialect == .python {
      words += ["NaN", "Infinity", "-Infinity"].map { ($0, .number($0)) }
    }
    for (word, value) in words where scalars[index...].starts(with: word.unicodeScalars) {
      index += word.unicodeScalars.count
      return value
    }
    throw unexpected("a JSON value")
  }

  private mutating func object(_ depth: Int) throws(Fault) -> [JSONMember] {
    index += 1
    var members: [JSONMember] = []
    var places: [String: Int] = [:]
    skipSpace()
    if peek == "}" {
      index += 1
      return []
    }
    while true {
      skipSpace()
      let start = position
      guard peek == "\"" else { throw unexpected("a key in quotes") }
      let key = try string()
      let place = places[key]
      if place != nil, dialect == .strict { throw fault("the key stands twice", at: start) }
      skipSpace()
      try take(":", "a colon")
      let member = JSONMember(key: key, node: try node(depth: depth + 1))
      if let place {
        members[place] = member
      } else {
        places[key] = members.count
        members.append(member)
      }
      skipSpace()
      if peek == "}" { break }
      try take(",", "a comma or }")
    }
    index += 1
    return members
  }

  private mutating func array(_ depth: Int) throws(Fault) -> [JSONNode] {
    index += 1
    var nodes: [JSONNode] = []
    skipSpace()
    if peek == "]" {
      index += 1
      return []
    }
    while true {
      nodes.append(try node(depth: depth + 1))
      skipSpace()
      if peek == "]" { break }
      try take(",", "a comma or ]")
    }
    index += 1
    return nodes
  }

  /// A number by RFC 8259, section 6: no leading zeros, no bare point, no plus sign.
  private mutating func number() throws(Fault) -> String {
    let start = index
    if peek == "-" { index += 1 }
    if peek == "0" { index += 1 } else { try digits() }
    if peek == "." {
      index += 1
      try digits()
    }
    if peek == "e" || peek == "E" {
      index += 1
      if peek == "+" || peek == "-" { index += 1 }
      try digits()
    }
    var text = ""
    text.unicodeScalars.append(contentsOf: scalars[start..<index])
    return text
  }

  private mutating func digits() throws(Fault) {
    let start = index
    while let scalar = peek, Self.isDigit(scalar) { index += 1 }
    if index == start { throw unexpected("a digit") }
  }

  private mutating func string() throws(Fault) -> String {
    index += 1
    var text = String.UnicodeScalarView()
    while let scalar = peek {
      switch scalar {
      case "\"":
        index += 1
        return String(text)
      case "\\":
        index += 1
        text.append(try escape())
      default:
        guard scalar.value >= 0x20 else { throw fault("a control character stands in a text") }
        text.append(scalar)
        index += 1
      }
    }
    throw fault("the text ends within quotes")
  }

  private mutating func escape() throws(Fault) -> Unicode.Scalar {
    guard let scalar = peek else { throw unexpected("an escape") }
    index += 1
    switch scalar {
    case "\"", "\\", "/": return scalar
    case "b": return "\u{8}"
    case "f": return "\u{C}"
    case "n": return "\n"
    case "r": return "\r"
    case "t": return "\t"
    case "u": return try unicodeEscape()
    default:
      index -= 1
      throw unexpected("an escape such as \\n or \\u0041")
    }
  }

  private mutating func unicodeEscape() throws(Fault) -> Unicode.Scalar {
    let high = try hexadecimal()
    if let scalar = Unicode.Scalar(high) { return scalar }
    guard (0xD800..<0xDC00).contains(high), peek == "\\" else {
      throw fault("half of a surrogate pair stands alone")
    }
    index += 1
    try take("u", "the other half of a surrogate pair")
    let low = try hexadecimal()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00))
    else { throw fault("half of a surrogate pair stands alone") }
    return scalar
  }

  private mutating func hexadecimal() throws(Fault) -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let scalar = peek, scalar.isASCII, let digit = Character(scalar).hexDigitValue else {
        throw unexpected("a hexadecimal digit")
      }
      value = value * 16 + UInt32(digit)
      index += 1
    }
    return value
  }
}
