import Quantities
import Screen
import Testing

@testable import Dashboard

@Suite struct DashboardUpdateTests {
  private func pressed(_ keys: [Key], on state: inout DashboardState) -> [Effect] {
    keys.flatMap { state.handle($0) }
  }

  private func keys(_ names: String) -> [Key] {
    names.split(separator: " ").compactMap { Key(named: String($0)) }
  }

  @Test(
    "Keys move the cursor over ranked and ruled-out options, and stop at the ends",
    arguments: [
      ("", "t1"), ("j", "g1"), ("j Down k", "g1"), ("k Up", "t1"), ("G", "t2"), ("End g", "t1"),
      ("G k k", "r1"), ("v G", "r1"), ("G v", "r1"), ("G v v", "r1"), ("PgDn", "t2"),
      ("PgDn PgUp", "t1"), ("Ctrl-D", "t2"), ("j P j", "g3"), ("j P j P", "g1"),
    ])
  func moving(names: String, selected: String) {
    let state = FaceFixture.state(80, 24, keys: keys(names))
    #expect(state.selectedID == selected)
  }

  @Test("While the cursor runs on, only its list is drawn anew; the other panes follow at rest")
  func heldCursor() throws {
    var state = FaceFixture.state(160, 48)
    let (before, resting) = (Frame(of: state).grid, state.selectedID)
    #expect(state.movesCursor(.down) && pressed([.down], on: &state).isEmpty)
    let list = try #require(Layout(state).panes[.options])
    let (held, atRest) = (Frame(of: state, resting: resting).grid, Frame(of: state).grid)
    func changed(_ grid: Grid, inList: Bool) -> Int {
      var count = 0
      for row in 0..<grid.height - 2 {
        for column in 0..<grid.width where list.contains(Point(column: column, row: row)) == inList
        {
          count += grid[column: column, row: row] == before[column: column, row: row] ? 0 : 1
        }
      }
      return count
    }
    #expect(changed(held, inList: true) > 0 && changed(held, inList: false) == 0)
    #expect(changed(atRest, inList: false) > 0)
    #expect(changed(atRest, inList: true) == changed(held, inList: true))
  }

  @Test(
    "Only keys that take the cursor to another option are moves of it",
    arguments: [
      ("", "j", true), ("", "PgDn", true), ("", "e", false), ("", "s", false), ("7", "j", false),
      ("5", "j", false), ("/", "j", false), ("?", "j", false), ("Enter", "j", false),
    ])
  func cursorMoves(before: String, key: String, isMove: Bool) throws {
    let state = FaceFixture.state(160, 48, keys: keys(before))
    #expect(state.movesCursor(try #require(keys(key).first)) == isMove)
  }

  @Test(
    "A budget is typed, applied and asked for; what is no budget is explained",
    arguments: [
      ("e Ctrl-U 6 0 M Enter", 60e6, nil), ("e Ctrl-U 6 0 M Esc", nil, nil),
      ("e Ctrl-U 6 x Enter", nil, "6x"), ("e Ctrl-U 0 Enter", nil, "more than 0"),
      ("}", 130e6, nil), ("} {", 50e6, nil),
      ("e Ctrl-U - 5 Enter", nil, "more than 0"), ("e Enter", nil, nil), ("+", 55e6, nil),
      ("-", 45.5e6, nil), ("+ + -", 55e6, nil), ("+ u", 50e6, nil), ("+ + u Ctrl-R", 60.5e6, nil),
      ("u", nil, "nothing to undo"),
    ] as [(String, Double?, String?)])
  func budget(names: String, asked: Double?, complaint: String?) {
    var state = FaceFixture.state(80, 24)
    let effects = pressed(keys(names), on: &state).filter {
      if case .replan = $0 { return true }
      return false
    }
    let last = effects.last
    #expect((last == nil) == (asked == nil))
    if let asked {
      #expect(
        last
          == .replan(
            FaceFixture.scenario(budgetMillions: asked / 1e6), generation: effects.count))
      #expect(state.scenario.budgetDollars == asked && state.isStale)
    }
    let said = state.prompt?.note ?? state.message
    if let complaint { #expect(said?.text.contains(complaint) == true) }
  }

  @Test("A new plan keeps the selected option selected, on its line, and marks what moved")
  func replanned() {
    var state = FaceFixture.state(80, 24)
    _ = pressed(keys("e Ctrl-U 6 0 M Enter"), on: &state)
    #expect(state.isStale)
    state.receive(FaceFixture.face(budgetMillions: 60), generation: 1)
    #expect(!state.isStale)
    #expect(state.selectedID == "t1")
    #expect(state.selected?.rank == 2)
    #expect(
      state.moves == [
        "rent-trainium Trn2 capacity block": -1, "rent-tpu v5p 1-year commitment": 1,
      ])
    Golden.check(Frame(of: state).grid.text, "replanned-80x24")
  }

  @Test("After an edit the best option stays in view, wherever the one under the cursor has gone")
  func bestInView() {
    var state = FaceFixture.state(80, 24)
    let rows = state.optionRows
    func face(_ order: [Int]) -> PlanFace {
      var face = FaceFixture.face(budgetMillions: 60)
      face.ranked = order.enumerated().map { place, number in
        var option = PlanFace.Option(
          id: "n\(number)", route: .rentTPU, name: "TPU \(number)", kin: "\(number)")
        option.rank = place + 1
        return option
      }
      return face
    }
    let count = rows * 3
    let usual = Array(0..<count)
    func edit(_ order: [Int]) {
      state.press("+")
      state.receive(face(order), generation: state.generation)
    }
    edit(usual)
    #expect(state.selectedID == "n0" && state.tableTop == 0)
    // The best becomes the last: the cursor goes with what is best now.
    edit(usual.reversed())
    #expect(state.selectedID == "n\(count - 1)" && state.tableTop == 0)
    // One that stays within reach keeps the cursor, and the best its place on the screen.
    state.press("j")
    edit([count - 1] + usual.dropLast(2) + [count - 2])
    edit(usual)
    state.press(String(repeating: "j ", count: rows - 1))
    edit([5, 4, 3, 2, 1, 0] + usual.dropFirst(6))
    #expect(state.tableTop <= (state.selectedRow ?? 0))
    edit(usual)
    state.press("g j j")
    edit([2, 1, 0] + usual.dropFirst(3))
    #expect(state.selectedID == "n2" && state.selectedIndex == 0 && state.tableTop == 0)
  }

  @Test("Replies to older questions change nothing")
  func lateReply() {
    var state = FaceFixture.state(80, 24, keys: keys("+ +"))
    state.receive(FaceFixture.face(budgetMillions: 60), generation: 1)
    #expect(state.isStale && state.face.scenario.budgetDollars == 50e6)
    state.receiveFailure("no", generation: 1)
    #expect(state.isStale && state.message == nil)
    state.receiveFailure("The catalogue is gone.", generation: 2)
    #expect(!state.isStale && state.message?.isError == true)
    #expect(state.scenario.budgetDollars == 50e6)
  }

  @Test("When the selected option has gone, the one in its place is selected")
  func selectionGone() {
    var state = FaceFixture.state(80, 24, keys: keys("j +"))
    var face = FaceFixture.face()
    face.ranked.remove(at: 1)
    state.receive(face, generation: 1)
    // The same offer at another place stands for it.
    #expect(state.selectedID == "g3")
    face.ranked.remove(at: 1)
    _ = state.handle(.character("+"))
    state.receive(face, generation: 2)
    #expect(state.selectedID == "o1")
    face.ranked = []
    face.ruledOut = []
    _ = state.handle(.character("+"))
    state.receive(face, generation: 3)
    #expect(state.selectedID == nil)
    _ = pressed(keys("j G Enter Tab Tab Tab j"), on: &state)
    #expect(Frame(of: state).grid.height == 24)
  }

  @Test("Ctrl-C takes back what is being worked out, and quits only at the second time")
  func interrupting() {
    var state = FaceFixture.state(80, 24, keys: keys("+"))
    #expect(state.handle(.control("c")) == [])
    #expect(!state.isStale && state.scenario.budgetDollars == 50e6)
    state.receive(FaceFixture.face(budgetMillions: 60), generation: 1)
    #expect(state.face.scenario.budgetDollars == 50e6)
    #expect(pressed(keys("j Ctrl-C"), on: &state) == [])
    #expect(state.handle(.control("c")) == [.quit])
    #expect(pressed(keys("+ Ctrl-C Ctrl-C"), on: &state).last == .quit)
  }

  @Test(
    "q quits from every page and size, Esc goes back a page",
    arguments: [
      (80, 24, ""), (80, 24, "Enter"), (80, 24, "?"), (80, 24, "w"), (10, 3, ""), (1, 1, ""),
    ])
  func quitting(width: Int, height: Int, names: String) {
    var state = FaceFixture.state(width, height, keys: keys(names))
    #expect(state.handle(.character("q")) == [.quit])
    _ = state.handle(.escape)
    #expect(state.page == .main)
  }

  @Test("On a screen too small to see anything, no key changes anything")
  func unseen() {
    var state = FaceFixture.state(59, 16)
    #expect(pressed(keys("j e 6 0 M Enter + v ?"), on: &state) == [])
    #expect(state.selectedID == "t1" && state.page == .main && state.scenario.budgetDollars == 50e6)
    #expect(pressed(keys("Ctrl-Z Ctrl-L"), on: &state) == [.suspend, .repaint])
  }

  @Test(
    "Every action's name and key is there once a page, and every key of the keymap does something")
  func registry() {
    for mode in [Mode.main, .reading] {
      let registry = Actions.registry(for: mode)
      #expect(registry.actions.allSatisfy { !$0.help.isEmpty && !$0.keys.isEmpty })
      let names = "j k Up Down g G Home End PgUp PgDn Enter q ? F1 Ctrl-L Ctrl-Z Ctrl-C"
      for key in keys(names) { #expect(registry.action(for: key) != nil, "\(key.name)") }
    }
  }
}

@Suite struct PasteTests {
  @Test("A paste goes into the line that is typed; its line ends submit nothing")
  func intoLine() {
    var state = FaceFixture.state(120, 40)
    state.press("e Ctrl-U")
    #expect(state.handle(.paste(" 20M\r\nq\u{1B}[A\n")) == [])
    #expect(state.prompt?.field.text == "20M  q [A")
    state.press(": ")
    state.press("Esc :")
    #expect(state.handle(.paste("undo\n")) == [])
    #expect(state.picker?.query?.text == "undo")
  }

  @Test("A paste anywhere else does nothing but say so")
  func elsewhere() {
    var state = FaceFixture.state(120, 40)
    let before = state.scenario
    #expect(state.handle(.paste("++Rqy\n")) == [])
    #expect(state.scenario == before && state.message?.text.contains("paste") == true)
    state.press("? ")
    #expect(state.handle(.paste("q")) == [] && state.page == .help)
    state.press("Esc")
    state.press("+ q")
    #expect(state.question != nil)
    #expect(state.handle(.paste("y")) == [] && state.question != nil)
  }
}
