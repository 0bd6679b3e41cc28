import Planning
import Quantities
import Screen
import Testing

@testable import Dashboard

/// Random keys, clicks and sizes, 100,000 in all: nothing may trap, and what must always hold holds
/// after each.
@Suite struct FuzzTests {
  /// A linear congruential generator (Knuth, MMIX) so that runs can be repeated.
  private struct Dice {
    var state: UInt64

    mutating func roll(_ bound: Int) -> Int {
      state = state &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return Int(state >> 33) % bound
    }
  }

  /// Every key of every mode, and some that are none.
  private static let keys: [Key] = {
    var keys: [Key] = []
    for mode in Mode.allCases {
      keys += Actions.registry(for: mode).actions.flatMap(\.keys)
    }
    let typed = "0123456789MkBT.%-/,x漢é\u{301} =y".map { Key.character($0) }
    let others: [Key] = [
      .backspace, .delete, .left, .right, .home, .end, .function(9), .resize, .insert, .escape,
      .enter, .control("u"), .control("w"), .control("k"), .control("s"), .tab,
    ]
    return keys + typed + others
  }()

  private static let count = 12_500

  @Test("No sequence of keys, clicks and sizes breaks it", arguments: 1...8)
  func fuzz(seed: Int) {
    var dice = Dice(state: UInt64(seed))
    var state = FaceFixture.state(80, 24)
    for _ in 0..<Self.count {
      let key: Key
      if dice.roll(12) == 0 {
        let action: [MouseEvent.Action] = [.press, .wheelUp, .wheelDown]
        let place = Point(
          column: dice.roll(state.size.width + 2) - 1, row: dice.roll(state.size.height + 2) - 1)
        key = .mouse(MouseEvent(action[dice.roll(3)], at: place))
      } else {
        key = Self.keys[dice.roll(Self.keys.count)]
      }
      answer(state.handle(key) + state.wants(), &state, &dice)
      if dice.roll(20) == 0 {
        state.resize(to: Size(width: dice.roll(200), height: dice.roll(60)))
      }
      check(state, key)
    }
  }

  /// Answers what the state asks for as the loop would, late, in another form, or not at all.
  private func answer(_ effects: [Effect], _ state: inout DashboardState, _ dice: inout Dice) {
    for effect in effects {
      switch effect {
      case .replan(let scenario, let generation):
        guard dice.roll(3) > 0 else { continue }
        if dice.roll(30) == 0 {
          state.receiveFailure("no", generation: generation)
          continue
        }
        var face = FaceFixture.face(budgetMillions: scenario.budgetDollars / 1e6)
        face.scenario = scenario
        if dice.roll(4) == 0 { face.ranked.removeLast(dice.roll(6)) }
        if dice.roll(4) == 0 { face.ruledOut = [] }
        state.receive(face, generation: generation - dice.roll(2), isDraft: dice.roll(3) == 0)
      case .hold(let path): state.receiveOther(FaceFixture.face(), path: path)
      case .sensitivity(let id, let generation):
        guard dice.roll(2) == 0 else { continue }
        state.receive(
          FaceFixture.sensitivity(id), of: id, generation: generation - dice.roll(2))
      case .write(let write):
        if !write.replaces, dice.roll(2) == 0 {
          state.receiveExisting(write)
        } else if dice.roll(3) == 0 {
          state.refuse("no room")
        } else if case .scenario(let scenario) = write.content {
          let text = try? state.fileText(of: scenario, path: write.path) { try read($0) }
          if let text { state.receiveWritten(write, text: text) }
          #expect(text != nil, "not saved: \(scenario)")
        } else {
          state.receiveWritten(write, text: "")
        }
      case .open(let path):
        guard dice.roll(2) == 0 else {
          state.refuse("\(path) is not there")
          continue
        }
        let opened = OpenedFile(
          path: path, text: "", scenario: FaceFixture.scenario(), settings: ScenarioSettings())
        _ = state.receiveOpened(opened)
      default: continue
      }
    }
  }

  private func read(_ text: String) throws -> Scenario {
    try FaceFixture.reading(text, budgetDollars: 50e6)
  }

  private func check(_ state: DashboardState, _ key: Key) {
    let frame = Frame(of: state)
    let options = state.list.options
    let holds =
      frame.grid.size == state.size
      && (state.selectedID == nil) == (state.selectedIndex == nil)
      && (options.isEmpty || state.selectedID != nil || state.face.ranked.isEmpty)
      && state.scenario == state.history.current && state.scenario.budgetDollars > 0
      && state.inputs.indices.contains(state.inputIndex) && state.tableTop >= 0
      && (LayoutStep(state.size) == .tooSmall || frame.cursor != nil)
    #expect(holds, "after \(key.name) at \(state.size), page \(state.page)")
  }
}
