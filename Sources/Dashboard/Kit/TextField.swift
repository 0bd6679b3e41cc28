import Screen

/// A line of text being edited.
public struct TextField: Hashable, Sendable {
  /// What a key did to it.
  public enum Outcome: Hashable, Sendable {
    case editing
    case accepted(String)
    case cancelled
  }

  private var characters: [Character]
  /// Where the next character goes, 0 to the count of characters.
  public private(set) var cursor: Int

  /// Whether what is typed next takes the place of the text, as in a cell of a spreadsheet.
  private var isReplaced: Bool

  /// - Parameter isReplaced: whether the first character typed takes the place of the text; any other
  ///   key begins to edit it.
  public init(_ text: String = "", isReplaced: Bool = false) {
    self.characters = Array(text)
    self.isReplaced = isReplaced
    self.cursor = characters.count
  }

  public var text: String { String(characters) }

  /// Takes a key: characters, moving and deleting (also as in shells: Ctrl-A E B F H D U K W),
  /// Enter accepts, Esc and Ctrl-C cancel. Any other key is ignored.
  public mutating func handle(_ key: Key) -> Outcome {
    if case .character = key { clearIfReplaced() }
    isReplaced = false
    switch key {
    case .enter: return .accepted(text)
    case .escape, .control("c"): return .cancelled
    case .character(let character): insert(character)
    case .left, .control("b"): cursor = max(0, cursor - 1)
    case .right, .control("f"): cursor = min(characters.count, cursor + 1)
    case .home, .control("a"): cursor = 0
    case .end, .control("e"): cursor = characters.count
    case .backspace, .control("h"): delete(cursor - 1..<cursor)
    case .delete, .control("d"): delete(cursor..<cursor + 1)
    case .control("u"): delete(0..<cursor)
    case .control("k"): delete(cursor..<characters.count)
    case .control("w"): delete(startOfWord..<cursor)
    default: break
    }
    return .editing
  }

  /// Draws the field on the first row of a rectangle, scrolled so that the cursor is in view.
  ///
  /// - Returns: where the cursor stands.
  public func draw(on grid: inout Grid, in rect: Rect, style: Style) -> Point {
    grid.fill(rect.line(0), style: style)
    // The part before the cursor that fits, with one column kept for the cursor itself.
    var start = cursor
    var columns = 0
    while start > 0 {
      let next = DisplayWidth.of(String(characters[start - 1]))
      guard columns + next < rect.width else { break }
      columns += next
      start -= 1
    }
    var used = 0
    for character in characters[start...] {
      let width = DisplayWidth.of(String(character))
      guard used + width <= rect.width else { break }
      let place = rect.column + used
      used += grid.write(String(character), column: place, row: rect.row, style: style)
    }
    return Point(column: rect.column + columns, row: rect.row)
  }

  /// Puts a text in where the cursor is.
  public mutating func insert(_ text: String) {
    clearIfReplaced()
    characters.insert(contentsOf: text, at: cursor)
    cursor += text.count
  }

  private mutating func clearIfReplaced() {
    if isReplaced { (characters, cursor) = ([], 0) }
    isReplaced = false
  }

  private mutating func insert(_ character: Character) {
    characters.insert(character, at: cursor)
    cursor += 1
  }

  private mutating func delete(_ range: Range<Int>) {
    let valid = range.clamped(to: 0..<characters.count)
    characters.removeSubrange(valid)
    if cursor > valid.lowerBound { cursor = max(valid.lowerBound, cursor - valid.count) }
  }

  private var startOfWord: Int {
    var start = cursor
    while start > 0, characters[start - 1] == " " { start -= 1 }
    while start > 0, characters[start - 1] != " " { start -= 1 }
    return start
  }
}
