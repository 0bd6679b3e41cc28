import Quantities
import Screen

/// Something for the loop around the dashboard to do.
public enum Effect: Hashable, Sendable {
  case quit
  /// Hand the terminal to the shell until it continues us.
  case suspend
  /// Write the whole screen anew.
  case repaint
  /// Work out the plan for another budget, in the background.
  case replan(Money, generation: Int)
}

/// What covers the screen.
public enum Page: Hashable, Sendable {
  case main, explain, help, warnings
}

/// The parts of the main page.
public enum Pane: Hashable, Sendable, CaseIterable {
  case options, breakdown, chart, details
}

/// A line that answers the last key.
public struct Message: Hashable, Sendable {
  public let text: String
  public let isError: Bool

  init(_ text: String, isError: Bool = false) {
    self.text = text
    self.isError = isError
  }
}

/// Everything the dashboard knows. Changed only by keys, sizes and plans; drawn by `Frame(of:)`.
public struct DashboardState: Sendable {
  public internal(set) var face: PlanFace {
    didSet { list = OptionList(face, showsRuledOut: showsRuledOut, showsPlaces: showsPlaces) }
  }
  public internal(set) var appearance: Appearance
  public internal(set) var size: Size
  public internal(set) var page: Page = .main
  public internal(set) var focus: Pane = .options
  /// The option under the cursor; it stays selected when its rank changes.
  public internal(set) var selectedID: String?
  public internal(set) var costKind: CostKind = .economic
  public internal(set) var showsRuledOut = true {
    didSet { list = OptionList(face, showsRuledOut: showsRuledOut, showsPlaces: showsPlaces) }
  }
  /// Whether options that differ in place only have a row each.
  public internal(set) var showsPlaces = false {
    didSet { list = OptionList(face, showsRuledOut: showsRuledOut, showsPlaces: showsPlaces) }
  }
  /// The budget asked for; the plan on the screen may still be for the one before.
  public internal(set) var budget: Money
  /// The budget being typed, if one is.
  public internal(set) var editing: TextField?
  public internal(set) var message: Message?

  /// The options that have a row.
  var list: OptionList
  /// The pane that shares its place with others where there is no room for all.
  var slot: Pane?
  /// First row in view of the table, and of the page or pane that is read.
  var tableTop = 0
  var documentTop = 0
  /// Budgets that `u` and Ctrl-R go back and forth to.
  var undoable: [Money] = []
  var redoable: [Money] = []
  /// Counts what was asked for, so that late replies to older questions are let go.
  var generation = 0
  var shownGeneration = 0
  /// Whether any plan has come yet.
  var hasPlan = true
  /// How many rows each option moved up when the plan was last worked out anew, by kin.
  var moves: [String: Int] = [:]
  /// Whether the last key was Ctrl-C, so that one more quits.
  var interruptedBefore = false

  public init(face: PlanFace, appearance: Appearance, size: Size) {
    self.face = face
    self.appearance = appearance
    self.size = size
    self.budget = face.budget
    self.list = OptionList(face, showsRuledOut: true, showsPlaces: false)
    self.selectedID = list.options.first?.id
  }

  /// A dashboard that has no plan yet; `begin` asks for the first one.
  public init(awaiting budget: Money, appearance: Appearance, size: Size) {
    let nothing = PlanFace(
      answer: "Working out the first plan …", answerRoute: nil, budget: budget, job: "",
      catalogDate: "-", evidence: "-", ranked: [], ruledOut: [], warnings: [],
      explain: { _ in [] })
    self.init(face: nothing, appearance: appearance, size: size)
    self.hasPlan = false
  }

  /// Whether what is on the screen is for another budget than the one asked for.
  public var isStale: Bool { shownGeneration != generation }

  /// The option under the cursor.
  var selected: PlanFace.Option? {
    selectedIndex.map { list.options[$0] }
  }

  var selectedIndex: Int? {
    list.options.firstIndex { $0.id == selectedID }
  }

  /// The theme for what comes from the plan: dim as long as it is not for the budget asked for.
  var planTheme: Theme {
    isStale ? appearance.theme.stale : appearance.theme
  }
}
