import CNcurses

/// What to write to a terminal to leave full-screen mode, worked out while there is time.
enum RestoreBytes {
  /// Bytes for the terminal that curses was opened on last.
  ///
  /// Keypad off, attributes and colours off, cursor shown, alternate screen left: the terminfo
  /// strings rmkx, sgr0, op, cnorm and rmcup. Mouse reports and marks of pastes are no part of
  /// terminfo; the numbers are xterm's (ctlseqs, "Mouse Tracking", "Bracketed Paste Mode").
  @MainActor
  static func forCurrentTerminal(usesMouse: Bool) -> [UInt8] {
    var bytes = Array(CursesModes.pasteOff.utf8)
    if usesMouse { bytes += Array("\u{1B}[?1006l\u{1B}[?1002l\u{1B}[?1000l".utf8) }
    for name in ["rmkx", "sgr0", "op", "cnorm"] { bytes += capability(name) }
    let leave = capability("rmcup")
    // A terminal with one screen only keeps the picture; the shell goes on below it.
    return bytes + (leave.isEmpty ? Array("\r\n".utf8) : leave)
  }

  @MainActor
  private static func capability(_ name: String) -> [UInt8] {
    guard let text = plan_capability(name) else { return [] }
    return withoutPadding(Array(String(cString: text).utf8))
  }

  /// The bytes without terminfo's notes on how long the terminal needs, `$<5/>`.
  static func withoutPadding(_ bytes: [UInt8]) -> [UInt8] {
    var out: [UInt8] = []
    var index = 0
    while index < bytes.count {
      let opens =
        bytes[index] == UInt8(ascii: "$") && index + 1 < bytes.count
        && bytes[index + 1] == UInt8(ascii: "<")
      if opens, let end = bytes[index...].firstIndex(of: UInt8(ascii: ">")) {
        index = end + 1
      } else {
        out.append(bytes[index])
        index += 1
      }
    }
    return out
  }
}
