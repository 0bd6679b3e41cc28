// Changes of single values: everything else keeps its bytes. Each change is read again before the
// next one.
extension TOMLDocument {
  /// The file with a value changed where it stands, or added to its table; a table that is not there
  /// is added at the end.
  ///
  /// - Parameter literal: the value as TOML writes it.
  public func setting(_ path: [String], to literal: String) -> TOMLDocument {
    if let entry = entry(path) { return replacing(entry.place, with: literal) }
    guard path.count > 1 else { return addingAtTop("\(Self.key(path)) = \(literal)") }
    for length in (1..<path.count).reversed() {
      let (table, parts) = (Array(path.prefix(length)), Array(path.dropFirst(length)))
      if let found = inserting(parts, literal, into: table) { return found }
    }
    return appending(path, literal)
  }

  /// The file without an entry, or without all entries and headings of a table.
  public func removing(_ path: [String]) -> TOMLDocument {
    if let entry = allEntries.first(where: { $0.path.starts(with: path) }) {
      let rest = removing(entry)
      return rest.bytes == bytes ? self : rest.removing(path)
    }
    for statement in statements {
      if case .heading(let heading) = statement.kind, heading.path.starts(with: path) {
        return replacing(statement.lines, with: "").removing(path)
      }
    }
    return self
  }

  private func removing(_ entry: TOMLEntry) -> TOMLDocument {
    if let statement = statements.first(where: { Self.holds($0, entry) }) {
      return replacing(statement.lines, with: "")
    }
    guard let table = inlineTable(around: entry, in: entries),
      case .table(let all) = table.value, let index = all.firstIndex(of: entry)
    else { return self }
    guard all.count > 1 else { return replacing(table.place, with: "{}") }
    // With the comma after it, or before it where it is the last.
    let isLast = index + 1 == all.count
    let start = isLast ? all[index - 1].place.upperBound : entry.key.lowerBound
    let end = isLast ? entry.place.upperBound : all[index + 1].key.lowerBound
    return replacing(start..<end, with: "")
  }

  private static func holds(_ statement: TOMLStatement, _ entry: TOMLEntry) -> Bool {
    if case .entry(let own) = statement.kind { return own.key == entry.key }
    return false
  }

  private func inlineTable(around entry: TOMLEntry, in entries: [TOMLEntry]) -> TOMLEntry? {
    for outer in entries where outer.place.contains(entry.key.lowerBound) {
      guard case .table(let inner) = outer.value else { continue }
      return inner.contains(entry) ? outer : inlineTable(around: entry, in: inner)
    }
    return nil
  }

  // MARK: Adding

  /// The file with an entry added to a table that it has; nil when it has none of that path.
  private func inserting(_ parts: [String], _ literal: String, into table: [String])
    -> TOMLDocument?
  {
    if let inline = entry(table), case .table(let inner) = inline.value {
      let text = "\(Self.key(parts)) = \(literal)"
      if let last = inner.last { return inserting(", " + text, at: last.place.upperBound) }
      return replacing(inline.place, with: "{ \(text) }")
    }
    // After the last entry of the table, or after its heading where it has none.
    var heading: [String] = []
    var place: (statement: TOMLStatement, heading: [String])?
    for statement in statements {
      switch statement.kind {
      case .heading(let found):
        heading = found.path
        if found.path == table, !found.isList { place = (statement, heading) }
      case .entry(let entry):
        let isWithin = entry.path.count > table.count && entry.path.starts(with: table)
        if isWithin, heading.count <= table.count { place = (statement, heading) }
      }
    }
    guard let place else { return nil }
    let key = Self.key(Array(table.dropFirst(place.heading.count)) + parts)
    return inserting(line: "\(margin(place.statement))\(key) = \(literal)", after: place.statement)
  }

  /// The file with an entry added before all headings.
  private func addingAtTop(_ line: String) -> TOMLDocument {
    let top = statements.prefix { if case .entry = $0.kind { true } else { false } }
    if let last = top.last { return inserting(line: margin(last) + line, after: last) }
    let start = bytes.starts(with: [0xEF, 0xBB, 0xBF]) ? 3 : 0
    return inserting(line + lineEnding(before: start), at: start)
  }

  private func inserting(line: String, after statement: TOMLStatement) -> TOMLDocument {
    let end = statement.lines.upperBound
    let ending = lineEnding(before: end)
    let isOpen = end == 0 || bytes[end - 1] != .lineFeed
    return inserting((isOpen ? ending : "") + line + ending, at: end)
  }

  /// The file with a table added at its end.
  private func appending(_ path: [String], _ literal: String) -> TOMLDocument {
    let ending = lineEnding(before: bytes.count)
    var text = ""
    let isMarkOnly = bytes == [0xEF, 0xBB, 0xBF]
    if let last = bytes.last, !isMarkOnly {
      if last != .lineFeed { text += ending }
      if !endsWithEmptyLine { text += ending }
    }
    text += "[\(Self.key(path.dropLast()))]\(ending)"
    return inserting(text + "\(Self.key(path.suffix(1))) = \(literal)\(ending)", at: bytes.count)
  }

  private var endsWithEmptyLine: Bool {
    let rest = bytes.reversed().filter { $0 != .carriageReturn }
    return rest.count > 1 && rest[0] == .lineFeed && rest[1] == .lineFeed
  }

  // MARK: Bytes

  private static func key(_ parts: some Sequence<String>) -> String {
    parts.map { TOMLLiteral.key($0) }.joined(separator: ".")
  }

  /// The blanks that a statement's line begins with.
  private func margin(_ statement: TOMLStatement) -> String {
    let blanks = bytes[statement.lines].prefix { $0 == .blank || $0 == .tab }
    return String(decoding: blanks, as: UTF8.self)
  }

  /// How the last line before a byte ends, or else the first one of the file.
  private func lineEnding(before end: Int) -> String {
    let feed = bytes[..<end].lastIndex(of: .lineFeed) ?? bytes.firstIndex(of: .lineFeed)
    guard let feed, feed > 0, bytes[feed - 1] == .carriageReturn else { return "\n" }
    return "\r\n"
  }

  private func inserting(_ text: String, at offset: Int) -> TOMLDocument {
    replacing(offset..<offset, with: text)
  }

  private func replacing(_ range: Range<Int>, with text: String) -> TOMLDocument {
    var changed = bytes
    changed.replaceSubrange(range, with: Array(text.utf8))
    return TOMLDocument(bytes: changed)
  }
}
