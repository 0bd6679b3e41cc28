/// Writes RFC 4180 CSV that is safe to open in a spreadsheet: UTF-8, header, CRLF, `.` decimals.
///
/// Unknown is an empty field. A text cell that a spreadsheet could take for a formula gets a leading
/// apostrophe and is quoted (OWASP, "CSV Injection"); numbers are left alone.
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

  /// An apostrophe before a text that starts like a formula, or holds a cell separator followed by
  /// such a start.
  static func guarded(_ text: String) -> String {
    guard let first = text.unicodeScalars.first else { return text }
    let starts: Set<Unicode.Scalar> = ["=", "+", "-", "@", "\t", "\r", "\n", "\0"]
    return starts.contains(first) ? "'" + text : text
  }

  private static func quotedIfNeeded(_ text: String) -> String {
    let needs = text.unicodeScalars.contains {
      $0 == "," || $0 == "\"" || $0 == "\n" || $0 == "\r" || $0 == ";" || $0 == "\t"
    }
    guard needs || text.hasPrefix("'") else { return text }
    var doubled = ""
    for character in text { doubled += character == "\"" ? "\"\"" : String(character) }
    return "\"" + doubled + "\""
  }
}
