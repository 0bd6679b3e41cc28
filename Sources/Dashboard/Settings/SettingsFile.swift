import Quantities

/// Lines of `name = value` under headings in brackets: the part of TOML that settings need.
///
///     theme = "light"      # a remark
///     [keys]
///     row.next = ["j", "Down"]
struct SettingsFile: Hashable, Sendable {
  enum Value: Hashable, Sendable {
    case text(String)
    case flag(Bool)
    case texts([String])
  }

  struct Entry: Hashable, Sendable {
    let line: Int
    /// The heading it stands under; empty at the top.
    let section: String
    let name: String
    let value: Value
  }

  struct Fault: Hashable, Sendable {
    let line: Int
    let message: String
  }

  private(set) var entries: [Entry] = []
  /// What could not be read; everything else was.
  private(set) var faults: [Fault] = []

  init(_ text: String) {
    var section = ""
    // Editors of some systems begin a file with a mark of its byte order.
    let text =
      text.unicodeScalars.first == "\u{FEFF}" ? String(text.unicodeScalars.dropFirst()) : text
    let lines = text.split(omittingEmptySubsequences: false) { $0 == "\n" || $0 == "\r\n" }
    for (index, line) in lines.enumerated() {
      var rest = line[...]
      rest.skipBlanks()
      guard let first = rest.first, first != "#" else { continue }
      if first == "[" {
        let name = rest.dropFirst().prefix { $0 != "]" }
        if rest.dropFirst(name.count + 1).first == "]" {
          section = String(name)
        } else {
          faults.append(Fault(line: index + 1, message: "the heading has no ]"))
        }
        continue
      }
      do throws(InputError) {
        let (name, value) = try Self.entry(&rest)
        if let first = entries.first(where: { $0.section == section && $0.name == name }) {
          let place = "is set in line \(first.line) already; keep one of the two"
          throw InputError("\(Magnitude.printable(name)) \(place)")
        }
        entries.append(Entry(line: index + 1, section: section, name: name, value: value))
      } catch {
        faults.append(Fault(line: index + 1, message: error.description))
      }
    }
  }

  private static func entry(_ rest: inout Substring) throws(InputError) -> (String, Value) {
    let name =
      rest.first == "\"" ? try text(&rest) : String(rest.takeWhile { $0 != "=" && $0 != " " })
    rest.skipBlanks()
    guard rest.first == "=", !name.isEmpty else {
      throw InputError("expected name = value")
    }
    rest.removeFirst()
    rest.skipBlanks()
    let value = try value(&rest)
    rest.skipBlanks()
    guard rest.isEmpty || rest.first == "#" else {
      throw InputError("“\(rest)” is left over after the value")
    }
    return (name, value)
  }

  private static func value(_ rest: inout Substring) throws(InputError) -> Value {
    switch rest.first {
    case "\"": return .text(try text(&rest))
    case "[":
      rest.removeFirst()
      var texts: [String] = []
      rest.skipBlanks()
      while rest.first != "]" {
        texts.append(try text(&rest))
        rest.skipBlanks()
        if rest.first == "," {
          rest.removeFirst()
          rest.skipBlanks()
        } else if rest.first != "]" {
          throw InputError("the list has no ]")
        }
      }
      rest.removeFirst()
      return .texts(texts)
    default:
      let word = rest.takeWhile { $0.isLetter }
      if word == "true" { return .flag(true) }
      if word == "false" { return .flag(false) }
      throw InputError("a value is true, false, a text in quotes, or a list of texts in brackets")
    }
  }

  private static func text(_ rest: inout Substring) throws(InputError) -> String {
    guard rest.first == "\"" else { throw InputError("a text stands in quotes") }
    rest.removeFirst()
    var out = ""
    while let character = rest.popFirst() {
      if character == "\"" { return out }
      guard character == "\\" else {
        out.append(character)
        continue
      }
      guard let escaped = rest.popFirst(), escaped == "\\" || escaped == "\"" else {
        throw InputError("after \\ only \\ and \" are known")
      }
      out.append(escaped)
    }
    throw InputError("the text has no closing quote")
  }

  /// A text as it stands in a file.
  static func quoted(_ text: String) -> String {
    var out = "\""
    for character in text {
      if character == "\"" || character == "\\" { out.append("\\") }
      out.append(character)
    }
    return out + "\""
  }
}

extension Substring {
  fileprivate mutating func skipBlanks() {
    while let first, first == " " || first == "\t" || first == "\r" { removeFirst() }
  }

  fileprivate mutating func takeWhile(_ condition: (Character) -> Bool) -> Substring {
    let head = prefix(while: condition)
    removeFirst(head.count)
    return head
  }
}
