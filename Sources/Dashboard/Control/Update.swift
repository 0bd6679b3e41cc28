import Quantities
import Reports
import Screen

extension DashboardState {
  /// Asks for the plan of the start.
  public mutating func begin() -> [Effect] {
    askForPlan()
  }

  /// Takes a key.
  ///
  /// - Returns: what the loop has to do now.
  public mutating func handle(_ key: Key) -> [Effect] {
    guard key != .resize else { return [] }
    message = nil
    isWelcoming = false
    defer { if key != .control("c") { interruptedBefore = false } }
    if LayoutStep(size) == .tooSmall { return handleUnseen(key) }
    if case .paste(let text) = key { return paste(text) }
    if prompt != nil { return type(key) }
    if question != nil { return answer(key) }
    if case .mouse(let event) = key { return point(event) }
    let isTyped = mode == .finding && keymap[.finding].action(for: key) == nil
    guard !isTyped else {
      picker?.type(key)
      return []
    }
    return answer(keymap[mode].dispatch(key, on: &self), to: key.name)
  }

  /// What came of a key or a command, with a word where nothing did.
  mutating func answer(_ outcome: Dispatch<Effect>, to name: String) -> [Effect] {
    switch outcome {
    case .done(let effects): return effects
    case .refused(let reason):
      message = Message("Not now: \(reason).")
      return []
    case .unknown:
      message = Message("\(name) does nothing here; ? shows what does.")
      return []
    }
  }

  /// Which keys do what now.
  var mode: Mode {
    if let picker { return picker.query == nil ? .picking : .finding }
    return page == .main ? .main : .reading
  }

  /// Takes a new size of the screen.
  public mutating func resize(to size: Size) {
    self.size = size
    // As far up as the cursor allows, so that a passing small size leaves no trace.
    (tableTop, inputTop) = (0, 0)
    keepInView()
  }

  /// Takes the plan that was asked for; replies to older questions change nothing.
  ///
  /// - Parameter isDraft: whether it is to be followed by one with closer ranges and chances.
  public mutating func receive(_ new: PlanFace, generation: Int, isDraft: Bool = false) {
    guard generation == self.generation else { return }
    let follows = self.isDraft && shownGeneration == generation
    (sensitivities, senseAsked) = ([:], nil)
    self.isDraft = isDraft
    let before = list
    let line = (selectedRow ?? 0) - tableTop
    let showedBest = tableTop == 0
    let (index, option) = (selectedIndex ?? 0, selected)
    if hasPlan, new.scenario != face.scenario { gistBefore = Gist(face) }
    face = new
    shownGeneration = generation
    hasPlan = true
    // A plan that follows its draft moves nothing of its own.
    if !follows { moves = OptionList.moves(from: before, to: list) }
    select(option, near: index)
    // A cursor on the best option goes with what is best now, rather than far down the list.
    if index == 0, (selectedRow ?? 0) >= optionRows { selectedID = list.options.first?.id }
    // The best option stays in view; else the row under the cursor stays where it is on the screen,
    // as far as the list allows.
    let fits = (selectedRow ?? 0) < optionRows
    tableTop = showedBest && fits ? 0 : max(0, (selectedRow ?? 0) - line)
    keepInView()
  }

  /// Takes the news that the plan asked for could not be made; the one shown stays.
  public mutating func receiveFailure(_ reason: String, generation: Int) {
    guard generation == self.generation else { return }
    returnToShown()
    message = Message(reason, isError: true)
  }

  /// Keys while the screen is too small to show what they do: only those that leave it.
  private mutating func handleUnseen(_ key: Key) -> [Effect] {
    switch key {
    case .character("q"): return [isUnsaved ? .leave : .quit]
    case .control("c"): return interrupt()
    case .control("z"): return [.suspend]
    case .control("l"): return [.repaint]
    default: return []
    }
  }

  /// Takes a key of a line that is being typed.
  private mutating func type(_ key: Key) -> [Effect] {
    if case .mouse = key { return [] }
    guard key != .tab else {
      prompt?.complete()
      return []
    }
    guard let current = prompt, let outcome = prompt?.field.handle(key) else { return [] }
    switch outcome {
    case .editing:
      if let text = prompt?.field.text, text != current.field.text {
        prompt?.note = nil
        if current.purpose == .filter { filter(text) }
      }
      return []
    case .cancelled:
      prompt = nil
      if current.purpose == .filter { filter("") }
      return []
    case .accepted(let text):
      switch current.purpose {
      case .input(let index): return accept(text, forInput: index)
      case .filter: prompt = nil
      case .search:
        prompt = nil
        search = text
        return text.isEmpty ? [] : scrollToMatch(by: 0)
      case .export(let format):
        return write(FileWrite(.report(format.or(ending: text)), path: text))
      case .save: return write(FileWrite(.scenario(scenario), path: text))
      case .open:
        // The line stays until the file is read, for what may be wrong with it.
        return text.isEmpty ? [] : [.open(path: text)]
      case .difference: return text.isEmpty ? [] : [.hold(path: text)]
      }
      return []
    }
  }

  /// Takes a text that was pasted: into the line that is typed, where there is one. Nothing in it is
  /// a key, so that its line ends submit nothing.
  private mutating func paste(_ text: String) -> [Effect] {
    let line = Self.oneLine(text)
    if prompt != nil {
      let before = prompt?.field.text
      prompt?.field.insert(line)
      prompt?.note = nil
      if prompt?.purpose == .filter, let text = prompt?.field.text, text != before { filter(text) }
    } else if question == nil, mode == .finding {
      picker?.paste(line)
    } else {
      message = Message("A paste goes into a line that is edited: e the budget, o a file's name.")
    }
    return []
  }

  /// A text as it can stand in a line: line ends and other controls within it become blanks.
  private static func oneLine(_ text: String) -> String {
    let scalars = text.unicodeScalars.map { scalar -> Unicode.Scalar in
      scalar.value < 0x20 || (0x7F...0x9F).contains(scalar.value) ? " " : scalar
    }
    var line = String(String.UnicodeScalarView(scalars.prefix(4096)))[...]
    while line.first == " " { line.removeFirst() }
    while line.last == " " { line.removeLast() }
    return String(line)
  }

  /// Takes the answer to a question.
  private mutating func answer(_ key: Key) -> [Effect] {
    if case .mouse = key { return [] }
    guard let asked = question else { return [] }
    question = nil
    if case .quit = asked.subject, key == .control("s") { return save() }
    guard key == .character("y") || key == .character("Y") else {
      message = Message("Left as it is.")
      return []
    }
    switch asked.subject {
    case .resetScenario: return resetScenario()
    case .quit: return [.quit]
    case .write(let file): return [.write(file)]
    }
  }
}

// What actions do.
extension DashboardState {
  mutating func open(_ page: Page) -> [Effect] {
    self.page = page
    documentTop = 0
    return []
  }

  @discardableResult
  mutating func close() -> [Effect] {
    page = .main
    documentTop = 0
    return []
  }

  /// Opens what is under the cursor.
  mutating func openSelected() -> [Effect] {
    focus == .inputs ? editField() : open(.explain)
  }

  mutating func interrupt() -> [Effect] {
    if interruptedBefore { return [isUnsaved ? .leave : .quit] }
    interruptedBefore = true
    (prompt, question, picker) = (nil, nil, nil)
    if isStale && hasPlan {
      // The reply still to come is for a question that nobody asks any more.
      generation += 1
      returnToShown()
      message = Message("Stopped; back to the plan shown. Ctrl-C again quits.")
    } else {
      message = Message("Ctrl-C again quits.")
    }
    return []
  }

  /// Goes back to the scenario that the plan on the screen is of.
  private mutating func returnToShown() {
    shownGeneration = generation
    guard scenario != face.scenario, !history.travel(to: face.scenario) else { return }
    history.record("All inputs", from: "stopped", to: "as shown", face.scenario)
  }

  /// Changes how options are listed; the cursor stays on its option.
  mutating func relist(_ change: (inout ViewSettings) -> Void) {
    let (index, option) = (selectedIndex ?? 0, selected)
    change(&view)
    select(option, near: index)
    keepInView()
  }

  /// Puts the cursor on an option or what stands for it now, else on the row nearest to where it
  /// was.
  mutating func select(_ option: PlanFace.Option?, near index: Int) {
    let found = option.flatMap { list.index(standingFor: $0) } ?? min(index, list.options.count - 1)
    selectedID = found >= 0 ? list.options[found].id : nil
  }

  mutating func switchChartLevel() {
    appearance.chartLevel = appearance.chartLevel.next
    let level = appearance.chartLevel
    message = Message("Charts in \(level.rawValue): \(level.sample)")
  }

  /// Takes what was ticked in the list that lies over the page.
  mutating func acceptPicked() -> [Effect] {
    guard let picked = picker else { return [] }
    switch picked.purpose {
    case .values(let index):
      let names = picked.items.map(\.name).filter { picked.ticked?.contains($0) ?? false }
      let isNoneMeant = inputs[index].isNothingStandard
      guard !names.isEmpty || isNoneMeant else {
        message = Message("At least one has to be ticked.", isError: true)
        return []
      }
      picker = nil
      // What was ticked before keeps the factor it had.
      let before = inputs[index].text(scenario).split(separator: ",").map(String.init)
      let words = names.map { name in before.first { $0.hasPrefix(name + "=") } ?? name }
      return accept(words.joined(separator: ","), forInput: index)
    case .commands:
      guard let item = picked.selected else { return [] }
      guard item.refusal.isEmpty else {
        message = Message("Not now: \(item.refusal).")
        return []
      }
      picker = nil
      return run(command: item.name)
    case .exports:
      picker = nil
      if let format = picked.selected.flatMap({ PlanFormat(rawValue: $0.name) }) {
        promptExport(format)
      }
      return []
    }
  }
}
