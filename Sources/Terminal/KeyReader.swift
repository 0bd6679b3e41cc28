import CNcurses
import Screen

/// Turns what curses reads into keys.
@MainActor
enum KeyReader {
  /// Sequences that terminals send besides those in their terminfo entry: arrows in both modes,
  /// and Home and End of the VT220, rxvt and Linux console.
  private static let extraSequences: [(String, Int32)] = [
    ("\u{1B}[A", KEY_UP), ("\u{1B}[B", KEY_DOWN), ("\u{1B}[C", KEY_RIGHT),
    ("\u{1B}[D", KEY_LEFT), ("\u{1B}[H", KEY_HOME), ("\u{1B}[F", KEY_END),
    ("\u{1B}[1~", KEY_HOME), ("\u{1B}[4~", KEY_END), ("\u{1B}[7~", KEY_HOME),
    ("\u{1B}[8~", KEY_END), ("\u{1B}[Z", KEY_BTAB),
  ]

  /// Teaches curses the extra sequences.
  static func defineExtraSequences() {
    for (sequence, key) in extraSequences { define_key(sequence, key) }
  }

  /// The next key that is there to read; nil when there is none now.
  static func next() -> Key? {
    while true {
      var value: wint_t = 0
      let result = wget_wch(plan_standard_screen(), &value)
      guard result != ERR else { return nil }
      let isCode = result == KEY_CODE_YES
      let key = isCode ? functionKey(Int32(bitPattern: value)) : typedKey(UInt32(value))
      if let key { return key }
    }
  }

  /// The key of a typed character; nil for bytes that are none.
  static func typedKey(_ value: UInt32) -> Key? {
    switch value {
    case 10, 13: return .enter
    case 9: return .tab
    case 27: return .escape
    case 8, 127: return .backspace
    case 1...26: return Unicode.Scalar(value + 96).map { .control(Character($0)) }
    case 0..<32, 128..<160: return nil
    default: return Unicode.Scalar(value).map { .character(Character($0)) }
    }
  }

  /// Keys by their curses code.
  private static let codes: [Int32: Key] = [
    KEY_UP: .up, KEY_DOWN: .down, KEY_LEFT: .left, KEY_RIGHT: .right, KEY_HOME: .home,
    KEY_END: .end, KEY_PPAGE: .pageUp, KEY_NPAGE: .pageDown, KEY_ENTER: .enter,
    KEY_BACKSPACE: .backspace, KEY_DC: .delete, KEY_IC: .insert, KEY_BTAB: .backTab,
    KEY_RESIZE: .resize,
  ]

  /// The key of a curses code; nil for keys that nobody asks for.
  private static func functionKey(_ code: Int32) -> Key? {
    if let key = codes[code] { return key }
    if code == KEY_MOUSE { return mouseEvent() }
    let number = code - KEY_F0
    return (1...63).contains(number) ? .function(Int(number)) : nil
  }

  private static func mouseEvent() -> Key? {
    var event = MEVENT()
    guard getmouse(&event) == OK else { return nil }
    let position = Point(column: Int(event.x), row: Int(event.y))
    let kinds: [(mmask_t, MouseEvent.Action)] = [
      (plan_wheel_up_mask(), .wheelUp), (plan_wheel_down_mask(), .wheelDown),
      (plan_press_mask(), .press),
    ]
    let kind = kinds.first { event.bstate & $0.0 != 0 }
    return kind.map { .mouse(MouseEvent($0.1, at: position)) }
  }
}
