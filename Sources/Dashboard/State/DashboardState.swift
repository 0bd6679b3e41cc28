import Planning
import Quantities
import Screen

/// What a dashboard opens with.
public struct DashboardSetup: Sendable {
  public var scenario: Scenario
  public var choices: InputChoices
  public var appearance: Appearance
  public var size: Size
  /// The day that the age of figures is counted to.
  public var today: CalendarDate
  public var settings = Settings()
  /// The file the scenario was read from.
  public var file: OpenedFile?
  /// What an earlier dashboard left behind, if it differs.
  public var draft: Draft?
  /// The themes to choose from.
  public var themes: [NamedTheme] = []

  public init(
    scenario: Scenario, choices: InputChoices, appearance: Appearance, size: Size,
    today: CalendarDate
  ) {
    self.scenario = scenario
    self.choices = choices
    self.appearance = appearance
    self.size = size
    self.today = today
  }
}

/// Everything the dashboard knows. Changed only by keys, sizes and plans; drawn by `Frame(of:)`.
public struct DashboardState: Sendable {
  public internal(set) var face: PlanFace {
    didSet { list = OptionList(face, view) }
  }
  public internal(set) var appearance: Appearance
  public internal(set) var size: Size
  public internal(set) var page: Page = .main
  public internal(set) var focus: Pane = .options
  /// The option under the cursor; it stays selected when its rank changes.
  public internal(set) var selectedID: String?
  public internal(set) var message: Message?
  let today: CalendarDate
  let keymap: Keymap
  let themes: [NamedTheme]
  var themeName: String
  /// What was wrong with the user's settings.
  let faults: [String]
  /// Whether nothing was pressed yet, so that a line says what can be.
  var isWelcoming = true
  /// Every input, and how each was changed.
  let inputs: [InputField]
  public internal(set) var history: History {
    didSet { changed = changedInputs }
  }
  /// The inputs that differ from what they were at the start, by index.
  private(set) var changed: Set<Int> = []
  /// The scenario as it was opened or last saved.
  public internal(set) var saved: Scenario

  /// The file the scenario is in, if it is in one.
  var file: OpenedFile?
  /// A draft that was found and neither taken up nor let go.
  var offer: Draft?

  /// What is being typed, if anything.
  var prompt: Prompt?
  /// What is to be answered before anything else, if anything.
  var question: Question?
  /// A list that lies over the page, if any.
  var picker: Picker?
  var view = ViewSettings() {
    didSet { list = OptionList(face, view) }
  }
  /// The options that have a row.
  var list: OptionList
  /// Options pinned for comparison, and the one costs are shown against.
  var pins: [Pin] = []
  var baseline: Pin?
  /// Which arrangement of panes, and whether the one in focus has all the room.
  var preset: Preset = .answer
  var isZoomed = false
  /// Whether the chart joins the options on the frontier.
  var showsFrontier = true
  /// The plan of another file that this one is held against, if any.
  var other: OtherPlan?
  /// What is looked for in a page of text.
  var search = ""
  var searchLine = 0
  /// The pane that shares its place with others where there is no room for all.
  var slot: Pane?
  /// First row in view of the table, and of the page or pane that is read.
  var tableTop = 0
  var documentTop = 0
  /// The input under the cursor, and the first row of inputs in view.
  var inputIndex = 0
  var inputTop = 0
  /// Counts what was asked for, so that late replies to older questions are let go.
  var generation = 0
  var shownGeneration = 0
  /// Whether what is shown is a draft: its ranges and chances will be closer in a moment.
  var isDraft = false
  /// What moves the options that were looked at, of the plan that is shown; nil inside where nothing
  /// is known.
  var sensitivities: [String: PlanFace.Sensitivity?] = [:]
  /// The option that this is being worked out for.
  var senseAsked: String?
  /// Whether any plan has come yet.
  var hasPlan = true
  /// How many rows each option moved up when the plan was last worked out anew, by kin.
  var moves: [String: Int] = [:]
  /// What the answer came to before the last edit; nil before the first.
  var gistBefore: Gist?
  /// Whether the last key was Ctrl-C, so that one more quits.
  var interruptedBefore = false

  /// A dashboard that shows a plan.
  public init(_ setup: DashboardSetup, face: PlanFace) {
    self.face = face
    self.appearance = setup.appearance
    self.size = setup.size
    self.today = setup.today
    self.keymap = Keymap(setup.settings.keys)
    self.themes = setup.themes
    self.themeName = setup.themes.first { $0.theme == setup.appearance.theme }?.name ?? ""
    self.faults = setup.settings.faults
    self.inputs = ScenarioFields.all(setup.choices)
    self.history = History(origin: setup.scenario)
    self.file = setup.file
    self.saved = setup.file?.scenario ?? setup.scenario
    self.offer = setup.draft.flatMap { $0.scenario == setup.scenario ? nil : $0 }
    self.list = OptionList(face, view)
    self.selectedID = list.options.first?.id
  }

  /// A dashboard that has no plan yet; `begin` asks for the first one.
  public init(_ setup: DashboardSetup) {
    let nothing = PlanFace(scenario: setup.scenario, answer: "Working out the first plan …")
    self.init(setup, face: nothing)
    self.hasPlan = false
  }

  private var changedInputs: Set<Int> {
    guard history.current != history.origin else { return [] }
    return Set(
      inputs.indices.filter {
        inputs[$0].text(history.current) != inputs[$0].text(history.origin)
      })
  }

  /// What is asked now; the plan on the screen may still be the one before.
  public var scenario: Scenario { history.current }

  /// Whether what is on the screen is for another scenario than the one asked for.
  public var isStale: Bool { shownGeneration != generation }

  /// Whether the plan that was asked for is there in full.
  var isSettled: Bool { hasPlan && !isStale && !isDraft }

  /// Whether anything was changed that is not saved.
  public var isUnsaved: Bool { scenario != saved }

  public var costKind: CostKind { view.costKind }

  /// The option under the cursor.
  var selected: PlanFace.Option? {
    selectedIndex.map { list.options[$0] }
  }

  var selectedIndex: Int? {
    list.options.firstIndex { $0.id == selectedID }
  }

  /// The input that edit and nudge keys act on: the one under the cursor, else the budget.
  var field: InputField {
    inputs[fieldIndex]
  }

  var fieldIndex: Int {
    focus == .inputs && page == .main ? inputIndex : 0
  }

  /// The theme for what comes from the plan: dim as long as it is not for the scenario asked for.
  var planTheme: Theme {
    isStale ? appearance.theme.stale : appearance.theme
  }
}
