import CNcurses

/// How curses is set up.
@MainActor
enum CursesModes {
  /// Turns colours on, keeping the terminal's own foreground and background.
  ///
  /// - Returns: how many there are: 0 when the terminal has fewer than eight or none are wanted.
  static func startColors(wanted: Bool) -> Int {
    guard wanted, has_colors(), start_color() == OK, use_default_colors() == OK else { return 0 }
    let count = Int(plan_color_count())
    return count >= 8 ? min(count, 256) : 0
  }

  /// Every key reaches the program at once and as it is, Ctrl-C and Ctrl-Z included. The keyboard is
  /// read by `KeyDecoder`: curses waits for the next key after a report that it has no use for.
  static func enter(usesMouse: Bool) {
    let window = plan_standard_screen()
    raw()
    noecho()
    nonl()
    keypad(window, true)
    // Input does not throw away the output of an old frame.
    intrflush(window, false)
    curs_set(0)
    guard usesMouse else { return }
    // Presses are reported at once, instead of being held back to be made into clicks.
    mouseinterval(0)
    mousemask(plan_press_mask() | plan_wheel_up_mask() | plan_wheel_down_mask(), nil)
  }

  /// Asks the terminal to mark what is pasted, which a curses terminal knows nothing of (xterm's
  /// ctlseqs, “Bracketed Paste Mode”).
  static let pasteOn = "\u{1B}[?2004h"
  static let pasteOff = "\u{1B}[?2004l"
}
