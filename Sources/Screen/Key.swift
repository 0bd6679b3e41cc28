/// What a user did at the terminal.
public enum Key: Hashable, Sendable {
  /// A character was typed.
  case character(Character)
  /// A letter was typed with the control key held; lower case.
  case control(Character)
  case enter, escape, tab, backTab, backspace, delete, insert
  case up, down, left, right, home, end, pageUp, pageDown
  /// F1 and up.
  case function(Int)
  case mouse(MouseEvent)
  /// A text was pasted, line ends and all.
  case paste(String)
  /// The terminal has a new size.
  case resize
}

/// Something done with the mouse.
public struct MouseEvent: Hashable, Sendable {
  public enum Action: Hashable, Sendable {
    case press, wheelUp, wheelDown
  }

  public let action: Action
  public let position: Point

  public init(_ action: Action, at position: Point) {
    self.action = action
    self.position = position
  }
}

extension Key {
  /// Keys that go by a word of their own.
  private static let words: [(key: Key, name: String)] = [
    (.enter, "Enter"), (.escape, "Esc"), (.tab, "Tab"), (.backTab, "Shift-Tab"),
    (.backspace, "Backspace"), (.delete, "Del"), (.insert, "Ins"), (.up, "Up"), (.down, "Down"),
    (.left, "Left"), (.right, "Right"), (.home, "Home"), (.end, "End"), (.pageUp, "PgUp"),
    (.pageDown, "PgDn"), (.character(" "), "Space"), (.resize, "Resize"),
  ]

  /// The names of keys that go by a word.
  public static var wordNames: [String] { words.map(\.name) }

  /// What the key is called in help and key files: `j`, `Ctrl-L`, `PgDn`, `F1`.
  public var name: String {
    if let word = Self.words.first(where: { $0.key == self }) { return word.name }
    switch self {
    case .character(let character): return String(character)
    case .control(let letter): return "Ctrl-\(letter.uppercased())"
    case .function(let number): return "F\(number)"
    case .mouse(let event):
      return "Mouse-\(event.action)@\(event.position.column),\(event.position.row)"
    case .paste: return "A paste"
    default: return "\(self)"
    }
  }

  /// The key of a name, as `name` gives it; nil when there is none. Mouse events have none.
  public init?(named name: String) {
    if let word = Self.words.first(where: { $0.name == name }) {
      self = word.key
    } else if name.count == 1, let character = name.first {
      self = .character(character)
    } else if name.hasPrefix("Ctrl-"), name.count == 6, let letter = name.last, letter.isASCII {
      self = .control(Character(letter.lowercased()))
    } else if name.hasPrefix("F"), let number = Int(name.dropFirst()), (1...63).contains(number) {
      self = .function(number)
    } else {
      return nil
    }
  }
}
