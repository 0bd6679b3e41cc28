import Catalog
import Planning
import Quantities
import Screen
import Testing

@testable import Dashboard

@Suite struct InputFieldTests {
  private let fields = ScenarioFields.all(FaceFixture.choices)

  private func field(_ name: String) throws -> InputField {
    try #require(fields.first { $0.name == name })
  }

  /// Scenarios that differ from the standard one in every input.
  private var scenarios: [Scenario] {
    var other = FaceFixture.scenario(budgetMillions: 12.345678)
    other.tokens = 1.5e12
    other.sequenceLength = 4096
    other.globalBatchTokens = 4_194_304
    other.deadline = TimeSpan(hours: 36)
    other.longestRun = TimeSpan(days: 30)
    other.routes = [.buyGPU, .rentTPU]
    other.regions = ["east"]
    other.providers = ["own", "gcp"]
    other.purchases = [.spot, .own]
    other.largestCluster = 1000
    other.containsUserData = true
    other.discountRate = 0.07
    other.confidence = 0.55
    return [FaceFixture.scenario(), other]
  }

  @Test("What a field says, read back, leaves the scenario as it was")
  func roundTrip() throws {
    for scenario in scenarios {
      for field in fields {
        var copy = scenario
        try field.read(field.text(scenario), &copy)
        #expect(copy == scenario, "\(field.name)")
      }
    }
  }

  @Test("Texts of all fields, read into another scenario, make it the same")
  func transfer() throws {
    let (target, source) = (scenarios[0], scenarios[1])
    var copy = target
    for field in fields { try field.read(field.text(source), &copy) }
    #expect(copy == source)
  }

  @Test("Names are those of the command line, each once, with help and a hint")
  func names() {
    let names = fields.map(\.name)
    #expect(Set(names).count == names.count)
    #expect(names.allSatisfy { $0.allSatisfy { $0.isLowercase || $0 == "-" } })
    #expect(fields.allSatisfy { !$0.help.isEmpty && !$0.hint.isEmpty })
  }

  @Test(
    "What can't be meant is refused with a sentence that names it",
    arguments: [
      ("budget", "banana", "banana"), ("budget", "-5", "more than 0"), ("budget", "", "missing"),
      ("confidence", "120%", "120%"), ("confidence", "-1", "-1%"), ("discount-rate", "x", "x"),
      ("start", "2026-13-01", "2026"),
      ("deadline", "2020-01-01", "not after"), ("deadline", "soon", "soon"),
      ("deadline", "0d", "later"), ("longest-run", "0d", "no time"), ("model", "gama", "gama"),
      ("tokens", "-1", "more than 0"), ("sequence-length", "1.5", "1.5"),
      ("routes", "rent-tpus", "rent-tpu"), ("regions", "est", "east"),
      ("purchases", "spott", "spot"), ("largest-cluster", "1e12", "1048576"),
      ("contains-user-data", "perhaps", "perhaps"), ("speed-premium", "x%", "x"),
    ])
  func refusals(name: String, text: String, word: String) throws {
    var scenario = FaceFixture.scenario()
    let field = try field(name)
    do {
      try field.read(text, &scenario)
      Issue.record("\(text) was taken")
    } catch {
      #expect("\(error)".contains(word), "\(error)")
    }
    #expect(scenario == FaceFixture.scenario())
  }

  @Test(
    "Steps go by a tenth, by doubling, by days or by points of percent, and stop at the limits",
    arguments: [
      ("budget", 1, "55M"), ("budget", -1, "45.5M"), ("budget", -400, "1"),
      ("sequence-length", 1, "16384"), ("sequence-length", -40, "1"), ("deadline", 10, "190d"),
      ("deadline", -400, "1d"), ("start", 1, "2026-11-24"), ("confidence", 1, "85%"),
      ("confidence", 50, "99%"), ("discount-rate", -20, "0%"), ("contains-user-data", 1, "yes"),
      ("largest-cluster", 100, "1048576"), ("tokens", 1, "auto"),
    ])
  func steps(name: String, steps: Int, expected: String) throws {
    var scenario = FaceFixture.scenario()
    let field = try field(name)
    let nudge = try #require(field.nudge)
    nudge(steps, &scenario)
    #expect(field.text(scenario) == expected)
  }

  @Test(
    "Numbers are as short as they can be and still exact",
    arguments: [
      (50e6, "50M"), (12_345_678, "12345678"), (1.5e12, "1.5T"), (8192, "8192"), (70.6e9, "70.6B"),
      (1000, "1k"), (0.25, "0.25"),
    ])
  func compact(value: Double, text: String) throws {
    #expect(CompactNumber.text(value) == text)
    #expect(try Magnitude.parse(text) == value)
  }
}

@Suite struct ChangingTests {
  private func state(_ names: String) -> DashboardState {
    var state = FaceFixture.state(160, 48)
    state.press(names)
    return state
  }

  @Test("Any input is edited where it stands, and the change is logged")
  func edit() {
    // Down to the tokens, in the inputs pane.
    let state = state("7 j j j j e Ctrl-U 2 T Enter")
    #expect(state.scenario.tokens == 2e12 && state.isStale && state.isUnsaved)
    #expect(state.history.changes.map(\.label) == ["Tokens"])
    #expect(state.history.changes.map(\.old) == ["auto"])
    #expect(state.history.changes.map(\.new) == ["2T"])
  }

  @Test("What can't be read stays in the line with its error until it is mended")
  func error() {
    var state = state("7 j j j e Ctrl-U g a Enter")
    #expect(state.prompt?.note?.isError == true && state.prompt?.field.text == "ga")
    Golden.check(Frame(of: state).grid.text, "inputs-error-160x48")
    _ = state.handle(.backspace)
    #expect(state.prompt?.note == nil)
    state.press("Ctrl-U 7 B Enter")
    #expect(state.scenario.model == .parameters(7e9) && state.prompt == nil)
  }

  @Test("Tab completes a name as far as it is sure, then lists what goes on so")
  func completion() {
    var state = state("7 j j j e Ctrl-U a Tab")
    #expect(state.prompt?.field.text == "alpha-7")
    #expect(state.prompt?.note?.text == "alpha-7b  alpha-70b")
    state.press("0 Tab")
    #expect(state.prompt?.field.text == "alpha-70b")
  }

  @Test("Several of a list are ticked; none is refused, all is the same as naming none")
  func ticking() {
    var state = state("7 G k k k k k e")
    #expect(state.picker?.title == "Regions")
    #expect(state.picker?.ticked == ["east", "north", "west"])
    state.press("j Space")
    Golden.check(Frame(of: state).grid.text, "picker-160x48")
    _ = state.handle(.enter)
    #expect(state.scenario.regions == ["east", "west"] && state.picker == nil)
    state.press("e a a Enter")
    #expect(state.picker != nil && state.message?.isError == true)
    state.press("a Enter")
    #expect(state.scenario.regions.isEmpty)
    state.press("e Space q")
    #expect(state.scenario.regions.isEmpty && state.picker == nil)
  }

  @Test("Undo goes back change by change, redo forth, and the star goes with the last")
  func undo() {
    var state = state("+ + 7 G Enter")
    #expect(state.scenario.containsUserData && state.scenario.budgetDollars == 60.5e6)
    #expect(Frame(of: state).grid.lines[0].hasPrefix(" plan* (2 changed, u undoes)"))
    state.press("u u")
    #expect(!state.scenario.containsUserData && state.scenario.budgetDollars == 55e6)
    #expect(state.message?.text.contains("55M again") == true)
    _ = state.handle(.control("r"))
    #expect(state.scenario.budgetDollars == 60.5e6)
    state.press("u u u")
    #expect(!state.isUnsaved && state.message?.text.contains("nothing to undo") == true)
    state.press("Ctrl-R Ctrl-R Ctrl-R Ctrl-R")
    #expect(state.scenario.containsUserData)
  }

  @Test("The history shows every change with what it was, and what is undone")
  func history() {
    let state = state("+ 7 j j - G Enter u H")
    #expect(state.page == .history)
    Golden.check(Frame(of: state).grid.text, "page-history")
  }

  @Test("r sets one input back, R asks and sets all back; both can be undone")
  func reset() {
    var state = state("+ 7 j + R")
    #expect(state.question != nil)
    _ = state.handle(.character("n"))
    #expect(state.scenario.budgetDollars == 55e6 && state.question == nil)
    _ = state.handle(.character("r"))
    #expect(state.scenario.confidence == 0.8 && state.scenario.budgetDollars == 55e6)
    state.press("R y")
    #expect(state.scenario == FaceFixture.scenario() && !state.isUnsaved)
    state.press("u u")
    #expect(state.scenario.confidence == 0.85 && state.scenario.budgetDollars == 55e6)
  }

  @Test("The log replays: its new values, read one after the other, give the scenario")
  func replay() throws {
    let state = state("+ 7 j j j j e Ctrl-U 2 T Enter G Enter k - k k k k k e a j Space Enter")
    #expect(state.history.changes.count == 5)
    var scenario = state.history.origin
    for change in state.history.changes {
      let field = try #require(state.inputs.first { $0.label == change.label })
      try field.read(change.new, &scenario)
    }
    #expect(scenario == state.scenario)
  }
}
