import Foundation
import Testing

/// What people come to do, on the real program in a terminal, as they would see it.
@Suite("Stories in the dashboard", .serialized)
struct DashboardStories {
  /// A question that is quickly answered.
  private static let question = [
    "--budget", "50M", "--routes", "buy-gpu", "--model", "llama-3.1-8b", "--tokens", "1T",
  ]

  private func open(
    _ more: [String] = [], question: [String] = question, columns: UInt16 = 120, rows: UInt16 = 40,
    environment: [String: String] = [:]
  ) throws -> PseudoTerminal {
    let terminal = try PseudoTerminal(
      ["dashboard"] + more + question, columns: columns, rows: rows, environment: environment)
    // The line that is cleared once the plan is there is among the last that are written.
    let isThere =
      terminal.goesToPanes() && terminal.hides("Working out") && terminal.hides("ranges to come")
    try #require(isThere, "\(terminal.screen.text)")
    return terminal
  }

  private func quit(_ terminal: PseudoTerminal) {
    terminal.type("q")
    #expect(terminal.ending() == .status(0))
  }

  /// The names of options on the screen, in order.
  private func options(_ terminal: PseudoTerminal) -> [String] {
    terminal.screen.lines.compactMap { line in
      line.range(of: "bought").flatMap { found -> String? in
        let name = line[..<found.lowerBound].split(separator: " ").last { $0.hasSuffix(",") }
        let after = line[found.upperBound...].prefix { $0 != "," }
        return line.contains("us-colocation") ? name.map { "\($0) bought\(after)" } : nil
      }
    }
  }

  @Test("Change the budget and see the ranking change, then undo it")
  func budget() throws {
    let terminal = try open()
    let before = options(terminal)
    #expect(before.count > 3)
    terminal.type("e\u{15}600k\r")
    #expect(terminal.shows("budget USD 600k") && terminal.hides("Working out"))
    // Little money rules most out, with the limit.
    #expect(terminal.shows("the budget is $600k"))
    #expect(options(terminal) != before)
    terminal.type("u")
    #expect(terminal.shows("budget USD 50.0M") && terminal.hides("Working out"))
    #expect(terminal.wait { options(terminal) == before })
    quit(terminal)
  }

  @Test("Find out why an option is ruled out")
  func ruledOut() throws {
    let terminal = try open(["--deadline", "600d"])
    terminal.type("/out\u{1B}G")
    #expect(terminal.shows("x  O"))
    terminal.type("\r")
    #expect(terminal.shows("Stands against it"))
    #expect(terminal.screen.text.contains("→"))
    terminal.type("\u{1B}")
    #expect(terminal.shows("1 Options"))
    quit(terminal)
  }

  @Test("Compare two options line by line")
  func compare() throws {
    let terminal = try open()
    terminal.type(" jc")
    #expect(terminal.shows("Compared") && terminal.shows("B - A"))
    #expect(terminal.shows("less what is left") && terminal.shows("cash a chip-day"))
    terminal.type("\u{1B}")
    #expect(terminal.shows("1 Options"))
    quit(terminal)
  }

  @Test("Edit a price, see it in the plan and the history, undo it")
  func editPrice() throws {
    let terminal = try open()
    // The palette finds the tariff by name.
    terminal.type(":edit tariff\r")
    #expect(terminal.shows("Tariff USD a kWh"))
    terminal.type("\u{15}x\r")
    #expect(terminal.shows("“x” is not"))
    terminal.type("\u{15}0.5\r")
    #expect(terminal.shows("1 changed, u undoes") && terminal.hides("Working out"))
    terminal.type("H")
    #expect(terminal.shows("of the place → 0.5"))
    terminal.type("u")
    #expect(terminal.shows("(undone)"))
    terminal.type("\u{1B}")
    #expect(terminal.shows("1 Options") && terminal.hides("changed, u undoes"))
    quit(terminal)
  }

  @Test("Export the plan and find the same bytes as from the batch command")
  func export() throws {
    let scratch = try Scratch()
    let terminal = try open()
    for (steps, name) in [(2, "csv"), (3, "json"), (0, "table"), (1, "plain")] {
      let path = scratch.file("plan.\(name)").path
      terminal.type("x" + String(repeating: "j", count: steps) + "\r")
      #expect(terminal.shows("Export to"))
      terminal.type("\u{15}\(path)\r")
      #expect(terminal.wait { FileManager.default.fileExists(atPath: path) })
      #expect(terminal.hides("Export to"))
      let batch = try Program.run(Self.question + ["--format", name])
      #expect(try String(contentsOfFile: path, encoding: .utf8) == batch.output)
    }
    // A file that is there is not replaced without asking.
    terminal.type("xjj\r")
    #expect(terminal.shows("Export to"))
    terminal.type("\u{15}\(scratch.file("plan.csv").path)\r")
    #expect(terminal.shows("Replace it?"))
    terminal.type("n")
    #expect(terminal.shows("Left as it is"))
    quit(terminal)
  }

  @Test("Save the inputs, change one, be killed, and find both again")
  func draft() throws {
    let scratch = try Scratch()
    let environment = ["XDG_STATE_HOME": scratch.file("state").path]
    let path = scratch.file("run.toml").path
    let first = try open(environment: environment)
    first.type("e\u{15}40M\r")
    #expect(first.shows("plan* (1 changed"))
    first.type("\u{13}")
    #expect(first.shows("Save as"))
    first.type("\u{15}\(path)\r")
    #expect(first.shows("plan  run.toml (1 changed"))
    first.type("e\u{15}30M\r")
    #expect(first.shows("run.toml* (1 changed"))
    let drafts = scratch.file("state/plan/drafts").path
    func kept() -> [String] {
      ((try? FileManager.default.contentsOfDirectory(atPath: drafts)) ?? [])
        .filter { $0.hasSuffix(".toml") }
    }
    #expect(first.wait { !kept().isEmpty })
    first.send(SIGKILL)
    #expect(first.ending() == .signal(SIGKILL))

    // What is found is told at once, before any key.
    let second = try PseudoTerminal(
      ["dashboard", path], columns: 120, rows: 40, environment: environment)
    #expect(second.shows("budget USD 40.0M"))
    #expect(second.shows("A draft was found: Budget 30M"))
    second.type("o")
    #expect(second.shows("budget USD 30.0M") && second.shows("run.toml*"))
    #expect(second.hides("Working out"))
    // What is not saved is asked about; leaving for good leaves no draft.
    second.type("q")
    #expect(second.shows("Leave without saving?"))
    second.type("\u{13}")
    #expect(second.shows("Saved in"))
    quit(second)
    #expect(kept().isEmpty)
    // The budget stands as it was typed.
    let kept30 = try String(contentsOfFile: path, encoding: .utf8)
    #expect(kept30.contains("budget = \"30M\""), "\(kept30)")

    let third = try open([path], question: [], environment: environment)
    #expect(third.shows("budget USD 30.0M") && !third.screen.text.contains("draft"))
    quit(third)
  }

  @Test("A file with a fault is refused with its line, on the command line and on the screen")
  func badFile() throws {
    let scratch = try Scratch()
    let path = try scratch.write("bad.toml", "budget = \"50M\"\ntokns = \"1T\"\n")
    let refused = try PseudoTerminal(["dashboard", path])
    #expect(refused.ending() == .status(65))
    #expect(refused.text().contains("bad.toml:2") && refused.text().contains("tokens"))
    #expect(refused.editsLines)
    let terminal = try open()
    terminal.type("o\u{15}\(path)\r")
    #expect(terminal.shows("bad.toml:2"))
    terminal.type("\u{1B}")
    quit(terminal)
  }

  @Test("Keys of one's own hold, and what is wrong with them is told with file and line")
  func settings() throws {
    let scratch = try Scratch()
    let folder = scratch.file("config/plan")
    try FileManager.default.createDirectory(at: folder, withIntermediateDirectories: true)
    try scratch.write(
      "config/plan/config.toml", "[keys]\nprogram.quit = \"Q\"\nrow.nxt = \"n\"\n")
    // What is wrong is told at once, before any key.
    let terminal = try PseudoTerminal(
      ["dashboard"] + Self.question, columns: 120, rows: 40,
      environment: ["XDG_CONFIG_HOME": scratch.file("config").path])
    #expect(terminal.shows("config.toml:3: there is no action “row.nxt”"))
    terminal.type("q")
    #expect(terminal.shows("q does nothing here"))
    terminal.type("Q")
    #expect(terminal.ending() == .status(0))
  }

  @Test("The mouse goes to a row, orders by a heading, and can be left to the terminal")
  func mouse() throws {
    let terminal = try open()
    #expect(terminal.text().contains("1000h"))
    let line = try #require(
      terminal.screen.lines.firstIndex {
        $0.contains("us-colocation") && $0.contains("bought") && !$0.contains(">")
      })
    terminal.type("\u{1B}[<0;20;\(line + 1)M\u{1B}[<0;20;\(line + 1)m")
    #expect(terminal.wait { terminal.screen.lines[line].contains(">") })
    let header = try #require(terminal.screen.lines.firstIndex { $0.contains("OPTION ") })
    let column = try #require(terminal.screen.lines[header].range(of: "DAYS")).lowerBound
    let place = terminal.screen.lines[header].distance(
      from: terminal.screen.lines[header].startIndex, to: column)
    terminal.type("\u{1B}[<0;\(place + 1);\(header + 1)M")
    #expect(terminal.shows("DAYS▲"))
    quit(terminal)
    let without = try open(["--no-mouse"])
    #expect(!without.text().contains("1000h"))
    quit(without)
  }

  @Test("A storm of 200 sizes down to 1 x 1 leaves the screen as it was")
  func resizeStorm() throws {
    let terminal = try open()
    terminal.type("j")
    #expect(terminal.shows(">  2") || terminal.shows("> 2"))
    let before = terminal.settled()
    var random: UInt64 = 7
    func next(_ bound: Int) -> UInt16 {
      random = random &* 6_364_136_223_846_793_005 &+ 1_442_695_040_888_963_407
      return UInt16(Int(random >> 33) % bound + 1)
    }
    for round in 0..<200 {
      let (columns, rows) = round == 100 ? (1, 1) : (next(220), next(70))
      terminal.resize(columns: columns, rows: rows)
      _ = terminal.wait { true }
    }
    terminal.resize(columns: 1, rows: 1)
    terminal.resize(columns: 120, rows: 40)
    terminal.type("\u{0C}")
    #expect(terminal.wait { terminal.screen.text == before }, "\(terminal.screen.text)")
    quit(terminal)
  }
}
