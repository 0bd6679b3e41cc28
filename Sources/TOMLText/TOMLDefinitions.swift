/// What a file has defined so far, to refuse what is defined twice (TOML 1.0, “Table”).
struct TOMLDefinitions {
  private enum Kind: Hashable {
    case value
    /// By a heading.
    case table
    /// By a heading below it only.
    case implied
    /// By the first parts of dotted keys in one place.
    case dotted(scope: Int)
    case list
  }

  private var known: [[String]: (kind: Kind, line: Int)] = [:]
  private var scopes = 0
  /// The table that entries stand in now.
  private(set) var scope = 0

  /// A number for one more table.
  mutating func newScope() -> Int {
    scopes += 1
    return scopes
  }

  /// Defines what a heading names.
  ///
  /// - Returns: why it can't be, or nil.
  mutating func open(_ path: [String], isList: Bool, line: Int) -> String? {
    scope = newScope()
    for length in 1..<path.count {
      let above = Array(path.prefix(length))
      if let found = known[above] {
        guard found.kind != .value else { return Self.twice(above, found.line) }
      } else {
        known[above] = (.implied, line)
      }
    }
    switch (known[path], isList) {
    case (nil, _): break
    case (.some((.implied, _)), false): break
    case (.some((.list, _)), true):
      // Another table of the list begins: what the one before had is no matter.
      known = known.filter { !($0.key.starts(with: path) && $0.key.count > path.count) }
    case (.some(let found), _): return Self.twice(path, found.line)
    }
    known[path] = (isList ? .list : .table, line)
    return nil
  }

  /// Defines what an entry names.
  ///
  /// - Parameters:
  ///   - depth: how many parts of the path are the table it stands in.
  ///   - isTable: whether its value is an inline table.
  /// - Returns: why it can't be, or nil.
  mutating func define(
    _ path: [String], under depth: Int, scope: Int, isTable: Bool, line: Int
  ) -> String? {
    for length in (depth + 1)..<max(depth + 1, path.count) {
      let above = Array(path.prefix(length))
      if let found = known[above] {
        guard found.kind == .dotted(scope: scope) else { return Self.twice(above, found.line) }
      } else {
        known[above] = (.dotted(scope: scope), line)
      }
    }
    // An inline table's own entries were defined before it.
    if let found = known[path] { return Self.twice(path, found.line) }
    known[path] = (.value, line)
    return nil
  }

  private static func twice(_ path: [String], _ line: Int) -> String {
    let name = path.map { TOMLLiteral.key($0) }.joined(separator: ".")
    return "\(name) is set in line \(line) already; keep one of the two"
  }
}
