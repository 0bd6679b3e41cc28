import Planning
import Screen
import Testing

@testable import Dashboard

/// Claims, drafts of plans, plans held against each other.
@Suite struct WhatIfTests {
  @Test(
    "A claim is ticked, stepped, shown by a badge at every width, kept by its factor and undone")
  func claims() throws {
    var state = FaceFixture.state(160, 48)
    #expect(!Frame(of: state).grid.text.contains("†"))
    state.press("C j")
    #expect(state.picker?.selected?.name == "apple-afm-tpu")
    let names = try #require(state.picker?.items.map(\.name))
    let place = try #require(names.firstIndex(of: "apple-trn2-pretrain"))
    state.press("g" + String(repeating: " j", count: place))
    let effects = state.press("Space Enter")
    guard case .replan(let scenario, generation: _)? = effects.first else {
      Issue.record("no plan was asked for")
      return
    }
    #expect(scenario.claims.map(\.text) == ["apple-trn2-pretrain=1.5"])
    #expect(Frame(of: state).grid.text.contains("† if apple-trn2-pretrain: output × 1.5"))
    state.press("@claims + +")
    #expect(state.scenario.claims.map(\.text) == ["apple-trn2-pretrain=1.6"])
    // The list opens with it ticked, and leaves its factor alone.
    state.press("C")
    #expect(state.picker?.ticked == ["apple-trn2-pretrain"])
    state.press("Enter")
    #expect(state.scenario.claims.map(\.text) == ["apple-trn2-pretrain=1.6"])
    for (width, height) in [(60, 16), (80, 24), (120, 40), (300, 80)] {
      state.resize(to: Size(width: width, height: height))
      #expect(Frame(of: state).grid.lines[0].contains("†"), "\(width)x\(height)")
    }
    state.press("u u u")
    #expect(state.scenario.claims.isEmpty && !Frame(of: state).grid.text.contains("†"))
  }

  @Test("Ranges are set together, and what is wrong with one is told")
  func ranges() throws {
    let field = try #require(
      ScenarioFields.all(FaceFixture.choices).first { $0.name == RangesInput.name })
    var scenario = FaceFixture.scenario()
    try field.read("experiments=1.2..2, throughput.h100-sxm=0.8..1..1.1@0.9", &scenario)
    #expect(scenario.spreads["experiments"]?.high == 2)
    #expect(scenario.spreads["throughput.h100-sxm"]?.confidence == 0.9)
    var copy = scenario
    try field.read(field.text(scenario), &copy)
    #expect(copy == scenario)
    for text in ["experiments", "experiments=2..1", "nothing=1..2", "experiments=1..2..3..4"] {
      #expect(throws: (any Error).self) { try field.read(text, &copy) }
    }
    try field.read("none", &copy)
    #expect(copy.spreads.isEmpty)
    var state = FaceFixture.state(120, 40)
    state.press("=")
    #expect(state.prompt?.label == "Ranges")
  }

  @Test("A claim typed wrong is refused with the nearest name")
  func badClaim() throws {
    let field = try #require(
      ScenarioFields.all(FaceFixture.choices).first { $0.name == ClaimsInput.name })
    var scenario = FaceFixture.scenario()
    #expect(throws: (any Error).self) { try field.read("aple-trn2-pretrain", &scenario) }
    #expect(throws: (any Error).self) {
      try field.read("apple-trn2-pretrain,apple-trn2-pretrain=2", &scenario)
    }
    #expect(scenario.claims.isEmpty)
  }

  @Test("A draft is shown at once, says that ranges follow, and is not exported")
  func draft() {
    var state = FaceFixture.state(160, 48)
    _ = state.handle(.character("+"))
    let generation = state.generation
    state.receive(FaceFixture.face(budgetMillions: 60), generation: generation, isDraft: true)
    #expect(!state.isStale && !state.isSettled && !state.moves.isEmpty)
    #expect(Frame(of: state).grid.text.contains("ranges to come"))
    state.press("x")
    #expect(state.picker == nil && state.message?.text.contains("still being worked out") == true)
    let moves = state.moves
    state.receive(FaceFixture.face(budgetMillions: 60), generation: generation)
    #expect(state.isSettled && state.moves == moves)
    state.press("x")
    #expect(state.picker != nil)
  }

  @Test(
    "A plan held against another asks for its file, and late or failed ones change nothing else")
  func difference() {
    var state = FaceFixture.state(120, 40)
    let effects = state.press("D a . t o m l Enter")
    #expect(effects == [.hold(path: "a.toml")])
    state.receiveHolding("a.toml")
    #expect(state.prompt == nil && state.page == .main)
    state.receiveOther(FaceFixture.face(budgetMillions: 60), path: "a.toml")
    #expect(state.page == .difference)
    let text = state.pageText
    #expect(text.contains("Budget") && text.contains("60M") && text.contains("B - A"))
    state.press("Esc")
    #expect(state.page == .main)
  }

  @Test("Costs are economic, cash or by usage, and only what is owned differs by usage")
  func usage() {
    var state = FaceFixture.state(120, 40)
    state.press("m m")
    #expect(state.costKind == .usage && Frame(of: state).grid.text.contains("by-usage cost"))
    let options = state.list.options
    for option in options {
      #expect(option.cost(.usage) == (option.route == .buyGPU ? option.usage : option.economic))
    }
    state.press("m")
    #expect(state.costKind == .economic)
  }
}
