/// The articles of `plan.docc` as pages of section 7 of the manual: one text, read in two places.
enum GuidePages {
  /// Name (`plan-many-scenarios`) and text of each page, in order of name.
  static var all: [(name: String, text: String)] {
    articles.map { (name(of: $0.name), page($0.text, name: name(of: $0.name))) }
  }

  /// All but the floor's own page, which is for those who change the program.
  private static var articles: [(name: String, text: String)] {
    EmbeddedTables.files.filter { $0.name != "plan.md" }
  }

  /// `ManyScenarios.md` is `plan-many-scenarios`.
  private static func name(of file: String) -> String {
    let title = file.split(separator: ".").first ?? ""
    return title.reduce(into: "plan") { name, letter in
      if letter.isUppercase { name += "-" }
      name += letter.lowercased()
    }
  }

  private static func page(_ markdown: String, name: String) -> String {
    var page = Roff(name.uppercased(), section: 7, source: Version.text)
    var blocks = MarkdownBlock.blocks(of: markdown)[...]
    if case .heading? = blocks.first { blocks.removeFirst() }
    page.section("NAME")
    if case .paragraph(let text)? = blocks.first {
      page.prose("\(name) - \(text.hasSuffix(".") ? String(text.dropLast()) : text)")
      blocks.removeFirst()
    }
    page.section("DESCRIPTION")
    for block in blocks {
      switch block {
      case .heading(let text): page.section(text.uppercased())
      case .paragraph(let text): page.prose(text)
      case .literal(let lines): page.literal(lines)
      case .row(let term, let meaning): page.entry(term, meaning)
      }
    }
    page.section("SEE ALSO")
    let others = articles.map { Self.name(of: $0.name) + "(7)" }.filter { $0 != name + "(7)" }
    page.prose((["plan(1)", "plan-scenario(5)"] + others).joined(separator: ", "))
    return page.text
  }
}

/// A part of an article, in as much of Markdown as the articles use.
private enum MarkdownBlock {
  case heading(String)
  case paragraph(String)
  /// Lines as they are: fenced, or indented by four.
  case literal([String])
  /// A row of a table: its first cell, and the rest of them.
  case row(String, String)

  static func blocks(of markdown: String) -> [MarkdownBlock] {
    var blocks: [MarkdownBlock] = []
    var words: [Substring] = []
    var code: [String]?
    var isTable = false
    func paragraph() -> MarkdownBlock? {
      words.isEmpty ? nil : .paragraph(plain(words.joined(separator: " ")))
    }
    for line in markdown.split(separator: "\n", omittingEmptySubsequences: false) {
      if let lines = code, !line.hasPrefix("```") {
        code = lines + [String(line)]
        continue
      }
      let isWords =
        !line.isEmpty && !["#", "```", "|", "    ", "<!--"].contains { line.hasPrefix($0) }
      if isWords {
        words.append(line)
        continue
      }
      if let text = paragraph() { blocks.append(text) }
      words = []
      if line.hasPrefix("```") {
        if let lines = code { blocks.append(.literal(lines)) }
        code = code == nil ? [] : nil
      } else if line.hasPrefix("#") {
        blocks.append(.heading(plain(String(line.drop { $0 == "#" || $0 == " " }))))
      } else if line.hasPrefix("    ") {
        let text = String(line.dropFirst(4))
        if case .literal(let lines)? = blocks.last {
          blocks[blocks.count - 1] = .literal(lines + [text])
        } else {
          blocks.append(.literal([text]))
        }
      } else if line.hasPrefix("|") {
        let cells = line.split(separator: "|").map { plain(trimmed($0)) }
        // The heading of a table and the dashes below it say nothing that its rows don't.
        if line.hasPrefix("|---"), isTable { blocks.removeLast() }
        if !line.hasPrefix("|---"), let term = cells.first {
          blocks.append(.row(term, cells.dropFirst().joined(separator: ". ")))
        }
      }
      isTable = line.hasPrefix("|")
    }
    if let text = paragraph() { blocks.append(text) }
    return blocks
  }

  private static func trimmed(_ text: Substring) -> String {
    let start = text.drop { $0 == " " }
    return String(start.reversed().drop { $0 == " " }.reversed())
  }

  /// Without the marks of emphasis, code and links.
  private static func plain(_ text: String) -> String {
    text.replacing(#/\[([^\]]*)\]\([^)]*\)/#) { $0.output.1 }
      .replacing(#/<doc:([A-Za-z]+)>/#) { $0.output.1 }
      .replacing("**", with: "").replacing("``", with: "").replacing("`", with: "")
      .replacing(#/(^|\s)\*([^* ][^*]*)\*/#) { "\($0.output.1)\($0.output.2)" }
  }
}
