import CNcurses

/// What a signal handler needs to give the terminal back. Lives at one fixed address, filled
/// before it is armed, so that a handler never allocates, locks or initialises anything.
struct RestoreState {
  /// Whether there is a terminal to give back now.
  var isArmed = false
  /// Set when the process was continued after a stop, for the loop.
  var wasResumed = false
  var input: Int32 = -1
  var output: Int32 = -1
  /// The thread that draws: it alone may stop the process, so that it draws nothing meanwhile.
  var drawingThread = pthread_self()
  /// Writing here wakes the loop; -1 when there is none.
  var wakingEnd: Int32 = -1
  var shellMode = termios()
  /// What to write to leave full-screen mode.
  var bytes: UnsafeMutablePointer<UInt8>?
  var byteCount = 0
  /// Where standard error is collected meanwhile, and where it belongs; -1 for not at all.
  var heldError: Int32 = -1
  var realError: Int32 = -1
}

/// Gives the terminal back when the process dies by a signal or is stopped, then lets the signal
/// have its way: the parent sees the same death as without us.
///
/// Handlers call only what POSIX lists as async-signal-safe (XSH 2.4.3): write, tcsetattr,
/// sigaction, pthread_sigmask, pthread_self, pthread_equal, pthread_kill, raise, lseek, read, open,
/// close, dup2.
enum EmergencyRestore {
  /// Signals that end the process from outside.
  static let endings: [Int32] = [SIGTERM, SIGHUP, SIGQUIT, SIGINT]
  /// Signals that end it from inside.
  static let crashes: [Int32] = [SIGSEGV, SIGABRT, SIGILL, SIGTRAP, SIGBUS, SIGFPE]
  /// Signals that stop it, continue it, or tell of a new size.
  static let others: [Int32] = [SIGTSTP, SIGCONT, SIGWINCH]

  /// The state that handlers read.
  nonisolated(unsafe) static let state: UnsafeMutablePointer<RestoreState> = {
    let pointer = UnsafeMutablePointer<RestoreState>.allocate(capacity: 1)
    pointer.initialize(to: RestoreState())
    return pointer
  }()

  /// What was in place before us, by signal number.
  nonisolated(unsafe) private static let previous: UnsafeMutablePointer<sigaction> = {
    let pointer = UnsafeMutablePointer<sigaction>.allocate(capacity: 65)
    pointer.initialize(repeating: sigaction(), count: 65)
    return pointer
  }()

  /// Catches the signals. Called twice: before curses starts, so that it leaves them alone, and
  /// after, for those it takes regardless.
  @MainActor
  static func installHandlers(rememberPrevious: Bool) {
    if rememberPrevious { giveSignalsAStack() }
    for number in endings + crashes + others {
      let before = previous + Int(number)
      if rememberPrevious { sigaction(number, nil, before) }
      // Someone who started us with a signal ignored (nohup) wants it ignored.
      let mayBeIgnored = endings.contains(number) || number == SIGTSTP
      if mayBeIgnored, plan_is_ignored(before) != 0 { continue }
      _ = plan_catch_signal(number, handler(for: number), nil)
    }
  }

  /// Puts back what was there before `installHandlers`.
  @MainActor
  static func removeHandlers() {
    for number in endings + crashes + others {
      _ = plan_restore_signal(number, previous + Int(number))
    }
  }

  private static func handler(for number: Int32) -> plan_signal_handler {
    switch number {
    case SIGTSTP: return { number, _, _ in EmergencyRestore.stop(number) }
    case SIGCONT: return { _, _, _ in EmergencyRestore.noteResume() }
    case SIGWINCH: return { _, _, _ in EmergencyRestore.wakeLoop() }
    default: return { number, info, _ in EmergencyRestore.die(number, info) }
    }
  }

  /// Gives the terminal back, as far as it will take it. Safe in a signal handler; each step goes
  /// ahead whether or not the one before it worked.
  static func restoreTerminal() {
    guard state.pointee.isArmed else { return }
    if let bytes = state.pointee.bytes {
      _ = write(state.pointee.output, bytes, state.pointee.byteCount)
    }
    _ = tcsetattr(state.pointee.input, TCSANOW, &state.pointee.shellMode)
  }

  /// Prints what was written to standard error while the screen was taken, and lets it through
  /// from now on. Safe in a signal handler.
  static func releaseError() {
    let (held, real) = (state.pointee.heldError, state.pointee.realError)
    guard held >= 0, real >= 0 else { return }
    state.pointee.heldError = -1
    _ = dup2(real, STDERR_FILENO)
    _ = lseek(held, 0, SEEK_SET)
    withUnsafeTemporaryAllocation(of: UInt8.self, capacity: 512) { buffer in
      guard let start = buffer.baseAddress else { return }
      while true {
        let count = read(held, start, 512)
        guard count > 0 else { return }
        _ = write(real, start, count)
      }
    }
  }

  private static func die(_ number: Int32, _ info: UnsafeMutablePointer<siginfo_t>?) {
    restoreTerminal()
    releaseError()
    state.pointee.isArmed = false
    if crashes.contains(number) { takeKeyboardAway() }
    _ = plan_restore_signal(number, previous + Int(number))
    // A fault happens again at the same instruction once we return, so that whoever was there
    // before (a backtracer) sees it at first hand. Anything else has to be sent again.
    let repeats = number == SIGSEGV || number == SIGBUS || number == SIGILL || number == SIGFPE
    if repeats, plan_is_fault(info) != 0 { return }
    plan_unblock_and_raise(number)
    // Whoever was there before may have let it go on.
    _ = plan_default_signal(number)
    plan_unblock_and_raise(number)
  }

  /// Lets standard input end: a backtracer that comes next asks nothing then, and nobody finds a shell
  /// that waits for an answer. Safe in a signal handler.
  private static func takeKeyboardAway() {
    let nothing = open("/dev/null", O_RDONLY)
    guard nothing >= 0 else { return }
    _ = dup2(nothing, STDIN_FILENO)
    _ = close(nothing)
  }

  /// Stops the process here and now, as the terminal does upon Ctrl-Z. For the drawing thread.
  @MainActor
  static func stopEveryone() {
    // The rest of the group first, as a script that started us stops as well; then this very thread,
    // where a signal to the group might be taken by another one later.
    _ = plan_ignore_signal(SIGTSTP)
    kill(0, SIGTSTP)
    guard plan_is_ignored(previous + Int(SIGTSTP)) == 0 else { return }
    _ = plan_catch_signal(SIGTSTP, handler(for: SIGTSTP), nil)
    raise(SIGTSTP)
  }

  private static func stop(_ number: Int32) {
    let saved = errno
    defer { errno = saved }
    let drawingThread = state.pointee.drawingThread
    guard pthread_equal(pthread_self(), drawingThread) != 0 else {
      _ = pthread_kill(drawingThread, number)
      return
    }
    restoreTerminal()
    _ = plan_default_signal(number)
    plan_unblock_and_raise(number)
    // Continued; or never stopped, where nobody is there who could continue us.
    _ = plan_catch_signal(number, handler(for: number), nil)
    noteResume()
  }

  private static func noteResume() {
    state.pointee.wasResumed = true
    wakeLoop()
  }

  private static func wakeLoop() {
    let saved = errno
    var byte: UInt8 = 1
    _ = write(state.pointee.wakingEnd, &byte, 1)
    errno = saved
  }

  /// A stack of their own for handlers, so that a stack overflow can be handled too.
  private static func giveSignalsAStack() {
    var current = stack_t()
    guard sigaltstack(nil, &current) == 0, Int(current.ss_flags) & Int(SS_DISABLE) != 0 else {
      return
    }
    let size = 1 << 16
    var stack = stack_t()
    stack.ss_sp = UnsafeMutableRawPointer.allocate(byteCount: size, alignment: 16)
    stack.ss_size = size
    _ = sigaltstack(&stack, nil)
  }
}
