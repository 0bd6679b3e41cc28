import Quantities
import Screen

typealias DashboardAction = Action<DashboardState, Effect>
typealias DashboardRegistry = ActionRegistry<DashboardState, Effect>

/// Everything that can be done, by page. Help, footer and dispatch all read these lists.
enum Actions {
  /// The actions of a page, those that work everywhere last.
  static func registry(for page: Page) -> DashboardRegistry {
    page == .main ? main : reading
  }

  private static let main = DashboardRegistry(
    moving + changing + looking + everywhere)
  private static let reading = DashboardRegistry(scrolling + everywhere)

  private static let moving: [DashboardAction] = [
    action("row.next", [.character("j"), .down], "Next row, or scroll the pane in focus") {
      $0.move(by: 1)
    },
    action("row.previous", [.character("k"), .up], "Previous row") { $0.move(by: -1) },
    action("row.first", [.character("g"), .home], "First row") { $0.move(by: -Int.max / 2) },
    action("row.last", [.character("G"), .end], "Last row") { $0.move(by: Int.max / 2) },
    action("page.down", [.pageDown, .control("d")], "One page down") {
      $0.move(by: $0.pageLength)
    },
    action("page.up", [.pageUp, .control("u")], "One page up") { $0.move(by: -$0.pageLength) },
    DashboardAction(
      "row.explain", keys: [.enter], help: "Explain how the option's numbers came to be",
      hint: "explain", disabledReason: { $0.selected == nil ? "no option is selected" : nil },
      perform: { $0.open(.explain) }),
  ]

  private static let looking: [DashboardAction] = [
    action("pane.next", [.tab], "Next pane") { $0.moveFocus(by: 1) },
    action("pane.previous", [.backTab], "Previous pane") { $0.moveFocus(by: -1) },
    action("cost.switch", [.character("m")], "Switch between economic cost and cash", "cost") {
      $0.costKind = $0.costKind.other
    },
    DashboardAction(
      "ruledout.toggle", keys: [.character("v")], help: "Show or hide what is ruled out",
      hint: "ruled out",
      disabledReason: { $0.face.ruledOut.isEmpty ? "nothing is ruled out" : nil },
      perform: { $0.toggleRuledOut() }),
    DashboardAction(
      "warnings.show", keys: [.character("w")],
      help: "Read the warnings, and what would change the answer", hint: "warnings",
      disabledReason: {
        $0.face.warnings.isEmpty && $0.face.flips.isEmpty ? "there are no warnings" : nil
      },
      perform: { $0.open(.warnings) }),
    action("chart.level", [.character("B")], "Charts in braille, blocks or ASCII") {
      $0.switchChartLevel()
    },
  ]

  private static let changing: [DashboardAction] = [
    action("budget.edit", [.character("e")], "Type another budget (60M, 2.5B, 750k)", "budget") {
      $0.editing = TextField($0.budget.short.filter { $0 != "$" })
    },
    DashboardAction(
      "budget.raise", keys: [.character("+"), .character("=")], help: "Raise the budget by 10%",
      hint: "10%", hintKeys: "+/-", perform: { $0.nudgeBudget(by: 1.1) }),
    DashboardAction(
      "budget.lower", keys: [.character("-")], help: "Lower the budget by 10%",
      perform: { $0.nudgeBudget(by: 1 / 1.1) }),
    DashboardAction(
      "change.undo", keys: [.character("u")], help: "Undo the last change", hint: "undo",
      disabledReason: { $0.undoable.isEmpty ? "nothing to undo" : nil },
      perform: { $0.undo() }),
    DashboardAction(
      "change.redo", keys: [.control("r")], help: "Do the undone change again",
      disabledReason: { $0.redoable.isEmpty ? "nothing to redo" : nil },
      perform: { $0.redo() }),
  ]

  private static let scrolling: [DashboardAction] = [
    action("line.next", [.character("j"), .down], "Scroll down") { $0.scroll(by: 1) },
    action("line.previous", [.character("k"), .up], "Scroll up") { $0.scroll(by: -1) },
    action("text.top", [.character("g"), .home], "To the top") { $0.scroll(by: -Int.max / 2) },
    action("text.bottom", [.character("G"), .end], "To the end") { $0.scroll(by: Int.max / 2) },
    action("page.down", [.pageDown, .character(" ")], "One page down") {
      $0.scroll(by: $0.pageLength)
    },
    action("page.up", [.pageUp, .character("b")], "One page up") { $0.scroll(by: -$0.pageLength) },
    action("page.close", [.escape, .enter, .backspace], "Back to the options", "back") {
      $0.close()
    },
  ]

  private static let everywhere: [DashboardAction] = [
    action("screen.repaint", [.control("l")], "Paint the screen anew", effect: .repaint),
    action("program.suspend", [.control("z")], "Back to the shell; fg returns", effect: .suspend),
    DashboardAction(
      "program.interrupt", keys: [.control("c")], help: "Stop working out; twice quits",
      perform: { $0.interrupt() }),
    action("program.quit", [.character("q")], "Quit", "quit", effect: .quit),
    DashboardAction(
      "help.show", keys: [.character("?"), .function(1)], help: "Show or leave this help",
      hint: "help",
      perform: { state in state.page == .help ? state.close() : state.open(.help) }),
  ]

  /// An action that changes the state and asks for at most one effect.
  private static func action(
    _ name: String, _ keys: [Key], _ help: String, _ hint: String? = nil, effect: Effect? = nil,
    change: @escaping @Sendable (inout DashboardState) -> Void = { _ in }
  ) -> DashboardAction {
    DashboardAction(name, keys: keys, help: help, hint: hint) { state in
      change(&state)
      return effect.map { [$0] } ?? []
    }
  }
}
