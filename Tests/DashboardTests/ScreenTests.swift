import Screen
import Testing

@testable import Dashboard

@Suite struct DashboardScreenTests {
  @Test(
    "The dashboard is laid out for each size",
    arguments: [(60, 16), (80, 24), (120, 40), (160, 48), (300, 80)])
  func sizes(width: Int, height: Int) {
    let frame = Frame(of: FaceFixture.state(width, height))
    Golden.check(frame.grid.text, "main-\(width)x\(height)")
  }

  @Test("Styles say what they mean with colours and without")
  func styles() {
    for hasColor in [true, false] {
      let appearance = Appearance.fitting(hasColor: hasColor, hasUnicode: true)
      let frame = Frame(of: FaceFixture.state(80, 24, appearance: appearance))
      Golden.check(frame.grid.styleMap, "styles-80x24-\(hasColor ? "color" : "no-color")")
    }
  }

  private static let sizes = [(60, 16), (80, 24), (120, 40), (160, 48), (300, 80)]

  /// What can be on the screen, and the keys that bring it there.
  private static let screens: [(name: String, keys: [Key])] =
    Pane.allCases.map { ("pane-\($0)", [.character($0.digit)]) } + [
      ("explain", [.down, .enter]), ("help", [.character("?")]), ("warnings", [.character("w")]),
      ("editing", [.character("e"), .control("u"), .character("6"), .character("x"), .enter]),
      ("stale", [.character("+")]), ("cash", [.character("m"), .character("v")]),
      ("ruled-out", [.end]), ("ruled-out-explained", [.end, .enter]),
      ("sources", [.character("a")]), ("compare", [.character(" "), .down, .character("c")]),
      ("compare-ruled-out", [.character(" "), .end, .character("c")]),
      ("baseline", [.character("b"), .down]), ("filter", [.character("/"), .character("v")]),
      ("palette", [.character(":")] + "undo".map { .character($0) }),
      ("sorted", [.character("s"), .character("s"), .character("S"), .character("t")]),
      (
        "p90-per-day",
        [.character("p"), .character("p")] + Array(repeating: .character("t"), count: 3)
      ),
      ("searched", [.enter, .character("/"), .character("m"), .character("f"), .enter]),
      ("changes", [.character("+"), .character("+"), .character("u"), .character("H")]),
      ("claims", [.character("C")]), ("claimed", [.character("C"), .character(" "), .enter]),
      ("exports", [.character("x")]), ("export-path", [.character("x"), .down, .enter]),
      ("quit", [.character("+"), .character("q")]),
      ("zoomed-chart", [.character("2"), .character("z")]),
      ("sentence", [.character(":")] + "in sentences".map { .character($0) } + [.enter]),
    ]

  @Test("Everything at every size", arguments: screens.map(\.name))
  func everything(name: String) throws {
    let keys = try #require(Self.screens.first { $0.name == name }).keys
    let texts = Self.sizes.map { width, height in
      "== \(width)x\(height)\n" + Frame(of: FaceFixture.state(width, height, keys: keys)).grid.text
    }
    Golden.check(texts.joined(separator: "\n"), name.hasPrefix("pane") ? name : "page-\(name)")
  }

  @Test(
    "Styles of everything at every size, with colours and without", arguments: screens.map(\.name))
  func styles(name: String) throws {
    let keys = try #require(Self.screens.first { $0.name == name }).keys
    Self.checkStyles(name) { width, height, appearance in
      FaceFixture.state(width, height, keys: keys, appearance: appearance)
    }
  }

  private static func checkStyles(
    _ name: String, _ state: (Int, Int, Appearance) -> DashboardState
  ) {
    var maps: [String] = []
    for (width, height) in sizes {
      let frames = [true, false].map { hasColor in
        Frame(of: state(width, height, Appearance.fitting(hasColor: hasColor, hasUnicode: true)))
      }
      // Colour adds nothing but colour.
      #expect(frames[0].grid.text == frames[1].grid.text, "\(width)x\(height)")
      #expect(!frames[1].grid.hasColor, "\(width)x\(height)")
      for (frame, word) in zip(frames, ["with", "without"]) {
        maps.append("== \(width)x\(height) \(word) colour\n" + frame.grid.styleRuns)
      }
    }
    Golden.check(maps.joined(separator: "\n"), "styles-\(name)")
  }

  @Test("The plan of another file held against this one, at every size")
  func difference() {
    func state(_ width: Int, _ height: Int, _ appearance: Appearance) -> DashboardState {
      var state = FaceFixture.state(width, height, appearance: appearance)
      state.receiveOther(FaceFixture.face(budgetMillions: 60), path: "計画/more.toml")
      return state
    }
    let texts = Self.sizes.map { width, height in
      let appearance = Appearance.fitting(hasColor: true, hasUnicode: true)
      return "== \(width)x\(height)\n" + Frame(of: state(width, height, appearance)).grid.text
    }
    Golden.check(texts.joined(separator: "\n"), "page-difference")
    Self.checkStyles("difference", state)
  }

  @Test("Every arrangement of panes at every size", arguments: [1, 2, 3])
  func arrangements(steps: Int) {
    let keys = Array(repeating: Key.character("]"), count: steps)
    let screens = Self.sizes.map { width, height in
      "== \(width)x\(height)\n" + Frame(of: FaceFixture.state(width, height, keys: keys)).grid.text
    }
    let name = "layout-\(Preset.allCases[steps].rawValue)"
    Golden.check(screens.joined(separator: "\n"), name)
    Self.checkStyles(name) { width, height, appearance in
      FaceFixture.state(width, height, keys: keys, appearance: appearance)
    }
  }

  @Test("Where nothing fits, the reasons are what is shown")
  func nothingFits() {
    var face = FaceFixture.face()
    face.ranked = []
    face.answer = "No option fits; the nearest needs 240 days and 180 are allowed."
    face.answerRoute = nil
    Golden.check(Frame(of: FaceFixture.state(80, 24, face: face)).grid.text, "nothing-fits")
  }

  @Test("Plain ASCII shows the same things in the same places")
  func ascii() {
    let appearance = Appearance.fitting(hasColor: false, hasUnicode: false)
    let frame = Frame(of: FaceFixture.state(120, 40, appearance: appearance))
    Golden.check(frame.grid.asciiOnly.text, "ascii-120x40")
  }

  @Test("While a plan is worked out only dim text shows the old one")
  func staleStyles() {
    let frame = Frame(of: FaceFixture.state(80, 24, keys: [.character("+")]))
    Golden.check(frame.grid.styleMap, "styles-80x24-stale")
  }
}

extension Grid {
  /// The picture of styles with runs of one style in a row, and of rows that are alike, counted.
  fileprivate var styleRuns: String {
    var rows: [(text: String, count: Int)] = []
    for line in styleMap.split(separator: "\n", omittingEmptySubsequences: false) {
      // The legend below the picture stays as it is.
      let text = line.contains(" = ") ? String(line) : Self.runs(line)
      if rows.last?.text == text {
        rows[rows.count - 1].count += 1
      } else {
        rows.append((text, 1))
      }
    }
    return rows.map { $0.count > 1 ? "\($0.count) times: \($0.text)" : $0.text }
      .joined(separator: "\n")
  }

  private static func runs(_ line: Substring) -> String {
    var runs: [(letter: Character, count: Int)] = []
    for letter in line {
      if runs.last?.letter == letter {
        runs[runs.count - 1].count += 1
      } else {
        runs.append((letter, 1))
      }
    }
    return runs.map { "\($0.count)\($0.letter)" }.joined(separator: " ")
  }

  fileprivate var hasColor: Bool {
    (0..<height).contains { row in
      (0..<width).contains { column in
        let style = self[column: column, row: row].style
        return style != style.withoutColor
      }
    }
  }
}
