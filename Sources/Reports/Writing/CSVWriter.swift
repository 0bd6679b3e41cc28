/// Writes RFC 4180 CSV that is safe to open in a spreadsheet: UTF-8, header, CRLF, `.` decimals.
///
/// Unknown is an empty field. A text cell that a spreadsheet could take for a formula gets a leading
/// apostrophe; it and every text with a separator, a quote or a line break is quoted (OWASP, "CSV
/// Injection"). Numbers are left alone.
public struct CSVWriter {
  /// The text written so far.
  public private(set) var text = ""
  private let columns: Int

  /// Starts a file with its header.
  public init(header: [String]) {
    columns = header.count
    append(header.map { .string($0) })
  }

  /// Appends a row; numbers stay bare, texts are guarded, null is an empty field.
  public mutating func append(_ row: [JSONValue]) {
    precondition(row.count == columns, "a row has as many fields as the header")
    text += row.map(Self.field).joined(separator: ",")
    text += "\r\n"
  }

  static func field(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .number(let digits): digits
    case .string(let text): quotedIfNeeded(guarded(text))
    case .array(let values): quotedIfNeeded(guarded(values.map(plain).joined(separator: "; ")))
    case .object(let members):
      quotedIfNeeded(guarded(members.map { plain($0.value) }.joined(separator: " ")))
    }
  }

  /// A value as text inside a list cell.
  static func plain(_ value: JSONValue) -> String {
    switch value {
    case .null: ""
    case .bool(let value): value ? "true" : "false"
    case .number(let text), .string(let text): text
    case .array(let values): values.map(plain).joined(separator: " ")
    case .object(let members): members.map { plain($0.value) }.joined(separator: " ")
    }
  }

  /// What makes a spreadsheet take a text for a formula when it stands first: ASCII, then the
  /// full-width forms that East Asian settings take for the same.
  private static let formulaStarts: Set<Unicode.Scalar> = [
    "=", "+", "-", "@", "\t", "\r", "\n", "\0", "\u{FF1D}", "\u{FF0B}", "\u{FF0D}", "\u{FF20}",
  ]

  /// An apostrophe before a text that starts like a formula; spaces before it don't count, as some
  /// programs drop them.
  static func guarded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first(where: { $0 != " " && $0 != "\u{A0}" }) else {
      return text
    }
    return formulaStarts.contains(first) ? "'" + text : text
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let needs = text.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" || $0 == ";" || $0 == "\t"
    }
    guard needs || text.hasPrefix("'") else { return text }
    // By scalar: a quote with a combining mark is one character, and a quote all the same.
    var doubled = String.UnicodeScalarView()
    for scalar in text.unicodeScalars {
      doubled.append(scalar)
      if scalar == "\"" { doubled.append(scalar) }
    }
    return "\"" + String(doubled) + "\""
  }
}
