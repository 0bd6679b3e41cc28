import Quantities

/// A JSON document as a tree whose objects keep the order of their keys.
///
/// Numbers are held as text, so that the same digits go into every format.
public indirect enum JSONValue: Hashable, Sendable {
  case null
  case bool(Bool)
  case number(String)
  case string(String)
  case array([JSONValue])
  case object([Member])

  /// A key and its value.
  public struct Member: Hashable, Sendable {
    public var key: String
    public var value: JSONValue

    public init(_ key: String, _ value: JSONValue) {
      self.key = key
      self.value = value
    }
  }

  /// A number with a fixed count of decimals; null when unknown or not finite.
  public static func decimal(_ value: Double?, _ decimals: Int) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(Decimals.fixed(value, decimals))
  }

  /// A number in its shortest form; null when unknown or not finite.
  public static func shortest(_ value: Double?) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(Decimals.shortest(value))
  }

  /// A number with this many significant digits; null when unknown or not finite.
  public static func significant(_ value: Double?, _ digits: Int) -> JSONValue {
    guard let value, value.isFinite else { return .null }
    return .number(Decimals.significant(value, digits))
  }

  /// A whole number.
  public static func integer(_ value: Int) -> JSONValue {
    .number(String(value))
  }

  /// A text; null when empty.
  public static func text(_ value: String) -> JSONValue {
    value.isEmpty ? .null : .string(value)
  }

  /// The value at a path of keys, or nil.
  public subscript(path: [String]) -> JSONValue? {
    guard let key = path.first else { return self }
    guard case .object(let members) = self,
      let member = members.first(where: { $0.key == key })
    else { return nil }
    return member.value[Array(path.dropFirst())]
  }

  /// The document, indented by two spaces, ending in a line feed.
  public var document: String {
    var out = ""
    write(to: &out, indent: 0)
    return out + "\n"
  }

  private func write(to out: inout String, indent: Int) {
    switch self {
    case .null: out += "null"
    case .bool(let value): out += value ? "true" : "false"
    case .number(let text): out += text
    case .string(let text): Self.writeString(text, to: &out)
    case .array(let values):
      Self.writeList(values, "[", "]", to: &out, indent: indent) { value, out in
        value.write(to: &out, indent: indent + 1)
      }
    case .object(let members):
      Self.writeList(members, "{", "}", to: &out, indent: indent) { member, out in
        Self.writeString(member.key, to: &out)
        out += ": "
        member.value.write(to: &out, indent: indent + 1)
      }
    }
  }

  private static func writeList<Element>(
    _ elements: [Element], _ open: String, _ close: String, to out: inout String, indent: Int,
    _ body: (Element, inout String) -> Void
  ) {
    out += open
    for (index, element) in elements.enumerated() {
      out += index == 0 ? "\n" : ",\n"
      out += String(repeating: "  ", count: indent + 1)
      body(element, &out)
    }
    if !elements.isEmpty { out += "\n" + String(repeating: "  ", count: indent) }
    out += close
  }

  /// A string with the escapes of RFC 8259 section 7.
  private static func writeString(_ text: String, to out: inout String) {
    out += "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"": out += "\\\""
      case "\\": out += "\\\\"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case _ where scalar.value < 0x20 || scalar.value == 0x7F:
        let digits = String(scalar.value, radix: 16)
        out += "\\u" + String(repeating: "0", count: 4 - digits.count) + digits
      default: out.unicodeScalars.append(scalar)
      }
    }
    out += "\""
  }
}
