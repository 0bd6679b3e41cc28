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

  @Test("Pages and modes of the dashboard")
  func pages() {
    let pages: [(String, [Key])] = [
      ("explain", [.down, .enter]), ("help", [.character("?")]), ("warnings", [.character("w")]),
      ("editing", [.character("e"), .control("u"), .character("6"), .character("x"), .enter]),
      ("stale", [.character("+")]), ("cash", [.character("m"), .character("v")]),
      ("ruled-out", [.end]), ("sources", [.character("a")]),
      ("compare", [.character(" "), .down, .character("c")]),
      ("compare-ruled-out", [.character(" "), .end, .character("c")]),
      ("baseline", [.character("b"), .down]), ("filter", [.character("/"), .character("v")]),
      ("palette", [.character(":")] + "undo".map { .character($0) }),
      ("sorted", [.character("s"), .character("s"), .character("S"), .character("t")]),
      (
        "p90-per-day",
        [.character("p"), .character("p")] + Array(repeating: .character("t"), count: 3)
      ),
      ("searched", [.enter, .character("/"), .character("m"), .character("f"), .enter]),
    ]
    for (name, keys) in pages {
      Golden.check(Frame(of: FaceFixture.state(100, 24, keys: keys)).grid.text, "page-\(name)")
    }
  }

  private static let sizes = [(60, 16), (80, 24), (120, 40), (160, 48), (300, 80)]

  @Test("Every pane at every size, in focus", arguments: Pane.allCases)
  func panes(pane: Pane) {
    let key = Key.character(pane.digit)
    let screens = Self.sizes.map { width, height in
      "== \(width)x\(height)\n" + Frame(of: FaceFixture.state(width, height, keys: [key])).grid.text
    }
    Golden.check(screens.joined(separator: "\n"), "pane-\(pane)")
  }

  @Test("Styles of every pane with colours and without", arguments: Pane.allCases)
  func paneStyles(pane: Pane) {
    let keys: [Key] = [.character(pane.digit), .character("z")]
    let maps = [true, false].map { hasColor in
      let appearance = Appearance.fitting(hasColor: hasColor, hasUnicode: true)
      let state = FaceFixture.state(80, 24, keys: keys, appearance: appearance)
      return "== \(hasColor ? "with" : "without") colour\n" + Frame(of: state).grid.styleMap
    }
    Golden.check(maps.joined(separator: "\n"), "styles-pane-\(pane)")
  }

  @Test("Every arrangement of panes at every size", arguments: [1, 2, 3])
  func arrangements(steps: Int) {
    let keys = Array(repeating: Key.character("]"), count: steps)
    let screens = Self.sizes.map { width, height in
      "== \(width)x\(height)\n" + Frame(of: FaceFixture.state(width, height, keys: keys)).grid.text
    }
    Golden.check(screens.joined(separator: "\n"), "layout-\(Preset.allCases[steps].rawValue)")
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
