import Dashboard
import Planning
import Screen
import Terminal

/// Glues the terminal to the dashboard: keys and plans in, pictures out.
@MainActor
struct DashboardLoop {
  private let session: TerminalSession
  private let worker: ReplanWorker
  private var state: DashboardState

  /// - Parameter planner: makes the plan of a scenario; called on another thread.
  init(
    session: TerminalSession, scenario: Scenario, choices: InputChoices,
    planner: @escaping @Sendable (Scenario) throws -> PlanFace
  ) {
    self.session = session
    self.worker = ReplanWorker(waker: session.waker, planner: planner)
    self.state = DashboardState(
      DashboardSetup(
        scenario: scenario, choices: choices,
        appearance: .fitting(hasColor: session.colorCount > 0, hasUnicode: session.drawsUnicode),
        size: session.size))
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
  private func carryOut(_ effects: [Effect]) -> Bool {
    for effect in effects {
      switch effect {
      case .quit: return false
      case .suspend: session.suspend()
      case .repaint: session.repaintAll()
      case .replan(let scenario, let generation): worker.ask(scenario, generation: generation)
      }
    }
    return true
  }
}
