import Foundation

/// The built `plan` in a terminal of its own, driven by keys, sizes and signals.
///
/// Waits for conditions, never for time alone; the limits only keep a failing test from hanging.
final class PseudoTerminal {
  /// How a process ended.
  enum Ending: Equatable {
    case status(Int32)
    case signal(Int32)
    case stillRunning
  }

  private let master: Int32
  private let slave: Int32
  private var process: pid_t = 0
  /// Everything the program has written so far.
  private(set) var output: [UInt8] = []
  /// What the terminal shows.
  private(set) var screen: EmulatedScreen
  /// Where the program finds its settings and keeps its state, unless told otherwise.
  private let home: Scratch
  /// POSIX_SPAWN_SETSID of the GNU and musl C libraries, which their headers hide from Swift.
  private static let newSession: Int16 = 0x80
  private static let limitSeconds = 60.0

  /// Starts the program in a session of its own, with the terminal as its controlling one.
  ///
  /// - Parameter program: what is run; the built `plan` when not given.
  init(
    program: String? = nil, _ arguments: [String] = [], columns: UInt16 = 100, rows: UInt16 = 30,
    environment: [String: String] = [:]
  ) throws {
    self.screen = EmulatedScreen(columns: Int(columns), rows: Int(rows))
    self.home = try Scratch()
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    // Tests run beside each other, and `ttyname` has one name for all of them.
    var name = [CChar](repeating: 0, count: 256)
    guard openpty(&master, &slave, nil, nil, &size) == 0,
      ttyname_r(slave, &name, name.count) == 0
    else { throw POSIXError(.ENOTTY) }
    self.master = master
    self.slave = slave
    for end in [master, slave] { _ = fcntl(end, F_SETFD, FD_CLOEXEC) }
    _ = fcntl(master, F_SETFL, O_NONBLOCK)
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    defer { posix_spawn_file_actions_destroy(&actions) }
    // A session leader gets the first terminal it opens as its controlling one.
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    var attributes = posix_spawnattr_t()
    posix_spawnattr_init(&attributes)
    defer { posix_spawnattr_destroy(&attributes) }
    // Threads of the test runner block signals, which a child would inherit.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setflags(&attributes, Self.newSession | Int16(POSIX_SPAWN_SETSIGMASK))
    var variables = ProcessInfo.processInfo.environment.merging(Program.clock) { $1 }
    for name in ["LINES", "COLUMNS", "NO_COLOR"] { variables[name] = nil }
    let defaults = [
      "HOME": home.url.path, "XDG_STATE_HOME": home.file("state").path,
      "XDG_CONFIG_HOME": home.file("config").path,
      "TERM": "xterm-256color", "LC_ALL": "C.UTF-8", "SWIFT_BACKTRACE": "enable=no",
    ]
    variables.merge(defaults) { $1 }
    variables.merge(environment) { $1 }
    let path = program ?? Program.path.path
    let words = ([path] + arguments).map { strdup($0) } + [nil]
    let settings = variables.map { strdup("\($0.key)=\($0.value)") } + [nil]
    defer { for text in words + settings { free(text) } }
    let status = posix_spawn(&process, path, &actions, &attributes, words, settings)
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .ENOENT) }
  }

  deinit {
    if process > 0 { kill(process, SIGKILL) }
    if process > 0 { waitpid(process, nil, 0) }
    close(master)
    close(slave)
  }

  /// The modes of the terminal, to compare before and after.
  var modes: [UInt32] {
    var mode = termios()
    tcgetattr(slave, &mode)
    return [mode.c_iflag, mode.c_oflag, mode.c_cflag, mode.c_lflag].map { UInt32($0) }
  }

  /// Whether lines are edited by the terminal, as in a shell.
  var editsLines: Bool {
    modes[3] & UInt32(ICANON) != 0
  }

  func type(_ keys: String) {
    _ = write(master, keys, keys.utf8.count)
  }

  func send(_ signal: Int32) {
    kill(process, signal)
  }

  func resize(columns: UInt16, rows: UInt16) {
    screen.resize(columns: Int(columns), rows: Int(rows))
    var size = winsize(ws_row: rows, ws_col: columns, ws_xpixel: 0, ws_ypixel: 0)
    _ = ioctl(master, UInt(TIOCSWINSZ), &size)
  }

  /// What has been written since a place in `output`, as text.
  func text(since start: Int = 0) -> String {
    String(decoding: output.dropFirst(start), as: UTF8.self)
  }

  /// Reads until the text has been written after a place in `output`; false when it never was.
  func wait(for text: String, since start: Int = 0) -> Bool {
    wait { self.text(since: start).contains(text) }
  }

  /// Reads until the screen shows the text; false when it never did.
  func shows(_ text: String) -> Bool {
    let isShown = wait { self.screen.text.contains(text) }
    // What was there instead is what one wants to know.
    if !isShown { print("“\(text)” was waited for and never shown:\n\(screen.text)") }
    return isShown
  }

  /// Waits for the first plan, and leaves the page of the answer for the panes.
  func goesToPanes() -> Bool {
    _ = wait { self.screen.text.contains("answer, panes") || self.screen.text.contains("BEST") }
    if !screen.text.contains("BEST") { type("A") }
    return shows("BEST")
  }

  /// The screen once the program has nothing more to write; for pictures to compare with.
  func settled() -> String {
    while readAvailable(waitMilliseconds: 200) {}
    return screen.text
  }

  /// Reads until the screen shows the text no more.
  func hides(_ text: String) -> Bool {
    wait { !self.screen.text.contains(text) }
  }

  /// Reads until the condition holds; false when the program ended first or the limit passed.
  func wait(until condition: () -> Bool) -> Bool {
    let end = Date().addingTimeInterval(Self.limitSeconds)
    while Date() < end {
      let gotMore = readAvailable(waitMilliseconds: 20)
      if condition() { return true }
      if !gotMore, hasEnded { return condition() }
    }
    return false
  }

  /// Waits for the program to end.
  func ending(within seconds: Double = limitSeconds) -> Ending {
    let end = Date().addingTimeInterval(seconds)
    while Date() < end {
      readAvailable(waitMilliseconds: 20)
      var status: Int32 = 0
      guard waitpid(process, &status, WNOHANG) == process else { continue }
      readAvailable(waitMilliseconds: 0)
      process = 0
      // The low seven bits hold the signal, the next byte the status (wait(2)).
      return status & 0x7F == 0 ? .status(status >> 8 & 0xFF) : .signal(status & 0x7F)
    }
    return .stillRunning
  }

  /// Whether a signal has stopped it (proc(5)).
  var isStopped: Bool {
    let line = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8)
    return line?.split(separator: ")").last?.first { $0 != " " } == "T"
  }

  /// Whether it has ended, without taking note of it.
  private var hasEnded: Bool {
    var info = siginfo_t()
    guard process > 0 else { return true }
    return waitid(P_PID, id_t(process), &info, WEXITED | WNOHANG | WNOWAIT) == 0
      && info.si_signo == SIGCHLD
  }

  @discardableResult
  private func readAvailable(waitMilliseconds: Int32) -> Bool {
    var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
    poll(&source, 1, waitMilliseconds)
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    let before = output.count
    while true {
      let count = read(master, &bytes, bytes.count)
      guard count > 0 else { return output.count > before }
      output += bytes.prefix(count)
      screen.take(bytes.prefix(count))
    }
  }
}
