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
    let before = face
    let line = (tableRow(of: selectedID) ?? 0) - tableTop
    let index = selectedIndex ?? 0
    face = new
    shownGeneration = generation
    moves = Self.moves(from: before.ranked, to: new.ranked)
    if selected == nil || selectedIndex == nil {
      let near = min(index, selectable.count - 1)
      selectedID = near >= 0 ? selectable[near].id : nil
    }
    // The row under the cursor stays where it is on the screen, as far as the list allows.
    tableTop = max(0, (tableRow(of: selectedID) ?? 0) - line)
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
    if isStale && shownGeneration > 0 {
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
    showsRuledOut.toggle()
    if selectedIndex == nil { selectedID = selectable.last?.id }
    keepInView()
    return []
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

  /// Places that options moved up (positive) or down (negative).
  private static func moves(
    from before: [PlanFace.Option], to after: [PlanFace.Option]
  ) -> [String: Int] {
    var ranks: [String: Int] = [:]
    for (rank, option) in before.enumerated() { ranks[option.id] = rank }
    var moves: [String: Int] = [:]
    for (rank, option) in after.enumerated() {
      if let old = ranks[option.id], old != rank { moves[option.id] = old - rank }
    }
    return moves
  }

  /// A number to three significant digits.
  static func rounded(_ value: Double) -> Double {
    guard value.isFinite, value > 0 else { return value }
    var unit = 1.0
    while value / unit >= 1000 { unit *= 10 }
    return (value / unit).rounded() * unit
  }
}
