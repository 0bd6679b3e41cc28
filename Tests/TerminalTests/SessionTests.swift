import CNcurses
import Screen
import Testing

@testable import Terminal

@MainActor @Suite struct SessionTests {
  /// Both ends of a new pseudo-terminal of 50 × 12 characters.
  private func openPair() throws -> (master: Int32, file: UnsafeMutablePointer<FILE>) {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: 12, ws_col: 50, ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, nil, nil, &size) == 0, let file = fdopen(slave, "r+") else {
      throw TerminalError("no pseudo-terminal for the test")
    }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    return (master, file)
  }

  private func mode(of file: UnsafeMutablePointer<FILE>) -> [UInt64] {
    var mode = termios()
    tcgetattr(fileno(file), &mode)
    return [mode.c_iflag, mode.c_oflag, mode.c_lflag, mode.c_cflag].map(UInt64.init)
  }

  private func drain(_ master: Int32) -> String {
    var out: [UInt8] = []
    var bytes = [UInt8](repeating: 0, count: 4096)
    while true {
      let count = read(master, &bytes, bytes.count)
      guard count > 0 else { return String(decoding: out, as: UTF8.self) }
      out += bytes.prefix(count)
    }
  }

  @Test("An open terminal is raw and on its second screen; closing gives both back, once")
  func openAndClose() throws {
    let (master, file) = try openPair()
    let before = mode(of: file)
    let session = try TerminalSession(
      type: "xterm-256color", input: file, output: file, options: TerminalOptions(),
      locale: "C.UTF-8", handlesSignals: false)
    session.paint(Grid(session.size))
    let local = mode(of: file)[2]
    #expect(local & UInt64(ICANON | ECHO | ISIG) == 0)
    #expect(drain(master).contains("\u{1B}[?1049h"))
    session.close()
    #expect(mode(of: file) == before)
    #expect(drain(master).contains("\u{1B}[?1049l"))
    session.close()
    #expect(drain(master) == "")
    #expect(session.size == Size(width: 0, height: 0))
  }

  @Test("The size is the terminal's, and a new one is reported as a key")
  func resizing() throws {
    let (master, file) = try openPair()
    let session = try TerminalSession(
      type: "xterm-256color", input: file, output: file, options: TerminalOptions(),
      locale: "C.UTF-8", handlesSignals: false)
    defer { session.close() }
    #expect(session.size == Size(width: 50, height: 12))
    var size = winsize(ws_row: 1, ws_col: 300, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
    #expect(session.waitForEvents(timeoutMilliseconds: 0) == [.key(.resize)])
    #expect(session.size == Size(width: 300, height: 1))
    #expect(session.waitForEvents(timeoutMilliseconds: 0) == [])
  }

  @Test("An unknown kind of terminal is refused in a sentence")
  func unknownTerminal() {
    #expect(throws: TerminalError("This system does not know terminals of the kind TERM=no-such."))
    {
      _ = try Headless(type: "no-such")
    }
  }

  @Test("A kind of xterm that the system does not know is used as the usual one, and that is said")
  func unknownXterm() throws {
    let terminal = try Headless(type: "xterm-of-tomorrow")
    defer { terminal.session.close() }
    #expect(terminal.session.remark?.contains("TERM=xterm-of-tomorrow") == true)
    #expect(terminal.session.colorCount == 256)
    let known = try Headless()
    defer { known.session.close() }
    #expect(known.session.remark == nil)
  }

  @Test(
    "What a signal handler writes leaves every mode the terminal was put in",
    arguments: [
      (
        "xterm-256color", true,
        ["\u{1B}[?1049l", "\u{1B}[?1000l", "\u{1B}[?1l", "\u{1B}[39;49m", "\u{1B}[?2004l"]
      ),
      ("xterm-256color", false, ["\u{1B}[?1049l", "\u{1B}[?1l"]), ("vt100", false, ["\r\n"]),
    ])
  func restoreBytes(type: String, usesMouse: Bool, expected: [String]) throws {
    let terminal = try Headless(type: type)
    defer { terminal.session.close() }
    let bytes = RestoreBytes.forCurrentTerminal(usesMouse: usesMouse)
    let text = String(decoding: bytes, as: UTF8.self)
    for sequence in expected { #expect(text.contains(sequence)) }
    #expect(text.contains("\u{1B}[?1000l") == usesMouse)
    #expect(!text.contains("$<"))
  }

  @Test(
    "Padding notes of terminfo are left out",
    arguments: [("a$<5>b", "ab"), ("$<2/>", ""), ("a$b<>", "a$b<>"), ("a$<5", "a$<5"), ("", "")])
  func padding(text: String, expected: String) {
    #expect(RestoreBytes.withoutPadding(Array(text.utf8)) == Array(expected.utf8))
  }
}
