/// A TOML file as it was written: its values, and where in the text each one stands.
///
/// Reads TOML 1.0, and of TOML 1.1 inline tables over several lines. Positions count bytes of UTF-8,
/// so that nothing depends on how letters combine (`\r\n` is one `Character`). What can't be read is
/// left out, named in `faults`, and reading goes on with the next line.
///
///     let document = TOMLDocument("budget = \"50M\"\r\n[job]\r\n")
///     document.setting(["job", "tokens"], to: "\"2T\"").text   // … [job]\r\ntokens = "2T"\r\n
public struct TOMLDocument: Sendable {
  /// The file, a byte-order mark included.
  public let bytes: [UInt8]
  /// Headings and entries in the order of the file.
  public let statements: [TOMLStatement]
  /// What could not be read, in the order of the file.
  public let faults: [TOMLFault]

  public init(_ text: String) {
    self.init(bytes: Array(text.utf8))
  }

  /// - Parameter bytes: UTF-8; what is not is a fault with its place.
  public init(bytes: [UInt8]) {
    var parser = TOMLParser(bytes)
    parser.parse()
    self.bytes = bytes
    (statements, faults) = (parser.statements, parser.faults)
  }

  public var text: String { String(decoding: bytes, as: UTF8.self) }

  /// The entries at the top and under headings; those within inline tables are in their values.
  public var entries: [TOMLEntry] {
    statements.compactMap { if case .entry(let entry) = $0.kind { entry } else { nil } }
  }

  /// All entries, each followed by those within its inline table.
  public var allEntries: [TOMLEntry] {
    func all(_ entries: [TOMLEntry]) -> [TOMLEntry] {
      entries.flatMap { entry in
        if case .table(let inner) = entry.value { [entry] + all(inner) } else { [entry] }
      }
    }
    return all(entries)
  }

  /// The entry of a path from the top, headings, dotted keys and inline tables alike.
  public func entry(_ path: [String]) -> TOMLEntry? {
    allEntries.first { $0.path == path }
  }
}

/// A heading or an entry, with the lines it takes.
public struct TOMLStatement: Sendable {
  public enum Kind: Sendable {
    case heading(TOMLHeading)
    case entry(TOMLEntry)
  }

  public let kind: Kind
  /// Bytes from the first of its first line to the end of its last one, line end included.
  public let lines: Range<Int>
}

/// `[a.b]`, or `[[a.b]]`.
public struct TOMLHeading: Hashable, Sendable {
  public let path: [String]
  /// Whether it begins one more table of a list of tables.
  public let isList: Bool
  /// From 1.
  public let line: Int
}

/// `key = value`.
public struct TOMLEntry: Hashable, Sendable {
  /// From the top of the file: the heading, then the parts of the key.
  public let path: [String]
  public let value: TOMLValue
  /// Bytes of the key and of the value.
  public let key: Range<Int>
  public let place: Range<Int>
  /// Of the key, from 1.
  public let line: Int
}

/// What an entry is set to.
public enum TOMLValue: Hashable, Sendable {
  /// - Parameter isLiteral: whether it stands in single quotes.
  case text(String, isLiteral: Bool)
  case integer(Int)
  case number(Double)
  case flag(Bool)
  /// A day without a time.
  case date(year: Int, month: Int, day: Int)
  /// A time of day, or a day with a time, as written.
  case time(String)
  case list([TOMLValue])
  /// An inline table.
  case table([TOMLEntry])
}

/// What is wrong with a file, and where.
public struct TOMLFault: Error, Hashable, Sendable {
  /// From 1.
  public let line: Int
  /// From 1, in Unicode scalars.
  public let column: Int
  /// The rest of a sentence that begins with the place, with the cure.
  public let message: String
}

/// How values are written.
public enum TOMLLiteral {
  /// A text in double quotes.
  public static func text(_ text: String) -> String {
    var out = "\""
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\"", "\\": out += "\\\(scalar)"
      case "\n": out += "\\n"
      case "\r": out += "\\r"
      case "\t": out += "\\t"
      case "\0"..."\u{1F}", "\u{7F}":
        let code = String(scalar.value, radix: 16, uppercase: true)
        out += "\\u" + String(repeating: "0", count: 4 - code.count) + code
      default: out.unicodeScalars.append(scalar)
      }
    }
    return out + "\""
  }

  /// A part of a key: bare where that is allowed.
  public static func key(_ part: String) -> String {
    !part.isEmpty && part.utf8.allSatisfy(TOMLParser.isBare) ? part : text(part)
  }
}
