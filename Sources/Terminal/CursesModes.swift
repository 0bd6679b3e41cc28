import CNcurses

/// How curses is set up.
@MainActor
enum CursesModes {
  /// Milliseconds that Esc waits for the rest of a key's sequence; curses would wait a second.
  static let escapeDelayMilliseconds: Int32 = 25

  /// Turns colours on, keeping the terminal's own foreground and background.
  ///
  /// - Returns: how many there are: 0 when the terminal has fewer than eight or none are wanted.
  static func startColors(wanted: Bool) -> Int {
    guard wanted, has_colors(), start_color() == OK, use_default_colors() == OK else { return 0 }
    let count = Int(plan_color_count())
    return count >= 8 ? min(count, 256) : 0
  }

  /// Every key reaches the program at once and as it is, Ctrl-C and Ctrl-Z included.
  static func enter(usesMouse: Bool) {
    let window = plan_standard_screen()
    raw()
    noecho()
    nonl()
    keypad(window, true)
    nodelay(window, true)
    // Input does not wait for the output of an old frame, nor throw away what was typed ahead.
    intrflush(window, false)
    set_escdelay(escapeDelayMilliseconds)
    curs_set(0)
    KeyReader.defineExtraSequences()
    guard usesMouse else { return }
    // Presses are reported at once, instead of being held back to be made into clicks.
    mouseinterval(0)
    mousemask(plan_press_mask() | plan_wheel_up_mask() | plan_wheel_down_mask(), nil)
  }
}
