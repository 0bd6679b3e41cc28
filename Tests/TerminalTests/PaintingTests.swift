import CNcurses
import Screen
import Testing

@testable import Terminal

@MainActor @Suite struct PaintingTests {
  @Test("What is drawn on a grid arrives on the screen, wide and combined characters too")
  func characters() throws {
    let terminal = try Headless()
    defer { terminal.session.close() }
    var grid = Grid(terminal.session.size)
    let lines = ["漢字 e\u{301}t", "┌─┐ ⣿█", "plain"]
    for (row, line) in lines.enumerated() { grid.write(line, column: 0, row: row) }
    terminal.session.paint(grid)
    #expect((0..<3).map(terminal.row) == lines)
    grid.write("x", column: 1, row: 0)
    grid.write("漢", column: 1, row: 2)
    terminal.session.paint(grid)
    #expect(terminal.row(0) == " x字 e\u{301}t")
    #expect(terminal.row(2) == "p漢in")
  }

  @Test("The last cell of the screen and wide characters at its edge are drawn in place")
  func corner() throws {
    let terminal = try Headless(Size(width: 4, height: 2))
    defer { terminal.session.close() }
    var grid = Grid(width: 4, height: 2)
    grid.write("ab漢", column: 0, row: 0)
    grid.write("cdeZ", column: 0, row: 1)
    terminal.session.paint(grid)
    #expect((0..<2).map(terminal.row) == ["ab漢", "cdeZ"])
  }

  @Test("Styles become attributes and colours of the terminal")
  func styles() throws {
    let terminal = try Headless()
    defer { terminal.session.close() }
    var grid = Grid(terminal.session.size)
    grid.write("a", column: 0, row: 0, style: Style(.red, on: .palette(200), [.bold, .underline]))
    grid.write("b", column: 1, row: 0, style: Style(.standard, [.dim, .reverse]))
    terminal.session.paint(grid)
    let colored = try #require(terminal.cell(0, 0))
    #expect(colored.attributes == plan_bold() | plan_underline())
    #expect((colored.foreground, colored.background) == (1, 200))
    let plain = try #require(terminal.cell(1, 0))
    #expect(plain.attributes == plan_dim() | plan_reverse())
    #expect((plain.foreground, plain.background) == (-1, -1))
  }

  @Test(
    "Without colour only attributes are left",
    arguments: [("xterm-256color", false), ("vt100", true)])
  func withoutColor(type: String, usesColor: Bool) throws {
    let terminal = try Headless(type: type, options: TerminalOptions(usesColor: usesColor))
    defer { terminal.session.close() }
    #expect(terminal.session.colorCount == 0)
    var grid = Grid(terminal.session.size)
    grid.write("a", column: 0, row: 0, style: Style(.red, on: .blue, .bold))
    terminal.session.paint(grid)
    #expect(
      terminal.cell(0, 0)
        == .init(text: "a", attributes: plan_bold(), foreground: -1, background: -1))
  }

  @Test("A locale without UTF-8, or the wish for ASCII, gives ASCII drawing")
  func ascii() throws {
    for (locale, forces) in [("C", false), ("C.UTF-8", true)] {
      let terminal = try Headless(options: TerminalOptions(forcesAscii: forces), locale: locale)
      defer { terminal.session.close() }
      var grid = Grid(terminal.session.size)
      grid.write("┌─ 漢…", column: 0, row: 0)
      terminal.session.paint(grid)
      #expect(!terminal.session.drawsUnicode)
      #expect(terminal.row(0) == "+- ??~")
    }
  }

  @Test("A frame sends only what changed, and never clears the screen")
  func differences() throws {
    let terminal = try Headless(Size(width: 80, height: 24))
    defer { terminal.session.close() }
    var grid = Grid(width: 80, height: 24)
    for row in 0..<24 { grid.write("row \(row) with some text in it", column: 0, row: row) }
    terminal.session.paint(grid)
    _ = terminal.takeOutput()
    terminal.session.paint(grid)
    #expect(terminal.takeOutput() == "")
    grid.write("X", column: 4, row: 3)
    terminal.session.paint(grid)
    let sent = terminal.takeOutput()
    #expect(sent.contains("X"))
    #expect(!sent.contains("some text") && !sent.contains("\u{1B}[2J"))
    terminal.session.repaintAll()
    terminal.session.paint(grid)
    #expect(terminal.takeOutput().contains("row 23 with some text"))
  }

  @Test(
    "A grid of another size than the screen is drawn as far as it fits",
    arguments: [(1, 1), (0, 0), (200, 60), (3, 2)])
  func sizes(width: Int, height: Int) throws {
    let terminal = try Headless(Size(width: 1, height: 1))
    defer { terminal.session.close() }
    var grid = Grid(width: width, height: height)
    grid.fill(grid.bounds, with: "x")
    terminal.session.paint(grid, cursor: Point(column: 5, row: 5), showsCursor: true)
    #expect(terminal.row(0) == (width > 0 ? "x" : ""))
    terminal.session.resize(to: Size(width: 200, height: 60))
    terminal.session.paint(grid)
    #expect(terminal.row(0).count == width)
  }

  @Test(
    "Colours a terminal lacks become the nearest it has",
    arguments: [
      (Color.standard, 8, -1), (.red, 8, 1), (.brightRed, 8, 1), (.brightRed, 16, 9),
      (.palette(200), 256, 200), (.palette(196), 8, 1), (.palette(46), 16, 2),
      (.palette(21), 8, 4), (.palette(231), 8, 7), (.palette(16), 8, 0), (.palette(232), 8, 0),
      (.palette(255), 8, 7),
    ])
  func nearest(color: Color, count: Int, expected: Int) {
    #expect(TerminalColors.nearest(to: color, among: count) == expected)
  }
}
