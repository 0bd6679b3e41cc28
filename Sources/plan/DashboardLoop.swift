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
  /// Works out plans of other files; each is known by its number, the latest holds.
  private let otherWorker: ReplanWorker
  private var otherPath = ""
  private var otherCount = 0
  private let sensitivities: SensitivityWorker
  private let files: DashboardFiles
  private let drafts = DraftKeeper()
  private var state: DashboardState
  /// Whether it was left with nothing to come back to.
  private var isDone = false

  /// - Parameter planner: makes the plan of a scenario; called on another thread.
  init(
    session: TerminalSession, setup: DashboardSetup, files: DashboardFiles,
    planner: @escaping ReplanWorker.Maker
  ) {
    self.session = session
    self.worker = ReplanWorker(waker: session.waker, planner: planner)
    self.otherWorker = ReplanWorker(waker: session.waker, planner: planner)
    self.sensitivities = SensitivityWorker(waker: session.waker)
    self.files = files
    self.state = DashboardState(setup)
  }

  /// Shows the dashboard until the user leaves it or the terminal goes away.
  mutating func run() {
    var isRunning = carryOut(state.begin())
    if let remark = session.remark { state.tell(remark) }
    var held = HeldCursor()
    while isRunning {
      let frame = Frame(of: state, resting: held.resting)
      session.paint(frame.grid, cursor: frame.cursor, showsCursor: frame.showsCursor)
      note(frame)
      let before = state.selectedID
      let events = session.waitForEvents(timeoutMilliseconds: held.timeoutMilliseconds)
      var isMove = !events.isEmpty
      for event in events where isRunning {
        if case .key(let key) = event { isMove = isMove && state.movesCursor(key) }
        isRunning = take(event)
      }
      // Plans and what is worked out beside them may come while the cursor runs.
      if events != [.wake] { held.note(isMove: isMove, from: before) }
      if isRunning, held.resting == nil { isRunning = carryOut(state.wants()) }
    }
    if isDone || !state.isUnsaved { drafts.drop() }
    drafts.finish()
  }

  /// In builds for tests, puts the picture of the state where `PLAN_FRAME` says, so that a test can hold
  /// the terminal against it.
  private func note(_ frame: Frame) {
    #if DEBUG
      guard let path = getenv("PLAN_FRAME").map({ String(cString: $0) }) else { return }
      try? AtomicFile.write(frame.grid.text, to: path)
    #endif
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
      takeOther()
      if let found = sensitivities.take() {
        state.receive(found.sensitivity, of: found.id, generation: found.generation)
      }
      guard let reply = worker.takeReply() else { return true }
      switch reply.result {
      case .success(let face):
        state.receive(face, generation: reply.generation, isDraft: reply.isDraft)
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
      case .quit:
        isDone = true
        return false
      case .leave: return false
      case .suspend: session.suspend()
      case .repaint: session.repaintAll()
      case .replan(let scenario, let generation): worker.ask(scenario, generation: generation)
      case .copy(let text): copy(text)
      case .write(let file): write(file)
      case .open(let path): open(path)
      case .hold(let path): hold(path)
      case .sensitivity(let id, let generation):
        if let sensitivityOf = state.face.sensitivityOf {
          sensitivities.ask(id, generation: generation, sensitivityOf)
        }
      case .keepDraft(let scenario): drafts.keep(scenario)
      case .dropDraft(let path): drafts.drop(path)
      }
    }
    return true
  }

  /// Hands a text to the terminal's clipboard and, as terminals give no answer, to a file.
  private mutating func copy(_ text: String) {
    session.copy(text)
    do {
      let folder = try UserFolders.state()
      try UserFolders.make(folder)
      try AtomicFile.write(text, to: "\(folder)/clipboard.txt")
      state.tell("Copied, if your terminal takes it (OSC 52); also in \(folder)/clipboard.txt.")
    } catch {
      state.tell("Handed to the terminal (OSC 52); no copy could be kept in a file.")
    }
  }

  /// Writes a file, after a question where one is there already.
  private mutating func write(_ file: FileWrite) {
    var status = stat()
    let isThere = stat(file.path, &status) == 0
    if isThere, status.st_mode & S_IFMT == S_IFDIR {
      return state.refuse("\(file.path) is a folder; name a file in it")
    }
    if !file.replaces, isThere { return state.receiveExisting(file) }
    do {
      if case .scenario = file.content, !file.overwrites,
        let bytes = try? InputFile.bytes(at: file.path)
      {
        let now = String(decoding: bytes, as: UTF8.self)
        if state.isChanged(file.path, now) { return state.receiveChanged(file, text: now) }
      }
      let text: String
      switch file.content {
      case .report(let format): text = state.face.report(format)
      case .scenario(let scenario):
        text = try state.fileText(of: scenario, path: file.path) {
          try files.read($0, path: file.path).scenario
        }
      }
      try AtomicFile.write(text, to: file.path)
      state.receiveWritten(file, text: text)
      if case .scenario = file.content { drafts.keep(nil) }
    } catch {
      state.refuse(DashboardFiles.line(error))
    }
  }

  /// Asks for the plan of another file.
  private mutating func hold(_ path: String) {
    do {
      let scenario = try files.read(path, as: name(path)).scenario
      (otherPath, otherCount) = (path, otherCount + 1)
      otherWorker.ask(scenario, generation: otherCount)
      state.receiveHolding(path)
    } catch {
      state.refuse(DashboardFiles.line(error))
    }
  }

  /// Takes the plan of another file when it is there.
  private mutating func takeOther() {
    guard let reply = otherWorker.takeReply(), reply.generation == otherCount, !reply.isDraft else {
      return
    }
    switch reply.result {
    case .success(let face): state.receiveOther(face, path: otherPath)
    case .failure(let error): state.refuse("\(error)")
    }
  }

  /// The last part of a path: it stands beside what is wrong, where the whole is too long.
  private func name(_ path: String) -> String? {
    path.split(separator: "/").last.map(String.init)
  }

  private mutating func open(_ path: String) {
    do {
      _ = carryOut(state.receiveOpened(try files.read(path, as: name(path))))
    } catch {
      state.refuse(DashboardFiles.line(error))
    }
  }
}
