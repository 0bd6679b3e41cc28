import Catalog
import Quantities

/// Reads JSON (RFC 8259) from a stream value by value, keeping nothing but the token it stands on.
///
///     try json.beginObject()
///     while try json.nextKey() {
///       switch json.key {
///       case "version": version = try json.text() ?? ""
///       default: try json.skip()
///       }
///     }
///
/// What is skipped is checked as strictly as what is read, so that a file cut off or mangled anywhere
/// is found out.
struct JSONScanner {
  /// What the next value is.
  enum Kind {
    case object, array, string, number, word
  }

  let source: ByteSource
  /// The bytes of the last key, string or number.
  private(set) var token: [UInt8] = []
  /// The open objects and arrays, and whether each has had an element.
  private var nesting: [Level] = []

  private struct Level {
    var isObject: Bool
    var isEmpty = true
  }

  private static let deepest = 64

  init(_ source: ByteSource) {
    self.source = source
  }

  /// The last key as text.
  var key: String { String(decoding: token, as: UTF8.self) }

  /// The line of the next byte, from 1.
  var line: Int { source.line(at: source.start) }

  /// A fault at the next byte.
  func fault(_ message: String) -> Fault { source.fault(message, at: source.start) }

  // MARK: Structure

  /// Whether nothing but space is left of the stream; a second document may follow the first.
  mutating func isAtEnd() throws -> Bool { try peek() == nil }

  /// What the next value is.
  mutating func kind() throws -> Kind {
    switch try peek() {
    case UInt8(ascii: "{"): .object
    case UInt8(ascii: "["): .array
    case UInt8(ascii: "\""): .string
    case let byte? where byte == UInt8(ascii: "-") || Self.isDigit(byte): .number
    case UInt8(ascii: "t"), UInt8(ascii: "f"), UInt8(ascii: "n"): .word
    default: throw try unexpected("a JSON value")
    }
  }

  /// Steps into an object.
  mutating func beginObject() throws {
    try begin(UInt8(ascii: "{"), "an object", isObject: true)
  }

  /// Steps into an array.
  mutating func beginArray() throws {
    try begin(UInt8(ascii: "["), "an array", isObject: false)
  }

  /// Goes on to the next member of the object and takes its key; false when the object has ended.
  mutating func nextKey() throws -> Bool {
    guard try next(UInt8(ascii: "}"), "a comma or }") else { return false }
    guard try peek() == UInt8(ascii: "\"") else { throw try unexpected("a key in quotes") }
    try takeString(keeping: true)
    guard try peek() == UInt8(ascii: ":") else { throw try unexpected("a colon") }
    source.start += 1
    return true
  }

  /// Goes on to the next element of the array; false when the array has ended.
  mutating func nextElement() throws -> Bool {
    try next(UInt8(ascii: "]"), "a comma or ]")
  }

  private mutating func begin(_ byte: UInt8, _ what: String, isObject: Bool) throws {
    guard try peek() == byte else { throw try unexpected(what) }
    guard nesting.count < Self.deepest else { throw fault("nested more than \(Self.deepest) deep") }
    source.start += 1
    nesting.append(Level(isObject: isObject))
  }

  private mutating func next(_ close: UInt8, _ separator: String) throws -> Bool {
    let byte = try peek()
    if byte == close {
      source.start += 1
      nesting.removeLast()
      return false
    }
    let level = nesting.count - 1
    if nesting[level].isEmpty {
      nesting[level].isEmpty = false
      return true
    }
    guard byte == UInt8(ascii: ",") else { throw try unexpected(separator) }
    source.start += 1
    return true
  }

  // MARK: Values

  /// A string or a number as text, nil for null; anything else is a fault.
  mutating func text() throws -> String? {
    switch try kind() {
    case .string:
      try takeString(keeping: true)
      return key
    case .number:
      try takeNumber()
      return key
    case .word where try peek() == UInt8(ascii: "n"):
      try takeWord()
      return nil
    default: throw try unexpected("a text or a number")
    }
  }

  /// Passes over the next value, whatever it is.
  mutating func skip() throws {
    switch try kind() {
    case .string: try takeString(keeping: false)
    case .number: try takeNumber()
    case .word: try takeWord()
    case .array:
      try beginArray()
      while try nextElement() { try skip() }
    case .object:
      try beginObject()
      while try nextKey() { try skip() }
    }
  }

  /// The next byte that is no space; nil at the end of the stream.
  private mutating func peek() throws -> UInt8? {
    repeat {
      let window = source.window
      var at = source.start
      let end = source.end
      while at < end {
        let byte = window[at]
        let isSpace = byte == 0x20 || byte == 0x0A || byte == 0x0D || byte == 0x09
        if !isSpace {
          source.start = at
          return byte
        }
        at += 1
      }
      source.start = at
    } while try source.fill()
    return nil
  }

  /// The next byte, space or not; nil at the end of the stream.
  private mutating func peekByte() throws -> UInt8? {
    if source.start == source.end, !(try source.fill()) { return nil }
    return source.window[source.start]
  }

  private mutating func unexpected(_ expected: String) throws -> Fault {
    guard let byte = try peek() else { return fault("the text ends; \(expected) is expected") }
    let found =
      byte > 0x20 && byte < 0x7F ? "“\(Character(Unicode.Scalar(byte)))”" : "a character"
    return fault("\(found) stands where \(expected) is expected")
  }

  private mutating func takeWord() throws {
    let words = ["true", "false", "null"].map { Array($0.utf8) }
    let first = try peek()
    guard let word = words.first(where: { $0.first == first }) else {
      throw try unexpected("true, false or null")
    }
    for byte in word {
      guard try peekByte() == byte else { throw try unexpected("true, false or null") }
      source.start += 1
    }
  }

  /// A number by RFC 8259, section 6: no leading zeros, no bare point, no plus sign.
  private mutating func takeNumber() throws {
    token.removeAll(keepingCapacity: true)
    try takeIf(UInt8(ascii: "-"))
    if try !takeIf(UInt8(ascii: "0")) { try takeDigits() }
    if try takeIf(UInt8(ascii: ".")) { try takeDigits() }
    if try takeIf(UInt8(ascii: "e")) || takeIf(UInt8(ascii: "E")) {
      if try !takeIf(UInt8(ascii: "-")) { try takeIf(UInt8(ascii: "+")) }
      try takeDigits()
    }
  }

  @discardableResult
  private mutating func takeIf(_ byte: UInt8) throws -> Bool {
    guard try peekByte() == byte else { return false }
    token.append(byte)
    source.start += 1
    return true
  }

  private static func isDigit(_ byte: UInt8) -> Bool {
    (UInt8(ascii: "0")...UInt8(ascii: "9")).contains(byte)
  }

  private mutating func takeDigits() throws {
    var taken = 0
    while let byte = try peekByte(), Self.isDigit(byte) {
      token.append(byte)
      source.start += 1
      taken += 1
    }
    if taken == 0 { throw try unexpected("a digit") }
    guard token.count <= Self.longestToken else { throw fault("a number is too long") }
  }

  // MARK: Strings

  /// A key or text longer than this is no price list's.
  private static let longestToken = 16 << 20

  /// Takes a string; its bytes become the token when they are kept.
  private mutating func takeString(keeping: Bool) throws {
    guard try peekByte() == UInt8(ascii: "\"") else { throw try unexpected("a text in quotes") }
    source.start += 1
    if keeping { token.removeAll(keepingCapacity: true) }
    while try takePlainBytes(keeping: keeping) {
      guard token.count <= Self.longestToken else { throw fault("a text is too long") }
    }
  }

  /// Takes bytes up to an escape, the closing quote or the end of the window.
  ///
  /// - Returns: whether the string goes on.
  private mutating func takePlainBytes(keeping: Bool) throws -> Bool {
    guard try peekByte() != nil else { throw fault("the text ends within quotes") }
    let window = source.window
    let (start, end) = (source.start, source.end)
    var at = start
    while at < end {
      let byte = window[at]
      if byte == UInt8(ascii: "\"") || byte == UInt8(ascii: "\\") || byte < 0x20 { break }
      at += 1
    }
    if keeping { token.append(contentsOf: window[start..<at]) }
    source.start = at
    guard at < end else { return true }
    switch window[at] {
    case UInt8(ascii: "\""):
      source.start += 1
      return false
    case UInt8(ascii: "\\"):
      source.start += 1
      let scalar = try takeEscape()
      if keeping { token.append(contentsOf: Array(String(scalar).utf8)) }
      return true
    default: throw fault("a control character stands in a text")
    }
  }

  private mutating func takeEscape() throws -> Unicode.Scalar {
    guard let byte = try peekByte() else { throw fault("the text ends within quotes") }
    source.start += 1
    switch byte {
    case UInt8(ascii: "\""), UInt8(ascii: "\\"), UInt8(ascii: "/"): return Unicode.Scalar(byte)
    case UInt8(ascii: "b"): return "\u{8}"
    case UInt8(ascii: "f"): return "\u{C}"
    case UInt8(ascii: "n"): return "\n"
    case UInt8(ascii: "r"): return "\r"
    case UInt8(ascii: "t"): return "\t"
    case UInt8(ascii: "u"): return try takeUnicodeEscape()
    default: throw fault("an unknown escape stands in a text")
    }
  }

  private mutating func takeUnicodeEscape() throws -> Unicode.Scalar {
    let high = try takeHexadecimal()
    if let scalar = Unicode.Scalar(high) { return scalar }
    let half = "half of a surrogate pair stands alone"
    guard (0xD800..<0xDC00).contains(high) else { throw fault(half) }
    for expected in [UInt8(ascii: "\\"), UInt8(ascii: "u")] {
      guard try peekByte() == expected else { throw fault(half) }
      source.start += 1
    }
    let low = try takeHexadecimal()
    guard (0xDC00..<0xE000).contains(low),
      let scalar = Unicode.Scalar(0x10000 + (high - 0xD800) * 0x400 + (low - 0xDC00))
    else { throw fault(half) }
    return scalar
  }

  private mutating func takeHexadecimal() throws -> UInt32 {
    var value: UInt32 = 0
    for _ in 0..<4 {
      guard let byte = try peekByte(),
        let digit = Character(Unicode.Scalar(byte)).hexDigitValue
      else { throw fault("four hexadecimal digits are expected after \\u") }
      value = value * 16 + UInt32(digit)
      source.start += 1
    }
    return value
  }
}
