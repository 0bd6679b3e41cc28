/// Writes a page of the manual in the man macros of groff (groff_man(7)).
struct Roff {
  private(set) var text: String

  /// - Parameters:
  ///   - title: in capitals.
  ///   - section: 1 for commands, 5 for files.
  init(_ title: String, section: Int, source: String) {
    text = ".\\\" Made by plan install-docs; do not edit.\n"
    text += ".TH \(title) \(section) \"\" \"\(source)\" \"Manual of plan\"\n"
  }

  mutating func section(_ title: String) {
    text += ".SH \(Self.escaped(title))\n"
  }

  mutating func subsection(_ title: String) {
    text += ".SS \(Self.escaped(title))\n"
  }

  /// Paragraphs, parted by empty lines; those whose lines are indented stay as they are.
  mutating func prose(_ words: String) {
    for paragraph in Self.paragraphs(words) {
      if paragraph.hasPrefix("    ") {
        literal(paragraph.split(separator: "\n").map { String($0.dropFirst(4)) })
      } else {
        text += ".PP\n\(Self.escaped(paragraph))\n"
      }
    }
  }

  /// Lines as they are, indented.
  mutating func literal(_ lines: [String]) {
    guard !lines.isEmpty else { return }
    text += ".PP\n.RS 4\n.nf\n"
    for line in lines { text += Self.escaped(line) + "\n" }
    text += ".fi\n.RE\n"
  }

  /// A term and what it means.
  mutating func entry(_ term: String, _ meaning: String) {
    text += ".TP\n\\fB\(Self.escaped(term))\\fR\n\(Self.escaped(meaning))\n"
  }

  /// Blocks between empty lines.
  private static func paragraphs(_ words: String) -> [String] {
    var blocks: [[Substring]] = [[]]
    for line in words.split(separator: "\n", omittingEmptySubsequences: false) {
      if line.isEmpty {
        blocks.append([])
      } else {
        blocks[blocks.count - 1].append(line)
      }
    }
    return blocks.filter { !$0.isEmpty }.map { $0.joined(separator: "\n") }
  }

  /// Text that is nothing but text: no escapes, no requests, dashes that can be copied.
  static func escaped(_ text: String) -> String {
    var out = ""
    for line in text.split(separator: "\n", omittingEmptySubsequences: false) {
      if !out.isEmpty { out += "\n" }
      if line.hasPrefix(".") || line.hasPrefix("'") { out += "\\&" }
      for character in line {
        switch character {
        case "\\": out += "\\e"
        case "-": out += "\\-"
        case "'": out += "\\(aq"
        case "`": out += "\\(ga"
        case "^": out += "\\(ha"
        case "~": out += "\\(ti"
        default: out.append(character)
        }
      }
    }
    return out
  }
}
