import Foundation
import Testing

@Suite("The dashboard, in a terminal", .serialized)
struct DashboardInTerminalTests {
  private static let leaveScreen = "\u{1B}[?1049l"
  private static let enterScreen = "\u{1B}[?1049h"

  /// A question that is quickly answered.
  private static let question = [
    "dashboard", "--budget", "50M", "--routes", "buy-gpu", "--model", "llama-3.1-8b", "--tokens",
    "1T",
  ]

  /// A dashboard that has shown its first plan.
  private func open(columns: UInt16 = 100, rows: UInt16 = 30) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(Self.question, columns: columns, rows: rows)
    try #require(terminal.goesToPanes(), "\(terminal.text())")
    return terminal
  }

  @Test("q leaves it, and gives the terminal back as it was")
  func quit() throws {
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    try #require(terminal.wait(for: "budget "))
    #expect(terminal.text().contains(Self.enterScreen))
    #expect(!terminal.editsLines)
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
    #expect(terminal.modes == before)
    #expect(terminal.text().contains(Self.leaveScreen))
  }

  @Test(
    "A signal that ends it gives the terminal back first, and is what the parent sees",
    arguments: [
      SIGTERM, SIGHUP, SIGINT, SIGQUIT, SIGSEGV, SIGABRT, SIGFPE, SIGBUS, SIGILL, SIGTRAP,
    ])
  func signals(number: Int32) throws {
    let terminal = try PseudoTerminal()
    let before = terminal.modes
    try #require(terminal.wait(for: "budget "))
    terminal.send(number)
    #expect(terminal.ending() == .signal(number))
    #expect(terminal.modes == before)
    #expect(terminal.text().contains(Self.leaveScreen))
  }

  @Test("A crash leaves no question behind, whatever traces it")
  func crash() throws {
    let terminal = try PseudoTerminal(environment: ["SWIFT_BACKTRACE": "enable=yes,interactive=yes"]
    )
    try #require(terminal.wait(for: "budget "))
    terminal.send(SIGSEGV)
    #expect(terminal.ending() == .signal(SIGSEGV))
    #expect(terminal.editsLines)
  }

  @Test("After a click the screen goes on: a new size is drawn without another key")
  func click() throws {
    let terminal = try open()
    for button in [0, 2] {
      let start = terminal.output.count
      terminal.type("\u{1B}[<\(button);20;12M\u{1B}[<\(button);20;12m")
      terminal.resize(columns: UInt16(90 + button), rows: 28)
      #expect(terminal.wait { terminal.output.count > start + 500 })
    }
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("Reports that nobody asked for change nothing")
  func reports() throws {
    let terminal = try PseudoTerminal(Self.question + ["--samples", "0"])
    try #require(terminal.goesToPanes(), "\(terminal.text())")
    // Nothing of the plan stands on this page but its first line.
    terminal.type("?")
    #expect(terminal.shows("Next row"))
    func body() -> [Substring] { terminal.settled().split(separator: "\n").dropFirst().map { $0 } }
    let before = body()
    for report in [
      "\u{1B}[I", "\u{1B}[O", "\u{1B}[?62;22c", "\u{1B}[?997;1n", "\u{1B}]11;rgb:0/0/0\u{7}",
    ] {
      terminal.type(report)
    }
    #expect(body() == before)
    terminal.type("\u{1B}[200~qqq\n\u{1B}[201~")
    #expect(terminal.shows("A paste goes into a line"))
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("A kind of xterm that is not known is used as the usual one, with a word")
  func unknownXterm() throws {
    let terminal = try PseudoTerminal(environment: ["TERM": "xterm-of-tomorrow"])
    #expect(terminal.shows("does not know TERM=xterm-of-tomorrow"))
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("Any size is survived, 1 x 1 included, and q still works")
  func sizes() throws {
    let terminal = try open()
    for (columns, rows) in [(1, 1), (300, 80), (59, 15), (60, 16), (2, 200), (80, 24)] {
      let start = terminal.output.count
      terminal.resize(columns: UInt16(columns), rows: UInt16(rows))
      #expect(terminal.wait { terminal.output.count > start })
    }
    terminal.resize(columns: 1, rows: 1)
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("A new budget typed in is planned for, and undone")
  func editBudget() throws {
    let terminal = try open(columns: 120, rows: 40)
    let start = terminal.output.count
    terminal.type("e\u{15}10k\r")
    // Nothing can be bought for that; the old answer stays until this one is there.
    #expect(terminal.wait(for: "No option fits", since: start))
    let end = terminal.output.count
    terminal.type("u")
    #expect(terminal.wait(for: "BEST", since: end))
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("Ctrl-Z stops it with the terminal given back; continued, it paints itself anew")
  func suspend() throws {
    let terminal = try open()
    let start = terminal.output.count
    terminal.type("\u{1A}")
    // Nobody waits above a session leader, so the kernel does not stop it; it must come back.
    #expect(terminal.wait(for: Self.leaveScreen, since: start))
    #expect(terminal.wait(for: Self.enterScreen, since: start))
    #expect(terminal.wait(for: "Options", since: start))
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  @Test(
    "A terminal that can't show it is told so in one line, with the command to use instead",
    arguments: ["dumb", "no-such-terminal"])
  func refusals(type: String) throws {
    let terminal = try PseudoTerminal(environment: ["TERM": type])
    #expect(terminal.ending() == .status(64))
    let text = terminal.text()
    #expect(text.contains(type) && text.contains("plan --budget"))
    #expect(!text.contains(Self.enterScreen))
    #expect(terminal.editsLines)
  }
}
