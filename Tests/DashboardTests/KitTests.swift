import Screen
import Testing

@testable import Dashboard

/// A counter: the smallest thing that actions can act on.
private struct Counter: Sendable {
  var value = 0
}

private enum CounterEffect: Equatable {
  case ring
}

private let registry = ActionRegistry<Counter, CounterEffect>([
  Action("count.up", keys: [.character("k"), .up], help: "Count up", hint: "up") {
    $0.value += 1
    return $0.value == 2 ? [.ring] : []
  },
  Action(
    "count.down", keys: [.character("j")], help: "Count down", hint: "down",
    disabledReason: { $0.value == 0 ? "it is 0" : nil },
    perform: {
      $0.value -= 1
      return []
    }),
  Action("help", keys: [.character("?"), .function(1)], help: "Show this", hint: "help") { _ in
    []
  },
])

@Suite struct ActionRegistryTests {
  @Test("A key runs its action, which may ask for effects")
  func dispatch() {
    var state = Counter()
    let outcomes = [Key.character("k"), .up, .character("j")].map { key in
      if case .done(let effects) = registry.dispatch(key, on: &state) { return effects }
      return [.ring, .ring]
    }
    #expect(outcomes == [[], [.ring], []])
    #expect(state.value == 1)
  }

  @Test("A disabled action says why and changes nothing; a key without action is unknown")
  func refusal() {
    var state = Counter()
    guard case .refused("it is 0") = registry.dispatch(.character("j"), on: &state) else {
      Issue.record("count.down was not refused")
      return
    }
    guard case .unknown = registry.dispatch(.character("x"), on: &state) else {
      Issue.record("x is no key")
      return
    }
    #expect(state.value == 0)
  }

  @Test(
    "The footer names what can be done now, and always the way to help",
    arguments: [
      (0, 80, "k up  ? help"), (1, 80, "k up  j down  ? help"), (1, 19, "k up  ? help"),
      (1, 20, "k up  j down  ? help"), (1, 5, "? help"),
    ])
  func footer(value: Int, width: Int, expected: String) {
    let spans = registry.footer(Counter(value: value), width: width, theme: .standard)
    #expect(spans.map(\.text).joined() == expected)
  }

  @Test("Help lists every action with all its keys, and why one can't be used now")
  func help() {
    let document = Document(registry.help(Counter()))
    let lines = document.lines(width: 60, theme: .standard).map { $0.map(\.text).joined() }
    #expect(
      lines == [
        "k Up  Count up", "j     Count down  (not now: it is 0)", "? F1  Show this",
      ])
  }
}

@Suite struct TextFieldTests {
  /// Keys after GNU readline's emacs mode.
  @Test(
    "Keys edit the line where the cursor is",
    arguments: [
      ("50M", [Key.backspace, .character("B")], "50B", 3),
      ("50M", [.home, .delete, .character("6")], "60M", 1),
      ("50M", [.left, .left, .character(".")], "5.0M", 2),
      ("50M", [.control("u"), .character("é")], "é", 1), ("a b  ", [.control("w")], "a ", 2),
      ("abc", [.control("a"), .right, .control("k")], "a", 1), ("", [.backspace, .delete], "", 0),
      ("ab", [.right, .home, .left, .backspace, .up, .resize], "ab", 0),
    ])
  func editing(text: String, keys: [Key], expected: String, cursor: Int) {
    var field = TextField(text)
    for key in keys { #expect(field.handle(key) == .editing) }
    #expect(field.text == expected)
    #expect(field.cursor == cursor)
  }

  @Test("Enter accepts what was typed, Esc and Ctrl-C cancel")
  func ending() {
    var field = TextField("60M")
    #expect(field.handle(.enter) == .accepted("60M"))
    #expect(field.handle(.escape) == .cancelled)
    #expect(field.handle(.control("c")) == .cancelled)
  }

  @Test(
    "A long line is scrolled so that the cursor can be seen",
    arguments: [
      ("abc", 5, [Key](), "abc", 3), ("abcdef", 4, [], "def", 3),
      ("abcdef", 4, [.home], "abcd", 0), ("漢字表", 4, [], "表", 2), ("abc", 0, [], "", 0),
    ])
  func drawing(text: String, width: Int, keys: [Key], expected: String, cursor: Int) {
    var field = TextField(text)
    for key in keys { _ = field.handle(key) }
    var grid = Grid(width: 8, height: 1)
    let room = Rect(column: 0, row: 0, width: width, height: 1)
    #expect(field.draw(on: &grid, in: room, style: .plain) == Point(column: cursor, row: 0))
    #expect(grid.text == expected)
  }
}

@Suite struct TableTests {
  private let table = Table(
    columns: [
      TableColumn("#", align: .right, priority: 0),
      TableColumn("OPTION", priority: 0, flexibleMinimum: 6),
      TableColumn("DAYS", align: .right, priority: 2),
      TableColumn("COST", align: .right, priority: 1),
    ],
    rows: [
      .cells([Span("1"), Span("Trn2 block"), Span("99"), Span("$10.5M")]),
      .cells([Span("2"), Span("v5p"), Span("–"), Span("$9M")]),
      .heading(Span("-- ruled out")),
      .spanning([Span("x"), Span("v6e spot")], text: Span("memory: 99 GiB needed")),
    ])

  @Test("What room is left goes to the column that lacks least, the rest to the others")
  func sharing() {
    let table = Table(
      columns: [
        TableColumn("FIGURE", priority: 0, flexibleMinimum: 6),
        TableColumn("SOURCE", priority: 0, flexibleMinimum: 6),
      ],
      rows: [.cells([Span("twenty letters in all"), Span("ten letter")])])
    #expect(table.fit(width: 24).map(\.width) == [12, 10])
    #expect(table.fit(width: 18).map(\.width) == [8, 8])
    #expect(table.fit(width: 80).map(\.width) == [21, 10])
  }

  @Test("Reasons begin where the names of their own rows end")
  func spanning() {
    var grid = Grid(width: 40, height: 5)
    table.draw(on: &grid, in: grid.bounds, selection: nil, top: 0, theme: .standard)
    #expect(grid.lines[4] == "  x  v6e spot  memory: 99 GiB needed")
  }

  @Test(
    "Columns are dropped by priority and the flexible one shrinks first",
    arguments: [
      (40, "#1 OPTION10 DAYS4 COST6"), (28, "#1 OPTION10 DAYS4 COST6"),
      (27, "#1 OPTION10 DAYS4 COST6"), (23, "#1 OPTION6 DAYS4 COST6"), (22, "#1 OPTION10 COST6"),
      (14, "#1 OPTION10"), (8, "OPTION8"), (3, "OPTION6"), (0, "OPTION6"),
    ])
  func fitting(width: Int, expected: String) {
    let shown = table.fit(width: width).map { "\(table.columns[$0.index].title)\($0.width)" }
    #expect(shown.joined(separator: " ") == expected)
  }

  @Test("Header, selection mark, dividing lines and reasons across columns are drawn")
  func drawing() {
    var grid = Grid(width: 34, height: 5)
    table.draw(on: &grid, in: grid.bounds, selection: 1, top: 0, theme: .standard)
    #expect(
      grid.lines == [
        "  #  OPTION      DAYS    COST",
        "  1  Trn2 block    99  $10.5M",
        "> 2  v5p            –     $9M",
        "-- ruled out",
        "  x  v6e spot  memory: 99 GiB nee…",
      ])
    let style = grid[column: 30, row: 2].style
    #expect(style.attributes.contains(.reverse))
  }

  @Test("Any room will do, also none", arguments: [(0, 0), (1, 1), (2, 1), (5, 3), (30, 2)])
  func anyRoom(width: Int, height: Int) {
    var grid = Grid(width: width, height: height)
    table.draw(on: &grid, in: grid.bounds, selection: 3, top: 2, theme: .standard)
    #expect(grid.lines.allSatisfy { DisplayWidth.of($0) <= width })
  }

  @Test(
    "Scrolling moves as little as it takes to show the selected row",
    arguments: [
      (0, 3, 5, 10, 0), (0, 5, 5, 10, 1), (4, 2, 5, 10, 2), (8, 9, 5, 10, 5), (3, 0, 5, 2, 0),
      (0, 7, 0, 10, 7), (0, 9, 1, 10, 9),
    ])
  func scrolling(top: Int, selection: Int, height: Int, count: Int, expected: Int) {
    #expect(
      Scrolling.top(from: top, toShow: selection, height: height, count: count) == expected)
  }
}

@Suite struct AppearanceTests {
  @Test(
    "The layout follows the size of the screen",
    arguments: [
      (59, 24, LayoutStep.tooSmall), (60, 15, .tooSmall), (0, 0, .tooSmall), (60, 16, .narrow),
      (99, 50, .narrow), (100, 24, .medium), (139, 24, .medium), (140, 16, .wide),
    ])
  func steps(width: Int, height: Int, expected: LayoutStep) {
    #expect(LayoutStep(Size(width: width, height: height)) == expected)
  }

  @Test("A screen that is too small says what is needed and what there is")
  func tooSmall() {
    let text = "plan needs 60x16, this is 50x9 (q quits)"
    let screen = LayoutStep.tooSmallScreen(Size(width: 50, height: 9), theme: .standard)
    #expect(screen.text.hasPrefix(text))
    #expect(LayoutStep.tooSmallScreen(Size(width: 1, height: 1), theme: .standard).text == "…")
    #expect(LayoutStep.tooSmallScreen(Size(width: 0, height: 0), theme: .standard).text == "")
  }

  @Test("The theme without colour has none, and a stale theme is dim")
  func themes() {
    let mono = Theme.withoutColor
    for style in [mono.warning, mono.trainium, mono.googleTPU, mono.bad, mono.selected] {
      #expect(style == style.withoutColor)
    }
    #expect(mono.warning == .bold)
    #expect(Theme.standard.stale.answer == .dim)
    #expect(Theme.standard.stale.key == Theme.standard.key)
  }
}
