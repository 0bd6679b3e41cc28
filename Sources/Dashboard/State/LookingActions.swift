import Screen

// How the options are looked at, and what is taken along of them.
extension Actions {
  static let looking: [DashboardAction] = [
    action("cost.switch", [.character("m")], "Cost as economic, as cash, or by usage", "cost") {
      $0.relist { $0.costKind = $0.costKind.next }
      $0.message = Message("Costs are \($0.costKind.meaning).")
    },
    action(
      "cost.unit", [.character("t")],
      "Cost in total, per 1e21 FLOP, per billion tokens, or per day"
    ) {
      $0.relist { $0.unit = $0.unit.next }
      $0.message = Message("Costs \($0.view.unit.title).")
    },
    action("percentile.switch", [.character("p")], "Show p50, p10 or p90 of what is uncertain") {
      $0.relist { $0.percentile = $0.percentile.next }
      $0.message = Message("\($0.view.percentile.meaning).")
    },
    action("sort.next", [.character("s")], "Order by the next column", "sort") {
      $0.sort(by: $0.view.sort.next)
    },
    action("sort.reverse", [.character("S")], "The order the other way round") {
      $0.relist { $0.isReversed.toggle() }
    },
    DashboardAction(
      "row.pin", keys: [.character(" ")], help: "Pin the option for comparison, or let it go",
      hint: "pin", disabledReason: noOption, perform: { $0.togglePin() }),
    DashboardAction(
      "row.baseline", keys: [.character("b")],
      help: "Show costs against the option, or against none", disabledReason: noOption,
      perform: { $0.toggleBaseline() }),
    DashboardAction(
      "rows.compare", keys: [.character("c")],
      help: "Compare the pinned option, or else the best, with the one under the cursor",
      hint: "compare",
      disabledReason: { $0.compared == nil ? "there are no two options to compare" : nil },
      perform: { $0.open(.compare) }),
    DashboardAction(
      "row.copy", keys: [.character("y")], help: "Copy the option as a sentence",
      disabledReason: noOption,
      perform: { state in state.sentence.map { [.copy($0)] } ?? [] }),
    DashboardAction(
      "row.say", keys: [.character(".")], help: "Say the answer and the option in sentences",
      perform: { $0.open(.sentence) }),
    action("filter.edit", [.character("/")], "Show only options with the words typed", "filter") {
      $0.editFilter()
    },
    DashboardAction(
      "match.next", keys: [.character("n")], help: "Next of the options found",
      disabledReason: noFilter, perform: { $0.moveToMatch(by: 1) }),
    DashboardAction(
      "match.previous", keys: [.character("N")], help: "Previous of the options found",
      disabledReason: noFilter, perform: { $0.moveToMatch(by: -1) }),
    DashboardAction(
      "ruledout.toggle", keys: [.character("v")], help: "Show or hide what is ruled out",
      disabledReason: { $0.face.ruledOut.isEmpty ? "nothing is ruled out" : nil },
      perform: { state in
        state.relist { $0.showsRuledOut.toggle() }
        return []
      }),
    action("sources.show", [.character("a")], "Read where every figure comes from") {
      _ = $0.open(.sources)
    },
    DashboardAction(
      "warnings.show", keys: [.character("w")],
      help: "Read the warnings, and what would change the answer", hint: "warnings",
      disabledReason: {
        $0.face.warnings.isEmpty && $0.face.flips.isEmpty && $0.face.claimNotes.isEmpty
          ? "there are no warnings" : nil
      },
      perform: { $0.open(.warnings) }),
    DashboardAction(
      "claims.choose", keys: [.character("C")],
      help: "Take published claims for true, as a hypothesis", hint: "claims",
      perform: { $0.editField(named: ClaimsInput.name) }),
    action("places.toggle", [.character("P")], "One row for each place, or one for all") {
      $0.relist { $0.showsPlaces.toggle() }
      $0.moves = [:]
    },
    action("chart.level", [.character("B")], "Charts in braille, blocks or ASCII") {
      $0.switchChartLevel()
    },
    action("chart.frontier", [.character("f")], "Join the options that no other one beats") {
      $0.showsFrontier.toggle()
      $0.message = Message($0.showsFrontier ? "The frontier is drawn." : "No frontier is drawn.")
    },
  ]

  static let noOption: @Sendable (DashboardState) -> String? = {
    $0.selected == nil ? "no option is selected" : nil
  }

  static let noFilter: @Sendable (DashboardState) -> String? = {
    $0.view.filter.isEmpty ? "nothing is looked for; / begins" : nil
  }
}
