import Planning
import Screen
import Testing

@testable import Dashboard
@testable import Reports

@Suite("The answer's page on the screen") struct AnswerScreenTests {
  static let screens = [(60, 16), (80, 24), (120, 36), (160, 48), (300, 80)]

  @Test("It is what is seen first at every size", arguments: screens)
  func sizes(width: Int, height: Int) {
    let grid = Frame(of: AnswerFixture.state(width, height)).grid
    Golden.check(grid.text, "answer-\(width)x\(height)")
  }

  @Test("Without colour and in ASCII it says the same", arguments: [(80, 24), (120, 36)])
  func ascii(width: Int, height: Int) {
    let plain = Appearance.fitting(hasColor: false, hasUnicode: false)
    let frame = Frame(of: AnswerFixture.state(width, height, appearance: plain))
    Golden.check(frame.grid.asciiOnly.text, "answer-ascii-\(width)x\(height)")
    #expect(!frame.grid.asciiOnly.text.contains("?????"))
  }

  @Test("The rest of the page is a page key away, and nothing of it is lost")
  func scrolled() {
    var state = AnswerFixture.state(60, 16)
    var seen = Frame(of: state).grid.text
    for _ in 0..<12 {
      state.press("PgDn")
      seen += "\n" + Frame(of: state).grid.text
    }
    for line in state.answerLines.map(\.text).filter({ !$0.isEmpty }) {
      // The line that says how much is below may lie over the end of another.
      #expect(seen.contains(line.prefix(30)), "\(line)")
    }
  }

  @Test("The cursor goes from route to route, and Enter explains the one under it")
  func cursor() {
    var state = AnswerFixture.state(80, 24)
    #expect(state.selectedID == "g1")
    state.press("j")
    #expect(state.selectedID == "o1")
    state.press("j j j")
    #expect(state.selectedID == "r1")
    state.press("g")
    #expect(state.selectedID == "t1")
    state.press("Enter")
    #expect(state.page == .explain)
    state.press("Esc 3")
    #expect(state.page == .explain && state.selectedID == "o1")
  }

  @Test("Panes are one key away, and the way back is another")
  func panes() {
    for key in ["A", "]", "7"] {
      var state = AnswerFixture.state(120, 40)
      state.press(key)
      #expect(!state.showsAnswer)
      #expect(Frame(of: state).grid.text.contains("Inputs"))
      state.press("Esc")
      #expect(state.showsAnswer)
    }
  }

  @Test("The budget is edited on the page itself")
  func editing() {
    var state = AnswerFixture.state(80, 24)
    let before = state.scenario.budgetDollars
    state.press("+")
    #expect(state.scenario.budgetDollars > before && state.showsAnswer)
  }

  @Test("What an edit changed of the answer stands there until the next one")
  func editDifference() {
    var state = AnswerFixture.state(120, 36)
    #expect(state.editDifference == nil)
    var face = state.face
    state.press("+")
    face.scenario = state.scenario
    face.ranked[0].cash = FaceFixture.range(47)
    face.ranked[0].totalDays = 96
    state.receive(face, generation: state.generation)
    #expect(state.editDifference == "+$3.1M, 3 weeks later, same answer")
    state.press("j")
    #expect(Frame(of: state).grid.text.contains("+$3.1M, 3 weeks later, same answer"))
    #expect(Gist(face).difference(from: Gist(face)) == "same cash, same end, same answer")
  }

  @Test("A move of the cursor changes few cells", arguments: screens)
  func fewCells(width: Int, height: Int) {
    // The first key takes away what is said at the start.
    var state = AnswerFixture.state(width, height, keys: [.character("k")])
    let before = Frame(of: state).grid
    state.press("j")
    let after = Frame(of: state).grid
    var changed = 0
    for row in 0..<height {
      for column in 0..<width
      where before[column: column, row: row] != after[column: column, row: row] {
        changed += 1
      }
    }
    #expect(changed > 0 && changed < 100)
  }

  @Test("It is said in five sentences, each whole")
  func spoken() {
    var state = AnswerFixture.state(120, 36)
    state.press(".")
    let text = state.pageText
    #expect(AnswerFixture.page.spoken.count == 5)
    #expect(text.contains("RENT GOOGLE TPU") && text.contains("First: ask Google"))
    #expect(AnswerFixture.page.spoken.allSatisfy { $0.hasSuffix(".") })
  }

  @Test("Help says of every figure what it is")
  func help() {
    var state = AnswerFixture.state(160, 48)
    state.press("?")
    for row in AnswerFixture.page.rows { #expect(state.pageText.contains(row.label)) }
  }
}
