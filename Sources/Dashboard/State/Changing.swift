import Planning
import Screen

// Changes of the scenario: all of them are logged, can be undone, and ask for a plan.
extension DashboardState {
  /// Makes a change and asks for the plan of it; nothing when it changes nothing.
  mutating func change(
    _ label: String, from old: String, to new: String, _ wanted: Scenario
  ) -> [Effect] {
    guard wanted != scenario else { return [] }
    history.record(label, from: old, to: new, wanted)
    // The draft of an earlier dashboard has nothing to offer once this is it.
    if offer?.scenario == wanted { offer = nil }
    return askForPlan()
  }

  private mutating func change(_ field: InputField, to wanted: Scenario) -> [Effect] {
    change(field.label, from: field.text(scenario), to: field.text(wanted), wanted)
  }

  mutating func askForPlan() -> [Effect] {
    generation += 1
    return [.replan(scenario, generation: generation), .keepDraft(isUnsaved ? scenario : nil)]
  }

  /// Begins to edit the input under the cursor: a line for most, a list where several of a list
  /// are meant; what is yes or no is turned round at once.
  mutating func editField() -> [Effect] {
    editField(at: fieldIndex)
  }

  mutating func editField(named name: String) -> [Effect] {
    inputs.firstIndex { $0.name == name }.map { editField(at: $0) } ?? []
  }

  mutating func editField(at index: Int) -> [Effect] {
    let field = inputs[index]
    switch field.kind {
    case .flag: return nudge(field, by: 1)
    case .some(of: let names, let standard):
      // A claim may stand with its factor after it.
      let words = field.text(scenario).split(separator: ",")
      let chosen = Set(words.map { String($0.prefix { $0 != "=" }) })
      let ticked = chosen.isSubset(of: names) ? chosen : standard
      picker = Picker(
        .values(index), title: field.label,
        items: names.map { Picker.Item(name: $0, label: field.choiceLabels[$0] ?? $0) },
        ticked: ticked)
    case .text: prompt = Self.line(for: field, index, field.text(scenario))
    }
    return []
  }

  private static func line(
    for field: InputField, _ index: Int, _ text: String, isReplaced: Bool = true
  ) -> Prompt {
    let unit = field.unit.isEmpty ? "" : " \(field.unit)"
    return Prompt(
      purpose: .input(index), label: field.label + unit, hint: field.hint,
      completions: field.completions, field: TextField(text, isReplaced: isReplaced))
  }

  /// Takes what was typed for an input; an error stays in the line.
  mutating func accept(_ text: String, forInput index: Int) -> [Effect] {
    var wanted = scenario
    do {
      try inputs[index].read(text, &wanted)
    } catch {
      // What came from a list is put into a line, to be set right there.
      if prompt == nil { prompt = Self.line(for: inputs[index], index, text, isReplaced: false) }
      prompt?.note = Message("\(error)", isError: true)
      return []
    }
    prompt = nil
    return change(inputs[index], to: wanted)
  }

  /// Changes the input under the cursor by steps.
  mutating func nudge(by steps: Int) -> [Effect] {
    nudge(field, by: steps)
  }

  private mutating func nudge(_ field: InputField, by steps: Int) -> [Effect] {
    guard let nudge = field.nudge else { return [] }
    var wanted = scenario
    nudge(steps, &wanted)
    guard wanted != scenario else {
      message = Message("\(field.label) stays \(field.shown(scenario)); e types another value.")
      return []
    }
    return change(field, to: wanted)
  }

  /// Sets the input under the cursor back to what it was at the start.
  mutating func resetField() -> [Effect] {
    let field = self.field
    var wanted = scenario
    try? field.read(field.text(history.origin), &wanted)
    return change(field, to: wanted)
  }

  mutating func undo() -> [Effect] {
    guard let change = history.undo() else { return [] }
    message = Message(
      "Undone: \(change.label) is \(change.old) again. Ctrl-R makes it \(change.new).")
    return askForPlan()
  }

  mutating func redo() -> [Effect] {
    guard let change = history.redo() else { return [] }
    message = Message("Done again: \(change.label) is \(change.new).")
    return askForPlan()
  }

  mutating func resetScenario() -> [Effect] {
    return change(
      "All inputs", from: "\(changed.count) changed", to: "as at the start", history.origin)
  }
}
