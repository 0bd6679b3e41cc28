import CNcurses
import Screen

@testable import Terminal

/// A terminal without a device: keys come from a pipe, output goes to a file, and what is on the
/// screen is read back from curses.
@MainActor
struct Headless {
  let session: TerminalSession
  private let keyboard: Int32
  private let written: UnsafeMutablePointer<FILE>

  init(
    _ size: Size = Size(width: 20, height: 5), type: String = "xterm-256color",
    options: TerminalOptions = TerminalOptions(), locale: String = "C.UTF-8"
  ) throws {
    var ends: [Int32] = [-1, -1]
    guard pipe(&ends) == 0, let input = fdopen(ends[0], "r"), let output = tmpfile() else {
      throw TerminalError("no pipe or file for the test")
    }
    keyboard = ends[1]
    written = output
    session = try TerminalSession(
      type: type, input: input, output: output, options: options, locale: locale,
      handlesSignals: false)
    session.resize(to: size)
    _ = session.waitForEvents(timeoutMilliseconds: 0)
  }

  /// Types bytes.
  func send(_ bytes: String) {
    _ = write(keyboard, bytes, bytes.utf8.count)
  }

  /// Types bytes and returns the keys they make.
  func type(_ bytes: String) -> [Key] {
    send(bytes)
    return session.waitForEvents(timeoutMilliseconds: 1000).compactMap { event in
      if case .key(let key) = event { return key }
      return nil
    }
  }

  /// Nobody will type any more.
  func hangUp() {
    _ = Terminal.close(keyboard)
  }

  /// A cell of the screen as curses has it.
  struct CursesCell: Equatable {
    var text: String
    var attributes: attr_t
    var foreground: Int32
    var background: Int32
  }

  func cell(_ column: Int, _ row: Int) -> CursesCell? {
    var text = [wchar_t](repeating: 0, count: 8)
    var attributes: attr_t = 0
    var (pair, foreground, background): (Int32, Int32, Int32) = (0, -1, -1)
    let window = plan_new_screen()
    guard plan_read_cell(window, Int32(row), Int32(column), &text, &attributes, &pair) != ERR
    else { return nil }
    if pair > 0 { extended_pair_content(pair, &foreground, &background) }
    let scalars = text.prefix { $0 != 0 }.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
    return CursesCell(
      text: String(String.UnicodeScalarView(scalars)), attributes: attributes & ~attr_t(0xFF00),
      foreground: foreground, background: background)
  }

  /// A row of the screen as curses has it, without trailing blanks.
  func row(_ row: Int) -> String {
    var text = [wchar_t](repeating: 0, count: 1024)
    mvwinnwstr(plan_new_screen(), Int32(row), 0, &text, 1000)
    let scalars = text.prefix { $0 != 0 }.compactMap { Unicode.Scalar(UInt32(bitPattern: $0)) }
    var line = String.UnicodeScalarView(scalars)
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// What has been sent to the terminal since the last call.
  func takeOutput() -> String {
    let descriptor = fileno(written)
    lseek(descriptor, 0, SEEK_SET)
    var bytes = [UInt8](repeating: 0, count: 1 << 20)
    let count = read(descriptor, &bytes, bytes.count)
    ftruncate(descriptor, 0)
    lseek(descriptor, 0, SEEK_SET)
    return String(decoding: bytes.prefix(max(0, count)), as: UTF8.self)
  }
}
