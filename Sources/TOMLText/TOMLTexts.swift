// Texts in quotes.
extension TOMLParser {
  /// `"…"` on one line.
  mutating func basicText() throws(TOMLFault) -> String {
    let start = at
    at += 1
    var out: [UInt8] = []
    while let byte = peek, byte != .lineFeed {
      if byte == .quote {
        at += 1
        return String(decoding: out, as: UTF8.self)
      }
      if byte == .carriageReturn, at + 1 < bytes.count, bytes[at + 1] == .lineFeed { break }
      try checkControl(byte)
      if byte == .backslash {
        out += try escaped()
      } else {
        out.append(byte)
        at += 1
      }
    }
    throw fault("the text has no closing quote", at: start)
  }

  /// `'…'` on one line.
  mutating func literalText() throws(TOMLFault) -> String {
    let start = at
    at += 1
    while let byte = peek, byte != .lineFeed {
      if byte == .apostrophe {
        at += 1
        return String(decoding: bytes[(start + 1)..<(at - 1)], as: UTF8.self)
      }
      if byte == .carriageReturn, at + 1 < bytes.count, bytes[at + 1] == .lineFeed { break }
      try checkControl(byte)
      at += 1
    }
    throw fault("the text has no closing quote", at: start)
  }

  /// `"""…"""` over several lines.
  mutating func longBasicText() throws(TOMLFault) -> String {
    let start = at
    at += 3
    skipLineEnd()
    var out: [UInt8] = []
    while let byte = peek {
      if byte == .quote, isTriple {
        out += closing()
        return String(decoding: out, as: UTF8.self)
      }
      try checkControl(byte)
      if byte == .backslash, skipFoldedLineEnd() { continue }
      if byte == .backslash {
        out += try escaped()
      } else {
        out.append(byte)
        at += 1
      }
    }
    throw fault("the text has no closing quotes", at: start)
  }

  /// `'''…'''` over several lines.
  mutating func longLiteralText() throws(TOMLFault) -> String {
    let start = at
    at += 3
    skipLineEnd()
    var out: [UInt8] = []
    while let byte = peek {
      if byte == .apostrophe, isTriple {
        out += closing()
        return String(decoding: out, as: UTF8.self)
      }
      try checkControl(byte)
      out.append(byte)
      at += 1
    }
    throw fault("the text has no closing quotes", at: start)
  }

  /// Reads three quotes that end a text; up to two more right before them belong to it.
  private mutating func closing() -> [UInt8] {
    let quote = bytes[at]
    var count = 0
    while count < 5, peek == quote {
      at += 1
      count += 1
    }
    return Array(repeating: quote, count: count - 3)
  }

  /// A line end right after the opening quotes is no part of the text.
  private mutating func skipLineEnd() {
    if peek == .carriageReturn, at + 1 < bytes.count, bytes[at + 1] == .lineFeed { at += 1 }
    if peek == .lineFeed { at += 1 }
  }

  /// Skips a backslash at the end of a line with all space that follows it.
  private mutating func skipFoldedLineEnd() -> Bool {
    var end = at + 1
    while end < bytes.count, bytes[end] == .blank || bytes[end] == .tab { end += 1 }
    if end < bytes.count, bytes[end] == .carriageReturn { end += 1 }
    guard end < bytes.count, bytes[end] == .lineFeed else { return false }
    while end < bytes.count,
      [.blank, .tab, .lineFeed, .carriageReturn].contains(bytes[end])
    {
      end += 1
    }
    at = end
    return true
  }

  /// What a backslash and the letters after it stand for.
  private mutating func escaped() throws(TOMLFault) -> [UInt8] {
    let start = at
    at += 1
    guard let letter = peek else { throw fault("the text has no closing quote", at: start) }
    at += 1
    switch letter {
    case .quote, .backslash: return [letter]
    case UInt8(ascii: "b"): return [0x08]
    case UInt8(ascii: "t"): return [.tab]
    case UInt8(ascii: "n"): return [.lineFeed]
    case UInt8(ascii: "f"): return [0x0C]
    case UInt8(ascii: "r"): return [.carriageReturn]
    case UInt8(ascii: "e"): return [0x1B]
    case UInt8(ascii: "x"): return try scalar(digits: 2, from: start)
    case UInt8(ascii: "u"): return try scalar(digits: 4, from: start)
    case UInt8(ascii: "U"): return try scalar(digits: 8, from: start)
    default:
      throw fault(
        "a backslash in quotes needs one more (\\\\), or single quotes around the text", at: start)
    }
  }

  private mutating func scalar(digits: Int, from start: Int) throws(TOMLFault) -> [UInt8] {
    let end = min(at + digits, bytes.count)
    let text = String(decoding: bytes[at..<end], as: UTF8.self)
    guard end - at == digits, text.utf8.allSatisfy({ Self.isDigit($0, radix: 16) }),
      let code = UInt32(text, radix: 16), let scalar = Unicode.Scalar(code)
    else { throw fault("\\u needs four hexadecimal digits of a character", at: start) }
    at = end
    return Array(String(Character(scalar)).utf8)
  }

  /// Whether a byte is a digit of a number to a base.
  static func isDigit(_ byte: UInt8, radix: UInt8 = 10) -> Bool {
    switch byte {
    case UInt8(ascii: "0")...UInt8(ascii: "9"): byte - UInt8(ascii: "0") < radix
    case UInt8(ascii: "a")...UInt8(ascii: "f"): radix == 16
    case UInt8(ascii: "A")...UInt8(ascii: "F"): radix == 16
    default: false
    }
  }
}
