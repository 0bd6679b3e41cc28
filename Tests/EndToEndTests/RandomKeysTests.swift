import Foundation
import Testing

// The program says what its pictures are in builds for tests alone.
#if DEBUG

  /// Keys, clicks, sizes and pastes at random in a real terminal: 80 by default, more by `PLAN_KEYS`.
  @Suite("Keys at random, in a terminal", .serialized)
  struct RandomKeysTests {
    private static let variables = ProcessInfo.processInfo.environment
    private static let count = Int(variables["PLAN_KEYS"] ?? "") ?? 80
    private static let seed = UInt64(variables["PLAN_SEED"] ?? "") ?? 20_261_201

    /// Numbers that follow from their seed (Steele et al., OOPSLA 2014).
    private struct Dice: RandomNumberGenerator {
      var state: UInt64

      mutating func next() -> UInt64 {
        state &+= 0x9E37_79B9_7F4A_7C15
        var word = state
        word = (word ^ (word >> 30)) &* 0xBF58_476D_1CE4_E5B9
        word = (word ^ (word >> 27)) &* 0x94D0_49BB_1331_11EB
        return word ^ (word >> 31)
      }
    }

    /// A dashboard in a folder of its own, so that whatever is saved or exported stays there.
    private final class Run {
      let scratch: Scratch
      let terminal: PseudoTerminal
      private let frame: URL

      init() throws {
        scratch = try Scratch()
        frame = scratch.file("frame.txt")
        let question = [
          "dashboard", "--budget", "50M", "--routes", "buy-gpu", "--model", "llama-3.1-8b",
          "--tokens", "1T", "--samples", "0",
        ]
        terminal = try PseudoTerminal(
          program: "/bin/sh",
          ["-c", "cd \"$0\" && exec \"$@\"", scratch.url.path, Program.path.path] + question,
          environment: ["PLAN_FRAME": frame.path])
        try #require(terminal.goesToPanes(), "\(terminal.text())")
      }

      /// The picture of the state as the program last had it.
      private var picture: [String] {
        let text = (try? String(contentsOf: frame, encoding: .utf8)) ?? ""
        return text.split(separator: "\n", omittingEmptySubsequences: false).map { String($0) }
      }

      /// Whether the screen comes to be the picture of the state, at its present size, with nothing
      /// more to come.
      func isTrue() -> Bool {
        terminal.wait {
          let lines = self.picture
          return lines.count == self.terminal.screen.rows && lines == self.terminal.screen.lines
            && !lines.contains { $0.contains("Working out") || $0.contains("to come") }
        }
      }

      var difference: String {
        let shown = terminal.screen.lines
        let wanted = picture
        let rows = (0..<max(shown.count, wanted.count)).compactMap { row -> String? in
          let (a, b) = (
            row < shown.count ? shown[row] : "-", row < wanted.count ? wanted[row] : "-"
          )
          return a == b ? nil : "\(row) shown  “\(a)”\n\(row) state  “\(b)”"
        }
        return "\(wanted.count) rows of \(shown.count):\n" + rows.joined(separator: "\n")
      }
    }

    /// Keys that leave nothing: neither those that end or stop the program nor those of paths.
    private static let keys: [String] =
      "abcdefghijklmnoprstuvwxyzACDFGHIJKLMNPRSTUVWXY0123456789+-{}<>[]=:;.,? %$"
      .map { String($0) }
      + [
        "\u{1B}", "\r", "\t", "\u{7F}", "\u{15}", "\u{12}", "\u{13}", "\u{0B}", "\u{17}", "\u{0C}",
        "\u{1B}[A", "\u{1B}[B", "\u{1B}[C", "\u{1B}[D", "\u{1B}[5~", "\u{1B}[6~", "\u{1B}[H",
        "\u{1B}[F", "\u{1B}[3~", "\u{1B}[Z", "\u{1B}OP", "\u{1B}[I", "\u{1B}[O", "\u{1B}[?62;22c",
        "\u{1B}]11;rgb:0/0/0\u{7}",
      ]

    private static let pastes = [
      "20m", "$20 million", "30000000\nq\nq\n", "31 March 2028", "q", "quit\r", "\u{3}\u{3}", "é→",
      String(repeating: "long ", count: 100), "",
    ]

    /// Types one thing at random.
    private func act(_ terminal: PseudoTerminal, _ dice: inout Dice) {
      switch Int.random(in: 0..<20, using: &dice) {
      case 0, 1:
        let button = [0, 1, 2, 64, 65].randomElement(using: &dice) ?? 0
        let column = Int.random(in: 1...terminal.screen.columns, using: &dice)
        let row = Int.random(in: 1...terminal.screen.rows, using: &dice)
        terminal.type("\u{1B}[<\(button);\(column);\(row)M")
        // Now and then the release never comes.
        if Bool.random(using: &dice) { terminal.type("\u{1B}[<\(button);\(column);\(row)m") }
      case 2:
        terminal.resize(
          columns: UInt16.random(in: 20...170, using: &dice),
          rows: UInt16.random(in: 5...60, using: &dice))
      case 3:
        let text = Self.pastes.randomElement(using: &dice) ?? ""
        terminal.type("\u{1B}[200~\(text)\u{1B}[201~")
      default: terminal.type(Self.keys.randomElement(using: &dice) ?? "j")
      }
    }

    @Test("every picture that ends a burst is the picture of the state")
    func bursts() throws {
      var dice = Dice(state: Self.seed)
      var run = try Run()
      var done = 0
      var pictures: Set<String> = []
      while done < Self.count {
        let burst = min(Self.count - done, Int.random(in: 1...30, using: &dice))
        for _ in 0..<burst { act(run.terminal, &dice) }
        done += burst
        let isTrue = run.isTrue()
        if !isTrue, case .status(0) = run.terminal.ending(within: 0.5) {
          // A list of commands was open, and the one to leave was picked.
          run = try Run()
          continue
        }
        #expect(isTrue, "after \(done) of seed \(Self.seed): \(run.difference)")
        guard isTrue else { return }
        pictures.insert(run.terminal.screen.text)
      }
      #expect(pictures.count > 1)
      run.terminal.send(SIGTERM)
      #expect(run.terminal.ending() == .signal(SIGTERM))
    }
  }

#endif
