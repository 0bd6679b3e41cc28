import Planning
import Quantities
import Reports
import Screen
import Testing

@testable import Dashboard

@Suite struct FileTests {
  private func state(_ names: String = "") -> DashboardState {
    var state = FaceFixture.state(120, 40)
    state.press(names)
    return state
  }

  private func writes(_ effects: [Effect]) -> [FileWrite] {
    effects.compactMap { if case .write(let write) = $0 { write } else { nil } }
  }

  private func read(_ text: String) throws -> Scenario {
    try FaceFixture.reading(text, budgetDollars: 1)
  }

  // MARK: Export

  @Test("A form is picked, a file named, and the file asked for; one that is there is asked about")
  func export() throws {
    var state = state("x")
    #expect(state.picker?.items.map(\.name) == PlanFormat.allCases.map(\.rawValue))
    #expect(writes(state.press("j j Enter")).isEmpty)
    #expect(state.prompt?.field.text == "plan.csv")
    Golden.check(Frame(of: state).grid.text, "export-120x40")
    let wanted = try #require(writes(state.press("Enter")).first)
    #expect(wanted == FileWrite(.report(.csv), path: "plan.csv"))
    state.receiveExisting(wanted)
    #expect(state.question?.text == "plan.csv is there already. Replace it?")
    let again = try #require(writes(state.press("y")).first)
    #expect(again.replaces)
    state.receiveWritten(again, text: "")
    #expect(state.message?.text == "The plan as csv is in plan.csv.")
    state.receiveExisting(wanted)
    #expect(state.press("n").isEmpty && state.question == nil)
  }

  @Test("Nothing is exported while the plan is for other inputs than those on the screen")
  func exportStale() {
    var state = state("+ x")
    #expect(state.picker == nil && state.message?.text.contains("worked out") == true)
    state.press("u")
    state.receive(FaceFixture.face(), generation: 2)
    state.press("x")
    #expect(state.picker != nil)
  }

  // MARK: Saving and opening

  @Test("The star goes when the inputs are saved, and comes back with the next change")
  func saving() throws {
    var state = state("+")
    #expect(state.isUnsaved)
    let write = try #require(writes(state.press("Ctrl-S Enter")).first)
    #expect(write.path == "scenario.toml" && !write.replaces)
    state.receiveWritten(write, text: try ScenarioText.checked(state.scenario) { try read($0) })
    #expect(!state.isUnsaved)
    #expect(Frame(of: state).grid.lines[0].hasPrefix(" plan  scenario.toml "))
    #expect(state.press("+").last == .keepDraft(state.scenario))
    #expect(Frame(of: state).grid.lines[0].hasPrefix(" plan  scenario.toml* "))
    // A file of its own is replaced without asking.
    let second = try #require(writes(state.press("Ctrl-S")).first)
    #expect(second.path == "scenario.toml" && second.replaces)
    #expect(state.press("u").last == .keepDraft(nil))
  }

  @Test("A file that another program changed is asked about, and keeps what that put there")
  func changedMeanwhile() throws {
    var state = state("+ Ctrl-S Enter")
    let text = try ScenarioText.checked(state.scenario) { try read($0) }
    state.receiveWritten(FileWrite(.scenario(state.scenario), path: "a.toml"), text: text)
    state.press("+")
    let write = try #require(writes(state.press("Ctrl-S")).first)
    #expect(!state.isChanged("a.toml", text) && state.isChanged("a.toml", text + "# theirs\n"))
    state.receiveChanged(write, text: text + "# theirs\n")
    #expect(state.question?.text.contains("changed by another program") == true)
    let again = try #require(writes(state.press("y")).first)
    let saved = try state.fileText(of: state.scenario, path: "a.toml") { try read($0) }
    #expect(again.overwrites && saved.hasSuffix("# theirs\n"))
    // The day is the reader's, no part of the file.
    var found = try read(saved)
    found.today = state.scenario.today
    #expect(found == state.scenario)
  }

  @Test("A file that can't be read or written says so where its name was typed")
  func refusal() {
    var state = state("o x Enter")
    #expect(state.prompt != nil)
    state.refuse("x: no such file")
    #expect(state.prompt?.note == Message("x: no such file", isError: true))
    state.press("Esc")
    state.refuse("disk full")
    #expect(state.message == Message("disk full", isError: true))
  }

  @Test("A file that was opened is the scenario now, saved, and undo goes back")
  func opening() {
    var state = state("o a . t o m l Enter")
    var scenario = FaceFixture.scenario()
    scenario.tokens = 2e12
    let effects = state.receiveOpened(
      OpenedFile(path: "a.toml", text: "", scenario: scenario, settings: ScenarioSettings()))
    #expect(state.scenario == scenario && !state.isUnsaved && state.prompt == nil)
    #expect(effects.contains(.replan(scenario, generation: 1)))
    state.press("u")
    #expect(state.scenario == FaceFixture.scenario() && state.isUnsaved)
  }

  // MARK: Leaving

  @Test("q leaves at once when all is saved, and else asks")
  func quitting() {
    var clean = state()
    #expect(clean.press("q") == [.quit])
    var changed = state("+")
    changed.receive(FaceFixture.face(budgetMillions: 55), generation: 1)
    #expect(changed.press("q") == [])
    #expect(changed.question != nil)
    #expect(changed.press("n") == [])
    #expect(changed.press("q y") == [.quit])
    #expect(changed.press("q Ctrl-S") == [] && changed.prompt?.label == "Save as")
    changed.press("Esc")
    #expect(changed.press("Ctrl-C Ctrl-C").last == .leave)
    changed.resize(to: Size(width: 10, height: 5))
    #expect(changed.press("q") == [.leave])
  }

  // MARK: Drafts

  private func state(draft scenario: Scenario) -> DashboardState {
    var setup = DashboardSetup(
      scenario: FaceFixture.scenario(), choices: FaceFixture.choices,
      appearance: .fitting(hasColor: true, hasUnicode: true), size: Size(width: 120, height: 40),
      today: CalendarDate(daysSinceEpoch: 20_790))
    setup.draft = Draft(path: "/drafts/1-2.toml", scenario: scenario)
    return DashboardState(setup, face: FaceFixture.face())
  }

  @Test("A draft that was left behind is offered, taken up with o, let go with Esc")
  func drafts() {
    var scenario = FaceFixture.scenario(budgetMillions: 60)
    scenario.tokens = 2e12
    var taking = state(draft: scenario)
    #expect(
      Frame(of: taking).grid.lines[38]
        == " A draft was found: Budget 60M, Tokens 2T. o takes it up, Esc lets it go.")
    // Moving about does not answer it.
    taking.press("j k")
    #expect(taking.offer != nil)
    let effects = taking.press("o")
    #expect(taking.scenario == scenario && taking.isUnsaved && taking.offer == nil)
    #expect(effects.contains(.dropDraft("/drafts/1-2.toml")))
    #expect(effects.contains(.keepDraft(scenario)))
    taking.press("u")
    #expect(taking.scenario == FaceFixture.scenario())
    var refusing = state(draft: scenario)
    #expect(refusing.press("Esc") == [.dropDraft("/drafts/1-2.toml")])
    #expect(refusing.scenario == FaceFixture.scenario())
    #expect(state(draft: FaceFixture.scenario()).offer == nil)

    // What was typed anew is no longer on offer.
    var retyping = state(draft: FaceFixture.scenario(budgetMillions: 55))
    retyping.press("-")
    #expect(retyping.offer != nil)
    retyping.press("u +")
    #expect(retyping.offer == nil)
  }
}

@Suite struct ScenarioTextTests {
  private func read(_ text: String) throws -> Scenario {
    try FaceFixture.reading(text, budgetDollars: 1)
  }

  private var scenario: Scenario {
    var scenario = FaceFixture.scenario(budgetMillions: 12.3456789)
    scenario.tokens = 1.5e12
    scenario.regions = ["us-east5", "us-west4"]
    scenario.renting.discounts = ["aws": 0.1]
    scenario.containsUserData = true
    scenario.owning.place = "us-texas"
    return scenario
  }

  @Test("A scenario written to a file and read again is the same")
  func whole() throws {
    for scenario in [scenario, FaceFixture.scenario()] {
      var found = try read(ScenarioText.whole(scenario))
      // A file doesn't hold the day it is.
      found.today = scenario.today
      #expect(found == scenario)
    }
  }

  @Test("Claims and ranges are written, and changed in a file line by line")
  func extras() throws {
    let text = """
      budget = "50M"

      [claims]
      # as announced
      "apple-trn2-pretrain" = 1.5

      [uncertain]
      "throughput.h100-sxm" = { low = 0.7, high = 1.1, confidence = 0.9 }

      """
    let before = try read(text)
    #expect(before.claims.count == 1 && before.spreads.count == 1)
    #expect(try read(ScenarioText.whole(before)).claims == before.claims)
    #expect(try read(ScenarioText.whole(before)).spreads.keys == before.spreads.keys)
    var after = before
    after.claims = [
      try AppliedClaim(
        parsing: "aws-trn2-p5e-pp=1.3", catalog: FaceFixture.choices.catalog)
    ]
    after.spreads = [:]
    let updated = try ScenarioText.updated(text, to: after) { try read($0) }
    #expect(try read(updated) == after)
    #expect(
      updated == """
        budget = "50M"

        [claims]
        aws-trn2-p5e-pp = 1.3
        # as announced

        [uncertain]

        """)
    #expect(try ScenarioText.updated(text, to: before) { try read($0) } == text)
  }

  @Test("Only what changed is changed in a file; remarks and order stay")
  func updated() throws {
    let text = """
      # Our big run
      budget = "50M"  # the board's limit

      [job]
      params = 31.2e9
      tokens = "2T"   # deduplicated, see “#data”

      [goal]
      deadline = "90d"
      """
    let before = try read(text)
    var after = before
    after.budgetDollars = 60e6
    after.tokens = nil
    after.deadline = TimeSpan(days: 120)
    after.sequenceLength = 4096
    after.renting.gapHours = 5
    let updated = try ScenarioText.updated(text, to: after) { try read($0) }
    #expect(try read(updated) == after)
    #expect(
      updated == """
        # Our big run
        budget = "60M"  # the board's limit

        [job]
        params = 31.2e9
        sequence_length = "4096"

        [goal]
        deadline = "120d"

        [renting]
        gap_hours = "5"

        """)
    #expect(try ScenarioText.updated(text, to: before) { try read($0) } == text)
  }
}
