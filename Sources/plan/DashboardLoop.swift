import Dashboard
import Planning
import Quantities
import Screen
import Terminal

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Glues the terminal to the dashboard: keys and plans in, pictures out.
@MainActor
struct DashboardLoop {
  private let session: TerminalSession
  private let worker: ReplanWorker
  private var state: DashboardState

  /// - Parameter planner: makes the plan of a scenario; called on another thread.
  init(
    session: TerminalSession, scenario: Scenario, choices: InputChoices,
    preferences: Preferences, planner: @escaping @Sendable (Scenario) throws -> PlanFace
  ) {
    self.session = session
    self.worker = ReplanWorker(waker: session.waker, planner: planner)
    var appearance = Appearance.fitting(
      hasColor: session.colorCount > 0, hasUnicode: session.drawsUnicode)
    let themes = session.colorCount > 0 ? preferences.themes : []
    if let name = preferences.settings.theme, let found = themes.first(where: { $0.name == name }) {
      appearance.theme = found.theme
    }
    if let charts = preferences.settings.charts, session.drawsUnicode {
      appearance.chartLevel = charts
    }
    var setup = DashboardSetup(
      scenario: scenario, choices: choices, appearance: appearance, size: session.size,
      today: Self.today)
    setup.settings = preferences.settings
    setup.themes = themes
    self.state = DashboardState(setup)
  }

  /// Shows the dashboard until the user leaves it or the terminal goes away.
  mutating func run() {
    var isRunning = carryOut(state.begin())
    while isRunning {
      let frame = Frame(of: state)
      session.paint(frame.grid, cursor: frame.cursor, showsCursor: frame.showsCursor)
      for event in session.waitForEvents() where isRunning {
        isRunning = take(event)
      }
    }
  }

  /// Takes an event; false when it is the last one.
  private mutating func take(_ event: TerminalEvent) -> Bool {
    switch event {
    case .inputEnded: return false
    case .key(.resize):
      state.resize(to: session.size)
      return true
    case .key(let key): return carryOut(state.handle(key))
    case .wake:
      guard let reply = worker.takeReply() else { return true }
      switch reply.result {
      case .success(let face): state.receive(face, generation: reply.generation)
      case .failure(let error):
        state.receiveFailure("\(error)", generation: reply.generation)
      }
      return true
    }
  }

  /// Carries out what the dashboard asks for; false when that is to end.
  private mutating func carryOut(_ effects: [Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .quit: return false
      case .suspend: session.suspend()
      case .repaint: session.repaintAll()
      case .copy(let text): copy(text)
      case .replan(let scenario, let generation): worker.ask(scenario, generation: generation)
      }
    }
    return true
  }

  /// Hands a text to the terminal's clipboard and, as terminals give no answer, to a file.
  private mutating func copy(_ text: String) {
    session.copy(text)
    let path = StateFolder.path(of: "clipboard.txt")
    do {
      try StateFolder.make()
      try AtomicFile.write(text, to: path)
      state.tell("Copied, if your terminal takes it (OSC 52); else it is in \(path).")
    } catch {
      state.tell("Handed to the terminal (OSC 52); no copy could be kept in \(path).")
    }
  }

  /// The day it is, in Greenwich.
  private static var today: CalendarDate {
    CalendarDate(daysSinceEpoch: time(nil) / 86_400)
  }
}
