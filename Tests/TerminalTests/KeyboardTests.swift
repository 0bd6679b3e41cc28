import Screen
import Testing

@testable import Terminal

@MainActor @Suite struct KeyboardTests {
  /// Sequences after xterm's ctlseqs and the terminfo entry xterm-256color.
  @Test(
    "Bytes from the terminal become keys",
    arguments: [
      ("j", [Key.character("j")]), ("é漢", [.character("é"), .character("漢")]),
      ("\r", [.enter]), ("\n", [.enter]), ("\t", [.tab]), ("\u{1B}[Z", [.backTab]),
      ("\u{7F}", [.backspace]), ("\u{8}", [.backspace]), ("\u{1B}[3~", [.delete]),
      ("\u{1B}OA\u{1B}OB\u{1B}OC\u{1B}OD", [.up, .down, .right, .left]),
      ("\u{1B}[A\u{1B}[B\u{1B}[C\u{1B}[D", [.up, .down, .right, .left]),
      ("\u{1B}OH\u{1B}OF\u{1B}[1~\u{1B}[4~", [.home, .end, .home, .end]),
      ("\u{1B}[5~\u{1B}[6~", [.pageUp, .pageDown]),
      ("\u{1B}OP\u{1B}[24~", [.function(1), .function(12)]),
      ("\u{3}\u{C}\u{1A}\u{12}", [.control("c"), .control("l"), .control("z"), .control("r")]),
      ("\u{1B}", [.escape]), ("\u{0}x", [.character("x")]),
    ])
  func keys(bytes: String, expected: [Key]) throws {
    let terminal = try Headless()
    defer { terminal.session.close() }
    #expect(terminal.type(bytes) == expected)
  }

  @Test("Mouse presses and the wheel are reported with their place, when asked for")
  func mouse() throws {
    let terminal = try Headless(options: TerminalOptions(usesMouse: true))
    defer { terminal.session.close() }
    let press = terminal.type("\u{1B}[<0;10;5M")
    #expect(press == [.mouse(MouseEvent(.press, at: Point(column: 9, row: 4)))])
    let wheel = terminal.type("\u{1B}[<65;1;1M")
    #expect(wheel == [.mouse(MouseEvent(.wheelDown, at: Point(column: 0, row: 0)))])
  }

  @Test("After a press the loop goes on: what is of no use does not wait for the next key")
  func release() throws {
    let terminal = try Headless(options: TerminalOptions(usesMouse: true))
    defer { terminal.session.close() }
    _ = terminal.type("\u{1B}[<0;10;5M")
    for report in ["\u{1B}[<0;10;5m", "\u{1B}[<2;10;5M", "\u{1B}[<2;10;5m", "\u{1B}[<35;1;1M"] {
      terminal.send(report)
      #expect(terminal.session.waitForEvents(timeoutMilliseconds: 0) == [])
    }
    terminal.session.waker.wake()
    #expect(terminal.session.waitForEvents(timeoutMilliseconds: 5000) == [.wake])
  }

  @Test("A wake-up from another thread ends the wait, and so does the time limit")
  func wakeUp() async throws {
    let terminal = try Headless()
    defer { terminal.session.close() }
    let waker = terminal.session.waker
    await Task.detached { waker.wake() }.value
    #expect(terminal.session.waitForEvents(timeoutMilliseconds: 5000) == [.wake])
    #expect(terminal.session.waitForEvents(timeoutMilliseconds: 0) == [])
  }

  @Test("When the keyboard has gone the loop is told, instead of spinning")
  func inputEnds() throws {
    let terminal = try Headless()
    defer { terminal.session.close() }
    terminal.hangUp()
    #expect(terminal.session.waitForEvents(timeoutMilliseconds: 0) == [.inputEnded])
  }
}
