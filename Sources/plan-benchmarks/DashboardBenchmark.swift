import Foundation
import Quantities

/// How fast the dashboard answers: a recorded script of keys typed into the built program in a
/// terminal of its own, from the key to the last byte of the frame that answers it.
///
/// Build both first: `swift build -c release`, then `.build/release/plan-benchmarks dashboard`.
enum DashboardBenchmark {
  /// Keys that move the cursor from option to option: the panes of the chosen one follow.
  private static let moves: [String] =
    Array(repeating: "j", count: 30) + Array(repeating: "k", count: 12) + ["\u{1B}[B", "\u{1B}[A"]
  /// Keys that turn pages, look or open, as somebody typed them: no plan is made for any.
  private static let looks: [String] =
    ["G", "g", "\u{1B}[6~", "\u{1B}[6~", "\u{1B}[5~", "2", "j", "j", "3", "j", "j", "5", "j"]
    + ["6", "8", "9", "j", "0", "j", "7", "j", "j", "j", "k", "1", "z", "j", "j", "z", "]", "j"]
    + ["]", "j", "]", "j", "]", "j", "j", "\r", "j", "j", "\u{1B}[6~", "\r", "m", "m", "m", "t"]
    + ["t", "t", "t", "p", "p", "p", "s", "j", "j", "S", "s", "s", "v", "v", "f", "f", "B", "B"]
    + ["B", "T", "T", "T", "T", " ", "j", " ", "c", "j", "j", "\r", "b", "j", "j", "b", "?", "j"]
    + ["j", "?", "a", "j", "a", "\r", "w", "\r", "H", "\r"]
  /// Keys that change an input, so that a whole plan follows.
  private static let edits: [String] =
    Array(repeating: "+", count: 12) + Array(repeating: "-", count: 18) + ["u", "u", "u", "\u{12}"]
    + Array(repeating: "+", count: 6) + ["}", "{", "u", "u"]

  static func run() throws {
    let given = ["--budget", "50M", "--model", "llama-3.1-70b", "--tokens", "2T"]
    let questions: [(String, [String], [(Int, Int)])] = [
      ("sized from the budget", ["--budget", "50M"], [(80, 24), (160, 48)]),
      ("given model", given, [(160, 48)]),
    ]
    for (name, question, sizes) in questions {
      for (columns, rows) in sizes {
        let terminal = try BenchmarkTerminal(question, columns: columns, rows: rows)
        let start = terminal.answer(quietMilliseconds: 3000)
        print(
          "dashboard, \(name), \(columns)x\(rows): first frame",
          "\(ReplanBenchmark.milliseconds(start.first)) after the start, the answer",
          ReplanBenchmark.milliseconds(start.last))
        // Until the panes beside the list follow, and with them.
        report("cursor moves", measure(moves, terminal, quietMilliseconds: 25))
        report("cursor moves at rest", measure(moves, terminal, quietMilliseconds: 250))
        report("pages and panes", measure(looks, terminal, quietMilliseconds: 25))
        report("re-plans", measure(edits, terminal, quietMilliseconds: 400))
        terminal.end()
      }
    }
  }

  private static func measure(
    _ keys: [String], _ terminal: BenchmarkTerminal, quietMilliseconds: Int32
  ) -> [BenchmarkTerminal.Answer] {
    keys.compactMap { key in
      terminal.type(key)
      let answer = terminal.answer(quietMilliseconds: quietMilliseconds)
      return answer.bytes > 0 ? answer : nil
    }
  }

  private static func report(_ what: String, _ answers: [BenchmarkTerminal.Answer]) {
    let bytes = answers.map(\.bytes).sorted()
    print(
      "  \(what): first byte \(ReplanBenchmark.spread(answers.map(\.first)));",
      "last byte \(ReplanBenchmark.spread(answers.map(\.last)));",
      "bytes: median \(bytes[bytes.count / 2]), most \(bytes.last ?? 0)")
  }
}

/// The built program in a terminal of its own, with the time its answers take.
final class BenchmarkTerminal {
  /// What came until there was quiet.
  struct Answer {
    /// Seconds from the question to the first byte and to the last one.
    var first = 0.0
    var last = 0.0
    var bytes = 0
  }

  private let master: Int32
  private var process: pid_t = 0
  private var asked = ContinuousClock.now

  init(_ arguments: [String], columns: Int, rows: Int) throws {
    var (master, slave): (Int32, Int32) = (-1, -1)
    var size = winsize(
      ws_row: UInt16(rows), ws_col: UInt16(columns), ws_xpixel: 0, ws_ypixel: 0)
    guard openpty(&master, &slave, nil, nil, &size) == 0, let name = ttyname(slave) else {
      throw POSIXError(.ENOTTY)
    }
    self.master = master
    var actions = posix_spawn_file_actions_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawn_file_actions_addopen(&actions, 0, name, O_RDWR, 0)
    posix_spawn_file_actions_adddup2(&actions, 0, 1)
    posix_spawn_file_actions_adddup2(&actions, 0, 2)
    let folder = FileManager.default.temporaryDirectory.appending(path: "plan-\(getpid())").path
    let settings = [
      "TERM=xterm-256color", "LC_ALL=C.UTF-8", "HOME=\(folder)", "PATH=/usr/bin:/bin",
    ].map { (text: String) in strdup(text) }
    let path = URL(fileURLWithPath: CommandLine.arguments[0]).deletingLastPathComponent()
      .appending(path: "plan").path
    let words = ([path, "dashboard"] + arguments).map { (text: String) in strdup(text) }
    asked = .now
    let status = posix_spawn(&process, path, &actions, nil, words + [nil], settings + [nil])
    guard status == 0 else { throw POSIXError(POSIXErrorCode(rawValue: status) ?? .ENOENT) }
    close(slave)
  }

  func type(_ key: String) {
    asked = .now
    _ = write(master, key, key.utf8.count)
  }

  /// Reads until nothing has come for so long.
  func answer(quietMilliseconds: Int32) -> Answer {
    var answer = Answer()
    var bytes = [UInt8](repeating: 0, count: 1 << 16)
    while true {
      var source = pollfd(fd: master, events: Int16(POLLIN), revents: 0)
      guard poll(&source, 1, quietMilliseconds) > 0 else { return answer }
      let count = read(master, &bytes, bytes.count)
      guard count > 0 else { return answer }
      let (whole, atto) = (ContinuousClock.now - asked).components
      answer.last = Double(whole) + Double(atto) / 1e18
      if answer.bytes == 0 { answer.first = answer.last }
      answer.bytes += count
    }
  }

  func end() {
    kill(process, SIGTERM)
    waitpid(process, nil, 0)
    close(master)
  }
}
