import Quantities
import Screen

typealias DashboardAction = Action<DashboardState, Effect>
typealias DashboardRegistry = ActionRegistry<DashboardState, Effect>

/// Which set of keys holds.
enum Mode: Hashable, Sendable, CaseIterable {
  case main
  /// A page of text.
  case reading
  /// A list that lies over the page.
  case picking
  /// A list that is searched by typing.
  case finding
}

/// Everything that can be done, by mode. Help, footer and dispatch all read these lists.
enum Actions {
  /// The actions of a mode, those that work everywhere last.
  static func registry(for mode: Mode) -> DashboardRegistry {
    switch mode {
    case .main: main
    case .reading: reading
    case .picking: picking
    case .finding: finding
    }
  }

  private static let main = DashboardRegistry(
    moving + changing + undoing + looking + panes + files + everywhere)
  private static let reading = DashboardRegistry(scrolling + undoing + turning + everywhere)
  private static let picking = DashboardRegistry(pickingKeys + steering)
  private static let finding = DashboardRegistry(findingKeys + steering)

  private static let moving: [DashboardAction] = [
    action("row.next", [.character("j"), .down], "Next row, or scroll the pane in focus") {
      $0.move(by: 1)
    },
    action("row.previous", [.character("k"), .up], "Previous row") { $0.move(by: -1) },
    action("row.first", [.character("g"), .home], "First row") { $0.move(by: -Int.max / 2) },
    action("row.last", [.character("G"), .end], "Last row") { $0.move(by: Int.max / 2) },
    action("page.down", [.pageDown, .control("d")], "One page down") { $0.turn(by: 1) },
    action("page.up", [.pageUp, .control("u")], "One page up") { $0.turn(by: -1) },
    DashboardAction(
      "row.open", keys: [.enter],
      help: "Explain how the option's numbers came to be, or edit the input", hint: "open",
      disabledReason: {
        $0.focus != .inputs && $0.selected == nil ? "no option is selected" : nil
      },
      perform: { $0.openSelected() }),
    DashboardAction(
      "answer.show", keys: [.character("A")],
      help: "Show the page of the answer, or the panes behind it", hint: "answer, panes",
      disabledReason: { $0.face.page == nil ? "nothing was weighed" : nil },
      perform: { state in
        state.arrange(state.showsAnswer ? .overview : .answer)
        return []
      }),
  ]

  private static let changing: [DashboardAction] = [
    DashboardAction(
      "value.edit", keys: [.character("e")],
      help: "Edit the input under the cursor, outside the inputs the budget", hint: "edit",
      perform: { $0.editField() }),
    nudge("value.raise", [.character("+")], "One step up", steps: 1, hints: true),
    nudge("value.lower", [.character("-")], "One step down", steps: -1),
    nudge("value.raiseFar", [.character("}")], "Ten steps up", steps: 10),
    nudge("value.lowerFar", [.character("{")], "Ten steps down", steps: -10),
    DashboardAction(
      "value.range", keys: [.character("=")],
      help: "Set low, typical and high of uncertain inputs together",
      perform: { $0.editField(named: RangesInput.name) }),
    DashboardAction(
      "value.reset", keys: [.character("r")], help: "Set it back to what it was at the start",
      disabledReason: {
        $0.changed.contains($0.fieldIndex) ? nil : "\($0.field.label) was not changed"
      },
      perform: { $0.resetField() }),
    DashboardAction(
      "scenario.reset", keys: [.character("R")],
      help: "Set all inputs back to what they were at the start; asks first",
      disabledReason: { $0.scenario == $0.history.origin ? "nothing was changed" : nil },
      perform: { state in
        let text = "Set all inputs back to what they were at the start?"
        state.question = Question(subject: .resetScenario, text: text)
        return []
      }),
  ]

  private static func nudge(
    _ name: String, _ keys: [Key], _ help: String, steps: Int, hints: Bool = false
  ) -> DashboardAction {
    DashboardAction(
      name, keys: keys, help: "\(help): the input under the cursor, else the budget",
      hint: hints ? "step" : nil, hintKeys: "+/-",
      disabledReason: { state in
        state.field.nudge == nil ? "\(state.field.label) has no steps; e edits it" : nil
      },
      perform: { $0.nudge(by: steps) })
  }

  private static let undoing: [DashboardAction] = [
    DashboardAction(
      "change.undo", keys: [.character("u")], help: "Undo the last change", hint: "undo",
      disabledReason: { $0.history.canUndo ? nil : "nothing to undo" },
      perform: { $0.undo() }),
    DashboardAction(
      "change.redo", keys: [.control("r")], help: "Do the undone change again",
      disabledReason: { $0.history.canRedo ? nil : "nothing to redo" },
      perform: { $0.redo() }),
    DashboardAction(
      "history.show", keys: [.character("H")], help: "Show every change of an input",
      perform: { state in state.page == .history ? state.close() : state.open(.history) }),
  ]

  private static let files: [DashboardAction] = [
    DashboardAction(
      "plan.export", keys: [.character("x")],
      help: "Write the plan to a file, the same bytes as the batch command", hint: "export",
      disabledReason: {
        $0.isSettled ? nil : "the plan is still being worked out"
      },
      perform: { $0.openExport() }),
    DashboardAction(
      "scenario.save", keys: [.control("s")], help: "Save the inputs to a file",
      perform: { $0.save() }),
    DashboardAction(
      "scenario.open", keys: [.character("o")],
      help: "Take up the draft that was found, or open a file of inputs",
      perform: { $0.offer == nil ? $0.promptOpen() : $0.takeDraft() }),
    DashboardAction(
      "plans.difference", keys: [.character("D")],
      help: "Show how this plan differs from that of a saved file",
      disabledReason: {
        $0.isSettled ? nil : "the plan is still being worked out"
      },
      perform: { $0.promptDifference() }),
  ]

  private static let panes: [DashboardAction] =
    [
      action("pane.next", [.tab, .right, .character("l")], "Next pane", "pane") {
        $0.moveFocus(by: 1)
      },
      action("pane.previous", [.backTab, .left, .character("h")], "Previous pane") {
        $0.moveFocus(by: -1)
      },
      action("pane.zoom", [.character("z")], "Give the pane all the room, or take it back", "zoom")
      {
        $0.isZoomed.toggle()
        $0.keepInView()
      },
      action("layout.next", [.character("]")], "Next arrangement of panes") {
        $0.arrange($0.shownPreset.stepped(by: 1, hasAnswer: $0.face.page != nil))
      },
      action("layout.previous", [.character("[")], "Previous arrangement of panes") {
        $0.arrange($0.shownPreset.stepped(by: -1, hasAnswer: $0.face.page != nil))
      },
      DashboardAction(
        "view.back", keys: [.escape],
        help: "Take back zoom, filter or order, then panes; let go of a draft that was found",
        disabledReason: {
          $0.offer != nil || $0.isZoomed || !$0.view.filter.isEmpty || $0.view.sort != .rank
            || $0.view.isReversed || ($0.face.page != nil && $0.preset != .answer)
            ? nil : "there is nothing to go back from"
        },
        perform: { $0.goBack() }),
    ]
    + Pane.allCases.map { pane in
      DashboardAction(
        "pane.\(pane)", keys: [.character(pane.digit)], help: "Go to the pane “\(pane.title)”",
        perform: { $0.goTo(pane) })
    }

  private static let scrolling: [DashboardAction] = [
    action("line.next", [.character("j"), .down], "Scroll down") { $0.scroll(by: 1) },
    action("line.previous", [.character("k"), .up], "Scroll up") { $0.scroll(by: -1) },
    action("text.top", [.character("g"), .home], "To the top") { $0.scroll(by: -Int.max / 2) },
    action("text.bottom", [.character("G"), .end], "To the end") { $0.scroll(by: Int.max / 2) },
    action("page.down", [.pageDown, .character(" "), .control("d")], "One page down") {
      $0.scroll(by: $0.pageLength)
    },
    action("page.up", [.pageUp, .character("b"), .control("u")], "One page up") {
      $0.scroll(by: -$0.pageLength)
    },
    action("search.edit", [.character("/")], "Look for words", "search") { $0.editSearch() },
    DashboardAction(
      "match.next", keys: [.character("n")], help: "Next place found",
      disabledReason: { $0.search.isEmpty ? "nothing is looked for; / begins" : nil },
      perform: { $0.scrollToMatch(by: 1) }),
    DashboardAction(
      "match.previous", keys: [.character("N")], help: "Previous place found",
      disabledReason: { $0.search.isEmpty ? "nothing is looked for; / begins" : nil },
      perform: { $0.scrollToMatch(by: -1) }),
    DashboardAction(
      "page.copy", keys: [.character("y")], help: "Copy the whole text",
      perform: { state in [.copy(state.pageText)] }),
    action("page.close", [.escape, .enter, .backspace], "Back to the options", "back") {
      $0.close()
    },
  ]

  /// From one page of text to another about the same option.
  private static let turning: [DashboardAction] = [
    DashboardAction(
      "row.open", keys: [.character("0")], help: "Explain how the option's numbers came to be",
      disabledReason: noOption, perform: { $0.open(.explain) }),
    action("sources.show", [.character("a")], "Read where every figure comes from", "sources") {
      _ = $0.open(.sources)
    },
    action("warnings.show", [.character("w")], "Read what to know", "warnings") {
      _ = $0.open(.warnings)
    },
  ]

  private static let pickingKeys: [DashboardAction] = [
    action("item.next", [.character("j"), .down], "Next item") { $0.picker?.move(by: 1) },
    action("item.previous", [.character("k"), .up], "Previous item") { $0.picker?.move(by: -1) },
    action("item.first", [.character("g"), .home], "First item") {
      $0.picker?.move(by: -Int.max / 2)
    },
    action("item.last", [.character("G"), .end], "Last item") { $0.picker?.move(by: Int.max / 2) },
    action("page.down", [.pageDown], "One page down") { $0.picker?.move(by: 10) },
    action("page.up", [.pageUp], "One page up") { $0.picker?.move(by: -10) },
    DashboardAction(
      "item.toggle", keys: [.character(" ")], help: "Tick or untick", hint: "tick",
      disabledReason: nothingToTick,
      perform: { state in
        state.picker?.toggle()
        return []
      }),
    DashboardAction(
      "item.all", keys: [.character("a")], help: "Tick all, or none", hint: "all or none",
      disabledReason: nothingToTick,
      perform: { state in
        state.picker?.toggleAll()
        return []
      }),
    DashboardAction(
      "picker.accept", keys: [.enter], help: "Take what is ticked, or the item", hint: "apply",
      perform: { $0.acceptPicked() }),
    action("picker.cancel", [.escape, .character("q")], "Leave it as it was", "cancel") {
      $0.picker = nil
    },
  ]

  private static let nothingToTick: @Sendable (DashboardState) -> String? = {
    $0.picker?.ticked == nil ? "one is picked by Enter" : nil
  }

  /// Letters are for typing here.
  private static let findingKeys: [DashboardAction] = [
    action("item.next", [.down, .control("n"), .tab], "Next item") { $0.picker?.move(by: 1) },
    action("item.previous", [.up, .control("p"), .backTab], "Previous item") {
      $0.picker?.move(by: -1)
    },
    action("page.down", [.pageDown], "One page down") { $0.picker?.move(by: 10) },
    action("page.up", [.pageUp], "One page up") { $0.picker?.move(by: -10) },
    DashboardAction(
      "picker.accept", keys: [.enter], help: "Do it", hint: "do it",
      perform: { $0.acceptPicked() }),
    action("picker.cancel", [.escape], "Do nothing", "cancel") { $0.picker = nil },
  ]

  private static let steering: [DashboardAction] = [
    action("screen.repaint", [.control("l")], "Paint the screen anew", effect: .repaint),
    action("program.suspend", [.control("z")], "Back to the shell; fg returns", effect: .suspend),
    DashboardAction(
      "program.interrupt", keys: [.control("c")], help: "Stop working out; twice quits",
      perform: { $0.interrupt() }),
  ]

  private static let everywhere: [DashboardAction] =
    steering + [
      DashboardAction(
        "palette.open", keys: [.character(":")], help: "Find anything that can be done by its name",
        hint: "commands", perform: { $0.openPalette() }),
      action("theme.next", [.character("T")], "Next theme") { $0.nextTheme() },
      DashboardAction(
        "program.quit", keys: [.character("q")], help: "Quit; asks where something is not saved",
        hint: "quit", perform: { $0.quit() }),
      DashboardAction(
        "help.show", keys: [.character("?"), .function(1)], help: "Show or leave this help",
        hint: "help",
        perform: { state in state.page == .help ? state.close() : state.open(.help) }),
    ]

  /// An action that changes the state and asks for at most one effect.
  static func action(
    _ name: String, _ keys: [Key], _ help: String, _ hint: String? = nil, effect: Effect? = nil,
    change: @escaping @Sendable (inout DashboardState) -> Void = { _ in }
  ) -> DashboardAction {
    DashboardAction(name, keys: keys, help: help, hint: hint) { state in
      change(&state)
      return effect.map { [$0] } ?? []
    }
  }
}
