import Dispatch
import Quantities

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#else
  import Darwin
#endif

/// Says on stderr that long work goes on, when that is a terminal.
enum Activity {
  /// Does the work; from half a second on, says what it is and how long it has taken.
  static func during<Value>(_ what: String, _ work: () throws -> Value) rethrows -> Value {
    guard isShown else { return try work() }
    let start = ContinuousClock.now
    let queue = DispatchQueue(label: "plan.activity")
    let timer = DispatchSource.makeTimerSource(queue: queue)
    timer.schedule(deadline: .now() + .milliseconds(500), repeating: .milliseconds(500))
    timer.setEventHandler {
      let seconds = (ContinuousClock.now - start).components.seconds
      show("\r\(what): \(seconds) s\u{1B}[K")
    }
    timer.activate()
    defer {
      timer.cancel()
      // Nothing is shown after this.
      queue.sync { show("\r\u{1B}[K") }
    }
    return try work()
  }

  /// Whether progress is shown at all.
  static var isShown: Bool {
    let terminal = getenv("TERM").map { String(cString: $0) } ?? ""
    return isatty(STDERR_FILENO) == 1 && !terminal.isEmpty && terminal != "dumb"
      && !Messages.isQuiet.load(ordering: .relaxed)
  }

  /// Writes to stderr as it is; a stderr that can't be written to is nothing to stop for.
  static func show(_ text: String) {
    try? StandardOutput.writeAll(Array(text.utf8), to: STDERR_FILENO, name: "standard error")
  }
}
