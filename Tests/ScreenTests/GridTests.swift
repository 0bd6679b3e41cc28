import Screen
import Testing

@Suite struct GridTests {
  private func picture(_ width: Int, _ height: Int, _ draw: (inout Grid) -> Void) -> [String] {
    var grid = Grid(width: width, height: height)
    draw(&grid)
    return grid.lines
  }

  @Test("Text is clipped at the right edge by display columns, never through a wide character")
  func clippedText() {
    let lines = picture(6, 5) { grid in
      grid.write("abcdefgh", column: 0, row: 0)
      grid.write("漢字表示", column: 0, row: 1)
      grid.write("漢字表", column: 0, row: 2)
      grid.write("abc", column: 5, row: 3)
      grid.write("outside", column: 9, row: 4)
    }
    #expect(lines == ["abcde…", "漢字…", "漢字表", "     …", ""])
  }

  @Test("Combining marks join the character they follow, and none attaches to what was there")
  func combiningMarks() {
    let lines = picture(6, 3) { grid in
      grid.write("e\u{301}漢\u{302}x", column: 0, row: 0)
      grid.write("|", column: 0, row: 1)
      grid.write("\u{301}x", column: 1, row: 1)
      grid.write("a\u{301}\u{302}\u{303}b", column: 0, row: 2)
    }
    #expect(lines == ["e\u{301}漢\u{302}x", "|x", "a\u{301}\u{302}b"])
  }

  @Test(
    "Writing over one half of a wide character blanks the other half",
    arguments: [(0, "x 字"), (1, " x字"), (2, "漢x"), (3, "漢 x")])
  func halves(column: Int, expected: String) {
    let lines = picture(4, 1) { grid in
      grid.write("漢字", column: 0, row: 0)
      grid.write("x", column: column, row: 0)
    }
    #expect(lines == [expected])
  }

  @Test("Control characters and direction marks from outside are shown as question marks")
  func controlCharacters() {
    let lines = picture(12, 1) { $0.write("a\u{1B}[2Jb\n\u{202E}c\u{9B}", column: 0, row: 0) }
    #expect(lines == ["a?[2Jb??c?"])
  }

  @Test(
    "Any size can be drawn on, 0 and 1 included",
    arguments: [(0, 0), (1, 1), (0, 5), (5, 0), (2, 2), (3, 1)])
  func anySize(width: Int, height: Int) {
    var grid = Grid(width: width, height: height)
    let all = grid.bounds.inset(columns: -3, rows: -3)
    grid.fill(all, with: "x")
    let inside = grid.drawPane(grid.bounds, title: [Span("a title")])
    grid.writeParagraph("some words", in: inside)
    grid.write([Span("a"), Span("b"), Span("漢")], in: grid.bounds)
    grid.write("right", in: grid.bounds, align: .right)
    grid.restyle(all) { $0.with(.bold) }
    #expect(grid.lines.count == height)
    #expect(grid.lines.allSatisfy { DisplayWidth.of($0) <= width })
  }

  @Test("Text is placed left, right and centred in its room")
  func alignment() {
    let lines = picture(7, 4) { grid in
      grid.write("ab", in: Rect(column: 1, row: 0, width: 5, height: 1), align: .right)
      grid.write("ab", in: Rect(column: 1, row: 1, width: 5, height: 1), align: .center)
      grid.write("abcdef", in: Rect(column: 1, row: 2, width: 5, height: 1), align: .right)
      grid.write("漢", in: Rect(column: 1, row: 3, width: 5, height: 1), align: .right)
    }
    #expect(lines == ["    ab", "  ab", " abcd…", "    漢"])
  }

  @Test(
    "Pieces that do not all fit end in an ellipsis, also when one ends flush with the edge",
    arguments: [(6, "abcdef"), (5, "abcd…"), (4, "abc…"), (3, "ab…"), (1, "…")])
  func spans(width: Int, expected: String) {
    let lines = picture(8, 1) { grid in
      grid.write(
        [Span("abc"), Span("d", .bold), Span("ef")],
        in: Rect(column: 0, row: 0, width: width, height: 1))
    }
    #expect(lines == [expected])
  }

  @Test("Panes are drawn with a title on their edge, in Unicode or ASCII")
  func panes() {
    var inside: [Rect] = []
    let lines = picture(20, 3) { grid in
      let left = Rect(column: 0, row: 0, width: 10, height: 3)
      inside.append(grid.drawPane(left, title: [Span("Cost")]))
      let right = Rect(column: 10, row: 0, width: 10, height: 3)
      inside.append(grid.drawPane(right, title: [Span("Too long")], glyphs: .ascii))
    }
    #expect(lines == ["┌─ Cost ─┐+- Too …-+", "│        │|        |", "└────────┘+--------+"])
    #expect(inside.first == Rect(column: 1, row: 1, width: 8, height: 1))
  }

  @Test("The style map shows which cells are drawn how")
  func styleMap() {
    var grid = Grid(width: 5, height: 2)
    grid.write([Span("ab", .bold), Span("c"), Span("d", Style(.red))], in: grid.bounds)
    grid.write("漢", column: 0, row: 1, style: Style(.palette(32), on: .blue, .underline))
    grid.restyle(Rect(column: 0, row: 0, width: 1, height: 1)) { $0.with(.reverse) }
    let legend = ["a = bold reverse", "b = bold", "c = 1", "d = 32 on 4 underline"]
    #expect(grid.styleMap == (["ab.c.", "dd..."] + legend).joined(separator: "\n"))
  }

  @Test("The ASCII version keeps every column and holds nothing but ASCII")
  func ascii() {
    var grid = Grid(width: 12, height: 3)
    grid.drawBox(Rect(column: 0, row: 0, width: 4, height: 3))
    grid.write("漢é…", column: 4, row: 0)
    grid.write("→×±⣿█", column: 4, row: 1)
    #expect(grid.asciiOnly.lines == ["+--+???~", "|  |>x+*#", "+--+"])
  }

  @Test("Grids tell which rows differ")
  func rows() {
    let empty = Grid(width: 3, height: 2)
    var drawn = empty
    drawn.write("x", column: 0, row: 1)
    #expect(drawn.hasSameRow(0, as: empty))
    #expect(!drawn.hasSameRow(1, as: empty))
    #expect(!drawn.hasSameRow(0, as: Grid(width: 2, height: 2)))
  }
}
