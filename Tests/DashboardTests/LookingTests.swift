import Planning
import Quantities
import Screen
import Testing

@testable import Dashboard

@Suite struct LookingTests {
  private func state(_ names: String, width: Int = 160, height: Int = 48) -> DashboardState {
    var state = FaceFixture.state(width, height)
    state.press(names)
    return state
  }

  @Test(
    "Options can be put in any order; what is ruled out stays below",
    arguments: [
      ("", "t1 g1 o1 r1 g2 t2"), ("s", "t1 g1 o1 r1 g2 t2"), ("s S", "r1 o1 g3 t1 g2 t2"),
      ("s s", "r1 t1 g1 o1 g2 t2"), ("s s S", "o1 g1 t1 r1 g2 t2"), ("S", "r1 o1 g3 t1 g2 t2"),
      ("s s s s s s", "t1 g1 o1 r1 g2 t2"), ("s s s s s s S", "r1 t1 g1 o1 g2 t2"),
      ("s s s s s s s s", "o1 r1 t1 g3 g2 t2"), ("s s Esc", "t1 g1 o1 r1 g2 t2"),
      ("s s s s s s s s s", "t1 g1 o1 r1 g2 t2"),
    ])
  func sorting(names: String, expected: String) {
    #expect(state(names).list.options.map(\.id).joined(separator: " ") == expected)
  }

  @Test(
    "A filter takes words in any order and case, and words that must not be there",
    arguments: [
      ("v5p", "g1"), ("TPU V5P", "g1"), ("server !h100", ""), ("!server !commit", "t1 r1 g2 t2"),
      ("deadline", "t2"), ("!", "t1 g1 o1 r1 g2 t2"), ("far", "g3"),
    ])
  func filtering(text: String, expected: String) {
    var state = state("/")
    for character in text { _ = state.handle(.character(character)) }
    #expect(state.list.options.map(\.id).joined(separator: " ") == expected)
    state.press("Enter")
    #expect(state.prompt == nil && state.view.filter.text == text)
    // The cursor stands on what can be seen.
    #expect(state.selectedID == state.list.options.first?.id || expected.contains("t1"))
    state.press("Esc")
    #expect(state.list.options.count == 6 || text == "!")
  }

  @Test("n and N go round among what was found, Esc while typing shows all again")
  func matches() {
    var state = state("/ o n Enter n")
    #expect(state.list.options.map(\.id) == ["t1", "r1"] || !state.list.options.isEmpty)
    let count = state.list.options.count
    let first = state.selectedID
    for _ in 0..<count { state.press("n") }
    #expect(state.selectedID == first)
    state.press("N n")
    #expect(state.selectedID == first)
    state.press("/ x x Esc n")
    #expect(state.view.filter.isEmpty && state.message?.text.contains("nothing is looked") == true)
  }

  @Test("The cost is shown per what was chosen, and only where that is known")
  func units() throws {
    let option = try #require(FaceFixture.face().ranked.first)
    var view = ViewSettings()
    view.costKind = .cash
    let expected: [(CostUnit, Double)] = [
      (.total, 41.2e6), (.compute, 41.2e6 / 240), (.tokens, 41.2e6 / 1200), (.day, 41.2e6 / 61),
    ]
    for (unit, dollars) in expected {
      view.unit = unit
      #expect(option.cost(view)?.p50.dollars == dollars)
    }
    var unknown = option
    unknown.flops = nil
    view.unit = .compute
    #expect(unknown.cost(view) == nil)
  }

  @Test("Pinned options are compared with the one under the cursor, two pinned with each other")
  func pins() {
    #expect(state("").compared.map { [$0.0.id, $0.1.id] } == ["t1", "g1"])
    #expect(state("j j").compared.map { [$0.0.id, $0.1.id] } == ["t1", "o1"])
    #expect(state("j Space j").compared.map { [$0.0.id, $0.1.id] } == ["g1", "o1"])
    #expect(state("j Space j Space k k").compared.map { [$0.0.id, $0.1.id] } == ["g1", "o1"])
    #expect(state("j Space Space j").compared.map { [$0.0.id, $0.1.id] } == ["t1", "o1"])
    #expect(state("j Space j b j").compared.map { [$0.0.id, $0.1.id] } == ["o1", "r1"])
  }

  @Test("A pin stays with its offer when the plan gives it another number of chips")
  func pinSurvives() throws {
    var state = state("Space j +")
    var face = FaceFixture.face(budgetMillions: 55)
    let old = face.ranked[0]
    var new = PlanFace.Option(id: "t1/4096", route: old.route, name: old.name, place: old.place)
    new.rank = 1
    face.ranked[0] = new
    state.receive(face, generation: 1)
    #expect(state.compared?.0.id == "t1/4096")
    #expect(Frame(of: state).grid.text.contains("  1  T•"))
  }

  @Test("The gaps of all lines add up to the gap of the total, to the cent")
  func gaps() throws {
    let face = FaceFixture.face()
    var other = face.ranked[2]
    // Amounts whose parts in cents don't fall evenly, and an item that the other has not.
    other.breakdown = [
      .init("accelerator rent", Money(dollars: 12_345_678.915)),
      .init("Minimum-term rounding", Money(dollars: 0.335)), .init("resale", Money(dollars: -77.7)),
    ]
    let comparison = try #require(CostComparison(face.ranked[0], other))
    #expect(comparison.items.map(\.gap).reduce(0, +) == comparison.cash.gap)
    #expect(comparison.items.count == 6)
    let left = try #require(comparison.left)
    #expect(comparison.cash.gap + left.gap == comparison.economic?.gap)
    #expect(CostComparison(face.ranked[0], face.ruledOut[0]) == nil)
  }

  @Test("z gives a pane all the room and takes it back, as does Esc")
  func zoom() {
    var state = state("8 z")
    #expect(Layout(state).panes.keys.map { $0 } == [.months])
    state.press("Esc")
    #expect(Layout(state).panes.count > 3)
    state.press("z Tab z")
    #expect(!state.isZoomed)
  }

  @Test(
    "Every pane can be reached at every size in every arrangement, and the one in focus is seen")
  func reachable() {
    for (width, height) in [(60, 16), (80, 24), (120, 24), (120, 40), (160, 30), (300, 80)] {
      for steps in 0..<4 {
        var state = FaceFixture.state(width, height)
        for _ in 0..<steps { state.press("]") }
        for pane in Pane.allCases {
          state.press("\(pane.digit)")
          #expect(Layout(state).panes[pane] != nil, "\(pane) at \(width)x\(height)")
          let places = Layout(state).panes.values.filter { !$0.isEmpty }
          for (index, place) in places.enumerated() {
            for other in places.dropFirst(index + 1) {
              #expect(place.intersection(other).isEmpty)
            }
          }
        }
      }
    }
  }

  @Test("A search goes to the line, marks it, and goes round")
  func search() {
    var state = state("?", width: 80, height: 24)
    state.press("/ u n d o Enter")
    #expect(state.documentTop > 0)
    let first = state.searchLine
    state.press("n")
    #expect(state.searchLine > first)
    state.press("N")
    #expect(state.searchLine == first)
    #expect(Frame(of: state).grid.styleMap.contains("reverse"))
    state.press("/ Ctrl-U q q q Enter")
    #expect(state.message?.text.contains("not in this text") == true)
  }

  @Test("y copies the option as a sentence, or a page as it is read")
  func copying() throws {
    var state = state("j")
    guard case .copy(let text)? = state.press("y").first else {
      Issue.record("nothing was copied")
      return
    }
    #expect(
      text
        == "#2 Rent Google TPU: v5p 1-year commitment, near: $39.5M economic cost "
        + "($31.6M to $51.4M), 75 days on 2,048 chips, MFU 38%, loss 1.998, 80% chance to fit, "
        + "evidence C")
    guard case .copy(let page)? = state.press("Enter y").last else {
      Issue.record("no page was copied")
      return
    }
    #expect(page.contains("tensor 8, pipeline 4"))
  }
}

@Suite struct ArrangementTests {
  private let room = Rect(column: 0, row: 0, width: 30, height: 10)

  @Test("Fixed parts get what they ask for, shares the rest by weight, a slot whoever asks")
  func dividing() {
    let arrangement = Arrangement<String>.columns([
      .init(.fixed(10), .pane("a")),
      .init(.share(1), .rows([.init(.share(1), .pane("b")), .init(.share(2), .slot("c"))])),
    ])
    #expect(
      arrangement.places(in: room, wanted: nil) == [
        "a": Rect(column: 0, row: 0, width: 10, height: 10),
        "b": Rect(column: 10, row: 0, width: 20, height: 3),
        "c": Rect(column: 10, row: 3, width: 20, height: 7),
      ])
    #expect(arrangement.places(in: room, wanted: "d")["d"]?.height == 7)
    #expect(arrangement.places(in: room, wanted: "a")["c"]?.height == 7)
  }

  @Test("There is no more than there is", arguments: [0, 1, 5])
  func tooSmall(width: Int) {
    let arrangement = Arrangement<String>.columns([
      .init(.fixed(4), .pane("a")), .init(.share(1), .pane("b")), .init(.fixed(4), .pane("c")),
    ])
    let small = Rect(column: 0, row: 0, width: width, height: 1)
    let places = arrangement.places(in: small, wanted: nil)
    #expect(places.values.map(\.width).reduce(0, +) == width)
  }
}
