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
    other.regions = ["us-east5"]
    other.providers = ["own", "gcp"]
    other.purchases = [.spot, .own]
    other.largestCluster = 1000
    other.containsUserData = true
    other.discountRate = 0.07
    other.confidence = 0.55
    other.policy.deniedRegions = ["us-west4"]
    other.policy.deniedProviders = ["aws"]
    other.policy.shareLimits = ["gcp": 0.5]
    other.policy.quotas = ["trn2": 1024]
    other.overheads.experiments = .times(1.5)
    other.overheads.stacksInUse = [.gpu, .tpu]
    other.overheads.portingPersonWeeks = 12
    other.overheads.preparedTokensPerInstanceHour = 5e9
    other.overheads.corpusBytesPerToken = 2
    other.overheads.checkpointsKept = 3
    other.overheads.egressGigabytes = 123_456
    other.overheads.supportFraction = 0.03
    other.overheads.cloudTaxFraction = 0.123
    other.renting.discounts = ["aws": 0.1, "gcp": 0.25]
    other.renting.promisedDollars = ["aws": 1e7]
    other.renting.idleValueFraction = 0.3
    other.renting.spotMeanHours = 24
    other.renting.spotGapHours = 2
    other.renting.queueWaitHours = 12
    other.renting.gapHours = 6
    other.owning.place = "us-texas"
    other.owning.dollarsPerKilowattHour = 0.07
    other.owning.residualFraction = 0.4
    other.owning.lifeYears = 4
    other.owning.expectedUtilisation = 0.85
    other.owning.chargesByUsage = true
    other.claims = ["apple-trn2-pretrain=1.3", "apple-afm-tpu"].compactMap {
      try? AppliedClaim(parsing: $0, catalog: FaceFixture.choices.catalog)
    }
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
    // And back: what has no value any more is taken away.
    for field in fields { try field.read(field.text(target), &copy) }
    #expect(copy == target)
  }

  @Test("Every field of a scenario has an input, and each looks its part")
  func complete() {
    let names = Set(fields.map(\.name))
    for field in ScenarioField.all where !ScenarioFields.ofModel.contains(field.key) {
      #expect(names.contains(String(field.key.map { $0 == "_" ? "-" : $0 })), "\(field.key)")
    }
    #expect(fields.count == ScenarioField.all.count + 2 - ScenarioFields.ofModel.count)
    #expect(fields.allSatisfy { !$0.label.contains("_") && $0.label.first?.isLowercase == false })
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
      ("confidence", "120%", "120%"), ("confidence", "-1", "-1"), ("discount-rate", "x", "x"),
      ("start", "2026-13-01", "2026"), ("deadline", "2020-01-01", "not after"),
      ("deadline", "soon", "soon"), ("deadline", "0d", "more than 0"),
      ("longest-run", "0d", "more than 0"), ("model", "lama-3.1-8b", "llama-3.1-8b"),
      ("model", "1", "1"), ("model", "-", "keyboard"), ("model", "x.json", "not there"),
      ("tokens", "-1", "outside"), ("sequence-length", "1.5", "1.5"),
      ("routes", "rent-tpus", "rent-tpu"), ("regions", "us-est5", "us-east5"),
      ("purchases", "spott", "spot"), ("largest-cluster", "1e12", "1000000"),
      ("contains-user-data", "perhaps", "perhaps"), ("own-place", "us-iowaa", "us-iowa"),
      ("charge", "never", "usage"), ("discount", "aws", "aws=0.1"), ("quota", "trn2=x", "x"),
      ("experiments", "no-recipe", "known-recipe"),
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
      ("budget", 1, "55M"), ("budget", -1, "45.5M"), ("sequence-length", 1, "16384"),
      ("sequence-length", -40, "1"), ("deadline", 10, "190d"), ("deadline", -400, "1d"),
      ("start", 1, "2026-11-24"), ("confidence", 1, "85%"), ("confidence", 50, "95%"),
      ("discount-rate", -20, "0%"), ("contains-user-data", 1, "yes"),
      ("largest-cluster", 100, "524288"), ("tokens", 1, "2.31T"),
      ("experiments", 1, "new-recipe"), ("experiments", -1, "none"), ("charge", 3, "usage"),
      ("own-place", 1, "us-iowa"), ("spot-gap-hours", 10, "10"), ("tariff", 1, "of the place"),
    ])
  func steps(name: String, steps: Int, expected: String) throws {
    var scenario = FaceFixture.scenario()
    let field = try field(name)
    let nudge = try #require(field.nudge)
    nudge(steps, &scenario)
    #expect(field.text(scenario) == expected)
  }

  @Test("Tokens that the money decides on stay so when they are stepped")
  func unsaidTokens() throws {
    var scenario = FaceFixture.scenario()
    scenario.tokens = nil
    let field = try field("tokens")
    let nudge = try #require(field.nudge)
    nudge(1, &scenario)
    #expect(field.text(scenario) == "auto")
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
    let state = state("@tokens e Ctrl-U 2 T Enter")
    #expect(state.scenario.tokens == 2e12 && state.isStale && state.isUnsaved)
    #expect(state.history.changes.map(\.label) == ["Tokens"])
    #expect(state.history.changes.map(\.old) == ["2.1T"])
    #expect(state.history.changes.map(\.new) == ["2T"])
  }

  @Test("What can't be read stays in the line with its error until it is mended")
  func error() {
    var state = state("@model e Ctrl-U g a Enter")
    #expect(state.prompt?.note?.isError == true && state.prompt?.field.text == "ga")
    Golden.check(Frame(of: state).grid.text, "inputs-error-160x48")
    _ = state.handle(.backspace)
    #expect(state.prompt?.note == nil)
    state.press("Ctrl-U 7 B Enter")
    #expect(state.scenario.model == .parameters(7e9) && state.prompt == nil)
  }

  @Test("Tab completes a name as far as it is sure, then lists what goes on so")
  func completion() {
    var state = state("@model e Ctrl-U l Tab")
    #expect(state.prompt?.field.text == "llama-3.1-")
    #expect(state.prompt?.note?.text == "llama-3.1-8b  llama-3.1-70b")
    state.press("7 Tab")
    #expect(state.prompt?.field.text == "llama-3.1-70b")
  }

  @Test("Several of a list are ticked; none is refused, all is the same as naming none")
  func ticking() {
    var state = state("@regions e")
    #expect(state.picker?.title == "Regions")
    #expect(state.picker?.ticked == ["us-east-1", "us-east5", "us-west4"])
    state.press("j Space")
    Golden.check(Frame(of: state).grid.text, "picker-160x48")
    _ = state.handle(.enter)
    #expect(state.scenario.regions == ["us-east-1", "us-west4"] && state.picker == nil)
    state.press("e a a Enter")
    #expect(state.picker != nil && state.message?.isError == true)
    state.press("a Enter")
    #expect(state.scenario.regions.isEmpty)
    state.press("e Space q")
    #expect(state.scenario.regions.isEmpty && state.picker == nil)
  }

  @Test("Undo goes back change by change, redo forth, and the star goes with the last")
  func undo() {
    var state = state("+ + @contains-user-data Enter")
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
    let state = state("+ @discount-rate - @contains-user-data Enter u H")
    #expect(state.page == .history)
    Golden.check(Frame(of: state).grid.text, "page-history")
  }

  @Test("r sets one input back, R asks and sets all back; both can be undone")
  func reset() {
    var state = state("+ @confidence + R")
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
    let state = state(
      "+ @tokens e Ctrl-U 2 T Enter @contains-user-data Enter @largest-cluster - @regions e a j Space Enter"
    )
    #expect(state.history.changes.count == 5)
    var scenario = state.history.origin
    for change in state.history.changes {
      let field = try #require(state.inputs.first { $0.label == change.label })
      try field.read(change.new, &scenario)
    }
    #expect(scenario == state.scenario)
  }
}
