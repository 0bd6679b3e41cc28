import Quantities
import Screen

extension DashboardState {
  /// Asks for the plan for the budget of the start.
  public mutating func begin() -> [Effect] {
    ask(for: budget)
  }

  /// Takes a key.
  ///
  /// - Returns: what the loop has to do now.
  public mutating func handle(_ key: Key) -> [Effect] {
    guard key != .resize else { return [] }
    message = nil
    defer { if key != .control("c") { interruptedBefore = false } }
    if LayoutStep(size) == .tooSmall { return handleUnseen(key) }
    if editing != nil { return edit(key) }
    switch Actions.registry(for: page).dispatch(key, on: &self) {
    case .done(let effects): return effects
    case .refused(let reason):
      message = Message("Not now: \(reason).")
      return []
    case .unknown:
      message = Message("\(key.name) does nothing here; ? shows what does.")
      return []
    }
  }

  /// Takes a new size of the screen.
  public mutating func resize(to size: Size) {
    self.size = size
    keepInView()
  }

  /// Takes the plan that was asked for; replies to older questions change nothing.
  public mutating func receive(_ new: PlanFace, generation: Int) {
    guard generation == self.generation else { return }
    let before = list
    let line = (selectedRow ?? 0) - tableTop
    let (index, option) = (selectedIndex ?? 0, selected)
    face = new
    shownGeneration = generation
    hasPlan = true
    moves = Self.moves(from: before, to: list)
    select(option, near: index)
    // The row under the cursor stays where it is on the screen, as far as the list allows.
    tableTop = max(0, (selectedRow ?? 0) - line)
    keepInView()
  }

  /// Takes the news that the plan asked for could not be made; the one shown stays.
  public mutating func receiveFailure(_ reason: String, generation: Int) {
    guard generation == self.generation else { return }
    shownGeneration = generation
    budget = face.budget
    message = Message(reason, isError: true)
  }

  /// Keys while the screen is too small to show what they do: only those that leave it.
  private mutating func handleUnseen(_ key: Key) -> [Effect] {
    switch key {
    case .character("q"): return [.quit]
    case .control("c"): return interrupt()
    case .control("z"): return [.suspend]
    case .control("l"): return [.repaint]
    default: return []
    }
  }

  private mutating func edit(_ key: Key) -> [Effect] {
    guard var field = editing else { return [] }
    let outcome = field.handle(key)
    editing = field
    switch outcome {
    case .editing: return []
    case .cancelled:
      editing = nil
      return []
    case .accepted(let text):
      do {
        let wanted = try Money(parsing: text, as: "a budget")
        guard wanted.dollars > 0 else {
          message = Message("A budget must be more than 0.", isError: true)
          return []
        }
        editing = nil
        return change(budgetTo: wanted)
      } catch {
        message = Message(error.description, isError: true)
        return []
      }
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

  mutating func interrupt() -> [Effect] {
    if interruptedBefore { return [.quit] }
    interruptedBefore = true
    editing = nil
    if isStale && hasPlan {
      // The reply still to come is for a question that nobody asks any more.
      generation += 1
      shownGeneration = generation
      budget = face.budget
      message = Message("Stopped; back to the budget shown. Ctrl-C again quits.")
    } else {
      message = Message("Ctrl-C again quits.")
    }
    return []
  }

  mutating func toggleRuledOut() -> [Effect] {
    let (index, option) = (selectedIndex ?? 0, selected)
    showsRuledOut.toggle()
    select(option, near: index)
    keepInView()
    return []
  }

  mutating func togglePlaces() {
    let (index, option) = (selectedIndex ?? 0, selected)
    showsPlaces.toggle()
    moves = [:]
    select(option, near: index)
    keepInView()
  }

  /// Puts the cursor on an option or what stands for it now, else on the row nearest to where it
  /// was.
  private mutating func select(_ option: PlanFace.Option?, near index: Int) {
    let found = option.flatMap { list.index(standingFor: $0) } ?? min(index, list.options.count - 1)
    selectedID = found >= 0 ? list.options[found].id : nil
  }

  mutating func switchChartLevel() {
    appearance.chartLevel = appearance.chartLevel.next
    let level = appearance.chartLevel
    message = Message("Charts in \(level.rawValue): \(level.sample)")
  }

  mutating func change(budgetTo wanted: Money) -> [Effect] {
    guard wanted != budget else { return [] }
    undoable.append(budget)
    redoable = []
    return ask(for: wanted)
  }

  /// Changes the budget by a factor, to three significant digits.
  mutating func nudgeBudget(by factor: Double) -> [Effect] {
    let wanted = Self.rounded(budget.dollars * factor)
    guard wanted.isFinite, wanted >= 1 else { return [] }
    return change(budgetTo: Money(dollars: wanted))
  }

  mutating func undo() -> [Effect] {
    guard let last = undoable.popLast() else { return [] }
    redoable.append(budget)
    return ask(for: last)
  }

  mutating func redo() -> [Effect] {
    guard let next = redoable.popLast() else { return [] }
    undoable.append(budget)
    return ask(for: next)
  }

  private mutating func ask(for wanted: Money) -> [Effect] {
    budget = wanted
    generation += 1
    return [.replan(wanted, generation: generation)]
  }

  /// Rows that ranked options moved up (positive) or down (negative); the best of a kin counts.
  private static func moves(from before: OptionList, to after: OptionList) -> [String: Int] {
    func places(_ list: OptionList) -> [String: Int] {
      var places: [String: Int] = [:]
      for (place, option) in list.options.prefix(list.rankedCount).enumerated()
      where places[option.kin] == nil {
        places[option.kin] = place
      }
      return places
    }
    let old = places(before)
    return places(after).reduce(into: [:]) { moves, entry in
      if let was = old[entry.key], was != entry.value { moves[entry.key] = was - entry.value }
    }
  }

  /// A number to three significant digits.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return value }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded() * unit
  }
}
