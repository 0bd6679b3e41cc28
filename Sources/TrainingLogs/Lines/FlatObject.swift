/// A JSON object, or a Python dictionary as programs print it, flattened: keys of inner objects are joined
/// by `/`, arrays are left out.
enum FlatObject {
  enum Value: Equatable {
    case number(Double)
    case text(String)

    /// The number that it is or that its text is, as `'2.412'` and `'120/500000'`.
    var number: Double? {
      switch self {
      case .number(let value): return value
      case .text(let text):
        let isNumber = text.unicodeScalars.first.map { "0"..."9" ~= $0 || $0 == "." } ?? false
        guard isNumber else { return nil }
        if let slash = text.firstIndex(of: "/") { return Double(text[..<slash]) }
        return Double(text)
      }
    }
  }

  /// The pairs in order; nil when the bytes are no object.
  static func read(_ bytes: ArraySlice<UInt8>) -> [(String, Value)]? {
    var reader = Reader(bytes: bytes, at: bytes.startIndex)
    var pairs: [(String, Value)] = []
    guard reader.object("", into: &pairs, depth: 0) else { return nil }
    reader.space()
    return reader.at == bytes.endIndex ? pairs : nil
  }

  private struct Reader {
    let bytes: ArraySlice<UInt8>
    var at: Int

    var next: UInt8? { at < bytes.endIndex ? bytes[at] : nil }

    mutating func space() {
      while let byte = next, byte == 32 || byte == 9 || byte == 13 || byte == 10 { at += 1 }
    }

    mutating func take(_ byte: UInt8) -> Bool {
      space()
      guard next == byte else { return false }
      at += 1
      return true
    }

    mutating func object(_ prefix: String, into pairs: inout [(String, Value)], depth: Int) -> Bool
    {
      guard depth < 20, take(UInt8(ascii: "{")) else { return false }
      if take(UInt8(ascii: "}")) { return true }
      repeat {
        space()
        guard let key = string(), take(UInt8(ascii: ":")) else { return false }
        guard value(prefix + key, into: &pairs, depth: depth) else { return false }
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "}"))
    }

    mutating func value(_ key: String, into pairs: inout [(String, Value)], depth: Int) -> Bool {
      space()
      switch next {
      case UInt8(ascii: "{"): return object(key + "/", into: &pairs, depth: depth + 1)
      case UInt8(ascii: "["): return array(depth: depth)
      case UInt8(ascii: "\""), UInt8(ascii: "'"):
        guard let text = string() else { return false }
        pairs.append((key, .text(text)))
        return true
      default:
        let start = at
        while let byte = next, !",}]".utf8.contains(byte), byte != 32 { at += 1 }
        let word = String(decoding: bytes[start..<at], as: UTF8.self)
        let isNumber = word.utf8.allSatisfy { (48...57).contains($0) || "+-.eE".utf8.contains($0) }
        if isNumber, let number = Double(word), number.isFinite {
          pairs.append((key, .number(number)))
          return true
        }
        return ["null", "None", "true", "false", "True", "False", "NaN", "nan", "Infinity", "inf"]
          .contains(word)
      }
    }

    mutating func array(depth: Int) -> Bool {
      guard depth < 20, take(UInt8(ascii: "[")) else { return false }
      if take(UInt8(ascii: "]")) { return true }
      var ignored: [(String, Value)] = []
      repeat {
        guard value("", into: &ignored, depth: depth + 1) else { return false }
      } while take(UInt8(ascii: ","))
      return take(UInt8(ascii: "]"))
    }

    mutating func string() -> String? {
      guard let quote = next, quote == UInt8(ascii: "\"") || quote == UInt8(ascii: "'") else {
        return nil
      }
      at += 1
      var text: [UInt8] = []
      while let byte = next {
        at += 1
        if byte == quote { return String(decoding: text, as: UTF8.self) }
        if byte == UInt8(ascii: "\\"), let escaped = next {
          at += 1
          text.append(escaped)
        } else {
          text.append(byte)
        }
      }
      return nil
    }
  }
}
